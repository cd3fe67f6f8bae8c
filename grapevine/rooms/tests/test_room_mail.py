"""What is pressed while the line is down."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MAIL = HERE.parent / "static/rooms/js/lib/room-mail.js"
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_what_is_pressed_while_the_line_is_down(tmp_path):
    (tmp_path / "lib").mkdir()
    # Node takes a file for a module by its ending; the browser does not care
    shutil.copy(MAIL, tmp_path / "lib/room-mail.mjs")
    test = shutil.copy(HERE / "js/room-mail.test.mjs", tmp_path)
    run = subprocess.run([NODE, "--test", test], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stdout
