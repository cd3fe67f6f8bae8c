"""After a meeting, and after the season."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.circles.actions import after, feed
from grapevine.circles.forms.circle import BriefForm, CallForm, PulseForm, TallyForm
from grapevine.circles.models import Brought, CalendarFeed, Call, Circle, Meeting
from grapevine.circles.queries import brief as briefs
from grapevine.circles.queries.feed import feed_behind, my_meetings, token_of
from grapevine.circles.views.asking import ask, yes_or_no
from grapevine.circles.views.meeting import page_of
from grapevine.kernel.policy import check, for_everyone, for_members, get_visible_or_404, visible


@require_POST
@for_members
def pulse(request: HttpRequest, pk: int) -> HttpResponse:
    """Three taps, nobody's."""
    found = get_visible_or_404(request.person, Meeting, pk=pk)
    check(request.person, "give_pulse", found)
    form = PulseForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Tap one answer in each of the three lines."))
        return page_of(request, found, pulse_form=form)
    after.give_pulse(by=request.person, meeting=found, **form.cleaned_data)
    messages.success(request, _("Thank you. Your circle sees it once four have answered, and never whose it was."))
    return redirect(found)


@require_POST
@for_members
def tally(request: HttpRequest, pk: int) -> HttpResponse:
    """For my eyes."""
    found = get_visible_or_404(request.person, Meeting, pk=pk)
    check(request.person, "keep_tally", found)
    form = TallyForm(request.POST)
    if not form.is_valid():
        return page_of(request, found, tally_form=form)
    after.keep_tally(by=request.person, meeting=found, **form.cleaned_data)
    messages.success(request, _("Kept. Nobody but you reads it."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
@for_members
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """What I take along, to show to whom I like."""
    found = get_visible_or_404(request.person, Brought, pk=pk)
    check(request.person, "brief", found)
    kept = briefs.kept_words(request.person, found)
    form = BriefForm(request.POST or None, initial={"words": kept or briefs.first_words(request.person, found)})
    if not form.is_valid():
        return ask(request, "meeting_brief", form, brought=found, kept=kept)
    after.write_brief(by=request.person, brought=found, words=form.cleaned_data["words"])
    messages.success(request, _("Kept, for you alone."))
    return redirect("brief", pk=pk)


@require_http_methods(["GET", "POST"])
@for_members
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """A new challenge for the alumni."""
    found = get_visible_or_404(request.person, Circle, pk=pk)
    check(request.person, "call", found)
    form = CallForm(request.POST or None)
    if not form.is_valid():
        return ask(request, "alumni_call", form, circle=found)
    after.call_alumni(by=request.person, circle=found, words=form.cleaned_data["words"])
    messages.success(request, _("They are told. As soon as two have an hour, you open a room with one tap."))
    return redirect(found)


@require_POST
@for_members
def answer_call(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I have an hour."."""
    found = get_visible_or_404(request.person, Call, pk=pk)
    after.have_an_hour(by=request.person, call=found)
    return redirect(found.circle)


@require_POST
@for_members
def take_back_hour(request: HttpRequest, pk: int) -> HttpResponse:
    """Something came up."""
    found = get_visible_or_404(request.person, Call, pk=pk)
    after.take_back_hour(by=request.person, call=found)
    messages.success(request, _("Taken back. Nobody is told, and you may say so again."))
    return redirect(found.circle)


@require_POST
@for_members
def end_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Not needed any more."""
    found = get_visible_or_404(request.person, Call, pk=pk)
    after.end_call(by=request.person, call=found)
    return redirect(found.circle)


@require_POST
@for_members
def gather(request: HttpRequest, pk: int) -> HttpResponse:
    """A room with those who have an hour."""
    found = get_visible_or_404(request.person, Call, pk=pk)
    return redirect(after.gather(by=request.person, call=found))


@require_POST
@for_members
def in_touch(request: HttpRequest, pk: int) -> HttpResponse:
    """Still in touch?"""
    found = get_visible_or_404(request.person, Circle, pk=pk)
    check(request.person, "say_in_touch", found)
    is_in_touch = yes_or_no(request, "is_in_touch")
    if is_in_touch is not None:
        after.say_in_touch(by=request.person, circle=found, is_in_touch=is_in_touch)
    return redirect(found)


@require_http_methods(["GET", "POST"])
@for_members
def calendar(request: HttpRequest) -> HttpResponse:
    """The address of my own calendar: make one, make it anew, take it back."""
    if request.method == "POST":
        act = feed.withdraw_feed if request.POST.get("do") == "withdraw" else feed.make_feed
        act(by=request.person)
        return redirect("circles-calendar")
    mine = visible(request.person, CalendarFeed).first()
    address = request.build_absolute_uri(f"/circles/calendar/{token_of(mine)}.ics") if mine else ""
    return render(request, "circles/meeting_calendar.html", {"address": address})


@require_GET
@for_everyone("a calendar cannot sign in: the address is the key, and shows times and nothing else")
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """My meetings, for a calendar."""
    found = feed_behind(token)
    if found is None:
        raise Http404
    answer = HttpResponse(my_meetings(found.person), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer
