"""What people enter. Questions, ideas and playback of somebody's story go into their challenge; the rest stays here."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge, ClarifyingQuestion, Idea
from grapevine.kernel import clock
from grapevine.kernel.policy import may
from grapevine.kernel.text import clean
from grapevine.people.models import Person
from grapevine.rooms.actions.happening import NotNowError, Room, check_kind, happen, held
from grapevine.rooms.models import Contribution, Note, Participant, Session, Story
from grapevine.rooms.queries.standing import latest_text, story_for
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Seat, Vault

TITLE = 80
INTO_THE_STORY = {
    "question": ("ask", challenges.ask_clarifying),
    "idea": ("offer_idea", challenges.offer_idea),
}


class ChangedMeanwhileError(NotNowError):
    """Somebody else has changed the text that one was changing."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed it meanwhile. Yours is still in the box: look at both, then keep one."))


@transaction.atomic
def contribute(*, by: Participant, kind: str, words: str) -> Contribution:
    """Enter words that the step allows: a question, an idea, a line, a sentence, an option. Raises NotNowError."""
    room = held(by.session_id)
    check_kind(room, by, kind)
    return _enter(room, by, kind, words)


@transaction.atomic
def bring_story(*, by: Participant, role: str, title: str, words: str) -> Story:
    """Whoever has this role tells what they bring, once: in a vault of its own, for those who are in the session."""
    room = held(by.session_id)
    if by.person is None or room.state.closed_at or room.state.roles.get(role) != by.pk:
        raise NotNowError
    if story := story_for(room.session, role):
        return story
    vault = vaults.open_vault(kind="challenge", seats=_seats(room, by.person))
    occasion = room.session.origin_kind or "room"
    challenge = challenges.bring(by=by.person, vault=vault, title=title, words=words, occasion=occasion)
    story = Story.objects.create(session=room.session, role=role, challenge=challenge)
    happen(room, by, "told", role=role)
    return story


@transaction.atomic
def answer(*, by: Participant, question: Contribution, words: str = "") -> None:
    """The bringer answers: in words, or by saying that it has been answered aloud."""
    room = held(by.session_id)
    check_kind(room, by, "answer")
    entries = room.state.lap.entries if room.state.lap else ()
    if question.pk not in [entry.id for entry in entries if entry.kind == "question"]:
        raise NotNowError
    if clean(words):
        _answer_in_words(room, by, question, words)
    happen(room, by, "answered", id=question.pk)


@transaction.atomic
def play_back(
    *,
    by: Participant,
    keeping: Iterable[Idea],
    when: str,
    will: str,
    on: date,
    got: str = "",
    title: str = "",
    may_notice: Person | None = None,
) -> None:
    """The bringer keeps ideas and promises: when ..., I will ... Told aloud until now, it gets its `title` here."""
    room = held(by.session_id)
    check_kind(room, by, "playback")
    step = room.state.current
    role = step.bringer if step else None
    if by.person is None or role is None:
        raise NotNowError
    story = story_for(room.session, role) or bring_story(by=by, role=role, title=title, words=title)
    room = held(by.session_id)  # the story may have been an event
    challenges.play_back(
        by=by.person,
        challenge=story.challenge,
        keeping=keeping,
        when=when,
        will=will,
        on=on,
        got=got,
        may_notice=may_notice,
    )
    _note_down(room, by, "playback")


@transaction.atomic
def write_together(*, by: Participant, words: str, seen: int) -> Contribution:
    """A new version of the step's shared text. `seen` is the version it was made from; 0 for the first.

    Raises ChangedMeanwhileError when there is a newer one.
    """
    room = held(by.session_id)
    check_kind(room, by, "text")
    newest = latest_text(room.session, room.state.step)
    if (newest.pk if newest else 0) != seen:
        raise ChangedMeanwhileError
    return _enter(room, by, "text", words)


@transaction.atomic
def vote(*, by: Participant, option: int) -> None:
    """For one of the options of this step; the last vote of a person counts."""
    room = held(by.session_id)
    check_kind(room, by, "vote")
    if not room.session.contributions.filter(pk=option, kind="option", step=room.state.step).exists():
        raise NotNowError
    happen(room, by, "voted", option=option)


@transaction.atomic
def pick(*, by: Participant, line: Contribution | None, words: str = "") -> Contribution:
    """Take a line of the others along, with a few words or none; or words alone."""
    room = held(by.session_id)
    check_kind(room, by, "pick")
    return _enter(room, by, "pick", words, to=line)


@transaction.atomic
def keep_note(*, by: Participant, words: str) -> None:
    """What somebody writes for themselves: one note, sealed for its writer alone. Guests have none."""
    if by.person is None:
        raise NotNowError(_("Notes are for people with an account. Copy it before you go."))
    note = Note.objects.filter(session=by.session_id, person=by.person).select_related("words__vault").first()
    if note:
        vaults.rewrite(by=by.person, text=note.words, words=words)
        return
    vault = vaults.open_vault(kind="note", seats=[(by.person, "writer")])
    text = vaults.write(by=by.person, vault=vault, kind="note", words=words)
    Note.objects.create(session_id=by.session_id, person=by.person, vault=vault, words=text, at=clock.now())


def _enter(room: Room, by: Participant, kind: str, words: str, to: Contribution | None = None) -> Contribution:
    """Into the story of this step where it belongs there, otherwise into the session."""
    challenge = _challenge_for(room, by, kind)
    if challenge is None:
        return _note_down(room, by, kind, to=to, **_kept(room.session, by, kind, words))
    _, tell = INTO_THE_STORY[kind]
    told = tell(by=_person(by), challenge=challenge, words=words)
    return _note_down(room, by, kind, of=told.pk)


def _note_down(room: Room, by: Participant, kind: str, of: int | None = None, **kept: Any) -> Contribution:
    """That something was entered; `of` is where its words are when they are in the challenge."""
    entry = Contribution.objects.create(
        session=room.session, by=by, step=room.state.step, kind=kind, at=clock.now(), **kept
    )
    happen(room, by, "contributed", kind=kind, id=entry.pk, **({"of": of} if of else {}))
    return entry


def _kept(session: Session, by: Participant, kind: str, words: str) -> Mapping[str, Any]:
    if not clean(words):
        return {}
    if session.vault is None:
        return {"open_words": clean(words)}
    return {"words": vaults.write(by=_person(by), vault=session.vault, kind=kind, words=words)}


def _challenge_for(room: Room, by: Participant, kind: str) -> Challenge | None:
    """The challenge these words belong to: guests and those who came too late for it speak in the session only."""
    step = room.state.current
    if kind not in INTO_THE_STORY or step is None or by.person is None:
        return None
    story = story_for(room.session, step.bringer)
    verb, _tell = INTO_THE_STORY[kind]
    return story.challenge if story and may(by.person, verb, story.challenge) else None


def _answer_in_words(room: Room, by: Participant, question: Contribution, words: str) -> None:
    """Where the question is: in the challenge, or beside it in the session."""
    event = room.session.events.filter(kind="contributed", body__id=question.pk, body__has_key="of").first()
    if event:
        asked = ClarifyingQuestion.objects.select_related("challenge__vault", "answer").get(pk=event.body["of"])
        challenges.answer(by=_person(by), question=asked, words=words)
    else:
        _note_down(room, by, "answer", to=question, **_kept(room.session, by, "answer", words))


def _seats(room: Room, bringer: Person) -> list[tuple[Person, str]]:
    """Who hears a story: those with a seat in the session's vault; in an open one, the people who are there."""
    vault: Vault | None = room.session.vault
    if vault:
        heard = [s.person for s in Seat.objects.filter(vault=vault, until_at__isnull=True).select_related("person")]
    else:
        came = room.session.participants.filter(pk__in=room.state.came, person__isnull=False)
        heard = [_person(one) for one in came.select_related("person")]
    return [(bringer, "bringer"), *((person, "peer") for person in heard if person.pk != bringer.pk)]


def _person(participant: Participant) -> Person:
    assert participant.person is not None, "guests have no seats"
    return participant.person
