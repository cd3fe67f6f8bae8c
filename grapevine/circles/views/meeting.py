"""One meeting: who comes, when it is, whose turn, the way into its room, and what somebody keeps of it."""

from functools import partial

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.challenges import actions as challenges
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.actions import session
from grapevine.circles.forms.circle import (
    BringForm,
    HappenedForm,
    MoveForm,
    PulseForm,
    SwapForm,
    TallyForm,
    ToldForm,
    WayForm,
)
from grapevine.circles.models import Brought, Duty, Meeting, Swap
from grapevine.circles.queries import circle as circles
from grapevine.circles.queries import meeting as queries
from grapevine.circles.queries.ways import ways_for
from grapevine.circles.rota import SwapRefusedError
from grapevine.circles.views.asking import OK, UNCLEAR, ask, done, yes_or_no
from grapevine.kernel.policy import check, for_members, get_visible_or_404
from grapevine.vaults.queries import read


@require_GET
@for_members
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """When, who, what; after it, how it was."""
    return page_of(request, get_visible_or_404(request.person, Meeting, pk=pk))


@require_POST
@for_members
def come(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I come" or "I can't"."""
    found = get_visible_or_404(request.person, Meeting, pk=pk)
    check(request.person, "come", found)
    comes = yes_or_no(request, "comes")
    if comes is not None:
        meetings.say_whether_i_come(by=request.person, meeting=found, comes=comes)
    return redirect(found if request.POST.get("next") == "meeting" else found.circle)


@require_http_methods(["GET", "POST"])
@for_members
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day or hour."""
    found = get_visible_or_404(request.person, Meeting, pk=pk)
    check(request.person, "move", found)
    form = MoveForm(request.POST or None, meeting=found, initial={"on": found.on, "hour": found.hour})
    moves = partial(meetings.move, by=request.person, meeting=found)
    if not (form.is_valid() and done(form, "on", lambda: moves(**form.cleaned_data))):
        return ask(request, "meeting_move", form, meeting=found, circle=found.circle)
    messages.success(request, _("Moved. Everybody is told, and gets it into their calendar."))
    return redirect(found.circle)


@require_http_methods(["GET", "POST"])
@for_members
def choose_way(request: HttpRequest, pk: int) -> HttpResponse:
    """Another format."""
    found = get_visible_or_404(request.person, Meeting, pk=pk)
    check(request.person, "choose_way", found)
    form = WayForm(request.POST or None, ways=ways_for(request.person, found), initial={"way": found.format})
    chooses = partial(meetings.choose_way, by=request.person, meeting=found)
    if not (form.is_valid() and done(form, "way", lambda: chooses(key=form.cleaned_data["way"]))):
        return ask(request, "meeting_way", form, meeting=found, circle=found.circle)
    messages.success(request, _("Kept. Your circle sees it on its page; the turns stay as they are."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
@for_members
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    found = get_visible_or_404(request.person, Meeting, pk=pk)
    check(request.person, "call_off", found)
    if request.method == "GET":
        return render(request, "circles/meeting_off.html", {"meeting": found, "circle": found.circle})
    meetings.call_off(by=request.person, meeting=found)
    messages.success(request, _("Called off. Everybody is told."))
    return redirect(found.circle)


@require_POST
@for_members
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """The way into the room."""
    found = get_visible_or_404(request.person, Meeting, pk=pk)
    return redirect(session.open_room(by=request.person, meeting=found))


@require_http_methods(["GET", "POST"])
@for_members
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Three lines before; once they are told, the same in other words."""
    found = get_visible_or_404(request.person, Meeting, pk=pk)
    if told := found.brought.filter(challenge__brought_by=request.person).first():
        return _tell_anew(request, get_visible_or_404(request.person, Brought, pk=told.pk))
    check(request.person, "bring", found)
    form = BringForm(request.POST or None)
    if not form.is_valid():
        return ask(request, "meeting_bring", form, meeting=found, circle=found.circle)
    meetings.bring(by=request.person, meeting=found, **form.cleaned_data)
    messages.success(request, _("Told. Your circle can read it now; nobody else does."))
    return redirect(found.circle)


@require_http_methods(["GET", "POST"])
@for_members
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to change turns."""
    duty = get_visible_or_404(request.person, Duty, pk=pk)
    check(request.person, "swap", duty)
    form = SwapForm(request.POST or None, turns=circles.turns_to_swap(request.person, duty))
    if form.is_bound and form.is_valid() and _asked(request, duty, form):
        messages.success(request, _("Asked. You hear a yes or a no, and both are fine."))
        return redirect(duty.meeting.circle)
    shown = {"meeting": duty.meeting, "circle": duty.meeting.circle, "does": circles.mine_in_words(duty)}
    if not form.turns:
        shown["why"] = circles.why_nobody_swaps(duty)
    return ask(request, "meeting_swap", form, duty=duty, **shown)


@require_POST
@for_members
def answer_swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no, no reason needed."""
    found = get_visible_or_404(request.person, Swap, pk=pk)
    check(request.person, "answer", found)
    circle, is_agreed = found.mine.meeting.circle, yes_or_no(request, "agree")
    if is_agreed is None:
        return redirect(circle)
    try:
        meetings.answer_swap(by=request.person, swap=found, is_agreed=is_agreed)
    except SwapRefusedError:
        messages.info(
            request, _("That does not fit any more: the turns have changed meanwhile. Nothing else happened.")
        )
    return redirect(circle)


@require_POST
@for_members
def happened(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of my promise, told in the room."""
    found = get_visible_or_404(request.person, Brought, challenge__playback__commitment=pk)
    commitment = found.challenge.playback.commitment
    check(request.person, "move", commitment)
    form, circle = HappenedForm(request.POST), found.meeting.circle
    back = circles.room_now(request.person, circle) or circle
    if not form.is_valid():
        return ask(request, "promise", form, commitment=commitment, back=back)
    challenges.report(by=request.person, commitment=commitment, **form.cleaned_data)
    return redirect(back)


def page_of(request: HttpRequest, found: Meeting, **typed: BaseForm) -> HttpResponse:
    """The page of a meeting; with forms that were `typed` and are not clear yet, as they were sent."""
    shown = queries.page(request.person, found)
    practised, words = shown.tally or ([], "")
    forms = {"pulse_form": PulseForm(), "tally_form": TallyForm(initial={"practised": practised, "words": words})}
    context = {"meeting": found, "page": shown, **forms, **typed}
    return render(request, "circles/meeting.html", context, status=UNCLEAR if typed else OK)


def _tell_anew(request: HttpRequest, told: Brought) -> HttpResponse:
    check(request.person, "tell_anew", told)
    form = ToldForm(request.POST or None, initial={"words": read(request.person, told.challenge.words)})
    if not form.is_valid():
        return ask(request, "meeting_told", form, meeting=told.meeting, circle=told.meeting.circle)
    meetings.tell_anew(by=request.person, brought=told, words=form.cleaned_data["words"])
    messages.success(request, _("Kept. Your circle reads it like this now."))
    return redirect(told.meeting.circle)


def _asked(request: HttpRequest, duty: Duty, form: SwapForm) -> bool:
    try:
        meetings.ask_to_swap(by=request.person, mine=duty, theirs=form.cleaned_data["theirs"])
    except SwapRefusedError:
        form.add_error("theirs", _("With this one it would break the order of turns. Choose another."))
        return False
    return True
