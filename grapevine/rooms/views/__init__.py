"""My rooms, and opening one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from grapevine.kernel.policy import for_members
from grapevine.rooms import actions, queries
from grapevine.rooms.forms import OpenForm
from grapevine.rooms.models import Session

UNCLEAR = 422


@require_http_methods(["GET", "POST"])
@for_members
def rooms(request: HttpRequest) -> HttpResponse:
    """Sessions of mine, and a new one of any format."""
    ways = queries.formats_for(request.person)
    form = OpenForm(request.POST or None, person=request.person, ways=ways, initial={"way": request.GET.get("way")})
    if form.is_bound and form.is_valid():
        return redirect(_planned(request, form))
    mine = [(session, queries.format_of(session)) for session in queries.my_rooms(request.person)[:30]]
    shown = {"mine": mine, "form": form, "ways": ways}
    return render(request, "rooms/rooms.html", shown, status=UNCLEAR if form.is_bound else 200)


def _planned(request: HttpRequest, form: OpenForm) -> Session:
    typed = form.cleaned_data
    return actions.plan_session(
        by=request.person,
        format=typed["way"].body,
        planned_at=typed["planned_at"],
        people=typed["people"],
        link=typed["link"],
        one_room=typed["is_one_room"],
    )
