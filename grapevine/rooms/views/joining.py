"""The door for guests: a code, a name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grapevine.kernel.policy import for_everyone
from grapevine.rooms import actions, guests
from grapevine.rooms.forms import JoinForm
from grapevine.rooms.models import Session
from grapevine.rooms.queries import is_taken

UNCLEAR, TOO_MANY = 422, 429


@require_http_methods(["GET", "POST"])
@for_everyone("whoever was told the code of an open session comes in with it, and sees nothing else")
def join(request: HttpRequest) -> HttpResponse:
    """Into an open session, for that session only."""
    start = {"code": request.GET.get("code", "")[:20]}
    form = JoinForm(request.POST or None, person=request.person, initial=start)
    address = request.META.get("REMOTE_ADDR", "")
    if not form.is_bound or not form.is_valid():
        return _door(request, form, UNCLEAR if form.is_bound else 200)
    if not guests.may_try(address):
        form.add_error("code", _("Those were many codes. Wait ten minutes, or ask for the link."))
        return _door(request, form, TOO_MANY)
    session = guests.session_by_code(form.cleaned_data["code"])
    if session is None:
        guests.was_wrong(address)
        form.add_error("code", _("No session is open under this code. Look at it again, letter by letter."))
        return _door(request, form, UNCLEAR)
    return _let_in(request, form, session)


def _door(request: HttpRequest, form: JoinForm, status: int) -> HttpResponse:
    return render(request, "rooms/join.html", {"form": form}, status=status)


def _let_in(request: HttpRequest, form: JoinForm, session: Session) -> HttpResponse:
    known = None if request.person else guests.guest_of(request.COOKIES, session.pk)
    answer, name = redirect("room", session.pk), form.cleaned_data.get("name", "")
    if known:
        return answer
    if name and is_taken(session, name):
        form.add_error(
            "name", _("Somebody of this name is here already. Add where you are from, so that they can tell.")
        )
        return _door(request, form, UNCLEAR)
    guest, key = actions.join(session=session, name=name, person=request.person)
    if key:
        guests.remember(answer, guest, key)
    return answer
