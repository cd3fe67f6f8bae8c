"""One press, one effect. A form carries a key (`once`); the second arrival gets the first answer again.

The key is kept in the same transaction as what the press did, so a killed server, a double click and a
phone in a tunnel all end in the same place: done once, or not done.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from secrets import token_urlsafe

from django.apps import apps
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from psycopg.errors import UniqueViolation

from grapevine.kernel import clock
from grapevine.kernel.models import Press

View = Callable[..., HttpResponseBase]
KEY_LENGTH = 64
SHOWN, REFUSED = 200, 400


def new_key() -> str:
    """A fresh key for one form."""
    return token_urlsafe(16)


def looks_first(view: View) -> View:
    """Decorator under `for_members`: the view calls `once` itself, around what it writes, and nobody waits while it looks."""
    view.looks_first = True  # type: ignore[attr-defined]
    return view


def once(request: HttpRequest, person: int, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Run `act` unless this press has been answered before; then lead to where the first one led.

    When another press has done the same in this moment, a calm page says so. SQLite has one writer: with a key,
    everybody else who writes waits from here until `act` is done.
    """
    if request.method != "POST":
        return act()
    key = f"{person}:{request.POST['once'][:KEY_LENGTH]}" if request.POST.get("once") else ""
    try:
        return (_first_answer(key) or _act(key, act)) if key else act()
    except IntegrityError as refused:
        # the first of two arrivals of the same press may have been on its way, too
        if answer := _first_answer(key) or _as_it_stands(request, refused):
            return answer
        raise


def _act(key: str, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    with transaction.atomic():
        press = Press.objects.create(key=key, at=clock.now())
        answer = act()
        if answer.status_code >= REFUSED:
            transaction.set_rollback(True)
        elif answer.status_code == SHOWN:
            press.delete()  # a page was shown, nothing was done: the form may be sent again
        elif "Location" in answer:
            Press.objects.filter(pk=press.pk).update(led_to=answer["Location"])
    return answer


def _first_answer(key: str) -> HttpResponse | None:
    led_to = Press.objects.filter(key=key).values_list("led_to", flat=True).first()
    if led_to is None:
        return None
    return HttpResponseRedirect(led_to) if led_to else HttpResponse(status=204)


def _as_it_stands(request: HttpRequest, refused: IntegrityError) -> HttpResponse | None:
    """The calm page; None when it is not a row of ours that stands already, but something that should never be."""
    ours = {slice_.label for slice_ in apps.get_app_configs() if slice_.name.startswith("grapevine.")}
    if _standing_in(refused).split("_")[0] not in ours:
        return None
    return render(request, "409.html", status=HTTPStatus.CONFLICT)


def _standing_in(refused: IntegrityError) -> str:
    """The table in which such a row stands already; each engine says it in its own way. Empty for other trouble."""
    cause = refused.__cause__
    if isinstance(cause, UniqueViolation):
        return cause.diag.table_name or ""
    told = re.match(r"UNIQUE constraint failed: (\w+)\.", str(cause))
    return told[1] if told else ""
