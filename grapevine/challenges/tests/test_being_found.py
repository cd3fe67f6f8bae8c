"""What others may find a helper for: said by the helped person in open words, decided by the helper."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from grapevine.challenges import actions
from grapevine.challenges.tests.talking import IDEA, facts, play_back, played_back, talk
from grapevine.skills import actions as skills
from grapevine.skills.models import Evidence
from grapevine.skills.queries import evidence_matching

TOPIC = "clocks on test benches"


def lines(person):
    return [(line.kind, line.words, line.got, line.on, line.agreed_at is not None) for line in person.evidence.all()]


def found(world):
    """Kinds of what Ravi is told about Sanne."""
    return [line.kind for line in evidence_matching(world.ravi, "which clock?") if line.person == world.sanne]


def test_nothing_counts_before_the_helper_agreed(world):
    challenge = played_back(world.mira, world.sanne, got="question").playback.challenge
    line = actions.let_others_find(by=world.mira, challenge=challenge, helper=world.sanne, topic=TOPIC)
    assert lines(world.sanne) == [("helped", TOPIC, "question", date(2026, 3, 10), False)]
    proposed = {"evidence": line.pk, "helper": world.sanne.pk, "helped": world.mira.pk, "challenge": challenge.pk}
    assert facts("challenges.EvidenceProposed") == [proposed]
    assert found(world) == []
    skills.agree_evidence(by=world.sanne, evidence=line)
    assert found(world) == ["helped"]


def test_what_is_used_later_counts_as_used(world):
    commitment = played_back(world.mira, world.sanne)
    challenge = commitment.playback.challenge
    line = actions.let_others_find(by=world.mira, challenge=challenge, helper=world.sanne, topic=TOPIC)
    skills.agree_evidence(by=world.sanne, evidence=line)
    actions.report(by=world.mira, commitment=commitment, kind="used")
    assert lines(world.sanne) == [("used", TOPIC, "", date(2026, 3, 10), True)]


def test_what_was_used_already_counts_as_used_at_once(world):
    used, dropped = played_back(world.mira, world.sanne), played_back(world.mira, world.kari)
    for commitment, helper, kind in ((used, world.sanne, "used"), (dropped, world.kari, "dropped")):
        actions.report(by=world.mira, commitment=commitment, kind=kind)
        actions.let_others_find(by=world.mira, challenge=commitment.playback.challenge, helper=helper, topic=TOPIC)
    assert [lines(who)[0][0] for who in (world.sanne, world.kari)] == ["used", "helped"]


def test_the_bringer_is_found_for_what_they_learned_in_their_own_words(world):
    challenge = played_back(world.mira, world.sanne).playback.challenge
    actions.learned(by=world.mira, challenge=challenge, topic=TOPIC)
    assert lines(world.mira) == [("learned", TOPIC, "", date(2026, 3, 10), True)]


def test_only_the_bringer_says_so_and_only_after_playing_back(world):
    challenge = talk(world.mira, world.sanne)
    idea = actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA)
    for person in (world.mira, world.sanne):
        with pytest.raises(PermissionDenied):
            actions.let_others_find(by=person, challenge=challenge, helper=world.sanne, topic=TOPIC)
    play_back(challenge, idea)
    with pytest.raises(PermissionDenied):
        actions.learned(by=world.sanne, challenge=challenge, topic=TOPIC)
    assert Evidence.objects.count() == 0


def test_under_an_alias_the_helper_is_not_told_by_whom(world):
    challenge = talk(world.mira, world.sanne, alias="a blue heron")
    play_back(challenge, actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA))
    actions.let_others_find(by=world.mira, challenge=challenge, helper=world.sanne, topic=TOPIC)
    assert [line.by for line in world.sanne.evidence.all()] == [None]
