"""Writing the rota down."""

from collections.abc import Sequence

from django.db.models import Q

from grapevine.circles.actions import seating
from grapevine.circles.models import Circle, Duty, Meeting, Swap
from grapevine.circles.queries.presence import begun
from grapevine.circles.queries.turns import ONE_CHALLENGE, TWO_CHALLENGES, Plan
from grapevine.circles.rota import after_joining, rota
from grapevine.circles.season import needed
from grapevine.circles.turns import Member, Role, Rota, Turns


def first_rota(people: Sequence[int], meetings: int) -> Rota:
    """The rota of a new circle: one challenge a meeting, or two when there are more people than meetings.

    Where even that is too little, the last of them wait for a free meeting.
    """
    per_session = 1 if needed(len(people)) <= meetings else 2
    fit = min(len(people), per_session * meetings)
    found = rota(people[:fit], meetings, per_session)
    for who in people[fit:]:
        found = after_joining(found, who, done=0)
    return Rota(found.members, found.meetings, per_session)  # all of them were there from the beginning


def keep(circle: Circle, plan: Plan, new: Rota) -> None:
    """Write a rota down where it may change; a room that has not begun follows.

    Rows change hands, so that open questions about them stay.
    """
    for meeting, turns in list(zip(plan.meetings, new.meetings, strict=True))[plan.begun :]:
        for role in Role:
            give(meeting, role, turns.holders(role))
        _fit_format(meeting, turns)
    frame(circle, new)
    seating.let_words_follow(circle=circle)
    seating.follow(circle=circle)


def give(meeting: Meeting, role: str, people: Sequence[Member]) -> None:
    """These people have the role, nobody else."""
    rows = list(Duty.objects.filter(meeting=meeting, role=role))
    free = [row for row in rows if row.person_id not in people]
    for who in [who for who in people if who not in {row.person_id for row in rows}]:
        row = free.pop(0) if free else Duty(meeting=meeting, role=role)
        _forget_swaps(row)
        row.person_id = int(who)
        row.save()
    Duty.objects.filter(pk__in=[row.pk for row in free]).delete()


def frame(circle: Circle, of: Rota, first_host: int | None = None) -> None:
    """Who opens the first and the last meeting: the next host keeps the time before, the last timekeeper says goodbye."""
    ends = circle.meetings.exclude(kind=Meeting.Kind.CHALLENGE).filter(held_at__isnull=True)
    running = begun(ends)
    for meeting in [each for each in ends if each.session_id not in running]:
        if meeting.kind == Meeting.Kind.CLOSING:
            last = [turns.timekeeper for turns in of.meetings[-1:] if turns.timekeeper in of.members]
            give(meeting, Role.HOST, last or of.members[:1])
        else:
            _frame_kickoff(meeting, of, first_host)


def _forget_swaps(row: Duty) -> None:
    """A question about a turn that is somebody else's by now is no question any more."""
    if row.pk:
        Swap.objects.filter(Q(mine=row) | Q(theirs=row), answered_at__isnull=True).delete()


def _frame_kickoff(meeting: Meeting, of: Rota, first_host: int | None) -> None:
    timekeeper = of.meetings[0].host if of.meetings else of.members[-1]
    hosting = first_host or next((d.person_id for d in meeting.duties.filter(role=Role.HOST)), None)
    others = [who for who in of.members if who != timekeeper]
    host = hosting if hosting in others else (others or of.members)[0]
    give(meeting, Role.HOST, [host])
    give(meeting, Role.TIMEKEEPER, [timekeeper])


def _fit_format(meeting: Meeting, turns: Turns) -> None:
    """One challenge or two, unless the circle chose its own way or the room is made."""
    fitting = TWO_CHALLENGES if len(turns.bringers) > 1 else ONE_CHALLENGE
    is_ours = meeting.format in {ONE_CHALLENGE, TWO_CHALLENGES} and meeting.session_id is None
    if is_ours and meeting.format != fitting:
        Meeting.objects.filter(pk=meeting.pk).update(format=fitting)
