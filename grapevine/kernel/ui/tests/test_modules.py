"""The logic under the custom elements, where Node is present."""

import shutil
import subprocess
from pathlib import Path

import pytest

from grapevine.kernel.ui import assets

HERE = Path(__file__).parent
NODE = shutil.which("node")
MODULE_CAP = 150


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_the_logic_of_the_elements(tmp_path):
    # Node takes a file for a module by its ending; the browser does not care
    for lib in (assets.UI / "js" / "lib").glob("*.js"):
        (tmp_path / "lib").mkdir(exist_ok=True)
        shutil.copy(lib, tmp_path / "lib" / f"{lib.stem}.mjs")
    for test in (HERE / "js").glob("*.test.mjs"):
        shutil.copy(test, tmp_path)
    run = subprocess.run(
        [NODE, "--test", *map(str, tmp_path.glob("*.test.mjs"))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_no_module_is_long():
    long = {f.name for f in assets.UI.rglob("*.js") if len(f.read_text().splitlines()) > MODULE_CAP}
    assert long == set()


def test_logic_imports_nothing():
    assert [f.name for f in (assets.UI / "js" / "lib").glob("*.js") if "import " in f.read_text()] == []
