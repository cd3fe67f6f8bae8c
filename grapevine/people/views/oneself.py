"""Settings: who I am, when I work, what I agree to, whom I would rather not hear from."""

from http import HTTPStatus
from typing import Any

from django import conf
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.kernel.policy import for_everyone, for_members, get_visible_or_404
from grapevine.people import actions, queries
from grapevine.people.forms import ColleagueForm, HoursForm, IntroduceForm, LookForm, RestForm, ShiftForm
from grapevine.people.models import Consent, Person, Shift

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@for_everyone("the front door leads on to Today, or to sign in")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Today for those who belong here; the door for everybody else."""
    return redirect("today" if request.person else conf.settings.LOGIN_URL)


@for_members
@get_or_post
def settings(request: HttpRequest) -> HttpResponse:
    """Introduce oneself, and choose the look."""
    form = IntroduceForm(request.POST or None, by=request.person)
    if form.is_valid():
        actions.introduce_oneself(by=request.person, **form.cleaned_data)
        return saved(request, "settings")
    return shown(request, "settings", form, form=form, look=look_of(request.person))


@for_members
@get_or_post
def look(request: HttpRequest) -> HttpResponse:
    """Light, dark, more contrast; English or German. Holds in every browser; this one forgets what it was told."""
    if request.method != "POST":
        return redirect("settings")
    form = LookForm(request.POST)
    if not form.is_valid():
        return shown(request, "settings", form, form=IntroduceForm(by=request.person), look=form)
    actions.choose_look(by=request.person, **form.cleaned_data)
    answer = saved(request, "settings")
    answer.delete_cookie("scheme", samesite="Lax")
    return answer


@for_members
@get_or_post
def hours(request: HttpRequest) -> HttpResponse:
    """The usual week."""
    form = HoursForm(request.POST or None, by=request.person)
    if form.is_valid():
        actions.set_hours(by=request.person, hours=form.hours)
        return saved(request, "settings-hours")
    return shown_hours(request, form, hours=form)


@for_members
@require_POST
def add_shift(request: HttpRequest) -> HttpResponse:
    """One more shift, or one for each of some weeks."""
    form = ShiftForm(request.POST)
    if form.is_valid():
        known = [(row.starts_at, row.ends_at) for row in queries.shifts_to_come(request.person)]
        actions.set_shifts(by=request.person, shifts=[*known, *form.shifts(request.person.timezone)])
        return saved(request, "settings-hours")
    return shown_hours(request, form, shift=form)


@for_members
@require_POST
def remove_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """One shift less."""
    gone = get_visible_or_404(request.person, Shift, pk=pk)
    kept = [row for row in queries.shifts_to_come(request.person) if row != gone]
    actions.set_shifts(by=request.person, shifts=[(row.starts_at, row.ends_at) for row in kept])
    return redirect("settings-hours")


@for_members
@require_POST
def rest(request: HttpRequest) -> HttpResponse:
    """Not now, or only short things."""
    form = RestForm(request.POST, by=request.person)
    if form.is_valid():
        actions.rest(by=request.person, **form.cleaned_data)
        return saved(request, "settings-hours", _("Good. Colleagues are told kindly, and nobody asks why."))
    return shown_hours(request, form, rest=form)


@for_members
@require_POST
def end_rest(request: HttpRequest) -> HttpResponse:
    """Back again."""
    actions.end_rest(by=request.person)
    return saved(request, "settings-hours", _("Good to have you back."))


@for_members
@get_or_post
def consent(request: HttpRequest) -> HttpResponse:
    """What one agrees to, and until when."""
    about = request.POST.get("about", "")
    if about in Consent.About.values:
        act = actions.consent if request.POST.get("answer") == "yes" else actions.withdraw_consent
        act(by=request.person, about=about)
        return saved(request, "settings-consent")
    return render(request, "people/consent.html", {"given": queries.consents_of(request.person)})


@for_members
@get_or_post
def blocks(request: HttpRequest) -> HttpResponse:
    """Whom one would rather not hear from."""
    form = ColleagueForm(request.POST or None, by=request.person)
    if form.is_valid():
        actions.block(by=request.person, person=form.cleaned_data["who"])
        return redirect("settings-blocks")
    return shown(request, "blocks", form, form=form, blocks=queries.blocks_of(request.person))


@for_members
@require_POST
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear from them again."""
    actions.unblock(by=request.person, person=get_visible_or_404(request.person, Person, pk=pk))
    return redirect("settings-blocks")


def look_of(person: Person) -> LookForm:
    """What the person chose."""
    return LookForm(initial={"scheme": person.scheme, "language": person.language})


def saved(request: HttpRequest, to: str, words: str = "") -> HttpResponse:
    """Back to the page, with a word that it is done."""
    messages.success(request, words or _("Saved."))
    return redirect(to)


def shown(request: HttpRequest, page: str, sent: Form, **context: Any) -> HttpResponse:
    """The page; with what was typed, and a status that says so, when something is missing."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent.errors else HTTPStatus.OK
    return render(request, f"people/{page}.html", context, status=status)


def shown_hours(request: HttpRequest, sent: Form, **forms: Form) -> HttpResponse:
    """The page of hours, shifts and rest, with the form that was sent in its place."""
    person = request.person
    fresh = {"hours": HoursForm(by=person), "shift": ShiftForm(), "rest": RestForm(by=person)}
    known = {"shifts": queries.shifts_to_come(person), "resting": queries.rest_now(person)}
    return shown(request, "hours", sent, **{**fresh, **forms, **known})
