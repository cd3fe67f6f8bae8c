"""The mail room: what everybody in the demo got by mail. In the real world only the recipient ever sees a mail."""

import base64
import hashlib
import re

from csp.decorators import csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grapevine.demo import mailroom
from grapevine.kernel.policy import for_everyone

A_PAGE = 20
ME = "me"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
NOBODY_IS_REAL = "everybody in the demo is invented, and so is their mail"


@for_everyone(NOBODY_IS_REAL)
@require_GET
def room(request: HttpRequest) -> HttpResponse:
    """Every mail, newest first, or only what came to whom one is."""
    _only_in_the_demo()
    mine = _asked_for(request)
    page = Paginator(mailroom.names(to=mine), A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "mails": list(mailroom.all_opened(list(page))), "is_mine": bool(mine)}
    return render(request, "demo/mailroom/room.html", shown)


@for_everyone(NOBODY_IS_REAL)
@require_GET
@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]  # its types forget views with arguments
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, as its reader would see it."""
    _only_in_the_demo()
    return render(request, "demo/mailroom/mail.html", {"mail": mailroom.opened(name)})


@for_everyone(NOBODY_IS_REAL)
@require_GET
def html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, in a box that can run nothing and fetch nothing."""
    _only_in_the_demo()
    shown = mailroom.opened(name).html.replace("<head>", '<head><base target="_top">', 1)
    rules = " ".join(f"'sha256-{_digest(style)}'" for style in STYLE.findall(shown)) or "'none'"
    answer = HttpResponse(shown)
    answer["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {rules}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; "
        "sandbox allow-top-navigation-by-user-activation"
    )
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _asked_for(request: HttpRequest) -> str:
    """The address whose mail alone is wanted; empty for everybody's."""
    person = getattr(request, "person", None)
    return person.email if person and request.GET.get("to") == ME else ""


def _only_in_the_demo() -> None:
    if not settings.GRAPEVINE_DEMO:
        raise Http404


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
