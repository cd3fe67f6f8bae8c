"""The directory, a colleague's page, one's own page, a skill's page."""

from datetime import time, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.kernel import clock
from grapevine.kernel.policy import for_members, get_visible_or_404, may
from grapevine.people.actions import block as block_person
from grapevine.people.actions import consent, withdraw_consent
from grapevine.people.models import Consent, Person
from grapevine.people.queries import has_consented
from grapevine.skills import actions, queries
from grapevine.skills.forms import DirectoryForm, InterestForm, OfferForm, language_named
from grapevine.skills.models import Evidence, Interest, Offer, Skill

LINES = 30  # of one's own list on one page

# --- colleagues -----------------------------------------------------------------------------------


@require_GET
@for_members
def people(request: HttpRequest) -> HttpResponse:
    """The directory. It narrows down; it never lists everybody."""
    form = DirectoryForm(request.GET or None, person=request.person)
    filters = form.filters()
    page = queries.directory(request.person, filters, request.GET.get("page", 1))
    kept = request.GET.copy()
    kept.pop("page", None)
    return render(
        request, "skills/people.html", {"form": form, "page": page, "filters": filters, "query": kept.urlencode()}
    )


@require_GET
@for_members
def find(request: HttpRequest) -> JsonResponse:
    """Names for the palette."""
    found = queries.names_like(request.person, request.GET.get("q", "").strip())
    return JsonResponse([{"name": p.name, "title": _doing(p), "url": p.get_absolute_url()} for p in found], safe=False)


@require_GET
@for_members
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague's page, as long as today's pages last."""
    colleague = get_object_or_404(queries.portrayed(request.person), pk=pk)
    if not actions.open_profile(by=request.person, person=colleague):
        return _enough(request)
    portrait = queries.portrait(request.person, colleague)
    spoken = [language_named(code) for code in portrait.languages]
    return render(request, "skills/person.html", {"colleague": colleague, "portrait": portrait, "spoken": spoken})


@require_POST
@for_members
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Rather not hear from somebody. They are not told."""
    colleague = get_visible_or_404(request.person, Person, pk=pk)
    if may(request.person, "block", colleague):
        block_person(by=request.person, person=colleague)
        messages.success(
            request, _("You will not hear from %(name)s. Nobody is told.") % {"name": colleague.short_name}
        )
    return redirect(colleague)


@require_GET
@for_members
def skill(request: HttpRequest, pk: int) -> HttpResponse:
    """What a skill is, what it looks like, and who offers it."""
    chosen = get_visible_or_404(request.person, Skill, pk=pk)
    offers = queries.who_offers(request.person, chosen)
    context = {"skill": chosen, "levels": queries.levels_of(chosen), "offers": offers}
    return render(request, "skills/skill.html", context)


# --- oneself --------------------------------------------------------------------------------------


@require_GET
@for_members
def mine(request: HttpRequest) -> HttpResponse:
    """What I offer, what I would like to learn, what may be told about me."""
    return _mine(request)


@require_POST
@for_members
def offer(request: HttpRequest) -> HttpResponse:
    """Let colleagues ask about something."""
    form = OfferForm(request.POST, person=request.person)
    if not form.is_valid():
        return _mine(request, offer_form=form)
    actions.offer(by=request.person, **form.cleaned_data)
    return redirect("mine")


@require_POST
@for_members
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Still right."""
    actions.renew_offer(by=request.person, offer=get_visible_or_404(request.person, Offer, pk=pk))
    messages.success(request, _("It stands for another six months."))
    return redirect("mine")


@require_POST
@for_members
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this any more."""
    actions.withdraw_offer(by=request.person, offer=get_visible_or_404(request.person, Offer, pk=pk))
    return redirect("mine")


@require_POST
@for_members
def seek(request: HttpRequest) -> HttpResponse:
    """Tell what one would like to learn."""
    form = InterestForm(request.POST)
    if not form.is_valid():
        return _mine(request, interest_form=form)
    actions.seek(by=request.person, **form.cleaned_data)
    return redirect("mine")


@require_POST
@for_members
def withdraw_interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this any more."""
    actions.withdraw_interest(by=request.person, interest=get_visible_or_404(request.person, Interest, pk=pk))
    return redirect("mine")


@require_POST
@for_members
def evidence(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Fine, keep it to myself, show it again, or rather not: one line about oneself."""
    line = get_visible_or_404(request.person, Evidence, pk=pk)
    getattr(actions, f"{verb}_evidence")(by=request.person, evidence=line)
    return redirect("mine")


@require_http_methods(["GET", "POST"])
@for_members
def no_longer_me(request: HttpRequest, pk: int) -> HttpResponse:
    """First what would be hidden, then, at the second tap, it is."""
    line = get_visible_or_404(request.person, Evidence, pk=pk)
    topic: dict[str, Any] = {"skill": line.skill, "words": line.words}
    if request.method == "POST":
        actions.no_longer_me(by=request.person, **topic)
        messages.success(request, _("Nobody finds you by this any more."))
        return redirect("mine")
    lines, offers = queries.told_about(request.person, **topic), queries.offers_about(request.person, **topic)
    return render(request, "skills/no_longer_me.html", {"line": line, "lines": lines, "offers": offers})


@require_POST
@for_members
def be_found(request: HttpRequest) -> HttpResponse:
    """Agree to be found, or agree no longer."""
    decide = consent if request.POST.get("found") == "yes" else withdraw_consent
    decide(by=request.person, about=Consent.About.FOUND)
    return redirect("mine")


def _mine(
    request: HttpRequest, offer_form: OfferForm | None = None, interest_form: InterestForm | None = None
) -> HttpResponse:
    is_wrong = offer_form or interest_form
    lines = queries.evidence_of(request.person)
    waiting = [line for line in lines if line.agreed_at is None and line.hidden_at is None]
    context = {
        "offers": queries.offers_of(request.person, request.person),
        "interests": queries.interests_of(request.person, request.person),
        "waiting": waiting,
        "lines": Paginator([line for line in lines if line not in waiting], LINES).get_page(request.GET.get("page")),
        "is_found": has_consented(request.person, Consent.About.FOUND),
        "today": clock.today(request.person.timezone),
        "offer_form": offer_form or OfferForm(person=request.person),
        "interest_form": interest_form or InterestForm(),
    }
    return render(request, "skills/mine.html", context, status=422 if is_wrong else 200)


def _enough(request: HttpRequest) -> HttpResponse:
    """A kind page that says when it goes on."""
    zone = request.person.timezone
    goes_on_at = clock.instant(clock.today(zone) + timedelta(days=1), time(), zone)
    answer = render(request, "skills/enough.html", {"goes_on_at": goes_on_at}, status=429)
    answer["Retry-After"] = str(int((goes_on_at - clock.now()).total_seconds()) + 1)
    return answer


def _doing(person: Person) -> str:
    return " · ".join(filter(None, [person.title, person.unit.name if person.unit else ""]))
