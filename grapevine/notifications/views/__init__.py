"""Today, the inbox, and which mails one gets."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.kernel.policy import for_members, get_visible_or_404
from grapevine.notifications import actions, queries
from grapevine.notifications.forms import WishesForm
from grapevine.notifications.kinds import ALL
from grapevine.notifications.models import Notice, Nudge
from grapevine.notifications.today import today_for

A_PAGE = 20
UNCLEAR = 422


@require_GET
@for_members
def today(request: HttpRequest) -> HttpResponse:
    """A short letter."""
    return render(request, "notifications/today.html", {"today": today_for(request.person)})


@require_POST
@for_members
def nudge(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken up: on to what it was about."""
    found = get_visible_or_404(request.person, Nudge, pk=pk)
    actions.answer_nudge(by=request.person, nudge=found)
    page = queries.address_of("challenge", found.key, "outcome" if found.kind == "happened" else "playback")
    return redirect(page)


@require_GET
@for_members
def inbox(request: HttpRequest) -> HttpResponse:
    """What was told, day by day."""
    page = Paginator(queries.notices_of(request.person), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"page": page})


@require_GET
@for_members
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the thing; the line is read now."""
    found = get_visible_or_404(request.person, Notice, pk=pk)
    return redirect(actions.read(by=request.person, notice=found).url)


@require_POST
@for_members
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything seen."""
    actions.read_all(by=request.person)
    return redirect("inbox")


@require_http_methods(["GET", "POST"])
@for_members
def wishes(request: HttpRequest) -> HttpResponse:
    """Which mails one gets."""
    now = queries.wishes_of(request.person)
    form = WishesForm(request.POST or None, initial=now | {"pause": not now[ALL]})
    if not form.is_valid():
        return render(request, "notifications/wishes.html", {"form": form}, status=UNCLEAR if form.is_bound else 200)
    actions.wish_for(by=request.person, wishes=form.wishes())
    messages.success(request, _("Kept. It holds from the next mail on."))
    return redirect("mail-settings")
