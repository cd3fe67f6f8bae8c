"""The door of the demo, and what only a demo can do: be somebody else, move the clock, ask for quiet."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.demo import actions, queries, travel
from grapevine.demo.personas import OTHERS, PERSONAS
from grapevine.demo.tries import tries_of
from grapevine.kernel import clock
from grapevine.kernel.policy import for_everyone, for_members

View = Callable[..., HttpResponseBase]
JOURNEYS: dict[str, Callable[[str], datetime]] = {
    "morning": travel.next_morning,
    "monday": travel.next_monday,
    "ten_days": travel.ten_days,
}


def only_in_the_demo(view: View) -> View:
    """Where people are real, none of this is there."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.GRAPEVINE_DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return gate


@for_everyone("everybody behind this door is invented")
@only_in_the_demo
@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """Whose morning would you like to live?"""
    shown = {"doors": queries.doors(PERSONAS), "others": queries.doors(OTHERS), "next": _way_on(request.GET)}
    return render(request, "demo/door.html", shown)


@for_everyone("everybody behind this door is invented")
@only_in_the_demo
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Step in as somebody."""
    person = queries.person_behind(request.POST.get("persona", ""))
    if person is None:
        raise Http404
    login(request, person.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    actions.step_in(person=person)
    return redirect(_way_on(request.POST) or "today")


@for_members
@only_in_the_demo
@require_GET
def time(request: HttpRequest) -> HttpResponse:
    """Move the clock, quiet the colleagues, or find something to try."""
    shown = {
        "journeys": {name: arrival(_zone(request)) for name, arrival in JOURNEYS.items()},
        "is_ahead": bool(travel.ahead()),
        "now": clock.now(),
        "is_quiet": queries.is_quiet(),
        "may_speak": settings.GRAPEVINE_TICKER,
        "tries": tries_of(request.person.number),
    }
    return render(request, "demo/time.html", shown)


@for_members
@only_in_the_demo
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Go to another day, or come back."""
    arrival = JOURNEYS.get(request.POST.get("to", ""))
    if arrival:
        actions.move_clock(to=arrival(_zone(request)))
        messages.success(request, _("It is later now. Within half a minute the mails of this day are on their way."))
        return redirect("today")
    actions.bring_clock_back()
    messages.success(request, _("It is now again."))
    return redirect("demo-time")


@for_members
@only_in_the_demo
@require_POST
def hush(request: HttpRequest) -> HttpResponse:
    """Let the colleagues keep quiet, or speak again."""
    if request.POST.get("quiet") == "yes":
        actions.hush()
    else:
        actions.let_speak()
    return redirect("demo-time")


def _zone(request: HttpRequest) -> str:
    return request.person.timezone


def _way_on(given: Any) -> str:
    """Where the visitor wanted to go, if that is here."""
    address = given.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
