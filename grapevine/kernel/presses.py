"""One press, one effect. A form carries a key (`once`); the second arrival gets the first answer again.

The key is kept in the same transaction as what the press did, so a killed server, a double click and a
phone in a tunnel all end in the same place: done once, or not done.
"""

from collections.abc import Callable
from secrets import token_urlsafe

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from grapevine.kernel import clock

KEY_LENGTH = 64
SHOWN, REFUSED = 200, 400


def new_key() -> str:
    """A fresh key for one form."""
    return token_urlsafe(16)


def once(request: HttpRequest, person: int, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Run `act` unless this press has been answered before; then lead to where the first one led."""
    key = request.POST.get("once", "")[:KEY_LENGTH] if request.method == "POST" else ""
    return _act_once(f"{person}:{key}", act) if key else act()


def _act_once(key: str, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    from grapevine.kernel.models import Press  # noqa: PLC0415 - policy is imported before the models are ready

    with transaction.atomic():
        press, is_first = Press.objects.get_or_create(key=key, defaults={"at": clock.now()})
        if not is_first:
            return _again(press.led_to)
        answer = act()
        if answer.status_code >= REFUSED:
            transaction.set_rollback(True)
        elif answer.status_code == SHOWN:
            press.delete()  # a page was shown, nothing was done: the form may be sent again
        else:
            Press.objects.filter(pk=press.pk).update(led_to=answer.get("Location", ""))
    return answer


def _again(led_to: str) -> HttpResponse:
    return HttpResponseRedirect(led_to) if led_to else HttpResponse(status=204)
