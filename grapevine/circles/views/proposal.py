"""Forming circles and arranging them: the cards of a proposer."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from grapevine.circles.actions import proposing
from grapevine.circles.models import Cohort, Proposal
from grapevine.circles.queries.proposal import seat_of, table
from grapevine.kernel.policy import check, for_members, get_visible_or_404
from grapevine.kernel.text import number_in

UNCLEAR = 422
NEW, WAIT = "new", "wait"


@require_POST
@for_members
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the engine seat everybody; again, all but the locked circles."""
    cohort = get_visible_or_404(request.person, Cohort, pk=pk)
    return redirect("proposal", proposing.ask_for_proposal(by=request.person, cohort=cohort).pk)


@require_GET
@for_members
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Each circle a card."""
    found = get_visible_or_404(request.person, Proposal, pk=pk)
    return render(request, "circles/proposal.html", {"proposal": found, "table": table(found)})


@require_GET
@for_members
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """The same part of the page again."""
    found = get_visible_or_404(request.person, Proposal, pk=pk)
    return _cards(request, found)


@require_POST
@for_members
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Seat somebody elsewhere; the cards say at once what breaks."""
    found = get_visible_or_404(request.person, Proposal, pk=pk)
    check(request.person, "arrange", found)
    to = request.POST.get("to", "")
    application = seat_of(found, number_in(request.POST.get("who")))
    circle = found.circles.filter(number=number_in(to)).first()
    if application is None or (circle is None and to not in {NEW, WAIT}):
        raise Http404
    proposing.move(by=request.person, proposal=found, application=application, to=circle, opens=to == NEW)
    return _onward(request, found)


@require_POST
@for_members
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a circle as it is; once more, and it is open again."""
    found = get_visible_or_404(request.person, Proposal, pk=pk)
    check(request.person, "arrange", found)
    circle = found.circles.filter(number=number_in(request.POST.get("circle"))).first()
    if circle is None:
        raise Http404
    proposing.lock(by=request.person, circle=circle)
    return _onward(request, found)


@require_POST
@for_members
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who applied sees with whom they would sit."""
    found = get_visible_or_404(request.person, Proposal, pk=pk)
    try:
        shown = proposing.show(by=request.person, proposal=found)
    except ValidationError as refused:
        context = {"proposal": found, "table": table(found), "refused": refused.messages}
        return render(request, "circles/proposal.html", context, status=UNCLEAR)
    return redirect("proposal", shown.pk)


def _onward(request: HttpRequest, found: Proposal) -> HttpResponse:
    """The cards alone where a script asked for them, else the page."""
    return _cards(request, found) if request.headers.get("HX-Request") else redirect("proposal", found.pk)


def _cards(request: HttpRequest, found: Proposal) -> HttpResponse:
    return render(request, "circles/parts/cards.html", {"proposal": found, "table": table(found)})
