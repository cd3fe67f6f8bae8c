"""Asks run among the people of two real organisations: their charts and departments are real, their names are not.

A manufacturer with lines of reporting, whose teams are those of one lead; an institute with departments and no lines.
"""

import random
from datetime import timedelta

import pytest

from grapevine.asks import actions as asks
from grapevine.asks.actions import Asked
from grapevine.asks.queries import suggest_people
from grapevine.challenges import actions as challenges
from grapevine.kernel import clock as the_clock
from grapevine.network.models import Tie
from grapevine.people import actions as people
from grapevine.people.importing import bring_in
from grapevine.people.models import Consent, Organisation, Person
from grapevine.people.queries import lead_of
from grapevine.people.tests.test_real_lists import names, nodes, written
from grapevine.recognition.models import HelperStory
from grapevine.skills import actions as skills
from grapevine.vaults.queries import read
from tests.personas import TUESDAY

TOPICS = ("a pump that hums at night", "a rota with too few people", "a supplier who is late", "a clock that drifts")
FOUND, OFFER, ASKERS = 60, 24, 3
WHEN, WILL = "the night shift begins", "listen at the valve before I open the pump."


def manufacturer():
    """Everybody is of the team of their lead."""
    for row in nodes("manufacturing_email"):
        lead = row["manager_raw"].removesuffix(".0")
        yield {"id": row["id"], "manager": lead, "unit": f"Works / Team {lead or row['id']}"}


def institute():
    """Everybody is of a department; who leads whom is not known."""
    for row in nodes("email_eu_core"):
        yield {"id": row["id"], "unit": f"Institute / Department {row['department']}"}


@pytest.fixture(params=[manufacturer, institute])
def everybody(request, db, clock, tmp_path):
    """All who came in by the list; some agreed to be found, and fewer said what one may ask them about."""
    clock.freeze(TUESDAY)
    rows = [
        row | {"name": name, "email": f"p{row['id']}@real.example"}
        for row, name in zip(request.param(), names(), strict=False)
    ]
    organisation = Organisation.objects.create(name="A real one", timezone="Europe/Oslo")
    bring_in(written(tmp_path / "people.csv", rows), organisation=organisation)
    everybody = list(Person.objects.filter(organisation=organisation).order_by("pk"))
    for n, person in enumerate(random.Random(7).sample(everybody, FOUND)):
        people.consent(by=person, about=Consent.About.FOUND)
        if n < OFFER:
            tell(person, TOPICS[n % len(TOPICS)])
    return everybody


def tell(person, topic, kinds=("helped",)):
    """Somebody offers a topic, and that they have been there may be told."""
    skills.offer(by=person, words=f"Ask me about {topic}")
    for kind in kinds:
        origin = {"origin_kind": "test", "origin_key": topic}
        skills.note_evidence(person=person, kind=kind, words=topic, on=TUESDAY.date(), agreed=True, **origin)


def test_asks_run_among_the_people_of_a_real_list(everybody, clock, run_jobs):
    for asker, topic in zip(askers(everybody), TOPICS, strict=False):
        helper = next(s.person for s in five_for(asker, topic) if topic in " ".join(s.reasons))
        commitment = talked_and_played_back(asker, helper, topic)
        run_jobs()
        clock.freeze(the_clock.now() + timedelta(days=10))
        challenges.report(by=asker, commitment=commitment, kind="used", words="It hummed no more.")
        run_jobs()
        assert HelperStory.objects.filter(person=helper, outcome="used").count() == 1
        assert Tie.objects.filter(helper=helper, helped=asker).exists()


def askers(everybody):
    """People nobody knows anything of yet, whose lead, where they have one, would fit their question best."""
    plain = [person for person in everybody if person.unit and not person.consents.exists()]
    chosen = random.Random(11).sample([p for p in plain if lead_of(p)] or plain, ASKERS)
    for asker, topic in zip(chosen, TOPICS, strict=False):
        if lead := lead_of(asker):
            people.consent(by=lead, about=Consent.About.FOUND)
            tell(lead, topic, kinds=("helped", "used", "learned"))
    return chosen


def five_for(asker, topic):
    """Five people with reasons; one of them of another unit, the lead only when asked for."""
    five = suggest_people(asker, f"I am stuck with {topic}.")
    assert (len(five), all(suggestion.reasons for suggestion in five)) == (5, True)
    assert any(suggestion.person.unit_id != asker.unit_id for suggestion in five)
    with_lead = suggest_people(asker, f"I am stuck with {topic}.", with_lead=True)
    lead = lead_of(asker)
    assert lead not in {suggestion.person for suggestion in five}
    assert lead is None or lead in {suggestion.person for suggestion in with_lead}  # so it is not for want of words
    return five


def talked_and_played_back(asker, helper, topic):
    """Asked, answered, talked, and said back; the lead of the asker reads no word of it."""
    words = f"I am stuck with {topic}."
    request = asks.ask(by=asker, words=words, kind="think", to=[Asked(helper, "Hi")]).requests.get()
    asks.reply(by=helper, request=request, kind="yes", words="At two, by the pump.")
    challenge = request.challenge
    question = challenges.ask_clarifying(by=helper, challenge=challenge, words="Since when?")
    challenges.answer(by=asker, question=question, words="Since Monday.")
    idea = challenges.offer_idea(by=helper, challenge=challenge, words="Listen at the valve.")
    played = challenges.play_back(by=asker, challenge=challenge, keeping=[idea], when=WHEN, will=WILL, got="question")
    readers = [read(person, question.words) != "" for person in (asker, helper, lead_of(asker) or asker)]
    assert readers == [True, True, lead_of(asker) is None]
    return played.commitment
