"""Running the place: who is here, who comes in, who helps to run it. Nobody's words."""

from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.kernel.policy import check, for_administrators, get_visible_or_404
from grapevine.people import actions, queries
from grapevine.people.forms import ColleagueForm, LeaverForm, ListForm
from grapevine.people.importing import bring_in
from grapevine.people.importing.columns import told
from grapevine.people.models import Administrator, PeopleList, Person

WRONG_SHOWN = 100


@for_administrators
@require_GET
def organisation(request: HttpRequest) -> HttpResponse:
    """How many are here, who runs it, and what an administrator cannot see."""
    return shown(request)


@for_administrators
@require_POST
def look_at_list(request: HttpRequest) -> HttpResponse:
    """Look at a file of people before anything is written."""
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, list=form)
    file = form.cleaned_data["file"]
    looked = actions.look_at_list(by=request.person, name=file.name, body=file.read())
    return redirect("people-list", looked.pk)


@for_administrators
@require_GET
def people_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would bring, and what is wrong with it."""
    looked = get_visible_or_404(request.person, PeopleList, pk=pk)
    outcome = bring_in(BytesIO(looked.body), organisation=request.person.organisation, dry_run=True, by=request.person)
    more = max(0, len(outcome.rejected) - WRONG_SHOWN)
    known = {
        "looked": looked,
        "outcome": outcome,
        "wrong": outcome.rejected[:WRONG_SHOWN],
        "more": more,
        "not_read": told(outcome.ignored),
    }
    return render(request, "people/list.html", known)


@for_administrators
@require_POST
def bring_list_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring them in; with `keep_good`, those with nothing wrong."""
    looked = get_visible_or_404(request.person, PeopleList, pk=pk)
    outcome = bring_in(
        BytesIO(looked.body),
        organisation=request.person.organisation,
        keep_good="keep_good" in request.POST,
        by=request.person,
    )
    if not outcome.is_written:
        return redirect("people-list", looked.pk)
    actions.forget_list(by=request.person)
    counts = {"created": outcome.created, "updated": outcome.updated}
    messages.success(request, _("Done: %(created)d new, %(updated)d changed.") % counts)
    return redirect("organisation")


@for_administrators
@require_POST
def make_administrator(request: HttpRequest) -> HttpResponse:
    """Somebody helps to run the place."""
    form = ColleagueForm(request.POST, by=request.person, prefix="administrator")
    if not form.is_valid():
        return shown(request, administrator=form)
    person = form.cleaned_data["who"]
    actions.make_administrator(by=request.person, person=person)
    messages.success(request, _("%(name)s helps to run the place now.") % {"name": person.name})
    return redirect("organisation")


@for_administrators
@require_POST
def withdraw_administrator(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody does not run the place any more."""
    office = get_visible_or_404(request.person, Administrator, pk=pk)
    actions.withdraw_administrator(by=request.person, office=office)
    return redirect("settings" if office.person == request.person else "organisation")


@for_administrators
@require_POST
def look_at_leaver(request: HttpRequest) -> HttpResponse:
    """Look at who is meant before anybody is shut out."""
    form = LeaverForm(request.POST, by=request.person, prefix="leaver")
    if not form.is_valid():
        return shown(request, leaver=form)
    return redirect("leaver", form.cleaned_data["who"].pk)


@for_administrators
@require_GET
def leaver(request: HttpRequest, pk: int) -> HttpResponse:
    """Who would not come in any more, and what would end."""
    return render(request, "people/leaver.html", {"leaver": leaver_meant(request, pk)})


@for_administrators
@require_POST
def see_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has left the organisation."""
    person = leaver_meant(request, pk)
    actions.leave(by=request.person, person=person)
    messages.success(request, _("%(name)s cannot come in any more.") % {"name": person.name})
    return redirect("organisation")


def leaver_meant(request: HttpRequest, pk: int) -> Person:
    """Somebody whom one may see off: never oneself, which `leave` would do."""
    person = get_visible_or_404(request.person, Person, pk=pk)
    check(request.person, "see_off", person)
    return person


def shown(request: HttpRequest, **sent: Form) -> HttpResponse:
    """The page, with the form that was sent in its place."""
    person = request.person
    forms: dict[str, Any] = {
        "list": ListForm(),
        "administrator": ColleagueForm(by=person, prefix="administrator"),
        "leaver": LeaverForm(by=person, prefix="leaver"),
        **sent,
    }
    here = {"count": queries.head_count(person.organisation), "offices": queries.administrators_of(person.organisation)}
    return render(
        request,
        "people/organisation.html",
        {**forms, **here},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK,
    )
