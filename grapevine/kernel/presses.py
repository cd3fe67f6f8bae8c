"""One press, one effect. A form carries a key (`once`); the second arrival gets the first answer again.

The key is kept in the same transaction as what the press did, so a killed server, a double click and a
phone in a tunnel all end in the same place: done once, or not done.
"""

from collections.abc import Callable
from secrets import token_urlsafe
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from grapevine.kernel import clock
from grapevine.kernel.models import Press

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
KEY_LENGTH = 64
SHOWN, REFUSED = 200, 400


def new_key() -> str:
    """A fresh key for one form."""
    return token_urlsafe(16)


def looks_first(view: V) -> V:
    """Decorator under `for_members`: the view calls `once` itself, around what it writes, and nobody waits while it looks."""
    view.looks_first = True  # type: ignore[attr-defined]
    return view


def once(request: HttpRequest, person: int, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Run `act` unless this press has been answered before; then lead to where the first one led.

    SQLite has one writer: from here until `act` is done, everybody else who writes waits.
    """
    key = request.POST.get("once", "")[:KEY_LENGTH] if request.method == "POST" else ""
    return _act_once(f"{person}:{key}", act) if key else act()


def _act_once(key: str, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    try:
        return _first_answer(key) or _act(key, act)
    except IntegrityError:  # perhaps the same press was on its way in the same moment
        if (answer := _first_answer(key)) is None:
            raise
        return answer


def _act(key: str, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    with transaction.atomic():
        press = Press.objects.create(key=key, at=clock.now())
        answer = act()
        if answer.status_code >= REFUSED:
            transaction.set_rollback(True)
        elif answer.status_code == SHOWN:
            press.delete()  # a page was shown, nothing was done: the form may be sent again
        else:
            Press.objects.filter(pk=press.pk).update(led_to=answer.get("Location", ""))
    return answer


def _first_answer(key: str) -> HttpResponse | None:
    led_to = Press.objects.filter(key=key).values_list("led_to", flat=True).first()
    if led_to is None:
        return None
    return HttpResponseRedirect(led_to) if led_to else HttpResponse(status=204)
