"""The page of a challenge and what is done on it."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.challenges import actions, queries
from grapevine.challenges.forms import CommitmentForm, OutcomeForm, PlaybackForm, TopicForm, WordsForm
from grapevine.challenges.models import Challenge, ClarifyingQuestion, Commitment, Noticing
from grapevine.kernel import clock
from grapevine.kernel.policy import check, for_members, get_visible_or_404
from grapevine.people.models import Person

UNCLEAR = 422
PAGE = "challenges/challenge.html"


@require_GET
@for_members
def mine(request: HttpRequest) -> HttpResponse:
    """What I am trying to do, and what others brought to me."""
    told = queries.titles(request.person, queries.my_challenges(request.person)[:50])
    return render(request, "challenges/mine.html", {"told": told})


@require_GET
@for_members
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """The story from top to bottom."""
    found = get_visible_or_404(request.person, Challenge, pk=pk)
    return render(request, PAGE, _page(request.person, found))


@require_GET
@for_members
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """The same part of the page again, for whoever has it open."""
    found = get_visible_or_404(request.person, Challenge, pk=pk)
    return render(request, "challenges/parts/told.html", _page(request.person, found))


@require_POST
@for_members
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A clarifying question."""
    found = get_visible_or_404(request.person, Challenge, pk=pk)
    check(request.person, "ask", found)
    return _say(
        request,
        found,
        "ask",
        lambda words: actions.ask_clarifying(by=request.person, challenge=found, words=words),
    )


@require_POST
@for_members
def offer_idea(request: HttpRequest, pk: int) -> HttpResponse:
    """An idea."""
    found = get_visible_or_404(request.person, Challenge, pk=pk)
    check(request.person, "offer_idea", found)
    return _say(
        request, found, "idea", lambda words: actions.offer_idea(by=request.person, challenge=found, words=words)
    )


@require_POST
@for_members
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The bringer answers a question."""
    question = get_visible_or_404(request.person, ClarifyingQuestion, pk=pk)
    check(request.person, "answer", question)
    return _say(
        request,
        question.challenge,
        f"answer-{pk}",
        lambda words: actions.answer(by=request.person, question=question, words=words),
    )


@require_POST
@for_members
def play_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep ideas, and "when ..., I will ..."."""
    found = get_visible_or_404(request.person, Challenge, pk=pk)
    check(request.person, "play_back", found)
    form = _playback_form(request.person, queries.story(request.person, found), request.POST)
    if not form.is_valid():
        return render(request, PAGE, _page(request.person, found, playback=form), status=UNCLEAR)
    actions.play_back(by=request.person, challenge=found, **form.cleaned_data)
    return redirect(found)


@require_POST
@for_members
def keep_together(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to keep the ideas nobody kept."""
    found = get_visible_or_404(request.person, Challenge, pk=pk)
    actions.keep_together(by=request.person, challenge=found)
    return redirect(found)


@require_POST
@for_members
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close; what nobody kept vanishes."""
    found = get_visible_or_404(request.person, Challenge, pk=pk)
    actions.close(by=request.person, challenge=found)
    messages.success(request, _("Closed. What you kept is still yours."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
@for_members
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Let others find the helpers for it, once they agree."""
    found = get_visible_or_404(request.person, Challenge, pk=pk)
    check(request.person, "let_find", found)
    told = queries.story(request.person, found)
    helpers = queries.left_to_propose(told)
    form = TopicForm(request.POST or None, person=request.person, challenge=found, helpers=helpers)
    if not form.is_valid():
        shown = {"challenge": found, "form": form, "story": told, "helpers": helpers}
        return render(request, "challenges/topic.html", shown, status=UNCLEAR if form.is_bound else 200)
    _let_find(request.person, found, form)
    messages.success(request, _("Thank you. They decide whether it counts.") if helpers else _("Kept."))
    return redirect(found)


@require_POST
@for_members
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Still right."""
    commitment = get_visible_or_404(request.person, Commitment, pk=pk)
    actions.confirm_commitment(by=request.person, commitment=commitment)
    messages.success(request, _("Good. We ask what happened in ten days, not before."))
    return _onward(request, commitment)


@require_POST
@for_members
def put_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Not now."""
    commitment = get_visible_or_404(request.person, Commitment, pk=pk)
    actions.put_off_commitment(by=request.person, commitment=commitment)
    messages.info(request, _("Fine. It comes back next Monday."))
    return _onward(request, commitment)


@require_http_methods(["GET", "POST"])
@for_members
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it differently."""
    commitment = get_visible_or_404(request.person, Commitment, pk=pk)
    check(request.person, "move", commitment)
    line = queries.story(request.person, commitment.playback.challenge).line
    start = {"when": line.when, "will": line.will, "on": max(commitment.on, clock.today(request.person.timezone))}
    form = CommitmentForm(request.POST or None, initial=start, person=request.person)
    if not form.is_valid():
        shown = {"form": form, "commitment": commitment, "challenge": commitment.playback.challenge}
        return render(request, "challenges/change.html", shown, status=UNCLEAR if form.is_bound else 200)
    actions.change_commitment(by=request.person, commitment=commitment, **form.cleaned_data)
    return redirect(commitment.playback.challenge)


@require_POST
@for_members
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened."""
    commitment = get_visible_or_404(request.person, Commitment, pk=pk)
    check(request.person, "move", commitment)
    found, form = commitment.playback.challenge, OutcomeForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _page(request.person, found, outcome=form), status=UNCLEAR)
    actions.report(by=request.person, commitment=commitment, **form.cleaned_data)
    return _onward(request, commitment)


@require_http_methods(["GET", "POST"])
@for_members
def noticing(request: HttpRequest, pk: int) -> HttpResponse:
    """What a colleague invited me to notice, and "I saw you do it"."""
    found = get_visible_or_404(request.person, Noticing, pk=pk)
    form = WordsForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.tell_what_i_saw(by=request.person, noticing=found, words=form.cleaned_data["words"])
        return redirect(found)
    when, will, saw = queries.noticing_words(request.person, found)
    shown = {"noticing": found, "form": form, "when": when, "will": will, "saw": saw}
    return render(request, "challenges/noticing.html", shown, status=UNCLEAR if form.is_bound else 200)


def _onward(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Back to the letter it was answered from, or to the talk."""
    return redirect("today") if request.POST.get("next") == "today" else redirect(commitment.playback.challenge)


def _say(request: HttpRequest, found: Challenge, name: str, act: Callable[[str], object]) -> HttpResponse:
    form = WordsForm(request.POST, auto_id=f"{name}-%s")
    if not form.is_valid():
        return render(request, PAGE, _page(request.person, found, **{name: form}), status=UNCLEAR)
    act(form.cleaned_data["words"])
    return redirect(found)


def _page(person: Person, found: Challenge, **typed: Form) -> dict[str, object]:
    """`typed` are forms that came back unclear: "ask", "idea", "answer-<question>", "playback" or "outcome"."""
    told = queries.story(person, found)
    is_bringer = found.brought_by_id == person.pk
    forms = _own_forms(person, told, typed) if is_bringer else _forms_beside(typed)
    boxes = {
        a.question.pk: _box(typed, f"answer-{a.question.pk}") for a in told.questions if is_bringer and not a.answer
    }
    questions = [(asked, boxes.get(asked.question.pk)) for asked in told.questions]
    return {"challenge": found, "story": told, "is_bringer": is_bringer, "questions": questions, **forms}


def _own_forms(person: Person, told: queries.Story, typed: dict[str, Form]) -> dict[str, object]:
    """Those the bringer needs at this point of the story."""
    if told.line:
        return {"outcome_form": typed.get("outcome") or OutcomeForm()}
    return {"playback_form": typed.get("playback") or _playback_form(person, told)}


def _playback_form(person: Person, told: queries.Story, typed: QueryDict | None = None) -> PlaybackForm:
    ideas = {offered.idea: offered.words for offered in told.ideas}
    return PlaybackForm(typed, person=person, challenge=told.challenge, ideas=ideas)


def _forms_beside(typed: dict[str, Form]) -> dict[str, object]:
    """Those of somebody who thinks along."""
    return {"ask_form": _box(typed, "ask"), "idea_form": _box(typed, "idea")}


def _box(typed: dict[str, Form], name: str) -> Form:
    return typed.get(name) or WordsForm(auto_id=f"{name}-%s")


def _let_find(person: Person, found: Challenge, form: TopicForm) -> None:
    about = {"topic": form.cleaned_data["topic"], "skill": form.cleaned_data["skill"]}
    for helper in form.helpers:
        actions.let_others_find(by=person, challenge=found, helper=helper, **about)
    if form.cleaned_data["learned"]:
        actions.learned(by=person, challenge=found, **about)
