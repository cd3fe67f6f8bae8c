"""The page of circles, a cohort, applying for it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.circles.actions import applying, proposing
from grapevine.circles.actions import cohort as actions
from grapevine.circles.forms.cohort import ApplicationForm, CohortForm
from grapevine.circles.models import Application, Cohort
from grapevine.circles.queries import cohort as queries
from grapevine.circles.queries.alumni import once_more
from grapevine.circles.queries.circle import mine
from grapevine.circles.queries.proposal import shown_to
from grapevine.circles.queries.turns import TWO_CHALLENGES
from grapevine.circles.queries.ways import KICKOFF
from grapevine.circles.queries.welcome import chairs_for
from grapevine.circles.views.asking import ask, done
from grapevine.kernel.policy import check, for_members, get_visible_or_404, may
from grapevine.kernel.text import number_in
from grapevine.people.queries import monday_of
from grapevine.rooms.queries import minutes_of

OWN = "circles/application.html"


@require_GET
@for_members
def circles(request: HttpRequest) -> HttpResponse:
    """My circles, what I applied for, what I may apply for."""
    context = {"my_circles": mine(request.person), "overview": queries.overview(request.person)}
    return render(request, "circles/circles.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def propose(request: HttpRequest) -> HttpResponse:
    """Say what it is about; whoever may apply finds it on their page of circles."""
    start = once_more(request.person, number_in(request.GET.get("from")))
    form = CohortForm(request.POST or None, person=request.person, initial=start)
    if not form.is_valid():
        return ask(request, "cohort_form", form)
    return redirect(actions.propose_cohort(by=request.person, terms=form.terms))


@require_GET
@for_members
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is for, and the way in."""
    found = get_visible_or_404(request.person, Cohort, pk=pk)
    is_mine = found.by_id == request.person.pk
    context = {
        "cohort": found,
        "known": queries.known(request.person, found),
        "turns": queries.turns(found),
        "first_on": monday_of(found.starts_on),
        "last_on": monday_of(queries.last_on(found)),
        "first_minutes": minutes_of(KICKOFF),
        "two_minutes": minutes_of(TWO_CHALLENGES),
        "comes": queries.comes_to_taste(request.person, found),
        "applicants": queries.applicants(found) if is_mine else None,
        "address": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "circles/cohort.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it differently, while nothing is formed."""
    found = get_visible_or_404(request.person, Cohort, pk=pk)
    check(request.person, "change", found)
    form = CohortForm(request.POST or None, person=request.person, cohort=found)
    changes = partial(actions.change_cohort, by=request.person, cohort=found)
    if not (form.is_valid() and done(form, None, lambda: changes(terms=form.terms))):
        return ask(request, "cohort_form", form, cohort=found)
    return redirect(found)


@require_POST
@for_members
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """There will be no circles of it."""
    found = get_visible_or_404(request.person, Cohort, pk=pk)
    actions.call_off_cohort(by=request.person, cohort=found)
    return redirect(found)


@require_POST
@for_members
def come(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I'd like to come" to the taste."""
    found = get_visible_or_404(request.person, Cohort, pk=pk)
    actions.come_to_taste(by=request.person, cohort=found)
    messages.success(request, _("You have a seat in that hour. Just come."))
    return redirect(found)


@require_POST
@for_members
def stay_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Not after all."""
    found = get_visible_or_404(request.person, Cohort, pk=pk)
    actions.stay_away_from_taste(by=request.person, cohort=found)
    return redirect(found)


@require_http_methods(["GET", "POST"])
@for_members
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Two minutes, one page."""
    found = get_visible_or_404(request.person, Cohort, pk=pk)
    if may(request.person, "apply", found):
        form = ApplicationForm(
            request.POST or None, person=request.person, cohort=found, initial=_kept_for(request.person, found)
        )
        return _answered(request, found, form, _applies(request.person, found, form))
    if own := queries.known(request.person, found).application:
        return redirect("application", own.pk)
    check(request.person, "apply", found)
    return redirect(found)


@require_GET
@for_members
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """What I wrote, how far it is, and with whom I would sit."""
    own = get_visible_or_404(request.person, Application, pk=pk)
    known = queries.known(request.person, own.cohort)
    context = {
        "application": own,
        "cohort": own.cohort,
        "known": known,
        "chairs": chairs_for(request.person, own) if known.stage == queries.Stage.FOUNDED else [],
        "answers": queries.answers_of(request.person, own),
        "kept": sum(queries.names_kept(own).values()),
        "hours": queries.hours_to_choose(own),
        "few": queries.FEW_HOURS,
        "shown": shown_to(request.person, own),
    }
    return render(request, OWN, context)


@require_http_methods(["GET", "POST"])
@for_members
def change_application(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it differently, until circles are formed."""
    own = get_visible_or_404(request.person, Application, pk=pk)
    check(request.person, "change", own)
    said: dict[str, Any] = {"never": own.never, "languages": own.languages, "reach": own.reach, "comes": True}
    said |= queries.answers_of(request.person, own)
    kept = sum(queries.names_kept(own).values())
    form = ApplicationForm(request.POST or None, person=request.person, cohort=own.cohort, kept=kept, initial=said)
    return _answered(
        request,
        own.cohort,
        form,
        lambda: applying.change_application(by=request.person, application=own, answers=form.answers),
        application=own,
        kept=kept,
    )


@require_POST
@for_members
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this time."""
    own = get_visible_or_404(request.person, Application, pk=pk)
    applying.withdraw_application(by=request.person, application=own)
    messages.success(request, _("Taken back. What you wrote is destroyed."))
    return redirect("circles")


@require_POST
@for_members
def be_moved(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Please move me", no reason needed."""
    own = get_visible_or_404(request.person, Application, pk=pk)
    proposing.ask_to_be_moved(by=request.person, application=own)
    return redirect("application", own.pk)


@require_POST
@for_members
def stay(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave me where I am."""
    own = get_visible_or_404(request.person, Application, pk=pk)
    proposing.stay_after_all(by=request.person, application=own)
    return redirect("application", own.pk)


def _applies(person: Any, found: Cohort, form: ApplicationForm) -> Callable[[], Application]:
    return lambda: applying.apply_for_circle(by=person, cohort=found, answers=form.answers)


def _answered(
    request: HttpRequest, found: Cohort, form: ApplicationForm, act: Callable[[], Application], **more: object
) -> HttpResponse:
    """The form again, or where it led."""
    if not form.is_valid():
        return ask(request, "application_form", form, cohort=found, sits=queries.sits_in(request.person), **more)
    made = act()
    messages.success(request, _("Thank you. You will see with whom you would sit before anything is fixed."))
    return redirect("application", made.pk)


def _kept_for(person: Any, found: Cohort) -> dict[str, Any]:
    """The words of somebody who found no circle last time."""
    last = queries.last_answers(person, found)
    return queries.answers_of(person, last) if last else {}
