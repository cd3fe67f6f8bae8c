"""The texts of the demo world, read from `texts/` into one form whatever form they were written in.

A scenario is one piece of trouble from the first words to the thanks, as two colleagues could have lived it.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from grapevine.kernel.text import clean

TEXTS = Path(__file__).resolve().parent / "texts"
STORIES = Path(__file__).resolve().parent / "stories.yaml"
KINDS = {
    "know_how": "show",
    "second_pair_of_eyes": "think",
    "introduction": "intro",
    "story_like_mine": "story",
    "listen": "listen",
}
GOT = {
    "a_solution": "solution",
    "a_pointer": "pointer",
    "a_better_question": "question",
    "a_second_opinion": "opinion",
    "backing": "backing",
    "not_this_time": "nothing",
}
ASK_ME = re.compile(r"^Ask me( about| for| the)? ")
THREE = 3  # letters: being, not bing
# two writers, two names for the same skill; the starter framework has the last word
SKILLS = {
    "run-a-meeting": "meet-with-purpose",
    "ask-for-help-early": "ask-early",
    "give-bad-news": "bring-bad-news",
    "hand-over-work": "hand-over",
    "decide-with-half-the-facts": "decide-with-gaps",
    "welcome-a-newcomer": "welcome-newcomers",
    "listen-on-video": "listen-at-a-distance",
}


@dataclass(frozen=True)
class Page:
    """A page that came out of it."""

    title: str
    body: str
    by: str = "asker"


@dataclass(frozen=True)
class Scenario:
    """One piece of trouble and what became of it."""

    key: str
    lang: str
    units: tuple[str, ...]
    helper_units: tuple[str, ...]
    topic: str
    title: str
    words: str
    kind: str
    message: str
    questions: tuple[tuple[str, str], ...]
    ideas: tuple[str, ...]
    keep: tuple[int, ...]
    when: str
    will: str
    got: str
    outcome: str
    what_happened: str
    thanks: str
    offers: tuple[str, ...]
    seek: str
    skill: str = ""
    asker: str = ""
    helper: str = ""
    titles: tuple[str, ...] = ()
    helper_titles: tuple[str, ...] = ()
    page: Page | None = None

    @property
    def offer(self) -> str:
        """What the first who offers it says; whoever else does has words of their own."""
        return self.offers[0]


@dataclass(frozen=True)
class UnitPlan:
    """A unit: how many work there, in which teams, where, as what, and by which shifts."""

    name: str
    size: int
    teams: tuple[tuple[str, str], ...]
    titles: tuple[str, ...]
    shifts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Names:
    """People of one origin: how many of a hundred, what they are called, what they write in."""

    share: int
    lang: str
    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True)
class Bank:
    """Everything one organisation is made of."""

    key: str
    units: tuple[UnitPlan, ...]
    names: tuple[Names, ...]
    scenarios: tuple[Scenario, ...]
    shifts: dict[str, tuple[str, str]] = field(default_factory=dict)
    time_offers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ticker: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def scenario(self, key: str) -> Scenario:
        """The one with this key."""
        return next(s for s in self.scenarios if s.key == key)


@cache
def bank(key: str) -> Bank:
    """The bank of `halden`, `brigid` or `utility`."""
    raw = _read(TEXTS / f"{key}.yaml")
    places = {p["key"]: p["name"] for p in raw["locations"] if isinstance(p, dict)}
    units = {u.get("key", u["name"]): u["name"] for u in raw["units"]}
    told = [*raw["scenarios"], *(_read(STORIES) or {}).get(key, [])]
    return Bank(
        key=key,
        units=tuple(_unit(u, places) for u in raw["units"]),
        names=tuple(_names(raw["people"])),
        scenarios=tuple(_scenario(s, units) for s in told),
        shifts={name: (s["from"], s["to"]) for name, s in raw.get("shifts", {}).items()},
        time_offers=_by_language(raw["time_offers"]),
        ticker=_by_kind(raw.get("ticker", [])),
    )


def _read(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader either way


def _unit(raw: dict[str, Any], places: dict[str, str]) -> UnitPlan:
    teams = [(t["name"], places[t["at"]]) if isinstance(t, dict) else (t, raw["location"]) for t in raw["teams"]]
    return UnitPlan(raw["name"], raw["size"], tuple(teams), tuple(raw["titles"]), tuple(raw.get("shifts", ())))


def _names(raw: dict[str, Any]) -> list[Names]:
    if "first_names" in raw:
        return [Names(100, "", tuple(raw["first_names"]), tuple(raw["last_names"]))]
    return [Names(g["share"], g["lang"], tuple(g["first"]), tuple(g["last"])) for g in raw.values()]


def _scenario(raw: dict[str, Any], units: dict[str, str]) -> Scenario:
    plain: dict[str, Any] = {
        k: clean(raw[k])
        for k in (
            "key",
            "lang",
            "topic",
            "title",
            "words",
            "message",
            "when",
            "will",
            "outcome",
            "what_happened",
            "thanks",
            "seek",
        )
    }
    people: dict[str, Any] = {k: raw.get(k) or "" for k in ("asker", "helper")}
    lists: dict[str, Any] = {k: tuple(raw.get(k) or ()) for k in ("titles", "helper_titles", "keep")}
    return Scenario(
        **plain,
        **people,
        **lists,
        offers=tuple(_offer(clean(words)) for words in _list(raw["offer"])),
        kind=KINDS[raw["kind"]],
        got=GOT[raw["got"]],
        units=tuple(units[u] for u in raw["units"]),
        helper_units=tuple(units[u] for u in raw["helper_units"]),
        questions=tuple((clean(q["q"]), clean(q["a"])) for q in raw["questions"]),
        ideas=tuple(clean(idea) for idea in raw["ideas"]),
        skill=SKILLS.get(raw["skill"] or "", raw["skill"] or ""),
        page=_page(raw["page"]) if raw.get("page") else None,
    )


def _list(one_or_more: Any) -> list[str]:
    return [one_or_more] if isinstance(one_or_more, str) else one_or_more


def _offer(words: str) -> str:
    """What follows "Ask me about", as a person would type it there."""
    words = ASK_ME.sub("", words.rstrip("."))
    if words.startswith("to "):
        verb, _, rest = words[3:].partition(" ")
        words = f"{verb if len(verb) < THREE else verb.removesuffix('e')}ing {rest}"
    return words


def _page(raw: dict[str, Any]) -> Page:
    return Page(clean(raw["title"]), clean(raw["body"]), raw.get("by", "asker"))


def _by_language(raw: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(raw, dict):
        return {lang: tuple(map(clean, said)) for lang, said in raw.items()}
    return {lang: tuple(clean(r["words"]) for r in raw if r["lang"] == lang) for lang in ("en", "de")}


def _by_kind(raw: list[dict[str, str]]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in raw:
        at = (line["kind"], line["lang"])
        found[at] = (*found.get(at, ()), clean(line["words"]))
    return found
