"""What was asked and what came back; what others ask of me."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.asks import actions, queries
from grapevine.asks.forms import LimitsForm, ReplyForm, YesForm
from grapevine.asks.models import Ask, HelperLimits, Introduction, Reply, Request
from grapevine.kernel.policy import check, for_members, get_visible_or_404, may, visible

UNCLEAR = 422


@require_GET
@for_members
def mine(request: HttpRequest) -> HttpResponse:
    """What I asked, and what waits for me."""
    shown = {
        "asks": queries.asks_open(request.person),
        "waiting": queries.requests_waiting(request.person),
        "introductions": queries.introductions_waiting(request.person),
    }
    return render(request, "asks/mine.html", shown)


@require_GET
@for_members
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """One ask and what came of it so far."""
    return render(request, "asks/sent.html", _sent(request, pk))


@require_GET
@for_members
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The same part of the page again, for whoever has it open."""
    return render(request, "asks/parts/answers.html", _sent(request, pk))


@require_POST
@for_members
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """I am helped, or it is over."""
    found = get_visible_or_404(request.person, Ask, pk=pk)
    actions.close_ask(by=request.person, ask=found)
    messages.success(request, _("Closed. Nobody waits for you any more."))
    return redirect("asks")


@require_GET
@for_members
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody asks of me, with every way to answer."""
    found = get_visible_or_404(request.person, Request, pk=pk)
    if found.challenge:
        return redirect(found.challenge)
    if not may(request.person, "reply", found):
        return redirect(found.ask)
    line = queries.request_line(request.person, found)
    return _answering(request, line, YesForm(person=request.person, asked=line.message))


@require_POST
@for_members
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap."""
    found = get_visible_or_404(request.person, Request, pk=pk)
    check(request.person, "reply", found)
    is_yes = request.POST.get("kind") == Reply.Kind.YES
    line = queries.request_line(request.person, found)
    form = (YesForm if is_yes else ReplyForm)(request.POST, person=request.person, asked=line.message)
    if not form.is_valid():
        return _answering(request, line, form, status=UNCLEAR)
    actions.reply(by=request.person, request=found, **form.cleaned_data)
    if is_yes:
        return redirect("challenge", found.challenge_id)
    messages.success(request, _("Thank you for saying so. Nothing else is needed."))
    return redirect("today")


@require_POST
@for_members
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Never mind."""
    found = get_visible_or_404(request.person, Request, pk=pk)
    actions.take_back(by=request.person, request=found)
    return redirect(found.ask)


@require_POST
@for_members
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """I would show who I am."""
    found = get_visible_or_404(request.person, Request, pk=pk)
    actions.reveal(by=request.person, request=found)
    return redirect("challenge", found.challenge_id)


@require_http_methods(["GET", "POST"])
@for_members
def introduction(request: HttpRequest, pk: int) -> HttpResponse:
    """Would you introduce them? Would you like to be introduced?"""
    found = get_visible_or_404(request.person, Introduction, pk=pk)
    if request.method == "GET":
        return _introducing(request, found)
    if "no" in request.POST:
        actions.let_introduction_go(by=request.person, introduction=found)
        return redirect("today")
    done = actions.agree_to_introduce(by=request.person, introduction=found)
    return redirect(done.request) if done.request else redirect("today")


@require_POST
@for_members
def take_introduction_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Never mind."""
    found = get_visible_or_404(request.person, Introduction, pk=pk)
    actions.take_introduction_back(by=request.person, introduction=found)
    return redirect(found.ask)


@require_http_methods(["GET", "POST"])
@for_members
def limits(request: HttpRequest) -> HttpResponse:
    """How much I can carry."""
    mine = visible(request.person, HelperLimits).first()
    named = [c.name for c in mine.colleagues.all()] if mine else []
    start = {
        "per_week": mine.per_week if mine else HelperLimits.PER_WEEK,
        **dict(zip(("first", "second"), named, strict=False)),
    }
    form = LimitsForm(request.POST or None, initial=start, person=request.person)
    if not form.is_valid():
        return render(request, "asks/limits.html", {"form": form}, status=UNCLEAR if form.is_bound else 200)
    pointers = [c for c in (form.cleaned_data["first"], form.cleaned_data["second"]) if c]
    actions.set_limits(by=request.person, per_week=form.cleaned_data["per_week"], colleagues=pointers)
    messages.success(request, _("Kept."))
    return redirect("settings-asks")


def _sent(request: HttpRequest, pk: int) -> dict[str, object]:
    found = get_visible_or_404(request.person, Ask, pk=pk)
    line = queries.ask_lines(request.person, visible(request.person, Ask).filter(pk=pk))[0]
    introductions = queries.introductions_open(request.person, found)
    waits = queries.waiting_of(line, introductions)
    goes_on = any(row.next_to for row in waits)
    return {"ask": found, "line": line, "introductions": introductions, "waits": waits, "goes_on": goes_on}


def _introducing(request: HttpRequest, found: Introduction) -> HttpResponse:
    if found.ask.by_id == request.person.pk:
        return redirect(found.ask)
    if found.request and found.to_id == request.person.pk:
        return redirect(found.request)
    shown = {"introduction": found, "hint": queries.hint_of(request.person, found)}
    return render(request, "asks/introduction.html", shown)


def _answering(request: HttpRequest, line: queries.RequestLine, form: ReplyForm, status: int = 200) -> HttpResponse:
    shown = {"line": line, "form": form, "has_gone_on": queries.has_gone_on(line.request)}
    return render(request, "asks/request.html", shown, status=status)
