"""The proposer asks somebody who waited whether they take a free chair; they say yes or no."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grapevine.circles.actions import welcoming
from grapevine.circles.forms.circle import WelcomeForm
from grapevine.circles.models import Chair, Cohort
from grapevine.circles.queries.welcome import Free, free_chairs
from grapevine.circles.views.asking import ask, done, yes_or_no
from grapevine.kernel.policy import check, for_members, get_visible_or_404
from grapevine.people.models import Person


@require_http_methods(["GET", "POST"])
@for_members
def welcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Names and hours; what is said in the circles stays there."""
    found = get_visible_or_404(request.person, Cohort, pk=pk)
    check(request.person, "welcome", found)
    form = WelcomeForm(request.POST or None, chairs=free_chairs(found))
    if not (form.is_valid() and done(form, "chair", lambda: _offers(request.person, form.cleaned_data["chair"]))):
        return ask(request, "circle_welcome", form, cohort=found)
    messages.success(request, _("They are asked. When they come, those who sit there are told."))
    return redirect(found)


@require_POST
@for_members
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I come", or "not this one"."""
    chair = get_visible_or_404(request.person, Chair, pk=pk)
    check(request.person, "answer", chair)
    comes = yes_or_no(request, "comes")
    if comes is None:
        return redirect("application", chair.application_id)
    if not comes:
        welcoming.leave_chair(by=request.person, chair=chair)
        messages.success(request, _("That is fine. You stay on the waiting list."))
        return redirect("application", chair.application_id)
    try:
        return redirect(welcoming.take_chair(by=request.person, chair=chair).circle)
    except ValidationError as trouble:
        messages.error(request, trouble.message)
        return redirect("application", chair.application_id)


def _offers(by: Person, free: Free) -> Chair:
    return welcoming.offer_chair(by=by, circle=free.circle, application=free.application)
