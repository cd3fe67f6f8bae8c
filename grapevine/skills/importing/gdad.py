"""The capability framework of the British government's digital and data profession: skills.csv, four levels a skill."""

from pathlib import Path

from django.utils.text import slugify

from grapevine.skills.importing.files import Line, table, text_of
from grapevine.skills.importing.shapes import FrameworkRead, Rejected, SkillRead, Spot, gather

NAME, DESCRIPTION = "Skill Name", "Skill Description"
LEVELS = ("Awareness", "Working", "Practitioner", "Expert")
NOT_SAID = "This skill level is currently not defined."
CAN = "You can:"


def read_gdad(path: Path) -> FrameworkRead:
    """All skills of the file. Raises UnreadableError."""
    wrong: list[Rejected] = []
    lines = table(text_of(path), (NAME, DESCRIPTION, *LEVELS), wrong)
    skills, rejected = gather((Spot(NAME, NAME, line.number), _skill(line)) for line in lines)
    return FrameworkRead(
        key="uk-gdad",
        name="Government Digital and Data Profession Capability Framework",
        source="https://ddat-capability-framework.service.gov.uk",
        licence="Contains public sector information licensed under the Open Government Licence v3.0.",
        skills=skills,
        rejected=(*wrong, *rejected),
    )


def _skill(line: Line) -> SkillRead:
    described = line[DESCRIPTION]
    # skills of the most senior roles have no levels; their description is the list of what one can
    can = described.startswith(CAN)
    return SkillRead(
        key=slugify(line[NAME]),
        name=line[NAME],
        sentence="" if can else described,
        signs=tuple(_listed(described)) if can else (),
        levels=tuple((level, "" if line[level] == NOT_SAID else line[level]) for level in LEVELS),
    )


def _listed(words: str) -> list[str]:
    return [line.lstrip("- ").strip() for line in words.split("\n")[1:] if line.strip("- ")]
