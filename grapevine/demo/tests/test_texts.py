"""The banks are well-formed, and the stories speak of people and scenarios that are there."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from grapevine.asks.models import KindOfHelp
from grapevine.challenges.models import Example, Got, Outcome
from grapevine.demo import stories, teller, tries
from grapevine.demo.bank import bank
from grapevine.demo.personas import CAST, PERSONAS
from grapevine.demo.world import PLACES
from grapevine.kernel.text import WORDS_MAX
from grapevine.skills.models import Evidence, Offer

ALL = [s for key in PLACES for s in bank(key).scenarios]
STARTER = Path(stories.__file__).parent.parent / "skills" / "starter.yaml"
PEOPLE = {p.key for p in CAST}


@pytest.mark.parametrize("scenario", ALL, ids=lambda s: s.key)
def test_scenario(scenario):
    assert scenario.lang in {"en", "de"}
    assert scenario.kind in KindOfHelp.values
    assert scenario.got in Got.values
    assert scenario.outcome in Outcome.Kind.values
    assert {scenario.asker, scenario.helper} - {""} <= PEOPLE
    assert set(scenario.keep) <= set(range(len(scenario.ideas)))
    assert scenario.questions
    assert scenario.ideas
    assert max(map(len, (scenario.words, *scenario.ideas))) <= WORDS_MAX
    assert max(map(len, scenario.offers)) <= Offer._meta.get_field("words").max_length
    assert not [offer for offer in scenario.offers if offer.lower().startswith(("ask me", "frag mich"))]
    assert "\n" not in scenario.when + scenario.will


def test_keys_and_pages_are_told_once():
    assert len({s.key for s in ALL}) == len(ALL)
    titles = [s.page.title for s in ALL if s.page]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= Example._meta.get_field("title").max_length


def test_in_german_each_who_offers_has_words_of_their_own():
    """The page says "Frag mich zu"; what follows does not say it again, and does not always begin alike."""
    said = [s.offers for s in ALL if s.lang == "de"]
    assert {len(offers) for offers in said} == {2}
    beginnings = Counter(" ".join(offer.split()[:2]) for offers in said for offer in offers)
    assert max(beginnings.values()) <= 3
    assert len({offer for offers in said for offer in offers}) == 2 * len(said)


def test_every_skill_is_one_of_ours():
    ours = {skill["key"] for skill in yaml.safe_load(STARTER.read_text())["skills"]}
    assert {s.skill for s in ALL} - {""} <= ours


@pytest.mark.parametrize("key", PLACES)
def test_units_are_there(key):
    units = {unit.name for unit in bank(key).units}
    assert {u for s in bank(key).scenarios for u in (*s.units, *s.helper_units)} <= units
    assert {p.unit for p in CAST if p.organisation == PLACES[key][0].name} <= units


@pytest.mark.parametrize("key", PLACES)
def test_there_are_times_to_offer_in_both_languages(key):
    assert all(bank(key).time_offers[lang] for lang in ("en", "de"))


def test_the_ticker_has_words_in_both_languages():
    lines = bank("halden").ticker
    assert all(lines[kind, lang] for kind in ("yes", "question", "idea", "thanks") for lang in ("en", "de"))


def test_stories_speak_of_what_is_there():
    for key in stories.STORIES:
        told = (*stories.STORIES[key], *stories.BESIDES[key])
        assert {s.far for s in told} <= set(teller.FAR)
        assert all(bank(key).scenario(s.scenario) for s in told)
        assert {n for s in told for n in (s.asker, s.helper)} - {""} <= PEOPLE
        assert {s.more["unit"] for s in told if "unit" in s.more} <= {unit.name for unit in bank(key).units}


def test_tries_speak_of_people_on_the_door():
    assert set(tries.TRIES) == {p.key for p in PERSONAS}
    asked = [one.asking for of in tries.TRIES.values() for one in of if one.asking[1]]
    assert all(bank(organisation).scenario(key) for organisation, key in asked)


def test_evidence_kinds_of_the_ledger_are_those_of_the_slice():
    assert {"offered", "shared", "learned", "helped", "used"} == set(Evidence.Kind.values)
