"""Our own way: a group's copies of formats, and changing them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grapevine.kernel.policy import for_members, get_visible_or_404
from grapevine.rooms import actions, queries
from grapevine.rooms.formats import shipped
from grapevine.rooms.models import FormatCopy
from grapevine.rooms.steps import StepsForm
from grapevine.vaults.models import Vault

UNCLEAR = 422


@require_http_methods(["GET", "POST"])
@for_members
def ways(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The formats of the group that has this vault: its own and ours, and a copy of one of ours."""
    vault = get_visible_or_404(request.person, Vault, pk=pk)
    if request.method == "POST":
        if (key := request.POST.get("of", "")) not in shipped():
            raise Http404
        return redirect("format-own", actions.copy_format(by=request.person, vault=vault, key=key).pk)
    own = queries.ways_of(request.person, vault)
    shown = {"vault": vault, "own": own, "ours": queries.formats_for(request.person)}
    return render(request, "rooms/ways.html", shown)


@require_http_methods(["GET", "POST"])
@for_members
def way(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy, step by step."""
    copy = get_visible_or_404(request.person, FormatCopy, pk=pk)
    form = StepsForm(copy.body, request.person.language, request.POST or None)
    if request.method == "POST" and form.is_wanted and form.is_valid():
        actions.change_way(by=request.person, way=copy, body=form.body)
        messages.success(request, _("Kept. It is offered when a session is planned."))
        return redirect("formats", copy.vault_id)
    shown = {"way": copy, "form": form}
    return render(request, "rooms/way.html", shown, status=UNCLEAR if form.wrong else 200)


@require_POST
@for_members
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """We do not need it any more."""
    copy = get_visible_or_404(request.person, FormatCopy, pk=pk)
    actions.drop_way(by=request.person, way=copy)
    return redirect("formats", copy.vault_id)
