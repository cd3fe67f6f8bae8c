"""Coming into a room, being seen in it, leaving it."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.db.models import Q

from grapevine.kernel import clock
from grapevine.kernel.policy import check
from grapevine.kernel.text import clean
from grapevine.people.models import Person
from grapevine.rooms.actions.happening import NotNowError, happen, held
from grapevine.rooms.models import Participant, Session
from grapevine.rooms.queries.standing import places_in
from grapevine.vaults import actions as vaults
from grapevine.vaults.queries import has_seat

SEEN_EVERY = timedelta(seconds=10)
NAME_LENGTH = 60


def sit_down(*, by: Person, session: Session) -> Participant:
    """The place of somebody who may come in. They are not in the room by it."""
    known = next((one for one in places_in(session) if one.person_id == by.pk), None)
    me = known or _new_place(by, session)
    me.session, me.person = session, by
    return me


@transaction.atomic
def enter(*, by: Participant) -> Participant:
    """Come into the room. Again after leaving; twice changes nothing. Raises NotNowError when it is over."""
    room = held(by.session_id)
    if by.person:
        check(by.person, "enter", room.session)
    if room.state.closed_at:
        raise NotNowError
    if by.pk not in room.state.present:
        happen(room, by, "came")
    _let_hear_stories(by, room.session)
    be_seen(by=by)
    return by


@transaction.atomic
def leave(*, by: Participant) -> None:
    """Go. Their place stays theirs, the word goes on."""
    room = held(by.session_id)
    if by.pk in room.state.present:
        happen(room, by, "went")
    Participant.objects.filter(pk=by.pk).update(seen_at=None)
    by.seen_at = None


@transaction.atomic
def see_off(*, person: Person, session: Session) -> None:
    """They do not belong here any more: the word goes on, and everybody in the room sees that they have gone."""
    room, theirs = held(session.pk), Participant.objects.filter(session=session, person=person)
    if place := theirs.first():
        happen(room, place, "went")
        theirs.update(seen_at=None)


def be_seen(*, by: Participant) -> None:
    """The page of somebody asked: they are there. Written at most every ten seconds."""
    now = clock.now()
    stale = Q(seen_at__isnull=True) | Q(seen_at__lt=now - SEEN_EVERY)
    if by.seen_at is None or by.seen_at < now - SEEN_EVERY:
        Participant.objects.filter(stale, pk=by.pk).update(seen_at=now)
        by.seen_at = now


@transaction.atomic
def join(*, session: Session, name: str = "", person: Person | None = None) -> tuple[Participant, str]:
    """Somebody had the code of an open session: a colleague as themselves, a guest by name. Gives the guest's key.

    The key is kept by the guest's browser; here is only its hash.
    """
    if session.is_sealed or session.closed_at:
        raise NotNowError
    if person:
        return sit_down(by=person, session=session), ""
    key = token_urlsafe(24)
    name = " ".join(clean(name).split())[:NAME_LENGTH]
    return Participant.objects.create(session=session, name=name, key=hashed(key)), key


def _new_place(by: Person, session: Session) -> Participant:
    session.__dict__.pop("known_places", None)
    return Participant.objects.get_or_create(session=session, person=by)[0]


def hashed(key: str) -> str:
    """What is kept of a guest's key."""
    return sha256(key.encode()).hexdigest()


def _let_hear_stories(by: Participant, session: Session) -> None:
    """In an open session whoever is let in reads what is brought, also when they come later."""
    if session.is_sealed or by.person is None:
        return
    for story in session.stories.select_related("challenge__vault"):
        if not has_seat(by.person, story.challenge.vault):
            vaults.admit(vault=story.challenge.vault, person=by.person, role="peer")
