"""How a session stands: its state from its events, who is seen in it, whose story a step is about."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import BooleanField, Exists, OuterRef, Subquery, Value
from django.utils.translation import get_language

from grapevine.kernel import clock
from grapevine.kernel.policy import one_or_none
from grapevine.rooms import engine
from grapevine.rooms.engine import Event, State
from grapevine.rooms.formats import Format, read
from grapevine.rooms.models import Contribution, Note, Participant, Session, Story
from grapevine.vaults.models import Seat
from grapevine.vaults.queries import read as read_words

PRESENT = timedelta(seconds=25)  # a page in which nothing happens asks after ten, at most fifteen


def format_of(session: Session) -> Format:
    """The session's format in the language spoken now."""
    return read(session.format, get_language() or "en")


def state_of(session: Session) -> State:
    """Where it stands, from everything that happened. One query, none where this `session` in hand is on the stage."""
    known: State | None = session.__dict__.get("known_state")
    return known or engine.state_of(format_of(session), events_of(session), seed=session.pk)


def events_of(session: Session) -> Iterable[Event]:
    """Everything that happened. One query."""
    return (Event(*row) for row in session.events.values_list("seq", "kind", "by", "at", "body"))


def places_in(session: Session) -> list[Participant]:
    """Everybody who has come or may come, and how much has happened (`last_of`). Asked once for this `session` in hand."""
    known: list[Participant] | None = session.__dict__.get("known_places")
    if known is None:
        last = Subquery(session.events.order_by("-seq").values("seq")[:1])
        known = session.__dict__["known_places"] = list(session.participants.annotate(last=last))
    return known


def is_taken(session: Session, name: str) -> bool:
    """Whether somebody here is called like that, whatever its letters' case and its spaces."""
    wanted = " ".join(name.casefold().split())
    places = session.participants.select_related("person")
    return any(" ".join(one.shown_name.casefold().split()) == wanted for one in places)


def is_seated(session: Session) -> Exists | Value:
    """For places: whether they belong here still. In a sealed session that takes a seat in its vault."""
    if session.vault_id is None:
        return Value(True, output_field=BooleanField())
    return Exists(Seat.objects.filter(vault=session.vault_id, person=OuterRef("person"), until_at__isnull=True))


def seated_among(places: Iterable[Participant]) -> frozenset[int]:
    """Who of these rows may be here now."""
    return frozenset(one.pk for one in places if one.is_seated)  # type: ignore[attr-defined]  # noted beside the row


def last_of(places: Iterable[Participant]) -> int:
    """The number of the last event when these rows were read."""
    return max((one.last or 0 for one in places), default=0)  # type: ignore[attr-defined]  # noted beside the row


def seen_lately(session: Session) -> frozenset[int]:
    """Whose page has asked within the last half minute. One query."""
    since = clock.now() - PRESENT
    return frozenset(session.participants.filter(seen_at__gte=since).order_by().values_list("pk", flat=True))


def seen_among(participants: Iterable[Participant]) -> frozenset[int]:
    """The same of rows in hand."""
    since = clock.now() - PRESENT
    return frozenset(one.pk for one in participants if one.seen_at and one.seen_at >= since)


def mark_of(session: Session) -> str:
    """What a page has seen: how much happened and who is there. Another mark, another page. One query at most."""
    places = places_in(session)
    return mark(last_of(places), seen_among(places))


def mark(last: int, seen: frozenset[int]) -> str:
    """The same from what is known already."""
    return ".".join(map(str, (last, *sorted(seen))))


def verbs_of(somebody: Participant, state: State, seen: frozenset[int]) -> frozenset[str]:
    """What somebody may do now. A guest keeps the chair when it is given to them, and does not take it."""
    found = engine.verbs(state, somebody.pk, seen=seen)
    return found if somebody.person_id else found - {"take_chair"}


def story_for(session: Session, role: str | None) -> Story | None:
    """What whoever has this role brings, if they have told it."""
    found = session.stories.select_related("challenge__vault", "challenge__playback", "challenge__closing")
    return found.filter(role=role).first() if role else None


def entry_in(session: Session, pk: int) -> Contribution | None:
    """Something that was entered in this session."""
    return session.contributions.filter(pk=pk).first()


def latest_text(session: Session, step: int) -> Contribution | None:
    """The newest version of the text that a step writes together."""
    found = session.contributions.filter(step=step, kind="text").select_related("words")
    return found.order_by("pk").last()


def note_of(somebody: Participant) -> str:
    """What somebody wrote for themselves; guests write nothing."""
    if somebody.person is None:
        return ""
    found = Note.objects.filter(session=somebody.session_id, person=somebody.person).select_related("words")
    return read_words(somebody.person, note.words) if (note := one_or_none(found)) else ""
