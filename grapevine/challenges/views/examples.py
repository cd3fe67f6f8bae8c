"""Released pages: the shelf, one page, writing one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.challenges import actions
from grapevine.challenges.forms import ExampleForm, UseForm
from grapevine.challenges.models import Challenge, Example
from grapevine.kernel.policy import check, for_members, get_visible_or_404, visible
from grapevine.kernel.search import matching
from grapevine.kernel.text import number_in

A_PAGE = 20


@require_GET
@for_members
def shelf(request: HttpRequest) -> HttpResponse:
    """Pages colleagues released, newest first, or those that fit the words asked for."""
    words = request.GET.get("q", "").strip()
    pages = visible(request.person, Example).select_related("by", "skill")
    found = matching(pages, words) if words else pages
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "challenges/shelf.html", {"page": page, "words": words})


@require_GET
@for_members
def example(request: HttpRequest, pk: int) -> HttpResponse:
    """One page, and who used it."""
    found = get_visible_or_404(request.person, Example, pk=pk)
    uses = found.uses.select_related("person")
    waiting = found.names.filter(agreed_at__isnull=True).select_related("person")
    shown = {
        "example": found,
        "uses": uses,
        "waiting": waiting,
        "form": UseForm(),
        "mine": found.by_id == request.person.pk,
    }
    return render(request, "challenges/example.html", shown)


@require_http_methods(["GET", "POST"])
@for_members
def release(request: HttpRequest) -> HttpResponse:
    """Could others use this? `?from=` is a challenge of mine to start from; nothing sealed is copied for me."""
    form = ExampleForm(request.POST or None, person=request.person)
    if form.is_bound and form.is_valid():
        page = actions.release_example(by=request.person, naming=form.named(), **form.cleaned_data)
        if not page.names.exists():
            messages.success(request, _("Your colleagues can read it now."))
        return redirect(page)
    origin = visible(request.person, Challenge).filter(pk=number_in(request.GET.get("from"))).first()
    shown = {"form": form, "origin": origin}
    return render(request, "challenges/release.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """I used this."""
    found, form = get_visible_or_404(request.person, Example, pk=pk), UseForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else request.POST.get("words", "")[:200]
    actions.use_example(by=request.person, example=found, words=words)
    return redirect(found)


@require_POST
@for_members
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """My name may stand there."""
    found = get_visible_or_404(request.person, Example, pk=pk)
    actions.agree_to_be_named(by=request.person, example=found)
    return redirect(found)


@require_POST
@for_members
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the page back."""
    found = get_visible_or_404(request.person, Example, pk=pk)
    check(request.person, "withdraw", found)
    actions.withdraw_example(by=request.person, example=found)
    messages.info(request, _("The page is gone."))
    return redirect("examples")
