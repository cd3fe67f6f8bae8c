"""The Ask page: words, pages, five people, messages, one button. Nothing is kept before it is sent.

The page is one form. Every press that is not "send" shows it again with what is known so far, so it works
without JavaScript; with it, only the part below the words is exchanged.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grapevine.asks import actions
from grapevine.asks.actions import AT_ONCE, Asked
from grapevine.asks.drafts import draft, hint
from grapevine.asks.forms import AskForm, IntroductionForm, MessageForm
from grapevine.asks.models import KindOfHelp
from grapevine.asks.suggesting import FIVE
from grapevine.asks.suggestions import Suggestion, suggest_people
from grapevine.challenges.queries import examples_matching
from grapevine.kernel import presses
from grapevine.kernel.policy import for_members
from grapevine.kernel.text import listed, number_in
from grapevine.people.models import Person
from grapevine.people.queries import colleagues

PAGE = "asks/ask.html"
UNCLEAR = 422


@dataclass
class Chosen:
    """Somebody the message is being written to."""

    person: Person
    form: MessageForm
    reason: str
    through: Person | None = None


@require_http_methods(["GET", "POST"])
@for_members
@presses.looks_first
def ask(request: HttpRequest) -> HttpResponseBase:
    """What are you trying to do?"""
    if request.method == "GET":
        start = {"words": request.GET.get("words", ""), "kind": "think"}
        return render(request, PAGE, {"form": AskForm(initial=start), "to": request.GET.get("to", "")})
    form = AskForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {"form": form, "chosen": _chosen(request, form, [])}, status=UNCLEAR)
    return _with_people(request, form)


def _with_people(request: HttpRequest, form: AskForm) -> HttpResponseBase:
    words = form.cleaned_data["words"]
    people = suggest_people(request.person, words, with_lead=form.cleaned_data["with_lead"])
    chosen = _chosen(request, form, people)
    if "send" in request.POST and all(c.form.is_valid() for c in chosen):
        return presses.once(request, request.person.pk, lambda: _send(request, form, people, chosen))
    status = UNCLEAR if "send" in request.POST else 200
    return _show(request, form, people, chosen, status)


def _send(request: HttpRequest, form: AskForm, people: list[Suggestion], chosen: list[Chosen]) -> HttpResponse:
    to = [_asked(one) for one in chosen]
    alias = actions.new_alias() if form.cleaned_data["masked"] else ""
    try:
        made = actions.ask(
            by=request.person,
            words=form.cleaned_data["words"],
            kind=form.cleaned_data["kind"],
            to=to,
            alias=alias,
            next_to=_next_to(request, form),
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return _show(request, form, people, chosen, UNCLEAR)
    messages.success(request, _("Sent. People say yes more often than we expect."))
    return redirect(made)


def _next_to(request: HttpRequest, form: AskForm) -> list[int]:
    """Who may be asked after them: those the asker was shown, whatever the words would find by now."""
    shown = [] if form.cleaned_data["only"] else request.POST.getlist("next")
    return list(dict.fromkeys(_numbers([shown])))[:FIVE]


def _asked(one: Chosen) -> Asked:
    typed = one.form.cleaned_data
    reasons = (one.reason,) if one.reason else ()
    return Asked(one.person, typed["words"], reasons, one.through, typed.get("hint", ""))


def _show(
    request: HttpRequest, form: AskForm, people: list[Suggestion], chosen: list[Chosen], status: int
) -> HttpResponse:
    picked = {c.person.pk for c in chosen}
    asked = picked | {c.through.pk for c in chosen if c.through}
    after = [s.person for s in people if s.is_free and s.person.pk not in asked]
    shown = {
        "form": form,
        "people": people,
        "nobody_fits": bool(people) and not any(s.fits for s in people),
        "chosen": chosen,
        "picked": picked,
        "next_to": after,
        "next_names": listed(person.name for person in after),
        "is_full": len(picked) >= AT_ONCE,
        "proposed": request.POST.get("proposed")
        or (chosen[0].person.pk if not request.POST.getlist("to") and chosen else ""),
        "pages": examples_matching(request.person, form.cleaned_data["words"]),
    }
    return render(request, PAGE, shown, status=status)


def _chosen(request: HttpRequest, form: AskForm, people: list[Suggestion]) -> list[Chosen]:
    """Those already chosen, one more or one less by the button pressed; to begin with the first free one that fits."""
    pressed = request.POST
    keys = [key for key in pressed.getlist("to") if key and key != pressed.get("drop")]
    if pressed.get("add"):
        keys = [*[key for key in keys if not _is_only_proposed(pressed, key)], pressed["add"]]
    if not keys and not pressed.get("drop"):
        keys = [str(s.person.pk) for s in people if s.is_free and s.fits][:1]
    known = {str(s.person.pk): s for s in people}
    ways = [key.split(":") for key in keys]
    wanted = list({way[0]: way for way in ways}.values())[:AT_ONCE]  # a person once, in the way chosen last
    here = {str(p.pk): p for p in colleagues(request.person).filter(pk__in=_numbers(wanted))}
    return [
        _one(pressed, form, here[pk], known.get(pk), here[through[0]] if through else None)
        for pk, *through in wanted
        if {pk, *through[:1]} <= here.keys()
    ]


def _is_only_proposed(pressed: QueryDict, key: str) -> bool:
    """The first one was chosen by us: whoever presses another name means that one, unless they wrote to the first."""
    pk = key.split(":", maxsplit=1)[0]
    return pressed.get("proposed") == pk and _same(pressed, pk)


def _one(pressed: QueryDict, form: AskForm, person: Person, found: Suggestion | None, through: Person | None) -> Chosen:
    typed_above = form.cleaned_data
    # never under a pseudonym: why this person may say whom the asker knows
    reason = found.found_by if found and not typed_above.get("masked") else ""
    words = typed_above.get("words", "")
    kind = typed_above.get("kind", KindOfHelp.SECOND_PAIR_OF_EYES)
    written = {"words": draft(first_name=person.short_name, words=words, kind=kind, reason=reason)}
    if through:
        written["hint"] = hint(words=words)
    kept = {f"message-{person.pk}-{name}": _kept(pressed, person, name, text) for name, text in written.items()}
    box = (IntroductionForm if through else MessageForm)(kept, prefix=f"message-{person.pk}")
    box.written = written
    return Chosen(person, box, reason, through)


def _kept(pressed: QueryDict, person: Person, name: str, written: str) -> str:
    """What the asker changed is never overwritten."""
    typed = pressed.get(f"message-{person.pk}-{name}")
    return written if typed is None or _same(pressed, str(person.pk), name) else typed


def _same(pressed: QueryDict, pk: str, name: str = "words") -> bool:
    typed, was = pressed.get(f"message-{pk}-{name}", ""), pressed.get(f"was-{pk}-{name}", "")
    return typed.split() == was.split()  # browsers send other line ends than they got


def _numbers(wanted: list[list[str]]) -> list[int]:
    return [found for pair in wanted for number in pair if (found := number_in(number))]
