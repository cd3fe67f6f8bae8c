"""Formats as data: the steps of a session, their minutes and their words, shipped in `data/formats` and editable by a group.

A body is what the file of a format holds, or a group's own copy of it. A text in it is {en: ..., de: ...}, or plain words as
a group writes them. `read` turns a body into a `Format` in one language; blocks become their inner steps, so that a session
is one row of steps.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from django.utils.translation import gettext as _

DATA = Path(__file__).parent / "data"
ENGLISH = "en"
SEALED, OPEN = "sealed", "open"
BLOCKS = ("block", "demo")
MODES = (
    *("host", "round", "quiet", "bringer", "ask", "ideas", "open", "pairs", "story", "write", "pick"),
    *("vote", "edit", "show", "look", "act", "note", "playback", "plan", "pause"),
)
SHARED = frozenset({"peers", "listeners", "everyone", "both", "volunteers"})  # roles that are everybody's
LONGEST_SESSION, LARGEST_GROUP, LONGEST_TEXT, MOST_STEPS, MOST_ROUNDS = 480, 200, 1000, 60, 60


class FormatError(ValueError):
    """What is wrong with a body, where, and the way out, in words for the person who wrote it."""


@dataclass(frozen=True)
class Step:
    """A stretch of a session. `bringer` is the role whose matter it is, `inside` the title of the block it came from."""

    minutes: int
    mode: str
    title: str
    say: str
    bringer: str | None = None
    inside: str = ""
    rounds: int = 1


@dataclass(frozen=True)
class Format:
    """A session as it is meant to go, in one language. `size` is (fewest, most) people; `words` is SEALED or OPEN."""

    key: str
    name: str
    size: tuple[int, int]
    minutes: int
    words: str
    roles: tuple[str, ...]
    before: tuple[str, ...]
    steps: tuple[Step, ...]
    weeks: tuple[str, ...] = ()

    @property
    def to_give(self) -> tuple[str, ...]:
        """The roles that one person holds."""
        return tuple(role for role in self.roles if role not in SHARED)


@cache
def shipped() -> dict[str, dict[str, Any]]:
    """The bodies of all our formats, by key, in all languages. Read once: take `own_copy` to change one."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
    files = sorted((DATA / "formats").glob("*.yaml"))
    bodies = (yaml.load(file.read_text(encoding="utf-8"), Loader=loader) for file in files)  # noqa: S506 - a safe one
    return {body["format"]: body for body in bodies}


def own_copy(key: str) -> dict[str, Any]:
    """The body of one of our formats, to be changed. KeyError when we ship none of that key."""
    apart = json.loads(json.dumps(shipped()[key]))  # what our file says once for two turns becomes two things
    return cast("dict[str, Any]", apart)


@cache
def shipped_in(language: str) -> dict[str, Format]:
    """Our formats as somebody reads them, by key."""
    return {key: read(body, language) for key, body in shipped().items()}


def read(body: Mapping[str, Any], language: str) -> Format:
    """The format a body describes, in a language, else in English, else in whatever it has. FormatError says what is wrong."""
    part = _Part("?", body, language)
    part = _Part(part.text("format"), body, language)
    found = Format(
        key=part.where,
        name=part.text("name"),
        size=_size(part),
        minutes=part.number("minutes", LONGEST_SESSION),
        words=part.one_of("words", (SEALED, OPEN)),
        roles=(roles := _roles(part)),
        before=part.texts("before"),
        steps=_steps(part, roles),
        weeks=part.texts("weeks"),
    )
    _add_up(part, found.minutes, found.steps)
    return found


def in_language(text: Any, language: str) -> str:
    """The words of a text in a language, else in English, else in any. Empty when there are none."""
    if not isinstance(text, Mapping):
        return text.strip() if isinstance(text, str) else ""
    wanted = (language, language.split("-", maxsplit=1)[0], ENGLISH, *text)
    return next((said.strip() for key in wanted if isinstance(said := text.get(key), str) and said.strip()), "")


@dataclass(frozen=True)
class _Part:
    """A mapping inside a body that knows where it is."""

    where: str
    body: Any
    language: str

    def wrong(self, field: str, why: str) -> FormatError:
        return FormatError(f"{self.where}, {field}: {why}")

    def get(self, field: str, default: Any = None) -> Any:
        if not isinstance(self.body, Mapping):
            raise self.wrong(field, _("Here belongs a set of named fields."))
        return self.body.get(field, default)

    def text(self, field: str) -> str:
        return self.words(field, self.get(field))

    def texts(self, field: str) -> tuple[str, ...]:
        return tuple(self.words(f"{field} {n}", said) for n, said in enumerate(self.items(field), start=1))

    def words(self, field: str, text: Any) -> str:
        said = in_language(text, self.language)
        if not said:
            raise self.wrong(field, _("Some words are missing. Write them, in one language at least."))
        if len(said) > LONGEST_TEXT:
            raise self.wrong(field, _("At most %(most)s characters. Say it shorter.") % {"most": LONGEST_TEXT})
        return said

    def items(self, field: str) -> list[Any]:
        found = self.get(field, [])
        if not isinstance(found, list):
            raise self.wrong(field, _("Here belongs a list."))
        return found

    def number(self, field: str, most: int, default: int | None = None) -> int:
        found = self.get(field, default)
        if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= most:
            raise self.wrong(field, _("Here belongs a whole number from 1 to %(most)s.") % {"most": most})
        return found

    def one_of(self, field: str, known: tuple[str, ...]) -> str:
        found = self.get(field)
        if found not in known:
            raise self.wrong(field, _("“%(found)s” is not known. Take one of: %(known)s.") % _among(found, known))
        return str(found)


def _among(found: Any, known: tuple[str, ...]) -> dict[str, str]:
    return {"found": str(found), "known": ", ".join(known)}


def _size(part: _Part) -> tuple[int, int]:
    match part.get("size"):
        case [int(fewest), int(most)] if 1 <= fewest <= most <= LARGEST_GROUP:
            return fewest, most
    raise part.wrong(
        "size", _("Say the fewest and the most people, as in [4, 8]; at most %(most)s.") % {"most": LARGEST_GROUP}
    )


def _roles(part: _Part) -> tuple[str, ...]:
    found = part.items("roles")
    if not found or not all(isinstance(role, str) and role.strip() for role in found):
        raise part.wrong("roles", _("Name the roles, as in [host, everyone]."))
    return tuple(found)


def _steps(part: _Part, roles: tuple[str, ...]) -> tuple[Step, ...]:
    found = part.items("steps")
    if not 1 <= len(found) <= MOST_STEPS:
        raise part.wrong("steps", _("A format has 1 to %(most)s steps.") % {"most": MOST_STEPS})
    usual = _bringer(part, roles, "bringer" if "bringer" in roles else None)
    where = _("%(where)s, step %(number)s")
    places = (
        _Part(where % {"where": part.where, "number": n}, body, part.language) for n, body in enumerate(found, start=1)
    )
    return tuple(step for place in places for step in _flat(place, roles, usual))


def _flat(place: _Part, roles: tuple[str, ...], usual: str | None) -> list[Step]:
    """One step, or the inner steps of a block."""
    if place.get("mode") not in BLOCKS:
        return [_step(place, roles, usual)]
    bringer, title, bodies = _bringer(place, roles, usual), place.text("title"), place.items("steps")
    inner = (_Part(f"{place.where}.{n}", body, place.language) for n, body in enumerate(bodies, start=1))
    steps = [_step(part, roles, bringer, inside=title) for part in inner]
    _add_up(place, place.number("m", LONGEST_SESSION), steps)
    return steps


def _step(place: _Part, roles: tuple[str, ...], usual: str | None, inside: str = "") -> Step:
    return Step(
        minutes=place.number("m", LONGEST_SESSION),
        mode=place.one_of("mode", MODES),
        title=place.text("title"),
        say=place.text("say"),
        bringer=_bringer(place, roles, usual),
        inside=inside,
        rounds=place.number("rounds", MOST_ROUNDS, default=1),
    )


def _bringer(place: _Part, roles: tuple[str, ...], usual: str | None) -> str | None:
    """The role whose matter this part is."""
    return place.one_of("bringer", roles) if place.get("bringer") is not None else usual


def _add_up(place: _Part, said: int, steps: Iterable[Step]) -> None:
    found = sum(step.minutes for step in steps)
    if found != said:
        why = _("The steps add up to %(found)s minutes, here it says %(said)s. Change one of them.")
        raise place.wrong("minutes", why % {"found": found, "said": said})
