"""The proposer lets somebody who waited take a free chair."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grapevine.circles.actions import founding
from grapevine.circles.forms.circle import WelcomeForm
from grapevine.circles.models import Cohort
from grapevine.circles.queries.welcome import rooms_free, waiting
from grapevine.circles.views.asking import ask
from grapevine.kernel.policy import check, for_members, get_visible_or_404


@require_http_methods(["GET", "POST"])
@for_members
def welcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Names and hours; what is said in the circles stays there."""
    found = get_visible_or_404(request.person, Cohort, pk=pk)
    check(request.person, "welcome", found)
    form = WelcomeForm(request.POST or None, people=waiting(found), rooms=rooms_free(found))
    if not form.is_valid():
        return ask(request, "circle_welcome", form, cohort=found)
    try:
        founding.welcome(by=request.person, circle=form.cleaned_data["where"], application=form.cleaned_data["who"])
    except ValidationError as trouble:
        messages.error(request, trouble.message)
        return redirect("cohort-welcome", pk=pk)
    messages.success(request, _("They are in. Those who sit there are told, and everybody says “I am in” again."))
    return redirect(found)
