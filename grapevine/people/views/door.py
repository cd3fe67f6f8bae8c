"""How one signs in: address, passkeys, and where one is signed in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.kernel.policy import for_members
from grapevine.people import actions, queries


@for_members
@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    person = request.person
    known = {"new_address": queries.new_address_of(person), "passkeys": queries.passkeys_of(person)}
    return render(request, "people/door.html", {**known, "sessions": queries.sessions_of(person)})


@for_members
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out one browser of one's own."""
    actions.end_session(by=request.person, pk=pk)
    messages.success(request, _("Signed out there."))
    return redirect("settings-door")


@for_members
@require_POST
def address(request: HttpRequest) -> HttpResponse:
    """Take the address of the organisation's list, or keep the one that is."""
    if request.POST.get("answer") != "take":
        actions.keep_address(by=request.person)
        return redirect("settings-door")
    try:
        actions.take_new_address(by=request.person)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("settings-door")
    messages.success(request, _("Done. Please sign in once with the new address."))
    return redirect("account_login")
