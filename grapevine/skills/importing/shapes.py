"""What every reader gives, and what is wrong with the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

LONGEST = 200


@dataclass(frozen=True)
class Rejected:
    """What is wrong, and where: line and column of the file, or the path in a JSON document."""

    reason: str
    line: int | None = None
    column: str = ""
    path: str = ""

    def __str__(self) -> str:
        line = _("line %(line)d") % {"line": self.line} if self.line else ""
        where = ", ".join(filter(None, [line, self.column, self.path]))
        return f"{where}: {self.reason}" if where else self.reason


class UnreadableError(Exception):
    """The file cannot be read at all, or not on from here."""

    def __init__(self, reason: str, line: int | None = None, column: str = "", path: str = "") -> None:
        super().__init__(reason)
        self.rejected = Rejected(reason, line, column, path)


@dataclass(frozen=True)
class SkillRead:
    """One skill. `levels` are (name, words) from the first step to the last; words may be empty."""

    key: str
    name: str
    sentence: str = ""
    signs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    levels: tuple[tuple[str, str], ...] = ()
    others: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FrameworkRead:
    """A file that was read: the good skills, and everything that is wrong with it."""

    key: str
    name: str
    source: str = ""
    licence: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    skills: tuple[SkillRead, ...] = ()
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True)
class Spot:
    """Where a skill stands, and what its file calls a skill's key and its name."""

    key: str
    name: str
    line: int | None = None
    path: str = ""

    def wrong(self, part: str, reason: str) -> Rejected:
        """Something is wrong with this part of the skill."""
        if self.path:
            return Rejected(reason, path=f"{self.path}.{part}")
        return Rejected(reason, self.line, part)

    def __str__(self) -> str:
        return self.path or _("line %(line)d") % {"line": self.line}


def gather(found: Iterable[tuple[Spot, SkillRead]]) -> tuple[tuple[SkillRead, ...], list[Rejected]]:
    """The skills that can be kept, and why the others cannot."""
    good: dict[str, SkillRead] = {}
    spots: dict[str, Spot] = {}
    rejected: list[Rejected] = []
    for spot, skill in found:
        wrong = _wrong_with(spot, skill, spots.get(skill.key))
        rejected += wrong
        if not wrong:
            good[skill.key], spots[skill.key] = skill, spot
    return tuple(good.values()), rejected


def each_once(words: Iterable[str], besides: str = "") -> tuple[str, ...]:
    """The words without doubles, and without the one that is said already."""
    plain = dict.fromkeys(word.strip() for word in words)
    return tuple(word for word in plain if word and word != besides)


def _wrong_with(spot: Spot, skill: SkillRead, earlier: Spot | None) -> list[Rejected]:
    wrong = [
        spot.wrong(part, reason)
        for part, words in ((spot.key, skill.key), (spot.name, skill.name))
        if (reason := _wrong_words(words))
    ]
    if earlier is not None:
        wrong.append(
            spot.wrong(spot.key, _("%(key)s stands at %(earlier)s already.") % {"key": skill.key, "earlier": earlier})
        )
    return list(dict.fromkeys(wrong))


def _wrong_words(words: str) -> str:
    if not words:
        return _("There is nothing here.")
    if len(words) > LONGEST:
        return _("This has %(length)d letters; up to %(most)d are kept.") % {"length": len(words), "most": LONGEST}
    if words.startswith("="):
        return _("This begins like a formula. Write the words themselves.")
    return ""
