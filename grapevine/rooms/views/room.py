"""The room: its page, its stage that is asked for again and again, and what is pressed and entered in it."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace, csp_update
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from grapevine.kernel import presses
from grapevine.kernel.policy import get_visible_or_404
from grapevine.rooms import actions, queries
from grapevine.rooms.calls import call_for, let_use_devices
from grapevine.rooms.forms import VerbForm
from grapevine.rooms.guests import for_those_in_the_room, key_of
from grapevine.rooms.models import Participant, Session
from grapevine.rooms.views import boxes
from grapevine.rooms.views.doing import VERBS

DONE, UNCLEAR, NOTHING_NEW = 201, 422, 204
ASKS_AGAIN = "15"  # seconds
FRAMES = {"frame-src": ["'self'"]}


@require_GET
@csp_update(FRAMES)
@for_those_in_the_room
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """The room, for whoever may come in."""
    return _shown(request, _seated(request, pk))


@require_GET
@for_those_in_the_room
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """The same part of the page again; nothing when `seq` says that the page has seen all of it."""
    me = _seated(request, pk)
    if "seq" in request.GET and request.GET["seq"] == queries.mark_of(me.session):
        return HttpResponse(status=NOTHING_NEW)
    has = request.GET.get("has", "").split(".")
    return render(request, "rooms/parts/stage.html", _context(me) | {"has": frozenset(has)})


@require_GET
@csp_replace({"frame-ancestors": ["'self'"]})
@xframe_options_sameorigin
@for_those_in_the_room
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """A small frame that asks by itself where there is no JavaScript: its reader is there, and learns that there is news."""
    me = _seated(request, pk)
    is_new = request.GET.get("seq") != queries.mark_of(me.session)
    answer = render(request, "rooms/here.html", {"session": me.session, "is_new": is_new})
    answer["Refresh"] = ASKS_AGAIN
    return answer


@require_POST
@csp_update(FRAMES)
@for_those_in_the_room
@presses.looks_first
def do(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A press: come in, on to the next step, my turn is over ..."""
    me = _seated(request, pk)
    form = VerbForm(request.POST, session=me.session)
    verb = VERBS.get(request.POST.get("verb", ""))
    if not form.is_valid() or verb is None:
        return _shown(request, me, status=UNCLEAR)
    return _done(request, me, lambda: verb(me, form.cleaned_data))


@require_POST
@csp_update(FRAMES)
@for_those_in_the_room
@presses.looks_first
def say(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Something entered: what it was for when it was typed stands in `kind`."""
    me, kind = _seated(request, pk), request.POST.get("kind", "")
    form = boxes.bound(kind, request.POST, lambda: queries.scene(me.session, me))
    if form is None or not form.is_valid():
        return _shown(request, me, status=UNCLEAR, typed={kind: form} if form else {})
    return _done(request, me, lambda: boxes.enter(kind, me, form.cleaned_data), typed={kind: form})


def _seated(request: HttpRequest, pk: int) -> Participant:
    """Who asks, and that they are there."""
    me: Participant | None = getattr(request, "guest", None)
    if me is None:
        session = get_visible_or_404(request.person, Session, pk=pk)
        me = actions.sit_down(by=request.person, session=session)
    actions.be_seen(by=me)
    return me


def _done(
    request: HttpRequest, me: Participant, act: Callable[[], object], typed: dict[str, Form] | None = None
) -> HttpResponseBase:
    """What was wanted is done; or it does not fit any more, then nothing that was typed is lost.

    Others may write, and are told, before the answer is drawn.
    """
    try:
        answer = presses.once(request, key_of(me), lambda: _acted(request, me, act))
    except actions.NotNowError as refused:
        return _shown(request, me, status=UNCLEAR, typed=typed, refused=refused)
    if answer.status_code != DONE:
        return answer
    return render(request, "rooms/parts/stage.html", _context(_again(me)), status=DONE)


def _acted(request: HttpRequest, me: Participant, act: Callable[[], object]) -> HttpResponse:
    act()
    return HttpResponse(status=DONE) if "HX-Request" in request.headers else redirect("room", me.session_id)


def _shown(request: HttpRequest, me: Participant, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page, or its stage for a page that is there already."""
    is_part = "HX-Request" in request.headers
    shown = _context(_again(me) if request.method == "POST" else me, fill=not is_part, **more)
    if is_part:
        return render(request, "rooms/parts/stage.html", shown, status=status)
    shown["call"] = call_for(me.session, me) if shown["scene"].is_in else None
    page = "rooms/room.html" if me.person else "rooms/guest.html"
    answer = render(request, page, shown, status=status)
    let_use_devices(answer)
    return answer


def _context(
    me: Participant,
    typed: dict[str, Form] | None = None,
    refused: actions.NotNowError | None = None,
    *,
    fill: bool = True,
) -> dict[str, Any]:
    scene = queries.scene(me.session, me)
    made = boxes.forms(scene, typed or {}, refused, fill=fill)
    return {"scene": scene, "session": me.session, "state": scene.state, **made}


def _again(me: Participant) -> Participant:
    """As it stands after the press."""
    fresh = Participant.objects.select_related("session__vault", "person__unit").get(pk=me.pk)
    if me.person:
        fresh.person = me.person  # what was opened for them once need not be opened twice
    return fresh
