"""By which doors somebody comes in: passkeys, browsers that are signed in, an address that waits."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from grapevine.people import browsers
from grapevine.people.models import NewAddress, Person


@dataclass(frozen=True)
class Passkey:
    """A key on a device of theirs."""

    pk: int
    name: str
    since_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Session:
    """A browser that is signed in."""

    pk: int
    browser: str
    network: str
    since_at: datetime
    is_here: bool


def passkeys_of(person: Person) -> list[Passkey]:
    """The person's own passkeys, oldest first."""
    keys = Authenticator.objects.filter(user=person.account_id, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [Passkey(key.pk, str(key), key.created_at, key.last_used_at) for key in keys]


def sessions_of(person: Person) -> list[Session]:
    """Where the person is signed in, this browser first. Sessions that are over are tidied away."""
    found = UserSession.objects.purge_and_list(person.account) if person.account else []
    rows = [Session(s.pk, browsers.named(s.user_agent), s.ip, s.created_at, s.is_current()) for s in found]
    return sorted(rows, key=lambda row: (not row.is_here, row.since_at))


def new_address_of(person: Person) -> NewAddress | None:
    """The address that the organisation's list has for them and that they have not taken."""
    return NewAddress.objects.filter(person=person).first()
