"""Six people of three organisations and three zones: apply, form, agree, meet, keep two ideas, tell what happened, end.

Thirty days later the words are gone; commitments, names and a way to call each other stay. Practice 1.2, 8.3: C1, C13, C15,
C19. The clock is moved; everything else is real.
"""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.urls import reverse

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge, Commitment, Idea
from grapevine.circles.actions import after, agreeing, applying, cohort, meeting, proposing
from grapevine.circles.actions.applying import Answers
from grapevine.circles.actions.cohort import Terms
from grapevine.circles.models import Agreement, Circle, Meeting
from grapevine.kernel import clock as the_clock
from grapevine.kernel.policy import visible
from grapevine.rooms import actions as rooms
from grapevine.rooms.models import Session
from grapevine.rooms.queries.standing import state_of
from grapevine.vaults.models import SealedText, Vault
from grapevine.vaults.queries import read_all
from tests.background import run_until_nothing_moves
from tests.personas import make_person

THEME = "canary-theme: leading without a title"
SITUATION = "canary-situation: a campaign nobody believes in"
IDEAS = [f"canary-idea-{n}: I might ask them first" for n in range(6)]
WHEN, WILL = "canary-when he asks for the slogan", "canary-will bring three voices of customers"
HAPPENED = "canary-happened: he laughed, then he listened"
MONDAY = 0
OF_CIRCLE = ("circle", "circle-now", "circle-agreement", "circle-leave")
OF_MEETING = ("meeting", "meeting-move", "meeting-bring")
OF_ROOM = ("room", "room-stage")


@pytest.fixture
def six(world):
    """Mira and Kari of Halden Grid, Tomasz and Luis of St Brigid's, Aiko and Dana of City Utility."""
    luis = make_person(world.brigid, "luis", "Luis Moreno", "Labs", "Analyst", "America/New_York")
    dana = make_person(world.utility, "dana", "Dana Osei", "Customers", "Lead", "Europe/Berlin")
    return [world.aiko, world.mira, world.kari, world.tomasz, luis, dana]


@pytest.fixture
def do_all(db):
    """What is due, until nothing moves."""
    return run_until_nothing_moves


@pytest.fixture
def circle(world, six, clock, do_all):
    """From the call to the circle: applied, formed, looked at, and nobody asked to be moved."""
    today = the_clock.today("Europe/Berlin")
    terms = Terms(
        theme=THEME,
        words="For people who lead without a title.",
        starts_on=today + timedelta(days=14),
        apply_until=today + timedelta(days=7),
        is_across=True,
    )
    call = cohort.propose_cohort(by=world.aiko, terms=terms)
    for person in six:
        words = {name: f"canary-{name}-{person.number}" for name in ("bring", "gift", "help")}
        applying.apply_for_circle(by=person, cohort=call, answers=Answers(**words, languages=("en",), never=[]))
    proposing.ask_for_proposal(by=world.aiko, cohort=call)
    do_all()
    proposal = proposing.show(by=world.aiko, proposal=call.proposals.get())
    do_all()
    clock.freeze(proposal.veto_until + timedelta(minutes=1))
    do_all()
    return Circle.objects.get()


def sign_all(circle, people):
    for seen, person in enumerate(people):
        agreeing.sign(by=person, circle=circle, seen=min(seen, 1))


def come_together(which, people, clock, do_all):
    """Ten minutes before, the door is open by itself; everybody comes in, the host begins."""
    clock.freeze(which.at - timedelta(minutes=10))
    do_all()
    session = Session.objects.get(meeting=which)
    seats = {person.pk: rooms.enter(by=rooms.sit_down(by=person, session=session)) for person in people}
    (host,) = [seat for seat in seats.values() if seat.pk == state_of(session).roles["host"]]
    rooms.open_session(by=host)
    return SimpleNamespace(session=session, seats=seats, host=host)


def on_to(there, mode):
    """Step by step until one of this mode runs."""
    while (state := state_of(there.session)).mode != mode:
        rooms.advance(by=there.host, step=state.step)


def end(there, do_all):
    rooms.close(by=there.host)
    do_all()


def hold_challenge(there, bringer, others):
    """A question, six ideas, two of them kept, and a Monday."""
    on_to(there, "ask")
    rooms.contribute(by=there.seats[others[0].pk], kind="question", words="canary-question: who notices?")
    on_to(there, "ideas")
    for n, words in enumerate(IDEAS):
        rooms.contribute(by=there.seats[others[n % 5].pk], kind="idea", words=words)
    on_to(there, "playback")
    kept = Idea.objects.filter(challenge__brought_by=bringer).order_by("pk")[:2]
    first_day = the_clock.next_weekday(MONDAY, the_clock.today(bringer.timezone))
    rooms.play_back(by=there.seats[bringer.pk], keeping=kept, when=WHEN, will=WILL, on=first_day)


def bring(which):
    """Three lines before the meeting."""
    bringer = which.duties.get(role="bringer").person
    lines = {"situation": SITUATION, "why_now": "canary-now", "would_help": "canary-help", "help_kind": "ideas"}
    meeting.bring(by=bringer, meeting=which, **lines)
    return bringer


def opened_by(person):
    """All words the person can open, anywhere."""
    return "\n".join(read_all(person, SealedText.objects.select_related("vault")).values())


def knocked(visitor, circle, which, session):
    """What every address of the circle answers."""
    paths = [reverse(name, args=[circle.pk]) for name in OF_CIRCLE]
    paths += [reverse(name, args=[which.pk]) for name in OF_MEETING]
    paths += [reverse(name, args=[session.pk]) for name in OF_ROOM]
    paths += [reverse("challenge", args=[found.pk]) for found in Challenge.objects.all()]
    return {visitor.get(path).status_code for path in paths}


def the_season_ends_and_words_vanish(six, bringer, circle, clock, do_all):
    """Thirty days after the last meeting each has what is their own, and nobody anything else."""
    closing = circle.meetings.get(kind=Meeting.Kind.CLOSING)
    end(come_together(closing, six, clock, do_all), do_all)
    circle.refresh_from_db()
    assert [SITUATION in opened_by(person) for person in six] == [True] * 6
    clock.freeze(circle.ended_at + timedelta(days=31))
    do_all()
    assert [SITUATION in opened_by(person) for person in six] == [person == bringer for person in six]
    assert [HAPPENED in opened_by(person) for person in six] == [person == bringer for person in six]
    assert not [person for person in six if "canary-idea" in opened_by(person)]
    assert list(Vault.objects.filter(wrapped_key__isnull=False).values_list("kind", flat=True)) == ["home"]


def test_a_season_of_six(six, circle, clock, do_all):
    assert set(circle.seats.values_list("person", flat=True)) == {person.pk for person in six}
    sign_all(circle, six)
    assert Agreement.objects.get().signatures.count() == 6
    kickoff, first, second = circle.meetings.all()[:3]
    end(come_together(kickoff, six, clock, do_all), do_all)

    bringer = bring(first)
    there = come_together(first, six, clock, do_all)
    hold_challenge(there, bringer, [person for person in six if person != bringer])
    end(there, do_all)
    commitment = Commitment.objects.get()
    assert [idea.kept_at is not None for idea in Idea.objects.order_by("pk")] == [True, True, *[False] * 4]

    mail.outbox.clear()
    clock.freeze(the_clock.instant(commitment.on, time(8, 31), bringer.timezone))
    do_all()
    monday = [m.subject for m in mail.outbox if m.to[0].endswith(f"<{bringer.email}>")]
    assert monday == ["The day you spoke of has come"]

    clock.freeze(the_clock.instant(commitment.on + timedelta(days=10), time(9), bringer.timezone))
    challenges.report(by=bringer, commitment=commitment, kind="changed", words=HAPPENED)
    there = come_together(second, six, clock, do_all)
    rooms.advance(by=there.host, step=0)
    end(there, do_all)
    left = Idea.objects.filter(challenge=commitment.playback.challenge)
    assert [idea.kept_at is not None for idea in left] == [True, True], "four were shredded, at the latest now"

    the_season_ends_and_words_vanish(six, bringer, circle, clock, do_all)
    call = after.call_alumni(by=bringer, circle=Circle.objects.get(), words="canary-call: a new one")
    for person in [person for person in six if person != bringer][:2]:
        after.have_an_hour(by=person, call=call)
    assert call.answers.count() == 2


def test_the_second_meeting_begins_with_what_happened(six, circle, clock, do_all, door):
    first, second = circle.meetings.all()[1:3]
    bringer = bring(first)
    others = [person for person in six if person != bringer]
    there = come_together(first, six, clock, do_all)
    hold_challenge(there, bringer, others)
    end(there, do_all)
    challenges.report(by=bringer, commitment=Commitment.objects.get(), kind="changed", words=HAPPENED)
    there = come_together(second, six, clock, do_all)
    rooms.advance(by=there.host, step=0)
    shown = door(others[0]).get(reverse("room-stage", args=[there.session.pk])).content.decode()
    assert "What became of it" in shown
    assert HAPPENED in shown


def test_nobody_else_finds_a_trace(world, six, circle, clock, do_all, door):
    """Eva runs the place, Jonas leads Mira, Joanna and Ravi are colleagues of members, Per has left."""
    first = circle.meetings.all()[1]
    bring(first)
    there = come_together(first, six, clock, do_all)
    members = {"mira": {200}, "tomasz": {200}}
    members = {key: knocked(door(getattr(world, key)), circle, first, there.session) for key in members}
    assert members == {"mira": {200, 403}, "tomasz": {200, 403}}, "403: only whose turn it is brings"
    for key in ("eva", "jonas", "joanna", "ravi"):
        person = getattr(world, key)
        assert knocked(door(person), circle, first, there.session) == {404}
        assert not visible(person, Session).exists(), "sockets ask the same"
        assert not visible(person, Circle).exists()
        assert "canary" not in opened_by(person)
        assert "canary" not in door(person).get("/people/find/?q=canary").content.decode()


def test_mails_say_that_something_is_and_never_what(six, circle, clock, do_all):
    """C1: no word and no name, not in the subject, not in the calendar part."""
    sign_all(circle, six)
    first = circle.meetings.all()[1]
    bringer = bring(first)
    there = come_together(first, six, clock, do_all)
    hold_challenge(there, bringer, [person for person in six if person != bringer])
    end(there, do_all)
    challenges.report(by=bringer, commitment=Commitment.objects.get(), kind="used", words=HAPPENED)
    clock.set_offset(timedelta(days=3))
    do_all()
    assert {m.to[0].split("<")[1][:-1] for m in mail.outbox if m.subject == "Your circle is there"} == {
        person.email for person in six
    }
    for letter in mail.outbox:
        parts = [part.get_payload(decode=True) or b"" for part in letter.message().walk()]
        whole = letter.subject + "\n".join(part.decode() for part in parts)
        reader = letter.to[0].split(" <")[0]
        told = [person.name for person in six if person.name != reader and person.name in whole]
        assert (told, "canary" in whole, THEME in whole) == ([], False, False)
