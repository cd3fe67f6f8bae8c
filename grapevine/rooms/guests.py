"""Guests of an open session: no account, a name, and a key that their browser keeps for this session alone."""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from grapevine.kernel import presses
from grapevine.kernel.policy import for_members
from grapevine.rooms.actions.coming import hashed
from grapevine.rooms.models import Participant, Session

View = Callable[..., HttpResponseBase]
COOKIE, SALT = "grapevine-room", "grapevine.rooms.guest"
HOLDS = 12 * 3600
TRIES, TRIES_FOR = 20, 600  # codes that one address may get wrong, and for how many seconds they count


def guest_of(cookies: Mapping[str, str], session: int) -> Participant | None:
    """The guest whose browser this is, if it was let into this session."""
    try:
        kept = signing.loads(cookies.get(COOKIE, ""), salt=SALT, max_age=HOLDS)
        known = Participant.objects.select_related("session__opened_by").filter(session=session, person__isnull=True)
        return known.filter(pk=kept["guest"], key=hashed(kept["key"])).first()
    except (signing.BadSignature, KeyError, TypeError):
        return None


def remember(response: HttpResponseBase, guest: Participant, key: str) -> None:
    """Let the browser keep the guest's key: out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        signing.dumps({"guest": guest.pk, "key": key}, salt=SALT),
        max_age=HOLDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def for_those_in_the_room(view: View) -> View:
    """Members by their seat, guests by the key their browser keeps; everybody else is led to the door."""
    members = for_members(view)

    @wraps(view)
    def gate(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        guest = guest_of(request.COOKIES, pk) if getattr(request, "person", None) is None else None
        if guest is None:
            return members(request, pk, *args, **kwargs)
        request.guest = guest  # type: ignore[attr-defined]  # this is where it comes from
        act = partial(view, request, pk, *args, **kwargs)
        with timezone.override(guest.session.opened_by.timezone):  # nobody knows theirs
            answer = act() if getattr(view, "looks_first", False) else presses.once(request, key_of(guest), act)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    gate.policy = "members, and guests of the session"  # type: ignore[attr-defined]
    return gate


def key_of(participant: Participant) -> int:
    """By which presses are told apart: members by who they are, guests by their place here."""
    return participant.person_id or -participant.pk


def session_by_code(code: str) -> Session | None:
    """The open session with this code, however it was typed, unless it is over."""
    code = "".join(letter for letter in code.upper() if letter.isalnum())
    return Session.objects.filter(join_code=code, closed_at__isnull=True).first() if code else None


def may_try(address: str) -> bool:
    """Whether somebody at this address may type a code: not after twenty wrong ones in ten minutes."""
    return int(cache.get(_tries(address), 0)) < TRIES


def was_wrong(address: str) -> None:
    """That code opened nothing."""
    cache.add(_tries(address), 0, TRIES_FOR)
    try:
        cache.incr(_tries(address))
    except ValueError:  # the ten minutes ended in between
        cache.add(_tries(address), 1, TRIES_FOR)


def _tries(address: str) -> str:
    return f"room-code:{hashed(address)}"
