"""Planning a session: which format, when, for whom, sealed or open."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from secrets import choice, token_bytes
from typing import Any

from django.db import transaction

from grapevine.kernel import live
from grapevine.people.models import Person
from grapevine.rooms.actions.happening import Room, happen, held
from grapevine.rooms.formats import SEALED, read
from grapevine.rooms.models import Participant, Session
from grapevine.rooms.queries.standing import state_of
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Vault

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another
CODE_LENGTH, SECRET_LENGTH = 8, 32


@transaction.atomic
def plan_session(  # noqa: PLR0913 - a meeting has this many sides, each with its own word
    *,
    by: Person,
    format: Mapping[str, Any],  # noqa: A002 - the word of the practice
    planned_at: datetime,
    vault: Vault | None = None,
    people: Iterable[Person] = (),
    roles: Mapping[str, Person] | None = None,
    origin: tuple[str, str, str] = ("", "", ""),
    link: str = "",
    relay_only: bool = False,
    one_room: bool = False,
    with_code: bool = True,
) -> Session:
    """A session of this body of a format. Raises FormatError where the body is wrong.

    Sealed in `vault`; without one, where the format says so, in a new vault with a seat for `by` and `people`. An open
    session has a code for guests unless `with_code` is off. `origin` is (kind, key, address) of the practice it belongs
    to; `roles` may be given before anybody comes.
    """
    invited = list(dict.fromkeys([by, *people]))
    if vault is None and read(format, "en").words == SEALED:
        vault = vaults.open_vault(kind="room", seats=[(person, "member") for person in invited])
    session = Session.objects.create(
        format=format,
        vault=vault,
        opened_by=by,
        planned_at=planned_at,
        join_code=new_code() if vault is None and with_code else "",
        link=link,
        is_relay_only=relay_only,
        is_one_room=one_room,
        call_secret=token_bytes(SECRET_LENGTH),
        **dict(zip(("origin_kind", "origin_key", "origin_url"), origin, strict=True)),
    )
    _expect(session, invited, roles or {})
    return session


@transaction.atomic
def deal_roles(*, session: Session, roles: Mapping[str, Person | None]) -> None:
    """Other people have these roles by now, or nobody. Once the first step has begun, roles change in the room alone."""
    room = held(session.pk)
    if not room.state.lap and not room.state.closed_at:
        known = set(session.participants.values_list("person", flat=True))
        new = {person.pk for person in roles.values() if person} - known
        Participant.objects.bulk_create(Participant(session=session, person_id=pk) for pk in sorted(new))
        _deal(room, roles)


@transaction.atomic
def take_place(*, session: Session, link: str, relay_only: bool, one_room: bool) -> None:
    """Where it is held from now on, until it is over: whoever comes in after this finds that."""
    Session.objects.filter(pk=session.pk, closed_at__isnull=True).update(
        link=link, is_relay_only=relay_only, is_one_room=one_room
    )
    live.changed("room", session.pk)


def new_code() -> str:
    """Eight letters that are read and typed without doubt."""
    return "".join(choice(LETTERS) for _ in range(CODE_LENGTH))


def _expect(session: Session, invited: list[Person], roles: Mapping[str, Person]) -> None:
    """A place for everybody who may come; with a vault, those are its seats."""
    seats = session.vault.seats.filter(until_at__isnull=True) if session.vault else None
    expected = [p.pk for p in invited] if seats is None else list(seats.order_by("pk").values_list("person", flat=True))
    Participant.objects.bulk_create(Participant(session=session, person_id=pk) for pk in expected)
    _deal(Room(session, state_of(session)), roles)


def _deal(room: Room, roles: Mapping[str, Person | None]) -> None:
    """To those who have a place already."""
    places = dict(room.session.participants.values_list("person", "pk"))
    wanted = {role: places[person.pk] if person else None for role, person in roles.items()}
    for role, place in wanted.items():
        if room.state.roles.get(role) != place:
            happen(room, None, "role_given", role=role, to=place)
