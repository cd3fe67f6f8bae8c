"""What a yes leaves behind: the talk, the help that was acknowledged, the story, the thanks, what one may be found for."""

from datetime import datetime
from typing import TYPE_CHECKING

from grapevine.asks.models import Reply
from grapevine.challenges import demo as challenges
from grapevine.challenges.models import Example
from grapevine.demo.bank import Bank, Scenario
from grapevine.demo.course import Course
from grapevine.demo.days import minutes
from grapevine.people.models import Person
from grapevine.recognition import demo as recognition
from grapevine.skills.models import Evidence
from grapevine.vaults.models import Vault

if TYPE_CHECKING:
    from grapevine.demo.ledger import Ledger, Lived

NOTHING = "nothing"
OF_THE_COURSE = ("played_at", "on", "confirmed_at", "put_off_at", "told_at", "closed_at", "is_kept_together")
OF_THE_SCENARIO = ("title", "words", "when", "will")


def follow(ledger: "Ledger", bank: Bank, lived: "Lived", vault: Vault, said_at: datetime) -> None:
    """Everything from the yes on, as far as it has come."""
    time_offered = ledger.rng.choice(bank.time_offers[lived.scenario.lang])
    words = ledger.room.seal(vault, "reply", lived.helper, time_offered, said_at)
    ledger.asks.reply(lived.request, Reply.Kind.YES, said_at, words)
    talk = _talk(lived, vault, said_at)
    lived.told = told = ledger.challenges.tell(talk)
    lived.request.challenge = told.challenge
    _reveal(ledger, lived)
    if not lived.course.is_masked:
        _acknowledge(ledger, lived)
    _recognise(ledger, lived, told, vault)
    _show(lived)
    _be_found(ledger, lived, told)
    for person in lived.course.notices:
        _invite(ledger, talk, told, person)


def helped(scenario: Scenario) -> bool:
    """Whether the one who asked took something along."""
    return bool(scenario.keep) or scenario.got != NOTHING


def _talk(lived: "Lived", vault: Vault, said_at: datetime) -> challenges.Talk:
    course, scenario = lived.course, lived.scenario
    return challenges.Talk(
        bringer=lived.asker, helper=lived.helper, vault=vault, at=said_at,
        questions=_questions(course, scenario), ideas=_ideas(course, scenario),
        got=scenario.got if course.played_at else "", outcome=(scenario.outcome, scenario.what_happened),
        **{name: getattr(course, name) for name in OF_THE_COURSE},
        **{name: getattr(scenario, name) for name in OF_THE_SCENARIO},
    )  # fmt: skip


def _questions(course: Course, scenario: Scenario) -> list[tuple[str, datetime, str, datetime | None]]:
    if not course.talked_at:
        return []
    return [
        (question, at := course.talked_at + minutes(3 * n), answer, at + minutes(2) if n < course.answered else None)
        for n, (question, answer) in enumerate(scenario.questions[: course.answered + 1])
    ]


def _ideas(course: Course, scenario: Scenario) -> list[tuple[str, datetime, bool]]:
    if not course.talked_at or course.answered < len(scenario.questions):
        return []
    begun = course.talked_at + minutes(3 * len(scenario.questions))
    last = course.played_at or begun + minutes(60)
    return [
        (idea, min(begun + minutes(2 * n), last), bool(course.played_at) and n in scenario.keep)
        for n, idea in enumerate(scenario.ideas[: course.ideas])
    ]


def _reveal(ledger: "Ledger", lived: "Lived") -> None:
    if lived.course.revealed_at:
        for n, person in enumerate((lived.asker, lived.helper)):
            ledger.asks.reveal(lived.request, person, lived.course.revealed_at - minutes(3 * n))


def _acknowledge(ledger: "Ledger", lived: "Lived") -> None:
    """Help received makes the tie, but not from behind another name."""
    course = lived.course
    if helped(lived.scenario):
        for kind, at in (("idea", course.played_at), ("outcome", course.told_at)):
            if at:
                ledger.network.help(lived.helper, lived.asker, kind, at)
    if course.thanked_at:
        ledger.network.help(lived.helper, lived.asker, "thanks", course.thanked_at)
        ledger.network.thanked(lived.helper, lived.asker, course.thanked_at)


def _recognise(ledger: "Ledger", lived: "Lived", told: challenges.Told, vault: Vault) -> None:
    course, scenario = lived.course, lived.scenario
    if course.told_at and told.outcome and helped(scenario):
        words = told.outcome.words
        lived.story = ledger.recognition.tell(told.challenge, lived.helper, words, scenario.outcome, course.told_at)
        lived.story.heard_at = course.heard_at
    if course.thanked_at:
        words = ledger.room.seal(vault, "thanks", lived.asker, scenario.thanks, course.thanked_at)
        lived.thanks = ledger.recognition.thank(told.challenge, lived.asker, lived.helper, words, course.thanked_at)
        lived.thanks.heard_at = course.thanks_heard_at


def _show(lived: "Lived") -> None:
    course, scenario = lived.course, lived.scenario
    if course.shown_at and course.shows == "story" and lived.story:
        recognition.show(lived.story, scenario.what_happened, course.shown_at, course.agreed_to_show_at)
    elif course.shown_at and lived.thanks:
        recognition.show(lived.thanks, scenario.thanks, course.shown_at, course.agreed_to_show_at)


def _be_found(ledger: "Ledger", lived: "Lived", told: challenges.Told) -> None:
    course, scenario = lived.course, lived.scenario
    about = (scenario.topic, ledger.skill(scenario))
    if at := course.proposed_at:
        ledger.challenges.let_find(told.challenge, lived.helper, at)
        is_used = scenario.outcome == "used" and course.told_at
        kind = Evidence.Kind.USED if is_used else Evidence.Kind.HELPED
        lived.proposed = ledger.skills.note(
            lived.helper, kind, *about, at, "challenge", told.challenge, got=scenario.got, agreed_at=course.agreed_at
        )
    if at := course.learned_at:
        ledger.skills.note(lived.asker, Evidence.Kind.LEARNED, *about, at, "challenge", told.challenge, agreed_at=at)
    if course.released_at:
        _release(ledger, lived, course.released_at)


def _release(ledger: "Ledger", lived: "Lived", at: datetime) -> Example | None:
    """The page that came out of it, once in each organisation, and the line about its writer."""
    page, known = lived.scenario.page, (lived.asker.organisation_id, lived.scenario.key)
    if page is None or known in ledger.pages:
        return None
    by, skill = lived.helper if page.by == "helper" else lived.asker, ledger.skill(lived.scenario)
    example = ledger.challenges.release(by, page.title, page.body, skill, at)
    words = f"{page.title}\n{page.body}"
    ledger.skills.note(by, Evidence.Kind.SHARED, words, skill, at, "example", example, agreed_at=at)
    ledger.pages[known] = example
    return example


def _invite(ledger: "Ledger", talk: challenges.Talk, told: challenges.Told, person: Person) -> None:
    assert talk.played_at
    vault = ledger.room.open("noticing", talk.played_at, [(talk.bringer, "bringer"), (person, "notices")])
    ledger.challenges.invite(talk, told, person, vault, talk.played_at)
