"""Evidence that speaks of the same things: whose, and in which order."""

from datetime import date, timedelta

import pytest

from grapevine.people import actions as people
from grapevine.people.models import Consent
from grapevine.skills import actions
from grapevine.skills.models import Evidence
from grapevine.skills.queries import evidence_matching, finding

MARCH = date(2026, 3, 10)


@pytest.fixture
def tell(world):
    """`tell("sanne", "words")` notes an agreed line about Sanne."""

    def telling(who, words, **more):
        person = getattr(world, who)
        said = {
            "kind": Evidence.Kind.USED,
            "on": MARCH,
            "origin_kind": "challenge",
            "origin_key": str(Evidence.objects.count()),
        }
        return actions.note_evidence(person=person, words=words, agreed=True, **said | more)

    return telling


def names(asker, words, **more):
    return [line.person.short_name for line in evidence_matching(asker, words, **more)]


def test_best_first_and_with_a_match(world, tell):
    tell("kari", "climbing a mast in winter")
    tell("sanne", "a relay trace with two clocks that disagree")
    tell("olav", "a clock in the control room that was slow, and what the room said about it for years")
    lines = evidence_matching(world.mira, "Whose clock is wrong? The trace of the relay looks clean.")
    assert [line.person for line in lines] == [world.sanne, world.olav]
    assert lines[0].match > lines[1].match > 0


def test_english_and_german_endings_meet(world, tell):
    tell("sanne", "Übergaben planen")
    assert names(world.mira, "planning an Übergabe") == ["Sanne"]


@pytest.mark.parametrize("words", ["", "???", "the and of", "quokka"])
def test_words_that_tell_nothing_find_nobody(world, tell, words):
    tell("sanne", "the relay and the clock")
    assert evidence_matching(world.mira, words) == []


def test_only_what_may_be_told_now(world, tell, clock):
    tell("sanne", "relay", until_on=MARCH)
    tell("mira", "relay")
    tell("tomasz", "relay")
    tell("left", "relay")
    Evidence.objects.filter(pk=tell("dev", "relay").pk).update(agreed_at=None)
    actions.hide_evidence(by=world.lene, evidence=tell("lene", "relay"))
    people.withdraw_consent(by=world.olav, about=Consent.About.FOUND)
    tell("olav", "relay")
    assert names(world.mira, "relay") == ["Sanne"]
    assert names(world.joanna, "relay") == ["Tomasz"]
    assert names(world.aiko, "relay") == []
    clock.set_offset(timedelta(days=1))
    assert names(world.mira, "relay") == []


def test_two_queries_with_one_and_with_three(world, tell, django_assert_num_queries):
    tell("sanne", "relay")
    with django_assert_num_queries(2):
        assert len(evidence_matching(world.mira, "the relay that trips")) == 1
    tell("kari", "relay")
    tell("olav", "relay")
    with django_assert_num_queries(2):
        assert len(evidence_matching(world.mira, "the relay that trips")) == 3
    assert names(world.mira, "relay", limit=2) == ["Olav", "Kari"]


def test_words_that_are_everywhere_give_way_to_rarer_ones(world, tell, monkeypatch):
    monkeypatch.setattr(finding, "LINES_WEIGHED", 3)
    for _ in range(5):
        tell("kari", "meeting")
    tell("sanne", "a meeting about the quokka")
    assert names(world.mira, "a meeting with a quokka") == ["Sanne"]
    assert len(names(world.mira, "meeting")) == 6


def test_others_organisations_do_not_crowd_out(world, tell):
    mine = tell("sanne", "relay relay relay, and much more that makes the line long and the match weak")
    for _ in range(12):
        tell("tomasz", "relay")
    assert evidence_matching(world.mira, "relay", limit=2) == [mine]
