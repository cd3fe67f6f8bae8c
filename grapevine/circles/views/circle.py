"""The page of a circle, its agreement, where it meets, and leaving it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.circles.actions import agreeing, ending
from grapevine.circles.forms.circle import AgreementForm, PlaceForm
from grapevine.circles.models import Circle
from grapevine.circles.queries import alumni
from grapevine.circles.queries import circle as circles
from grapevine.circles.queries.agreed import Agreed, agreed
from grapevine.circles.views.asking import ask
from grapevine.kernel.policy import check, for_members, get_visible_or_404

UNCLEAR, CHANGED = 422, 409


@require_GET
@for_members
def circle(request: HttpRequest, pk: int) -> HttpResponse:
    """Next meeting, my turn, the agreement, the season; when it is over, names and dates."""
    found = get_visible_or_404(request.person, Circle, pk=pk)
    return render(request, f"circles/{_kind(found)}.html", _shown(request, found))


@require_GET
@for_members
def now(request: HttpRequest, pk: int) -> HttpResponse:
    """The same part of the page again."""
    found = get_visible_or_404(request.person, Circle, pk=pk)
    return render(request, f"circles/parts/{_kind(found)}.html", _shown(request, found))


@require_http_methods(["GET", "POST"])
@for_members
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it, change it; each change is a version that everybody signs anew."""
    found = get_visible_or_404(request.person, Circle, pk=pk)
    stands = agreed(request.person, found, list(circles.people_of(found).values()))
    form = AgreementForm(request.POST or None, initial={"words": stands.words, "seen": stands.version})
    if not form.is_valid():
        return _agreement(request, found, stands, form, UNCLEAR if form.is_bound else 200)
    try:
        agreeing.agree(by=request.person, circle=found, **form.cleaned_data)
    except agreeing.ChangedMeanwhileError as changed:
        form.add_error(None, changed)
        form.data = form.data.copy() | {"seen": stands.version}
        return _agreement(request, found, stands, form, CHANGED)
    messages.success(request, _("Kept. Now everybody reads it and says: I'm in."))
    return redirect(found)


@require_POST
@for_members
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I'm in.": for the version on the page."""
    found = get_visible_or_404(request.person, Circle, pk=pk)
    seen = request.POST.get("seen", "")
    try:
        agreeing.sign(by=request.person, circle=found, seen=int(seen) if seen.isdecimal() else -1)
    except agreeing.ChangedMeanwhileError:
        messages.info(request, _("Somebody changed the agreement meanwhile. Please read it again."))
        return redirect("circle-agreement", pk=pk)
    messages.success(request, _("Good that you are in."))
    room = circles.room_now(request.person, found) if request.POST.get("next") == "room" else None
    return redirect(room or found)


@require_http_methods(["GET", "POST"])
@for_members
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Where they meet."""
    found = get_visible_or_404(request.person, Circle, pk=pk)
    check(request.person, "settle", found)
    where = "room" if found.is_one_room else "link" if found.link else "call"
    form = PlaceForm(request.POST or None, initial={"where": where, "link": found.link})
    if not form.is_valid():
        return ask(request, "circle_place", form, circle=found)
    chosen = form.cleaned_data["where"]
    link = form.cleaned_data["link"] if chosen == "link" else ""
    agreeing.settle(by=request.person, circle=found, link=link, is_one_room=chosen == "room")
    return redirect(found)


@require_http_methods(["GET", "POST"])
@for_members
def step_out(request: HttpRequest, pk: int) -> HttpResponse:
    """At any time, in one sentence."""
    found = get_visible_or_404(request.person, Circle, pk=pk)
    if request.method == "GET":
        return render(request, "circles/circle_leave.html", {"circle": found})
    ending.step_out(by=request.person, circle=found)
    return redirect("circle-left")


@require_GET
@for_members
def missed(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was not there twice: a kind word, and three ways on."""
    found = get_visible_or_404(request.person, Circle, pk=pk)
    ahead = circles.next_meeting(found)
    return (
        render(request, "circles/circle_missed.html", {"circle": found, "meeting": ahead}) if ahead else redirect(found)
    )


@require_GET
@for_members
def left(request: HttpRequest) -> HttpResponse:
    """Goodbye. Of the circle nothing is known any more."""
    return render(request, "circles/circle_left.html")


def _kind(found: Circle) -> str:
    return "alumni" if found.ended_at else "circle"


def _shown(request: HttpRequest, found: Circle) -> dict[str, object]:
    query = alumni.page if found.ended_at else circles.page
    return {"circle": found, "page": query(request.person, found)}


def _agreement(request: HttpRequest, found: Circle, stands: Agreed, form: AgreementForm, status: int) -> HttpResponse:
    shown = {"circle": found, "agreed": stands, "form": form, "is_changed": status == CHANGED}
    return render(request, "circles/agreement.html", shown, status=status)
