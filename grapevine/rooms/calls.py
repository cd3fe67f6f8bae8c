"""The call of a session: what a browser needs to know to take part in it. Nothing of a call is kept.

Pictures and voices go from browser to browser. The server only lets those in the room find each other (`consumers`),
and hands each of them a key with which they prove to each other that nobody swapped their certificates on the way.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.people.models import Person
from grapevine.people.queries import people_behind
from grapevine.rooms.guests import guest_of
from grapevine.rooms.models import Participant, Session
from grapevine.rooms.queries.standing import is_seated
from grapevine.vaults.queries import key_for

MOST_FACES = 8
TURN_HOLDS = timedelta(hours=12)
# the one page that may use them; all others say no to everything (config.middleware)
ABILITIES = "accelerometer=(), camera=(self), geolocation=(), gyroscope=(), microphone=(self), payment=(), usb=()"


def let_use_devices(response: HttpResponseBase) -> HttpResponseBase:
    """The same answer, whose page may ask for camera and microphone."""
    response["Permissions-Policy"] = ABILITIES
    return response


def call_for(session: Session, participant: Participant) -> dict[str, Any]:
    """What `rooms/parts/call.html` shows to this participant: our own call, a meeting elsewhere, or one room.

    Raises PermissionDenied where the session is sealed and the participant has no seat.
    """
    kind = "room" if session.is_one_room else "link" if session.link.startswith("https://") else "own"
    if session.closed_at is not None:
        kind = "over"
    if kind != "own":
        return {"kind": kind, "link": session.link}
    others = session.participants.filter(is_seated(session)).select_related("person").exclude(pk=participant.pk)
    return {
        "kind": kind,
        "socket": f"/live/room/{session.pk}/",
        "people": [participant, *others],
        "me": participant,
        "is_seen": session.is_relay_only and not has_relay(),
        "facts": facts(session, participant),
    }


def facts(session: Session, participant: Participant) -> dict[str, Any]:
    """For the page's script: who one is, the key of the call, the ways, and what to say."""
    return {
        "session": session.pk,
        "me": str(participant.pk),
        "key": b64encode(key_of(session, participant)).decode(),
        "ice": ice_servers(session, participant),
        "words": words(),
    }


def key_of(session: Session, participant: Participant) -> bytes:
    """What those in the room share and nobody else has: from the vault, or from the session where it is open.

    Raises PermissionDenied without a seat.
    """
    purpose = f"call {session.pk}"
    if session.vault is not None:
        return key_for(_person(participant), session.vault, purpose)
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(bytes(session.call_secret))


def has_relay() -> bool:
    """Whether there is a server that passes calls on."""
    return bool(settings.GRAPEVINE_TURN_URLS and settings.GRAPEVINE_TURN_SECRET)


def ice_servers(session: Session, participant: Participant) -> dict[str, Any]:
    """Where a browser looks for a way to the others, as `RTCPeerConnection` takes it.

    The password for the relay holds for twelve hours. Where nobody shall learn the others' network address, the relay
    is the only way, if there is one.
    """
    servers: list[dict[str, Any]] = []
    if settings.GRAPEVINE_STUN_URLS:
        servers.append({"urls": settings.GRAPEVINE_STUN_URLS})
    if has_relay():
        servers.append({"urls": settings.GRAPEVINE_TURN_URLS, **turn_credentials(participant)})
    way = "relay" if session.is_relay_only and has_relay() else "all"
    return {"iceServers": servers, "iceTransportPolicy": way}


def turn_credentials(participant: Participant) -> dict[str, str]:
    """Name and password for the relay: when they end, who it is, and a MAC of both (the custom of TURN servers)."""
    name = f"{int((clock.now() + TURN_HOLDS).timestamp())}:{participant.pk}"
    # SHA-1 is what TURN servers ask for; as a MAC it still holds
    mac = hmac.digest(settings.GRAPEVINE_TURN_SECRET.encode(), name.encode(), hashlib.sha1)
    return {"username": name, "credential": b64encode(mac).decode()}


def participants_of(asked: Sequence[tuple[Mapping[str, Any], int]]) -> list[Participant | None]:
    """Who is at the other end of each socket, if they may be in its room now: a member, or a guest by what was handed to them.

    `asked` are the sockets' scopes, each with its session. Two queries for all members, and one for each guest.
    """
    people = people_behind(scope["account"] for scope, _ in asked)
    let_in = _let_in({session for _, session in asked}, people.values())
    return [
        let_in.get((session, person))
        if (person := people.get(scope["account"]))
        else guest_of(scope.get("cookies", {}), session)
        for scope, session in asked
    ]


def _let_in(sessions: Collection[int], people: Collection[int]) -> dict[tuple[int, int | None], Participant]:
    """The places of members by session and person; the policy is asked for each row, as if that person asked."""
    if not people:
        return {}
    each = SimpleNamespace(pk=OuterRef(OuterRef("person")))
    may_be_here = Exists(visible(each, Session).filter(pk=OuterRef("session")))
    found = Participant.objects.filter(may_be_here, session__in=sessions, person__in=people).order_by()
    return {(one.session_id, one.person_id): one for one in found.select_related("session")}


def words() -> dict[str, str]:
    """What the page says while a call goes on; `{name}` is filled in there."""
    return {
        "came": _("{name} is here."),
        "left": _("{name} has left."),
        "cut": _("The line to {name} is cut. We try again."),
        "back": _("{name} is back."),
        "refused": _("The call with {name} was refused, because the line is not what it should be. Nothing was sent."),
        "later": _("The line is down just now. Try again in a moment."),
        "cannot": _("This browser makes no calls here. A call needs https and a browser of the last years."),
        "full": _("There are eight faces in this call already. You can come in as soon as one of them leaves."),
        "elsewhere": _("You are in this call in another window now."),
        "over": _("This room is not open to you any more. The call has ended here."),
        "away": _("The line to Grapevine is down. Pictures and voices go on; we try again."),
        "again": _("The line to Grapevine is back."),
        "muted": _("You are muted."),
        "heard": _("The others hear you."),
        "dark": _("Your camera is off."),
        "seen": _("The others see you."),
        "refusedDevices": _("Your browser does not let us use camera and microphone. You can come in all the same."),
        "reads": _("{name} reads along. If you switch captions on, they see what you say."),
        "noWriter": _(
            "You read what the others say. Your own browser cannot write on this device, so yours stays unwritten."
        ),
        "writes": _("What you say is written on this device and shown to the others in the call. It is kept nowhere."),
        "tileMuted": _("muted"),
        "tileDark": _("camera off"),
        "tileWaiting": _("is being connected"),
        "tileCut": _("line cut"),
        "tileRefused": _("line refused"),
    }


def _person(participant: Participant) -> Person:
    assert participant.person is not None, "guests have no seats"
    return participant.person
