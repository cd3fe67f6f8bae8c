"""Leaving, and the end of a season: what vanishes, and what stays with whom."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge
from grapevine.circles import facts
from grapevine.circles.actions import duties
from grapevine.circles.actions.agreeing import forget_signatures
from grapevine.circles.actions.holding import held
from grapevine.circles.models import (
    Brought,
    Call,
    CallAnswer,
    Circle,
    CircleSeat,
    Duty,
    Meeting,
    MeetingPulse,
    PulseGiven,
    Rsvp,
    Swap,
)
from grapevine.circles.queries.presence import (
    begun,
    challenges_of,
    challenges_of_calls,
    member_ids,
    vaults_of,
    vaults_of_calls,
)
from grapevine.circles.queries.turns import plan_of
from grapevine.circles.rota import after_leaving
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.people.models import Person
from grapevine.rooms.actions import forget_own_words, forget_steps, see_off
from grapevine.rooms.models import Note, Session
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Vault
from grapevine.vaults.queries import has_seat

WORDS_STAY = timedelta(days=30)
FEWEST = 2  # one alone is no circle


@transaction.atomic
def step_out(*, by: Person, circle: Circle) -> None:
    """Leave, at any time, without a reason. What one brought goes home with them; nothing else can be read from here on."""
    circle = held(circle, circle=circle.pk)
    check(by, "step_out", circle)
    for told in (challenges_of(circle), challenges_of_calls(circle.calls.all())):
        for challenge in told.filter(brought_by=by):
            challenges.take_home(challenge=challenge)
    let_go(person=by, circle=circle)


@transaction.atomic
def let_go(*, person: Person, circle: Circle) -> None:
    """Their seats end, and the others go on. Of those who left the organisation nothing is taken home."""
    circle = held(circle, circle=circle.pk)
    seat = circle.seats.filter(person=person, left_at__isnull=True).select_related("bring", "gift").first()
    if seat is None:
        return
    vaults.erase(texts=[line for line in (seat.bring, seat.gift) if line])
    CircleSeat.objects.filter(pk=seat.pk).update(left_at=clock.now())
    _take_back_untold(person, circle)
    forget_calls(person=person, circle=circle)
    _see_off(person, Session.objects.filter(meeting__circle=circle))
    for vault in (*vaults_of(circle), *vaults_of_calls(circle.calls.all())):
        vaults.leave(vault=vault, person=person)
    if circle.ended_at is None:
        _go_on_without(person, circle)
    live.changed("circle", circle.pk)


@transaction.atomic
def forget_calls(*, person: Person, circle: Circle) -> None:
    """What they asked for and nobody came to yet is gone; an hour they had is not theirs to give any more."""
    for call in circle.calls.filter(by=person, ended_at__isnull=True):
        shred_call(call=call)
    CallAnswer.objects.filter(call__circle=circle, call__ended_at__isnull=True, person=person).delete()
    _see_off(person, Session.objects.filter(call__circle=circle))


@transaction.atomic
def end(*, circle: Circle) -> None:
    """The season is over. Its words vanish thirty days later; names and dates stay, and so does what is somebody's own."""
    now, circle = clock.now(), held(circle, circle=circle.pk)
    if circle.ended_at:
        return
    Circle.objects.filter(pk=circle.pk).update(ended_at=now)
    _call_off_what_is_ahead(circle)
    vanish_on = clock.local(now + WORDS_STAY, circle.zone).date()
    emit(facts.CircleEnded(circle=circle.pk, people=member_ids(circle), on=vanish_on))
    live.changed("circle", circle.pk)


@transaction.atomic
def shred(*, circle: Circle) -> None:
    """Destroy its words: each challenge goes home with its bringer, everything else is gone with the keys."""
    rooms = Session.objects.filter(meeting__circle=circle)
    _destroy(challenges_of(circle), rooms, vaults_of(circle))
    forget_steps(sessions=rooms, days_stay=True)
    _forget_turns(circle)
    Circle.objects.filter(pk=circle.pk).update(shredded_at=clock.now(), link="")


@transaction.atomic
def shred_call(*, call: Call) -> None:
    """The same for a call of alumni, its room and what was brought there. The call itself is gone with its words."""
    this, rooms = Call.objects.filter(pk=call.pk), Session.objects.filter(call=call)
    forget_steps(sessions=rooms, days_stay=False)
    _destroy(challenges_of_calls(this), rooms, vaults_of_calls(this))


def _destroy(told: "QuerySet[Challenge]", rooms: "QuerySet[Session]", places: "Iterable[Vault]") -> None:
    """`places` are looked up last: by then each challenge lies where only its bringer reads it."""
    for challenge in told.select_related("brought_by", "vault"):
        if has_seat(challenge.brought_by, challenge.vault):
            challenges.take_home(challenge=challenge)
    for note in Note.objects.filter(session__in=rooms).select_related("vault"):
        vaults.shred(vault=note.vault)
    forget_own_words(sessions=rooms)
    for vault in places:
        vault.format_copies.all().delete()
        vaults.shred(vault=vault)


def _see_off(person: Person, rooms: "QuerySet[Session]") -> None:
    for session in rooms.filter(closed_at__isnull=True):
        see_off(person=person, session=session)


def _call_off_what_is_ahead(circle: Circle) -> None:
    """It ended before its last meeting: nobody is told of those to come. What has begun is held to its end."""
    ahead = [meeting for meeting in circle.meetings.all() if meeting.is_ahead]
    running = begun(ahead)
    off = [meeting.pk for meeting in ahead if meeting.session_id not in running]
    Meeting.objects.filter(pk__in=off).update(called_off_at=clock.now(), sequence=F("sequence") + 1)


def _take_back_untold(person: Person, circle: Circle) -> None:
    """What was written for meetings that have no room yet: nobody hears it. Unless it went home it is destroyed."""
    untold = Brought.objects.filter(meeting__circle=circle, meeting__session__isnull=True, challenge__brought_by=person)
    for vault in vaults_of(circle).filter(challenge__brought__in=untold):
        vaults.shred(vault=vault)
    untold.delete()


def _go_on_without(person: Person, circle: Circle) -> None:
    others = member_ids(circle)
    Rsvp.objects.filter(meeting__circle=circle, meeting__held_at__isnull=True, person=person).delete()
    forget_signatures(circle=circle)
    emit(facts.SteppedOut(circle=circle.pk, person=person.pk, people=others))
    if len(others) < FEWEST:
        end(circle=circle)
    else:
        plan = plan_of(circle)
        duties.keep(circle, plan, after_leaving(plan.rota, person.pk, done=plan.without(person.pk)))


def _forget_turns(circle: Circle) -> None:
    """Who said that they come, who did what, who asked whom: not needed any more."""
    Swap.objects.filter(mine__meeting__circle=circle).delete()
    for steps in (Duty, Rsvp, PulseGiven, MeetingPulse):
        steps.objects.filter(meeting__circle=circle).delete()
    Meeting.objects.filter(circle=circle, held_at__isnull=True).delete()
