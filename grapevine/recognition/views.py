"""The page of thanks, saying thanks, and deciding together who may read it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.challenges.models import Challenge
from grapevine.kernel.policy import check, for_members, get_visible_or_404
from grapevine.kernel.text import number_in
from grapevine.people.models import Person
from grapevine.recognition import actions, queries
from grapevine.recognition.forms import ThanksForm
from grapevine.recognition.models import KINDS, HelperStory, Thanks
from grapevine.vaults.models import Seat
from grapevine.vaults.queries import Voice

UNCLEAR = 422
A_PAGE = 12
SIDES = {"heard": queries.received, "said": queries.said}


@require_GET
@for_members
def thanks(request: HttpRequest) -> HttpResponse:
    """What I heard, or what I said, as letters. Older ones a page at a time; nobody counts them."""
    side = request.GET.get("side", "")
    side = side if side in SIDES else "heard"
    earlier = number_in(request.GET.get("earlier"))
    found = list(SIDES[side](request.person)[earlier : earlier + A_PAGE + 1])
    shown = {"side": side, "letters": queries.opened(request.person, found[:A_PAGE])}
    return render(request, "recognition/thanks.html", shown | {"earlier": earlier + A_PAGE if found[A_PAGE:] else None})


@require_POST
@for_members
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    """Thank somebody who thought along."""
    challenge = get_visible_or_404(request.person, Challenge, pk=pk)
    form, (seat, voice) = ThanksForm(request.POST), _to_thank(request, challenge)
    if not form.is_valid():
        return _letter(request, form, voice.name)
    actions.thank(by=request.person, person=seat.person, challenge=challenge, words=form.cleaned_data["words"])
    return redirect(f"{challenge.get_absolute_url()}#thanks")


@require_http_methods(["GET", "POST"])
@for_members
def thank_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Thank a colleague, whatever it was for."""
    person = get_visible_or_404(request.person, Person, pk=pk)
    if person == request.person:
        return redirect("thanks")
    form = ThanksForm(request.POST or None)
    if not (form.is_bound and form.is_valid()):
        return _letter(request, form, person.name)
    actions.thank(by=request.person, person=person, words=form.cleaned_data["words"])
    messages.success(request, _("Your thanks are on their way to %(name)s.") % {"name": person.short_name})
    return redirect(reverse("thanks") + "?side=said")


@require_POST
@for_members
def hear(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Good to hear."""
    actions.hear(by=request.person, recognition=_found(request, kind, pk))
    return _back(request)


@require_POST
@for_members
def show(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Colleagues may read it: the first yes, or the second."""
    recognition = _found(request, kind, pk)
    check(request.person, "show", recognition)
    actions.propose_showing(by=request.person, recognition=recognition)
    return _back(request)


@require_POST
@for_members
def keep_between(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Rather keep it between the two."""
    actions.keep_between(by=request.person, recognition=_found(request, kind, pk))
    return _back(request)


@require_POST
@for_members
def take_back(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Not for colleagues any more."""
    actions.take_back_showing(by=request.person, recognition=_found(request, kind, pk))
    return _back(request)


def _letter(request: HttpRequest, form: ThanksForm, name: str) -> HttpResponse:
    return render(
        request, "recognition/thank.html", {"form": form, "name": name}, status=UNCLEAR if form.is_bound else 200
    )


def _found(request: HttpRequest, kind: str, pk: int) -> Thanks | HelperStory:
    return get_visible_or_404(request.person, KINDS[kind], pk=pk)


def _to_thank(request: HttpRequest, challenge: Challenge) -> tuple[Seat, Voice]:
    """The seat that was named, or the only one left: words for one helper never go to another."""
    left, named = queries.ending(request.person, challenge).to_thank, request.POST.get("seat")
    meant = [one for one in left if str(one[0].pk) == named] if named else left
    if len(meant) != 1:
        raise PermissionDenied
    return meant[0]


def _back(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else reverse("thanks"))
