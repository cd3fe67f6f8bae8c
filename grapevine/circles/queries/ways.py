"""How a meeting goes: which format is usual for it, which others suit, and what the circle chose."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.circles.models import Meeting
from grapevine.circles.queries.presence import member_ids
from grapevine.circles.queries.turns import ONE_CHALLENGE, TWO_CHALLENGES
from grapevine.circles.turns import Role
from grapevine.people.models import Person
from grapevine.rooms.queries import Way, formats_for, minutes_of

KICKOFF, CLOSING = "circle_kickoff", "circle_closing"
FRAMES = {Meeting.Kind.KICKOFF.value: KICKOFF, Meeting.Kind.CLOSING.value: CLOSING}
USUAL = {KICKOFF, CLOSING, ONE_CHALLENGE, TWO_CHALLENGES}
LINES: dict[str, str | Promise] = {
    KICKOFF: gettext_lazy("You meet, agree how you treat each other, and try it once."),
    CLOSING: gettext_lazy("What became of everything, and what stays."),
    ONE_CHALLENGE: gettext_lazy("One of you brings something. The others ask first, then offer ideas."),
    TWO_CHALLENGES: gettext_lazy("Two of you bring something, one after the other."),
    "circle_questions_only": gettext_lazy("The others only ask. Nobody gives advice."),
    "circle_deep_listening": gettext_lazy("The others listen, say what it stirred in them, and only then think along."),
    "circle_pick_a_method": gettext_lazy("First the key question. Then you choose together how to work on it."),
    "circle_goals_weekly": gettext_lazy(
        "Everybody tells of a small step and plans the next one. Nobody brings a challenge."
    ),
    "trio": gettext_lazy("Everybody has a turn, nine minutes each."),
}


def minutes_for(meeting: Meeting) -> int:
    """To keep free for it: as its circle says, and as long as it takes in one of the usual ways."""
    return max(meeting.circle.minutes, minutes_of(meeting.format) if meeting.format in USUAL else 0)


def usual(meeting: Meeting) -> str:
    """The format of a meeting for which nobody chose another."""
    return FRAMES.get(meeting.kind) or (TWO_CHALLENGES if _bringers(meeting) > 1 else ONE_CHALLENGE)


def ways_for(reader: Person, meeting: Meeting) -> list[Way]:
    """What a circle may choose for `meeting`: the usual way first, its own copies, and what suits so many people."""
    every = formats_for(reader, meeting.circle.vault)
    people, wanted = len(member_ids(meeting.circle)), usual(meeting)
    found = [way for way in every if way.key == wanted or _suits(way, meeting, people)]
    return sorted(found, key=lambda way: way.key != wanted)


def chosen(reader: Person, meetings: Iterable[Meeting]) -> dict[int, Way]:
    """Of those meetings that do not go the usual way, how they go; by the key of the meeting."""
    other = [meeting for meeting in meetings if meeting.format not in USUAL]
    is_own = any(meeting.format.startswith("own-") for meeting in other)
    ways = {way.key: way for way in formats_for(reader, other[0].circle.vault if is_own else None)} if other else {}
    return {meeting.pk: ways[meeting.format] for meeting in other if meeting.format in ways}


def line_of(way: Way) -> Any:
    """What it is, in one line."""
    if way.copy:
        return _("Your own way of doing it.")
    return LINES.get(way.key, "")


def _suits(way: Way, meeting: Meeting, people: int) -> bool:
    """Of the right kind, for so many people, and everybody whose turn it is has theirs, unless nobody has one."""
    source, fewest, most = way.copy.of if way.copy else way.key, *way.format.size
    if frame := FRAMES.get(meeting.kind):
        return source == frame
    is_ours = way.key in LINES and fewest <= people <= most
    turns = sum(role.startswith(Role.BRINGER) for role in way.format.to_give)
    return source not in FRAMES.values() and (way.copy is not None or is_ours) and turns in {0, _bringers(meeting) or 1}


def _bringers(meeting: Meeting) -> int:
    return sum(duty.role == Role.BRINGER for duty in meeting.duties.all())
