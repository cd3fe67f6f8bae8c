"""What somebody does for themselves after a meeting, and what alumni do for each other."""

from random import SystemRandom
from uuid import uuid4

from django.db import transaction

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge
from grapevine.circles import facts
from grapevine.circles.actions.ending import shred_call
from grapevine.circles.actions.holding import held
from grapevine.circles.models import (
    Brief,
    Brought,
    Call,
    CallAnswer,
    Circle,
    InTouch,
    Meeting,
    MeetingPulse,
    PulseGiven,
    Tally,
)
from grapevine.circles.queries.presence import members, those_with_an_hour
from grapevine.circles.queries.turns import ONE_CHALLENGE
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.kernel.text import cut
from grapevine.people.models import Person
from grapevine.rooms import actions as rooms
from grapevine.rooms.models import Session, Story
from grapevine.rooms.queries import formats_for
from grapevine.vaults import actions as vaults
from grapevine.vaults.queries import read

TITLE = 80


@transaction.atomic
def give_pulse(*, by: Person, meeting: Meeting, worth: str, heard: str, safe: str) -> None:
    """How it was, in three taps. That somebody said so and what was said lie apart, in no order that both would share."""
    check(by, "give_pulse", meeting)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    PulseGiven.objects.create(meeting=meeting, person=by)
    said = [*meeting.pulses.values("worth", "heard", "safe"), {"worth": worth, "heard": heard, "safe": safe}]
    SystemRandom().shuffle(said)  # a database keeps rows as they came, whatever their keys
    meeting.pulses.all().delete()
    MeetingPulse.objects.bulk_create(MeetingPulse(id=uuid4(), meeting=meeting, **each) for each in said)
    live.changed("circle", meeting.circle_id)


@transaction.atomic
def keep_tally(*, by: Person, meeting: Meeting, practised: list[str], words: str = "") -> Tally:
    """What I practised, for my eyes: said again, the new words count."""
    check(by, "keep_tally", meeting)
    line = "\n".join((" ".join(practised), words))
    tally = Tally.objects.filter(meeting=meeting, person=by).select_related("words__vault").first()
    if tally:
        vaults.rewrite(by=by, text=tally.words, words=line)
        return tally
    vault = vaults.open_vault(kind="tally", seats=[(by, "writer")])
    text = vaults.write(by=by, vault=vault, kind="tally", words=line)
    return Tally.objects.create(meeting=meeting, person=by, vault=vault, words=text, at=clock.now())


@transaction.atomic
def write_brief(*, by: Person, brought: Brought, words: str) -> Brief:
    """What I take along from it, in my own words, to show to whom I like."""
    check(by, "brief", brought)
    brief = Brief.objects.filter(brought=brought).select_related("words__vault").first()
    if brief:
        vaults.rewrite(by=by, text=brief.words, words=words)
        return brief
    vault = vaults.open_vault(kind="brief", seats=[(by, "writer")])
    text = vaults.write(by=by, vault=vault, kind="brief", words=words)
    return Brief.objects.create(brought=brought, vault=vault, words=text, at=clock.now())


@transaction.atomic
def call_alumni(*, by: Person, circle: Circle, words: str) -> Call:
    """Tell the others: I have a new challenge, who has an hour?"""
    circle = held(circle, circle=circle.pk)
    check(by, "call", circle)
    others = [person for person in members(circle) if person.pk != by.pk]
    vault = vaults.open_vault(kind="call", seats=[(by, "caller"), *((person, "alumnus") for person in others)])
    text = vaults.write(by=by, vault=vault, kind="call", words=words)
    call = Call.objects.create(circle=circle, by=by, vault=vault, words=text, at=clock.now())
    emit(facts.CalledAlumni(call=call.pk, circle=circle.pk, by=by.pk, people=tuple(p.pk for p in others)))
    live.changed("circle", circle.pk)
    return call


@transaction.atomic
def have_an_hour(*, by: Person, call: Call) -> CallAnswer:
    """ "I have an hour." Nobody is asked for a no."""
    call = held(call, circle=call.circle_id)
    check(by, "answer", call)
    answer = CallAnswer.objects.create(call=call, person=by, at=clock.now())
    emit(facts.CallAnswered(call=call.pk, circle=call.circle_id, by=by.pk, to=call.by_id))
    live.changed("circle", call.circle_id)
    return answer


@transaction.atomic
def take_back_hour(*, by: Person, call: Call) -> None:
    """Something came up: the hour is not there any more."""
    call = held(call, circle=call.circle_id)
    check(by, "take_back", call)
    CallAnswer.objects.filter(call=call, person=by).delete()
    live.changed("circle", call.circle_id)


@transaction.atomic
def end_call(*, by: Person, call: Call) -> None:
    """It is not needed any more: the call is gone, with its words."""
    call = held(call, circle=call.circle_id)
    check(by, "end", call)
    shred_call(call=call)
    live.changed("circle", call.circle_id)


@transaction.atomic
def gather(*, by: Person, call: Call) -> Session:
    """One tap: a room with those who have an hour, and the challenge on its table."""
    call = held(call, circle=call.circle_id)
    check(by, "gather", call)
    people = list(those_with_an_hour(call))
    challenge = _bring(by, call, people)
    seats = [(by, "bringer"), *((person, "peer") for person in people)]
    way = next(way for way in formats_for(by) if way.key == ONE_CHALLENGE)
    session = rooms.plan_session(
        by=by,
        format=way.body,
        planned_at=clock.now(),
        vault=vaults.open_vault(kind="meeting", seats=seats),
        roles={"bringer": by, "host": people[0], "timekeeper": people[1]},
        origin=("alumni", str(call.pk), call.circle.get_absolute_url()),
        relay_only=call.circle.is_across,
    )
    Story.objects.create(session=session, role="bringer", challenge=challenge)
    Call.objects.filter(pk=call.pk).update(session=session, ended_at=clock.now())
    live.changed("circle", call.circle_id)
    return session


@transaction.atomic
def say_in_touch(*, by: Person, circle: Circle, is_in_touch: bool) -> InTouch:
    """Ninety days later: still in touch with somebody of the circle?"""
    check(by, "say_in_touch", circle)
    return InTouch.objects.create(circle=circle, person=by, is_in_touch=is_in_touch, at=clock.now())


def _bring(by: Person, call: Call, people: list[Person]) -> Challenge:
    """The words of the call, told to those who come."""
    words = read(by, call.words)
    vault = vaults.open_vault(kind="challenge", seats=[(by, "bringer"), *((person, "peer") for person in people)])
    title = cut(" ".join(words.split()), TITLE)
    return challenges.bring(by=by, vault=vault, title=title, words=words, occasion="circle")
