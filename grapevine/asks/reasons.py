"""Reasons in words: only from what a person offered, shared or agreed to, and from the asker's own talks.

Never a number about somebody.
"""

from collections import Counter
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from grapevine.asks.suggesting import RECENT_DAYS, Choice, Line
from grapevine.challenges.models import Got
from grapevine.kernel.text import shorten
from grapevine.skills.models import Evidence

TWO = 2
STRONG = 0.5  # of the best match: only such lines are called "it"
HELPED = {Evidence.Kind.HELPED, Evidence.Kind.USED}


def reasons_for(choice: Choice, *, today: date, unit: int | None, introducer: str = "") -> list[str]:
    """Two reasons at most, the most telling first; three when somebody could introduce the two."""
    told = [told for told in (_helped_the_asker(choice), *_told(choice, today)) if told]
    told = told[:1] if choice.place in {"border", "new"} else told[:TWO]
    told += _around(choice, unit)
    if introducer:
        return [*told[:TWO], _("%(name)s knows you both and can introduce you.") % {"name": introducer}]
    return told[:TWO]


def found_by(choice: Choice, *, today: date) -> str:
    """The reason that may be said to others and written down: never one from a sealed talk; empty where no word fits."""
    return next(iter(_told(choice, today)), "")


def _told(choice: Choice, today: date) -> list[str]:
    open_ones = [line for line in choice.candidate.lines if not line.is_own]
    lines = sorted(open_ones, key=lambda line: -line.match)
    return [told for told in (_helped(lines), _learned(lines, today), _shared(lines), _offered(lines)) if told]


def _helped_the_asker(choice: Choice) -> str:
    own = [line for line in choice.candidate.lines if line.is_own]
    if not own:
        return ""
    line = max(own, key=lambda line: (line.kind == Evidence.Kind.USED, line.match, line.on))
    about = {"topic": shorten(line.words, 60), "month": _month(line.on)}
    if line.kind == Evidence.Kind.USED:
        return _("Helped you with “%(topic)s” in %(month)s: it was used.") % about
    return _("Helped you with “%(topic)s” in %(month)s.") % about


def _helped(lines: list[Line]) -> str:
    helped = [line for line in lines if line.kind in HELPED]
    if not helped:
        return ""
    helped = [line for line in helped if line.match >= STRONG] or helped[:1]
    if len(helped) == 1:
        return _helped_once(helped[0])
    got = Counter(line.got for line in helped if line.got and line.got != Got.NOT_THIS_TIME).most_common(1)
    how_many = {2: _("two"), 3: _("three"), 4: _("four")}.get(len(helped), _("several"))
    if got and got[0][1] == len(helped) == TWO:
        return _("Helped two people with it; both said: %(got)s.") % {"got": Got(got[0][0]).label}
    topic = shorten(helped[0].words, 60)
    return _("Helped %(how_many)s people with things like “%(topic)s”.") % {"how_many": how_many, "topic": topic}


def _helped_once(line: Line) -> str:
    about = {"topic": shorten(line.words, 60), "month": _month(line.on)}
    if line.kind == Evidence.Kind.USED:
        return _("Helped with “%(topic)s” in %(month)s, and it was used.") % about
    return _("Helped with “%(topic)s” in %(month)s.") % about


def _learned(lines: list[Line], today: date) -> str:
    line = next((line for line in lines if line.kind == Evidence.Kind.LEARNED), None)
    if line is None:
        return ""
    if (today - line.on).days <= RECENT_DAYS:
        return _("Learned this in %(month)s: “%(topic)s”.") % {
            "month": _month(line.on),
            "topic": shorten(line.words, 60),
        }
    return _("Learned this a while ago.")


def _shared(lines: list[Line]) -> str:
    line = next((line for line in lines if line.kind == Evidence.Kind.SHARED), None)
    return _("Wrote the page “%(title)s”.") % {"title": line.words.split("\n")[0]} if line else ""


def _offered(lines: list[Line]) -> str:
    line = next((line for line in lines if line.kind == Evidence.Kind.OFFERED), None)
    return _("Offers this: “%(offer)s”.") % {"offer": line.words.rstrip(".")} if line else ""


def _around(choice: Choice, unit: int | None) -> list[str]:
    candidate = choice.candidate
    if choice.place == "new":
        return [_("You have never met.")]
    if candidate.is_known:
        return [_("You have talked before.")]
    outside = candidate.unit != unit
    return [_("In another unit: a view from outside.") if outside else _("Close by: works in your unit.")]


def _month(on: date) -> str:
    return str(MONTHS[on.month])
