"""What comes due around a circle: its door opens, too few can come, its season ends, its words vanish."""

from datetime import timedelta

from django.db.models import Q

from grapevine.circles import facts
from grapevine.circles.actions.ending import WORDS_STAY, end, shred, shred_call
from grapevine.circles.actions.session import note_missed, open_room
from grapevine.circles.models import Call, Circle, Meeting
from grapevine.circles.models.meeting import DOOR_OPENS, GRACE
from grapevine.circles.policies.circle import IN_TOUCH_AFTER
from grapevine.circles.queries.circle import QUORUM
from grapevine.circles.queries.presence import member_ids, members
from grapevine.circles.season import CAUGHT_UP_WITHIN
from grapevine.circles.turns import Role
from grapevine.kernel import clock
from grapevine.kernel.facts import emit
from grapevine.kernel.jobs import on_tick, once, one_by_one

TOLD_BEFORE = timedelta(days=1)
ASKED_WITHIN = timedelta(days=120)


@on_tick
def open_doors() -> None:
    """A quarter of an hour before a meeting its room is there, with the host's name on the chair."""
    now = clock.now()
    due = Meeting.objects.filter(
        session__isnull=True,
        held_at__isnull=True,
        called_off_at__isnull=True,
        circle__ended_at__isnull=True,
        at__lte=now + DOOR_OPENS,
        at__gt=now - CAUGHT_UP_WITHIN,
    )
    one_by_one(due.select_related("circle__cohort", "circle__vault"), _open)


@on_tick
def see_who_comes() -> None:
    """A day before, once: fewer than four can come."""
    now = clock.now()
    near = Meeting.objects.filter(
        held_at__isnull=True,
        called_off_at__isnull=True,
        circle__ended_at__isnull=True,
        at__lte=now + TOLD_BEFORE,
        at__gt=now,
    )
    one_by_one(near.select_related("circle"), _count)


@on_tick
def note_what_nobody_held() -> None:
    """A meeting a day ago that nobody closed or nobody came to: its bringer finds another day, where one is free."""
    late = Meeting.objects.filter(
        held_at__isnull=True,
        called_off_at__isnull=True,
        circle__ended_at__isnull=True,
        at__lte=clock.now() - CAUGHT_UP_WITHIN,
    )
    one_by_one(late.select_related("circle__cohort", "session"), lambda meeting: note_missed(meeting=meeting))


@on_tick
def end_seasons() -> None:
    """A season whose last meeting nobody held ends a week after it."""
    over = Circle.objects.filter(
        ended_at__isnull=True, meetings__kind=Meeting.Kind.CLOSING, meetings__at__lt=clock.now() - GRACE
    )
    one_by_one(over, lambda circle: end(circle=circle))


@on_tick
def shred_what_is_over() -> None:
    """Thirty days after the end the words of a circle are destroyed; so are those of a call, after its room or without one."""
    since = clock.now() - WORDS_STAY
    one_by_one(
        Circle.objects.filter(ended_at__lte=since, shredded_at__isnull=True), lambda circle: shred(circle=circle)
    )
    over = Q(ended_at__lte=since) | Q(ended_at__isnull=True, at__lte=since)
    one_by_one(Call.objects.filter(over, vault__shredded_at__isnull=True), lambda call: shred_call(call=call))


@on_tick
def ask_about_touch() -> None:
    """Ninety days after the end, once: are you still in touch?"""
    due = Circle.objects.filter(ended_at__lte=clock.now() - IN_TOUCH_AFTER, ended_at__gt=clock.now() - ASKED_WITHIN)
    one_by_one(due, _ask)


def _ask(circle: Circle) -> None:
    asked = facts.TouchAsked(circle=circle.pk, people=member_ids(circle))
    once(f"in-touch:{circle.pk}", lambda: emit(asked))


def _open(meeting: Meeting) -> None:
    host = meeting.duties.filter(role=Role.HOST).select_related("person").first()
    by = host.person if host else members(meeting.circle).first()
    if by:
        open_room(by=by, meeting=meeting)


def _count(meeting: Meeting) -> None:
    people = member_ids(meeting.circle)
    cannot = meeting.rsvps.filter(comes=False, person__in=people).count()
    if len(people) - cannot < QUORUM:
        missed = facts.QuorumMissed(meeting=meeting.pk, people=people)
        once(f"quorum:{meeting.pk}:{meeting.sequence}", lambda: emit(missed))
