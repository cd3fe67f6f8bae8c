"""My map, my notes, and what of it both of us would show."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.kernel.policy import check, for_members, get_visible_or_404
from grapevine.kernel.text import number_in
from grapevine.network import actions, marks, queries
from grapevine.network.forms import VisitForm
from grapevine.network.models import Tie, Visit
from grapevine.people.models import Person

UNCLEAR = 422
NOTES_SHOWN = 8


@require_GET
@for_members
def network(request: HttpRequest) -> HttpResponse:
    """Whom I lean on, who leans on me, whom I have not thanked."""
    return _page(request, VisitForm(person=request.person))


@require_POST
@for_members
def log_visit(request: HttpRequest) -> HttpResponse:
    """I went to ..."""
    form = VisitForm(request.POST, person=request.person)
    if not form.is_valid():
        return _page(request, form)
    actions.log_visit(by=request.person, **form.said())
    return redirect("network")


@require_http_methods(["GET", "POST"])
@for_members
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One of my notes, to be corrected."""
    found = get_visible_or_404(request.person, Visit, pk=pk)
    note = queries.opened(request.person, [found])[0]
    start = {"name": note.name, "words": note.about, "on": found.on}
    form = VisitForm(request.POST or None, person=request.person, initial=start)
    if not form.is_valid():
        shown = {"form": form, "visit": found, "names": queries.names_at_hand(request.person)}
        return render(request, "network/visit.html", shown, status=UNCLEAR if form.is_bound else 200)
    actions.correct_visit(by=request.person, visit=found, **form.said())
    return redirect("network")


@require_POST
@for_members
def delete_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Gone."""
    actions.delete_visit(by=request.person, visit=get_visible_or_404(request.person, Visit, pk=pk))
    return redirect("network")


@require_POST
@for_members
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """What is between us may be on both maps."""
    return _decide(request, pk, "agree", actions.agree_tie)


@require_POST
@for_members
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Off both maps, or never on them."""
    return _decide(request, pk, "withdraw", actions.withdraw_tie)


def _decide(request: HttpRequest, pk: int, verb: str, act: Callable[..., object]) -> HttpResponse:
    other = get_visible_or_404(request.person, Person, pk=pk)
    try:
        check(request.person, verb, queries.tie_between(request.person, other))
    except Tie.DoesNotExist:
        raise Http404 from None
    act(by=request.person, other=other)
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "network")


def _page(request: HttpRequest, form: VisitForm) -> HttpResponse:
    mine, waiting = queries.my_map(request.person), queries.waiting_ties(request.person)
    shown: dict[str, Any] = {
        "mine": mine,
        "form": form,
        "drawing": marks.drawn(mine),
        "slim": marks.drawn_slim(mine),
        "names": queries.names_at_hand(request.person, mine.nodes),
        "is_crowded": len(mine.nodes) > marks.MOST,
        "to_decide": [tie for tie in waiting if not (tie.agreed or tie.resting)],
        "agreed": [tie for tie in waiting if tie.agreed],
        "resting": [tie for tie in waiting if tie.resting],
    }
    return render(
        request, "network/network.html", shown | _notes(request, mine), status=UNCLEAR if form.is_bound else 200
    )


def _notes(request: HttpRequest, mine: queries.MyMap) -> dict[str, Any]:
    start = number_in(request.GET.get("earlier"))
    found = queries.notes_from(request.person, mine, start, NOTES_SHOWN + 1)
    return {"notes": found[:NOTES_SHOWN], "earlier": start + NOTES_SHOWN if found[NOTES_SHOWN:] else None}
