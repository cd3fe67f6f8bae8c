"""What circles lend to the room: the promises of before, the line between employers, and what stays."""

from typing import Any

from grapevine.challenges.models import Challenge
from grapevine.circles.forms.circle import HappenedForm, PulseForm, TallyForm
from grapevine.circles.models import Brought, Circle, Meeting
from grapevine.circles.queries import circle as circles
from grapevine.circles.queries.agreed import agreed
from grapevine.circles.queries.circle import Line
from grapevine.circles.queries.held import sessions_held
from grapevine.circles.queries.meeting import keepers, promises_before
from grapevine.kernel.policy import may, one_or_none, seen, visible
from grapevine.kernel.ui import panels
from grapevine.people.models import Organisation, Person
from grapevine.rooms.models import Session
from grapevine.rooms.queries import charter, state_of

ARRIVE, WHAT_BECAME_OF_IT = 0, 1
TOGETHER, PLANNING = "edit", "plan"


def lend() -> None:
    """Add the panels."""
    panels.add("room-before", panels.Panel("circles/parts/room_before.html", before))
    panels.add("room-step", panels.Panel("circles/parts/room_step.html", in_step))
    panels.add("room-end", panels.Panel("circles/parts/room_end.html", at_end))
    panels.add("challenge-margin", panels.Panel("circles/parts/challenge_margin.html", beside_challenge, order=10))
    panels.add("organisation", panels.Panel("circles/parts/sessions_held.html", held_here))


def before(reader: Person, session: Session) -> dict[str, Any] | None:
    """Before it opens: what was promised earlier, and what stays between employers."""
    meeting = _meeting(reader, session)
    if meeting is None:
        return None
    return {"meeting": meeting, "promises": _promises(reader, meeting), "employer": _employer(meeting)}


def in_step(reader: Person, session: Session) -> dict[str, Any] | None:
    """The line between employers while they arrive; promises, the agreement and the next meeting where they are talked about."""
    meeting = _meeting(reader, session)
    if meeting is None:
        return None
    state = state_of(session)
    return {
        "meeting": meeting,
        "employer": _employer(meeting) if state.step == ARRIVE else "",
        "promises": _promises(reader, meeting) if state.step == WHAT_BECAME_OF_IT else [],
        "agreed": _agreed(reader, meeting.circle) if state.mode == TOGETHER else None,
        "next": _next(reader, meeting) if state.mode == PLANNING else None,
        "circle": meeting.circle,
        "me": reader,
    }


def at_end(reader: Person, session: Session) -> dict[str, Any] | None:
    """Three taps, a line for oneself, and what becomes of ideas nobody picked."""
    meeting = _meeting(reader, session)
    if meeting is None:
        return None
    told = visible(reader, Brought).filter(meeting=meeting)
    mine = one_or_none(told.filter(challenge__brought_by=reader.pk).select_related("challenge__playback"))
    return {
        "meeting": meeting,
        "keepers": keepers(reader, session),
        "mine": mine,
        "may_brief": mine is not None and hasattr(mine.challenge, "playback"),
        "pulse_form": PulseForm() if may(reader, "give_pulse", meeting) else None,
        "tally_form": TallyForm() if may(reader, "keep_tally", meeting) else None,
    }


def beside_challenge(reader: Person, challenge: Challenge) -> dict[str, Any] | None:
    """The way back to the circle it was brought to."""
    if challenge.is_of_two:
        return None
    brought = one_or_none(
        visible(reader, Brought).filter(challenge=challenge.pk).select_related("meeting__circle__cohort")
    )
    return {"circle": brought.meeting.circle} if brought else None


def held_here(reader: Person, organisation: Organisation) -> dict[str, Any] | None:
    """How many sessions of circles were held: for those who run the place, and nothing else."""
    held = sessions_held(organisation) if reader.is_administrator else None
    return {"held": held} if held else None


def _meeting(reader: Person, session: Session) -> Meeting | None:
    found = visible(reader, Meeting).filter(session=session.pk).select_related("circle__vault", "session")
    meeting = one_or_none(found)
    if meeting:
        seen(reader, meeting)
    return meeting


def _promises(reader: Person, meeting: Meeting) -> list[tuple[Any, HappenedForm | None]]:
    """Each with the form to say what happened, for the one whose it is."""
    told = promises_before(reader, meeting)
    return [(each, HappenedForm(auto_id=f"happened-{each.pk}-%s") if each.is_open else None) for each in told]


def _next(reader: Person, meeting: Meeting) -> Line | None:
    """The meeting after this one, as the season knows it."""
    after = meeting.circle.meetings.filter(number__gt=meeting.number)
    found = circles.lines(reader, after, circles.people_of(meeting.circle))
    return next((line for line in found if line.meeting.is_ahead), None)


def _employer(meeting: Meeting) -> str:
    return charter(meeting.circle.language)["employer"] if meeting.circle.is_across else ""


def _agreed(reader: Person, circle: Circle) -> Any:
    return agreed(reader, circle, list(circles.people_of(circle).values()))
