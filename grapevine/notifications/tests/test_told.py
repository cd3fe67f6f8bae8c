"""Who is told what, and who is told nothing."""

from datetime import timedelta

import pytest
from django.db import transaction

from grapevine.asks import actions as asks
from grapevine.asks.actions import Asked
from grapevine.challenges import actions as challenges
from grapevine.circles.actions import ending
from grapevine.circles.tests.circling import circle, fresh, meeting
from grapevine.kernel import facts
from grapevine.kernel.facts import emit
from grapevine.kernel.models import Fact
from grapevine.notifications import actions
from grapevine.notifications.kinds import KINDS, TOPICS
from grapevine.notifications.models import Letter, Notice
from grapevine.notifications.queries import what_waits
from grapevine.notifications.tests.stories import advised, agreed, asked, played_back, reported
from grapevine.people import actions as people
from grapevine.people.facts import PersonLeft
from grapevine.recognition import actions as recognition
from grapevine.recognition.models import HelperStory


def inbox(person):
    """(kind, name shown) of everything, oldest first."""
    return [(n.kind, n.who) for n in Notice.objects.filter(person=person).order_by("pk")]


def test_a_circle_that_has_ended_meets_no_more(world, run_jobs, clock):
    of = circle(world, "mira", "sanne", "kari")
    for person in (world.sanne, world.kari):
        ending.step_out(by=person, circle=fresh(of))
    clock.freeze(meeting(of, 1).at - timedelta(hours=1))
    run_jobs()
    assert inbox(world.mira)[-1] == ("circle-ended", "")
    assert what_waits(world.mira).rows["meetings"] == []


def test_the_whole_story_reaches_each_of_the_two(world, run_jobs):
    reported(world.mira, world.sanne)
    recognition.thank(by=world.mira, person=world.sanne, words="thank you")
    run_jobs()
    assert inbox(world.sanne) == [
        ("asked", "Mira Lindqvist"),
        ("kept", "Mira Lindqvist"),
        ("thanked", "Mira Lindqvist"),
        ("story", "Mira Lindqvist"),
    ]
    assert inbox(world.mira) == [("accepted", "Sanne Vik"), ("idea", "Sanne Vik")]


def test_both_decide_what_is_shown(world, run_jobs):
    reported(world.mira, world.sanne)
    run_jobs()
    story = HelperStory.objects.get()
    recognition.propose_showing(by=world.sanne, recognition=story)
    run_jobs()
    assert inbox(world.mira)[-1] == ("show-story", "Sanne Vik")
    recognition.agree_showing(by=world.mira, recognition=story)
    run_jobs()
    assert inbox(world.mira)[-1] == ("shown", "Sanne Vik")
    assert inbox(world.sanne)[-1] == ("shown", "Mira Lindqvist")


def test_a_no_is_told_by_nothing(world, run_jobs):
    request = asked(world.mira, world.sanne)
    asks.reply(by=world.sanne, request=request, kind="pass")
    run_jobs()
    assert inbox(world.mira) == []


def test_a_pointer_is_told(world, run_jobs):
    request = asked(world.mira, world.sanne)
    asks.reply(by=world.sanne, request=request, kind="not_my_field", ask_instead=world.lene)
    run_jobs()
    assert inbox(world.mira) == [("pointed", "Sanne Vik")]


def test_both_are_told_when_the_ask_goes_on(world, at, run_jobs):
    asks.ask(by=world.mira, words="w", kind="think", to=[Asked(world.sanne, "m")], next_to=[world.kari.pk])
    run_jobs()
    at(2026, 3, 12, "10:00")
    run_jobs()
    assert inbox(world.mira) == [("went-on", "Kari Nilsen")]
    assert inbox(world.sanne) == [("asked", "Mira Lindqvist"), ("released", "Mira Lindqvist")]
    assert inbox(world.kari) == [("asked", "Mira Lindqvist")]


@pytest.mark.parametrize("how", ["directly", "by Ravi"])
def test_the_mail_says_who_has_the_question_now_and_nobody_was_chosen_for_it(world, at, post, how):
    through = world.ravi if how == "by Ravi" else None
    asked_for = Asked(world.kari, "m", through=through)
    asks.ask(by=world.mira, words="w", kind="think", to=[asked_for], next_to=[world.olav.pk])
    post()
    at(2026, 3, 12, "10:00")
    [mail] = [mail for mail in post() if "mira@" in mail.to[0]]
    assert mail.subject == "Your question went on to Olav Haug"
    assert "so the next of those you were shown has it now." in " ".join(mail.body.split())


def test_the_mail_about_no_introduction_names_no_reason(world, at, post):
    asks.ask(by=world.mira, words="w", kind="think", to=[Asked(world.kari, "m", through=world.ravi)])
    post()
    at(2026, 3, 12, "10:00")
    [mail] = [mail for mail in post() if "mira@" in mail.to[0]]
    assert mail.subject == "No introduction this time"
    assert ("no introduction came of it" in " ".join(mail.body.split()), "Ravi" in mail.body) == (True, False)


def test_introductions_are_asked_for_one_after_the_other(world, run_jobs):
    asked_for = Asked(world.kari, "m", through=world.ravi)
    made = asks.ask(by=world.mira, words="w", kind="think", to=[asked_for])
    run_jobs()
    assert (inbox(world.ravi), inbox(world.kari)) == ([("introduce", "Mira Lindqvist")], [])
    introduction = made.introductions.get()
    asks.agree_to_introduce(by=world.ravi, introduction=introduction)
    run_jobs()
    assert inbox(world.kari) == [("meet", "Ravi Berg")]
    asks.agree_to_introduce(by=world.kari, introduction=introduction)
    run_jobs()
    assert inbox(world.mira) == [("introduced", "Kari Nilsen")]


def test_a_pseudonym_is_all_that_is_ever_said_or_kept(world, run_jobs, mailoutbox):
    played_back(world.mira, world.sanne, alias="a green heron")
    recognition.thank(by=world.mira, person=world.sanne, words="thanks", challenge=agreed_challenge(world))
    for _ in range(3):
        run_jobs()
    assert {who for _, who in inbox(world.sanne)} == {"a green heron"}
    assert not Notice.objects.filter(person=world.sanne, by__isnull=False).exists()
    mails = [m.message().as_string() for m in mailoutbox if "sanne@" in m.to[0]]
    assert mails
    assert not any("Mira" in text or "Lindqvist" in text for text in mails)


def agreed_challenge(world):
    return world.mira.challenges.get()


def test_when_both_show_their_names_both_are_told(world, run_jobs):
    challenge = agreed(world.mira, world.sanne, alias="a green heron")
    asks.reveal(by=world.mira, request=challenge.request)
    run_jobs()
    assert inbox(world.sanne)[-1] == ("reveal", "")
    asks.reveal(by=world.sanne, request=challenge.request)
    run_jobs()
    assert (inbox(world.sanne)[-1], inbox(world.mira)[-1]) == (
        ("revealed", "Mira Lindqvist"),
        ("revealed", "Sanne Vik"),
    )


@pytest.mark.parametrize("blocker", ["mira", "sanne"])
def test_nothing_passes_between_people_of_whom_one_blocked_the_other(world, run_jobs, blocker):
    challenge = advised(world.mira, world.sanne)
    run_jobs()
    before = Notice.objects.count()
    one, other = (world.mira, world.sanne) if blocker == "mira" else (world.sanne, world.mira)
    people.block(by=one, person=other)
    challenges.ask_clarifying(by=world.sanne, challenge=challenge, words="?")
    challenges.play_back(by=world.mira, challenge=challenge, keeping=[], when="a", will="b", got="question")
    run_jobs()
    assert Notice.objects.count() == before


def test_a_block_does_not_find_out_who_a_pseudonym_is(world, run_jobs):
    """What comes is the same, whether Sanne blocks the one behind the heron or somebody else."""
    heard = []
    for suspect in (world.mira, world.kari):
        challenge = advised(world.mira, world.sanne, alias="a green heron")
        question = challenges.ask_clarifying(by=world.sanne, challenge=challenge, words="?")
        run_jobs()
        Notice.objects.filter(person=world.sanne).delete()
        people.block(by=world.sanne, person=suspect)
        challenges.answer(by=world.mira, question=question, words="!")
        challenges.play_back(by=world.mira, challenge=challenge, keeping=[], when="a", will="b", got="question")
        run_jobs()
        heard.append(inbox(world.sanne))
        people.unblock(by=world.sanne, person=suspect)
    assert heard == [[("answer", "a green heron"), ("kept", "a green heron")]] * 2


def test_who_hides_behind_a_pseudonym_may_still_part(world, run_jobs):
    challenge = advised(world.mira, world.sanne, alias="a green heron")
    question = challenges.ask_clarifying(by=world.sanne, challenge=challenge, words="?")
    run_jobs()
    people.block(by=world.mira, person=world.sanne)
    challenges.answer(by=world.mira, question=question, words="!")
    run_jobs()
    assert inbox(world.sanne) == [("asked", "a green heron")]


def test_a_letter_that_waits_is_dropped_when_the_two_part(world, at, post):
    at(2026, 3, 10, "19:00")
    asked(world.ravi, world.mira)
    post()
    people.block(by=world.mira, person=world.ravi)
    at(2026, 3, 11, "09:00")
    assert post() == []


def test_who_left_is_told_nothing(world, at, post):
    at(2026, 3, 10, "19:00")
    asked(world.ravi, world.mira)
    post()
    with transaction.atomic():
        emit(PersonLeft(person=world.mira.pk))
    post()
    assert Letter.objects.get(notice__person=world.mira).dropped_at


def test_a_fact_that_comes_twice_is_told_once(world, run_jobs):
    asked(world.ravi, world.mira)
    run_jobs()
    for row in Fact.objects.all():
        facts.deliver(row.pk)
    assert inbox(world.mira) == [("asked", "Ravi Berg")]


def between(name, **people):
    """A neighbour's fact, as it tells it."""
    with transaction.atomic():
        emit(facts.kinds()[f"network.{name}"](**{role: person.pk for role, person in people.items()}))


def test_both_hear_that_they_are_on_each_other_s_map_and_no_mail_says_so(world, post, door):
    between("TieProposed", by=world.mira, asked=world.sanne)
    assert len(post()) == 1
    between("TieAgreed", one=world.mira, other=world.sanne)
    assert post() == []
    assert inbox(world.mira) == [("tied", "Sanne Vik")]
    assert inbox(world.sanne) == [("tie", "Mira Lindqvist"), ("tied", "Mira Lindqvist")]
    assert Notice.objects.get(kind="tie").read_at  # it is decided: Today does not ask again
    shown = door(world.sanne).get("/inbox/").content.decode()
    assert "You and Mira Lindqvist are on each other&#x27;s map now" in shown
    assert Notice.objects.get(person=world.sanne, kind="tied").url == "/network/"


def test_that_somebody_was_off_the_map_for_a_while_is_not_told_by_saying_it_again(world, clock, run_jobs):
    between("TieAgreed", one=world.mira, other=world.sanne)
    run_jobs()
    actions.read_all(by=world.sanne)
    clock.set_offset(timedelta(days=3))
    between("TieAgreed", one=world.mira, other=world.sanne)
    run_jobs()
    told = Notice.objects.get(person=world.sanne)
    assert (told.kind, told.read_at == told.at) == ("tied", True)


def test_whom_one_blocked_is_not_told(world, run_jobs):
    people.block(by=world.sanne, person=world.mira)
    between("TieAgreed", one=world.mira, other=world.sanne)
    run_jobs()
    assert (inbox(world.mira), inbox(world.sanne)) == ([], [])


def test_every_kind_can_be_switched_off_and_says_something():
    assert {kind.topic for kind in KINDS.values()} == set(TOPICS)
    for kind in KINDS.values():
        said = f"{kind.subject} {kind.more}" % {"name": "Kari"}
        assert "%" not in said
        assert str(kind.button)


HEARD = {
    "asks.IntroductionMade",
    "asks.IntroductionProposed",
    "asks.IntroductionWentOn",
    "asks.RequestAccepted",
    "asks.RequestAnswered",
    "asks.RequestSent",
    "asks.RequestWentOn",
    "asks.RevealOffered",
    "asks.Revealed",
    "challenges.EvidenceProposed",
    "challenges.ExampleReleased",
    "challenges.ExampleUsed",
    "challenges.Noticed",
    "challenges.NoticingAsked",
    "challenges.OutcomeReported",
    "challenges.PlayedBack",
    "challenges.SomethingSaid",
    "circles.AgreementChanged",
    "circles.CallAnswered",
    "circles.CalledAlumni",
    "circles.ChairOffered",
    "circles.CircleEnded",
    "circles.CircleFormed",
    "circles.CohortCalledOff",
    "circles.MeetingMoved",
    "circles.MissedTwice",
    "circles.ProposalFormed",
    "circles.ProposalShown",
    "circles.QuorumMissed",
    "circles.SteppedOut",
    "circles.SwapAnswered",
    "circles.SwapAsked",
    "circles.TouchAsked",
    "circles.Welcomed",
    "network.TieAgreed",
    "network.TieProposed",
    "people.PersonLeft",
    "recognition.MadePublic",
    "recognition.ShowingProposed",
    "recognition.StoryTold",
    "recognition.ThanksSaid",
}


def test_the_facts_that_are_heard():
    heard = {
        facts.name_of(kind)
        for kind, by in facts._subscribers.items()
        if any(name.startswith("grapevine.notifications.") for name in by)
    }
    assert heard == HEARD
