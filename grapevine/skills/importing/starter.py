"""Our own skills of working together: starter.yaml beside the models, English with the other languages beside it."""

from pathlib import Path
from typing import Any

import yaml

from grapevine.skills.importing.shapes import FrameworkRead, SkillRead
from grapevine.skills.models import STARTER

FILE = Path(__file__).parent.parent / "starter.yaml"
ENGLISH = "en"


def read_starter() -> FrameworkRead:
    """The whole file. It is ours, so what is wrong in it is a bug and raises."""
    book = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    names = book["name"]
    return FrameworkRead(
        key=STARTER,
        name=names[ENGLISH],
        source=book["source"],
        licence=book["licence"],
        others=_but_english(names),
        skills=tuple(_skill(entry) for entry in book["skills"]),
    )


def _skill(entry: dict[str, Any]) -> SkillRead:
    languages = {language: words for language, words in entry.items() if language != "key"}
    here, others = languages[ENGLISH], _but_english(languages)
    return SkillRead(
        key=entry["key"],
        name=here["name"],
        sentence=here["sentence"],
        signs=tuple(here["signs"]),
        # a German speaker finds it by its German name
        also=tuple(words["name"] for words in others.values()),
        others=others,
    )


def _but_english(words: dict[str, Any]) -> dict[str, Any]:
    return {language: said for language, said in words.items() if language != ENGLISH}
