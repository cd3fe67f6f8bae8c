"""ESCO, the European classification: skills as the CSV that the Commission offers, or as a JSON list.

The CSV (v1.2) has conceptUri, preferredLabel, altLabels (one a line), description, skillType among its columns; the JSON
has uri, label, altLabel, description, skillType. Both speak of the same skills by the same addresses, so they meet.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from grapevine.skills.importing.files import Node, document, table, text_of
from grapevine.skills.importing.shapes import FrameworkRead, Rejected, SkillRead, Spot, each_once, gather

COLUMNS = ("conceptUri", "preferredLabel", "altLabels", "description", "skillType")
ENGLISH = "en"


def read_esco(path: Path) -> FrameworkRead:
    """All skills of the file. Raises UnreadableError."""
    words, wrong = text_of(path), list[Rejected]()
    found = _from_json(words, wrong) if words.lstrip()[:1] in ("[", "{") else _from_csv(words, wrong)
    skills, rejected = gather(found)
    language = _language(path)
    return FrameworkRead(
        key="esco" if language == ENGLISH else f"esco-{language}",
        name="ESCO" if language == ENGLISH else f"ESCO ({language})",
        source="https://esco.ec.europa.eu",
        licence="This service uses the ESCO classification of the European Commission.",
        skills=skills,
        rejected=(*wrong, *rejected),
    )


def _from_json(words: str, wrong: list[Rejected]) -> Iterator[tuple[Spot, SkillRead]]:
    for node in document(words, wrong).each():
        if skill := _skill_in(node):
            yield Spot("uri", "label", path=node.path), skill


def _skill_in(node: Node) -> SkillRead | None:
    """None when something that must be there is not; it is noted then."""
    before = len(node.wrong)
    uri, name = node.text("uri", required=True), node.text("label", required=True)
    also, sentence, _kind = node.texts("altLabel"), node.text("description"), node.text("skillType")
    if len(node.wrong) > before:
        return None
    return SkillRead(key=uri, name=name, sentence=sentence, also=each_once(also, besides=name))


def _from_csv(words: str, wrong: list[Rejected]) -> Iterator[tuple[Spot, SkillRead]]:
    for line in table(words, COLUMNS, wrong):
        uri, name, also, sentence = (line[column] for column in COLUMNS[:4])
        skill = SkillRead(key=uri, name=name, sentence=sentence, also=each_once(also.split("\n"), besides=name))
        yield Spot(*COLUMNS[:2], line.number), skill


def _language(path: Path) -> str:
    """The Commission names its files by language: skills_de.csv. Each language is a framework of its own."""
    named = re.search(r"_([a-z]{2})\.csv$", path.name.lower())
    return named[1] if named else ENGLISH
