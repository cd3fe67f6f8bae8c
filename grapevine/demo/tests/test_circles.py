"""The circles of the demo world, as those meet them who step in."""

import logging
from datetime import timedelta

import pytest
from django.db import transaction

from grapevine.challenges.models import Challenge
from grapevine.circles.actions import proposing
from grapevine.circles.actions.after import gather, have_an_hour
from grapevine.circles.models import Application, Call, Circle, Cohort, Proposal
from grapevine.circles.queries.agreed import agreed
from grapevine.circles.queries.candidates import candidates
from grapevine.circles.queries.places import breaks
from grapevine.circles.queries.presence import members, those_there
from grapevine.circles.queries.ways import ways_for
from grapevine.demo.across import next_quarter
from grapevine.demo.applying import texts
from grapevine.demo.tests.conftest import TUESDAY
from grapevine.kernel import clock
from grapevine.kernel.jobs import run_ticks
from grapevine.kernel.models import Fact
from grapevine.kernel.policy import may, visible
from grapevine.kernel.text import WORDS_MAX
from grapevine.notifications.models import Letter, Notice
from grapevine.people.models import Person
from grapevine.rooms.models import Session
from grapevine.vaults.models import SealedText
from grapevine.vaults.queries import read_all
from tests.background import run_due

pytestmark = pytest.mark.usefixtures("small")
SIX = ["jarek", "mira", "aiko", "priya", "dana", "luis"]
RECENT = {"circle-shown", "circle-call", "circle-called", "circle-touch"}
OLD = "circle-formed", "circle-ended", "swap-asked", "circle-kept"


@pytest.fixture
def undone(small):
    """What this test does is as if it had not been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def the(key):
    return Person.objects.select_related("organisation").get(number=key)


def across():
    return Circle.objects.get(cohort__theme="Communication leaders")


def over():
    return Circle.objects.get(shredded_at__isnull=False)


def meeting(number):
    return across().meetings.select_related("circle", "session").get(number=number)


def numbers(people):
    return [person.number for person in people]


# --- one meets in a few minutes ------------------------------------------------------------------


def test_six_people_of_three_organisations_have_signed():
    circle = across()
    people = list(members(circle))
    assert numbers(people) == SIX
    assert (len({p.organisation_id for p in people}), circle.is_across, circle.language) == (3, True, "en")
    assert agreed(the("aiko"), circle, people).is_whole


def test_three_meetings_were_held_and_the_next_begins_in_a_few_minutes():
    held = [(each.kind, each.held_at is not None) for each in across().meetings.all()[:4]]
    assert held == [("kickoff", True), ("challenge", True), ("challenge", True), ("challenge", False)]
    assert meeting(4).at == next_quarter(TUESDAY) == TUESDAY.replace(minute=30)
    assert clock.local(meeting(4).at, "Europe/Berlin").hour == clock.local(meeting(1).at, "Europe/Berlin").hour
    assert {len(those_there(meeting(n))) for n in (1, 2, 3)} == {6}


def test_aiko_hosts_dana_brings_and_the_door_is_open():
    now = meeting(4)
    roles = dict(now.duties.values_list("role", "person__number"))
    assert (roles["host"], roles["bringer"], len(set(roles.values()))) == ("aiko", "dana", 4)
    assert may(the("mira"), "enter", now.session)
    assert not visible(the("jonas"), Session).filter(pk=now.session_id).exists()
    assert now.rsvps.filter(comes=True).count() == 5


def test_a_later_meeting_goes_their_own_way():
    ways = {way.key: way.format.name for way in ways_for(the("aiko"), meeting(6))}
    assert ways[meeting(6).format] == "Only questions, and a breath after each"
    assert across().vault.format_copies.get().at < clock.now()


def test_of_what_luis_brought_two_ideas_stayed_and_what_came_of_it():
    challenge = Challenge.objects.get(brought__meeting=meeting(2))
    assert (challenge.brought_by.number, challenge.ideas.count(), hasattr(challenge, "closing")) == ("luis", 2, True)
    assert challenge.playback.commitment.outcome.kind == "used"
    assert challenge.playback.commitment.on.weekday() == 0


def test_priya_s_monday_is_still_to_come():
    challenge = Challenge.objects.get(brought__meeting=meeting(3))
    commitment = challenge.playback.commitment
    assert (challenge.brought_by.number, commitment.on.weekday()) == ("priya", 0)
    assert clock.today("Europe/Oslo") < commitment.on
    assert not hasattr(challenge, "closing")
    assert meeting(3).pulses.count() == 4


def test_nobody_else_sees_any_of_it():
    outside = [the(key) for key in ("eva", "jonas", "tomasz", "ben", "sanne")]
    words = SealedText.objects.filter(vault__in=Challenge.objects.filter(occasion="circle").values("vault"))
    assert words.count() > 20
    assert not any(visible(person, Circle).filter(pk=across().pk).exists() for person in outside)
    assert not any(read_all(person, words) for person in outside)
    assert len(read_all(the("mira"), words)) == words.count()


# --- one can be formed ---------------------------------------------------------------------------


def test_tomasz_forms_two_circles_of_fourteen(undone, monkeypatch):
    monkeypatch.setattr(proposing, "seconds_for", lambda _people: 0.5)
    tomasz, cohort = the("tomasz"), Cohort.objects.get(theme="Asking before telling")
    assert (cohort.applications.count(), cohort.preview.planned_at > clock.now()) == (14, True)
    proposal = proposing.ask_for_proposal(by=tomasz, cohort=cohort)
    proposing.form(proposal=proposal)
    sizes = [circle.seats.count() for circle in proposal.circles.all()]
    assert (len(sizes), sum(sizes), proposal.unplaced.count()) == (2, 14, 0)


def test_others_of_the_house_may_still_apply():
    cohort = Cohort.objects.get(theme="Asking before telling")
    assert may(the("jarek"), "apply", cohort)
    assert not visible(the("mira"), Cohort).filter(pk=cohort.pk).exists()


# --- one is shown --------------------------------------------------------------------------------


def test_sanne_sees_with_whom_she_might_sit_and_may_ask_to_be_moved():
    mine = Application.objects.get(person=the("sanne"))
    proposal = Proposal.objects.get(cohort=mine.cohort)
    everybody = candidates(mine.cohort)
    tables = [[seat.application.person_id for seat in each.seats.all()] for each in proposal.circles.all()]
    assert sorted(map(len, tables)) == [5, 6]
    assert not any(breaks(everybody, people) for people in tables)
    assert all(circle.slot is not None for circle in proposal.circles.all())
    assert may(the("sanne"), "be_moved", mine)
    assert Notice.objects.filter(person=the("sanne"), kind="circle-shown", read_at__isnull=True).exists()


# --- one was -------------------------------------------------------------------------------------


def test_what_stays_of_a_season_is_names_and_dates():
    circle = over()
    assert numbers(members(circle)) == ["ravi", "sanne", "kari", "lene", "tomas", "dev"]
    assert circle.meetings.filter(held_at__isnull=False).count() == 8
    assert circle.vault.wrapped_key is None
    assert not circle.vault.texts.exists()


def test_sanne_is_asked_once_and_could_give_ravi_his_hour(undone):
    sanne, call = the("sanne"), Call.objects.select_related("circle", "by").get()
    assert may(sanne, "say_in_touch", call.circle)
    assert not may(the("kari"), "say_in_touch", call.circle)
    asked = Notice.objects.filter(kind="circle-touch", read_at__isnull=True)
    assert set(asked.values_list("person__number", flat=True)) == {"ravi", "sanne", "tomas", "dev"}
    assert (call.by.number, numbers(a.person for a in call.answers.all())) == ("ravi", ["kari"])
    assert read_all(sanne, [call.words])
    have_an_hour(by=sanne, call=call)
    assert gather(by=call.by, call=call).stories.count() == 1


# --- what waits for the worker -------------------------------------------------------------------


def test_everything_was_heard_and_no_old_mail_leaves():
    assert not Fact.objects.filter(delivered_at__isnull=True, at__lt=clock.now()).exists()
    waiting = Letter.objects.filter(sent_at__isnull=True, notice__kind__in=OLD)
    assert not waiting.exists()
    recent = Letter.objects.filter(sent_at__isnull=True, notice__kind__startswith="circle")
    assert set(recent.values_list("notice__kind", flat=True)) <= RECENT


def test_the_first_ticks_find_hardly_anything_to_do(undone):
    before = Notice.objects.filter(kind__startswith="circle").count(), Circle.objects.count(), Proposal.objects.count()
    run_ticks()
    after = Notice.objects.filter(kind__startswith="circle").count(), Circle.objects.count(), Proposal.objects.count()
    assert after == before
    assert set(Notice.objects.filter(kind="meeting-today").values_list("person__number", flat=True)) == set(SIX)


def test_time_goes_on_and_circles_with_it(undone, caplog, monkeypatch):
    monkeypatch.setattr(proposing, "seconds_for", lambda _people: 0.5)
    try:
        for days in (3, 20):
            clock.freeze(TUESDAY + timedelta(days=days))
            run_due()
    finally:
        clock.freeze(TUESDAY)
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    founded = Circle.objects.filter(cohort__theme="Figures people can use")
    assert sorted(circle.seats.count() for circle in founded) == [5, 6]
    assert Proposal.objects.filter(cohort__theme="Asking before telling", formed_at__isnull=False).count() == 1
    assert meeting(4).held_at is None


# --- the texts -----------------------------------------------------------------------------------


def test_texts_are_short_enough():
    said = list(_strings(texts()))
    assert len(said) > 150
    assert max(map(len, said)) <= WORDS_MAX
    assert not [words for words in said if words != words.strip() or "  " in words]


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
