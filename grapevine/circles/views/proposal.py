"""Forming circles and arranging them: the cards of a proposer."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.circles.actions import proposing
from grapevine.circles.models import Cohort, Proposal
from grapevine.circles.queries.proposal import Table, could_not_stay, moved_in_words, seat_of, table
from grapevine.kernel.policy import check, for_members, get_visible_or_404, visible
from grapevine.kernel.text import number_in

UNCLEAR = 422
NEW, WAIT = "new", "wait"


@require_POST
@for_members
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the engine seat everybody; again, all but the locked circles."""
    cohort = get_visible_or_404(request.person, Cohort, pk=pk)
    made = proposing.ask_for_proposal(by=request.person, cohort=cohort)
    for number, rules in could_not_stay(made):
        said = {"number": number, "rules": " ".join(rules)}
        messages.error(request, _("Circle %(number)s could not stay as it was: %(rules)s") % said)
    return redirect("proposal", made.pk)


@require_GET
@for_members
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Each circle a card. A list that is gone, since people moved, leads to the newest one."""
    try:
        found = get_visible_or_404(request.person, Proposal, pk=pk)
    except Http404:
        newest = get_list_or_404(visible(request.person, Proposal), cohort__proposals=pk)[0]
        return redirect("proposal", newest.pk)
    return render(request, "circles/proposal.html", {"proposal": found, "table": table(found)})


@require_GET
@for_members
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """The same part of the page again; what was said of the last press stays."""
    found = get_visible_or_404(request.person, Proposal, pk=pk)
    return _cards(request, found, table(found), is_again=True)


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
    arranged = table(found)
    said = moved_in_words(arranged, application)
    if request.headers.get("HX-Request"):
        return _cards(request, found, arranged, said=said)
    messages.info(request, said)
    return redirect("proposal", found.pk)


@require_POST
@for_members
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a circle as it is; once more, and it is open again. One that breaks a rule is not kept, and it is said which."""
    found = get_visible_or_404(request.person, Proposal, pk=pk)
    check(request.person, "arrange", found)
    circle = found.circles.filter(number=number_in(request.POST.get("circle"))).first()
    if circle is None:
        raise Http404
    is_part = bool(request.headers.get("HX-Request"))
    try:
        proposing.lock(by=request.person, circle=circle)
    except ValidationError as refused:
        return _refused(request, found, refused.messages, is_part=is_part)
    return _cards(request, found, table(found)) if is_part else redirect("proposal", found.pk)


@require_POST
@for_members
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who applied sees with whom they would sit."""
    found = get_visible_or_404(request.person, Proposal, pk=pk)
    try:
        shown = proposing.show(by=request.person, proposal=found)
    except ValidationError as refused:
        return _refused(request, found, refused.messages)
    return redirect("proposal", shown.pk)


def _refused(request: HttpRequest, found: Proposal, why: Sequence[str], *, is_part: bool = False) -> HttpResponse:
    """The table as it stands, with the reasons on top."""
    shown = {"proposal": found, "table": table(found), "refused": why}
    page = "circles/parts/cards.html" if is_part else "circles/proposal.html"
    return render(request, page, shown, status=UNCLEAR)


def _cards(
    request: HttpRequest, found: Proposal, arranged: Table, said: str = "", *, is_again: bool = False
) -> HttpResponse:
    shown = {"proposal": found, "table": arranged, "said": said, "is_again": is_again}
    return render(request, "circles/parts/cards.html", shown)
