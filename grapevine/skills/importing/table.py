"""An organisation's own list as CSV: key, name, sentence, signs (with | between them), level1 to level5."""

from pathlib import Path

from django.utils.text import slugify
from django.utils.translation import gettext as _

from grapevine.skills.importing.files import Line, table, text_of
from grapevine.skills.importing.shapes import (
    FrameworkRead,
    Rejected,
    SkillRead,
    Spot,
    UnreadableError,
    each_once,
    gather,
)

REQUIRED = ("key", "name")
LEVELS = ("level1", "level2", "level3", "level4", "level5")


def read_table(path: Path) -> FrameworkRead:
    """All skills of the file; the framework is named like the file. Raises UnreadableError."""
    if not slugify(path.stem):
        raise UnreadableError(_("The framework is named like the file. Give the file a name with letters."))
    wrong: list[Rejected] = []
    lines = table(text_of(path), REQUIRED, wrong)
    skills, rejected = gather((Spot(*REQUIRED, line.number), _skill(line)) for line in lines)
    name = path.stem.replace("_", " ").replace("-", " ")
    return FrameworkRead(
        key=f"csv:{slugify(path.stem)}"[:80],
        name=(name[:1].upper() + name[1:])[:200],
        skills=skills,
        rejected=(*wrong, *rejected),
    )


def _skill(line: Line) -> SkillRead:
    return SkillRead(
        key=line["key"],
        name=line["name"],
        sentence=line["sentence"],
        signs=each_once(line["signs"].split("|")),
        levels=tuple((f"Level {step}", line[column]) for step, column in enumerate(LEVELS, 1) if line[column]),
    )
