"""What others may find a helper for: said by the helped person in open words, decided by the helper."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grapevine.challenges import actions
from grapevine.challenges.models import LetFind
from grapevine.challenges.tests.talking import IDEA, again, facts, page, play_back, played_back, talk
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


BOX, NAMES_FIRST = 'name="learned"', "They know you by another name here. Show who you are first"


@pytest.fixture
def masked(world):
    """A talk Mira played back under a pseudonym."""
    challenge = talk(world.mira, world.sanne, alias="a blue heron")
    play_back(challenge, actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA))
    return again(challenge)


def test_under_an_alias_nobody_publishes_the_words_the_helper_gets(world, door, masked):
    where, mira = reverse("challenge-topic", args=[masked.pk]), door(world.mira)
    assert BOX not in page(mira.get(where))
    told = page(mira.post(where, {"topic": TOPIC, "learned": "on"}), 422)
    assert (NAMES_FIRST in told, TOPIC in told, BOX in told) == (True, True, False)
    with pytest.raises(PermissionDenied):
        actions.learned(by=world.mira, challenge=masked, topic=TOPIC)
    assert (Evidence.objects.count(), LetFind.objects.count()) == (0, 0)


def test_with_everybody_proposed_an_alias_has_nothing_left_to_say(world, door, masked):
    where, mira = reverse("challenge-topic", args=[masked.pk]), door(world.mira)
    LetFind.objects.create(challenge=masked, person=world.sanne, at=masked.at)
    told = page(mira.get(where)).split("<main")[1]
    assert (SAID in told, BOX in told, 'name="topic"' in told, "you may still say" in told) == (True, *[False] * 3)


def test_who_showed_who_they_are_says_what_they_learned(world, door, masked):
    masked.vault.seats.update(alias="")  # both showed who they are
    where, mira = reverse("challenge-topic", args=[masked.pk]), door(world.mira)
    assert BOX in page(mira.get(where))
    assert mira.post(where, {"topic": TOPIC, "learned": "on"}).status_code == 302
    assert [line[:2] for line in lines(world.mira)] == [("learned", TOPIC)]


# --- what is read by whom ------------------------------------------------------------------------

FOR_MIRA = (
    "Colleagues then read these words, the month, what you got and whether it was used. Nothing else of your talk."
)
FOR_SANNE = FOR_MIRA.replace("what you got", "what the other side got")
FOR_WHAT_ONE_LEARNED = "Colleagues then read these words and the month. Nothing else of your talk."


def test_both_read_first_what_colleagues_will_read(world, door):
    challenge = played_back(world.mira, world.sanne, got="question").playback.challenge
    where, mira = reverse("challenge-topic", args=[challenge.pk]), door(world.mira)
    before = page(mira.get(where))
    actions.let_others_find(by=world.mira, challenge=challenge, helper=world.sanne, topic=TOPIC)
    after = page(mira.get(where))
    hints = [[hint in told for hint in (FOR_MIRA, FOR_WHAT_ONE_LEARNED)] for told in (before, after)]
    assert hints == [[True, False], [False, True]]
    assert FOR_SANNE in page(door(world.sanne).get(reverse("mine")))
    assert "only these words" not in before + after


def test_colleagues_read_the_words_the_month_what_was_got_and_whether_it_was_used(world):
    """All that the hint says, and nothing beyond it."""
    commitment = played_back(world.mira, world.sanne, got="question")
    line = actions.let_others_find(
        by=world.mira, challenge=commitment.playback.challenge, helper=world.sanne, topic=TOPIC
    )
    skills.agree_evidence(by=world.sanne, evidence=line)
    actions.report(by=world.mira, commitment=commitment, kind="used")
    [read] = evidence_matching(world.ravi, "which clock?")
    assert (read.words, read.on, read.got, read.kind, read.url) == (TOPIC, date(2026, 3, 10), "question", "used", "")


# --- said again ----------------------------------------------------------------------------------

SAID = "You have proposed this already. Whether it counts is theirs to decide, and nobody is asked twice."
OTHERWISE = "two clocks on one bench"


def decided(world, answer):
    """Mira proposed a line about Sanne, and Sanne says nothing, fine, hides it, or would rather not."""
    challenge = played_back(world.mira, world.sanne).playback.challenge
    line = actions.let_others_find(by=world.mira, challenge=challenge, helper=world.sanne, topic=TOPIC)
    decide = {"fine": skills.agree_evidence, "for me": skills.hide_evidence, "rather not": skills.delete_evidence}
    if answer in decide:
        decide[answer](by=world.sanne, evidence=line)
    return challenge


@pytest.mark.parametrize("answer", ["nothing yet", "fine", "for me", "rather not"])
def test_it_is_proposed_once_whatever_the_helper_made_of_it(world, answer, run_jobs):
    challenge = decided(world, answer)
    run_jobs()
    before, notices = lines(world.sanne), apps.get_model("notifications", "Notice").objects.filter(person=world.sanne)
    notices.update(read_at=challenge.at)
    with pytest.raises(actions.SaidAlreadyError) as refusal:
        actions.let_others_find(by=world.mira, challenge=challenge, helper=world.sanne, topic=OTHERWISE)
    run_jobs()
    assert refusal.value.messages == [SAID]
    assert (lines(world.sanne), len(facts("challenges.EvidenceProposed"))) == (before, 1)
    assert lines(world.sanne) == ([] if answer == "rather not" else before)
    assert notices.filter(read_at__isnull=True, kind="found").count() == 0


def test_the_page_says_the_same_after_a_yes_a_no_and_a_silence(world, door):
    mira, seen = door(world.mira), []
    for answer in ("nothing yet", "fine", "for me", "rather not"):
        where = reverse("challenge-topic", args=[decided(world, answer).pk])
        asked = page(mira.get(where)).split("<main")[1].split("<form")[0]
        told = page(mira.post(where, {"topic": OTHERWISE}), 422).split("<main")[1]
        seen.append((asked, SAID in told, OTHERWISE in told))
    assert seen == seen[:1] * 4
    assert (SAID in seen[0][0], seen[0][1:]) == (True, (True, True))
    assert [line.words for line in Evidence.objects.exclude(words=TOPIC)] == []


def test_of_two_helpers_only_the_one_who_was_not_proposed_is_asked(world, door):
    challenge = played_back(world.mira, world.sanne, world.kari).playback.challenge
    actions.let_others_find(by=world.mira, challenge=challenge, helper=world.sanne, topic=TOPIC)
    where = reverse("challenge-topic", args=[challenge.pk])
    assert door(world.mira).post(where, {"topic": OTHERWISE}).status_code == 302
    assert [[line.words for line in who.evidence.all()] for who in (world.sanne, world.kari)] == [[TOPIC], [OTHERWISE]]
    assert LetFind.objects.count() == 2


def test_what_the_bringer_learned_is_said_in_the_words_said_last(world, door):
    challenge = decided(world, "rather not")
    where, mira = reverse("challenge-topic", args=[challenge.pk]), door(world.mira)
    for topic in (TOPIC, OTHERWISE):
        assert mira.post(where, {"topic": topic, "learned": "on"}).status_code == 302
    assert [(line.kind, line.words) for line in Evidence.objects.all()] == [("learned", OTHERWISE)]


def test_nobody_rewords_what_somebody_else_said_of_them(world):
    challenge = played_back(world.mira, world.sanne).playback.challenge
    line = actions.let_others_find(by=world.mira, challenge=challenge, helper=world.sanne, topic=TOPIC)
    with pytest.raises(PermissionDenied):
        skills.reword_evidence(by=world.sanne, evidence=line, words=OTHERWISE)


def test_somebody_of_another_organisation_is_not_proposed(world, door):
    """What they can be found for would be read at their own employer: it is not for somebody here to say."""
    alone = played_back(world.mira, world.tomasz).playback.challenge
    assert "Let others find" not in page(door(world.mira).get(alone.get_absolute_url()))
    both = played_back(world.mira, world.tomasz, world.sanne).playback.challenge
    assert "Let others find Sanne Vik for this" in page(door(world.mira).get(both.get_absolute_url()))
    topic = reverse("challenge-topic", args=[both.pk])
    door(world.mira).post(topic, {"topic": TOPIC})
    assert (lines(world.tomasz), [line[0] for line in lines(world.sanne)]) == ([], ["helped"])
