"""The boxes of the stage: which form a step shows to somebody, and what happens with what they enter."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _

from grapevine.rooms import actions, queries
from grapevine.rooms.forms import (
    KINDS,
    AnswerForm,
    NoteForm,
    PickForm,
    PlaybackForm,
    SayForm,
    StoryForm,
    TextForm,
    VoteForm,
)
from grapevine.rooms.models import Participant
from grapevine.rooms.queries import Scene

Seen = Callable[[], Scene]  # looked at only by the forms that ask about it
Made = Callable[[QueryDict | None, Seen], Form]
Typed = Mapping[str, Any]


def bound(kind: str, typed: QueryDict, seen: Seen) -> Form | None:
    """The form that was sent; None for a kind that no box has."""
    return MADE[kind](typed, seen) if kind in MADE else None


def enter(kind: str, by: Participant, typed: Typed) -> None:
    """What was entered finds its place. Raises NotNowError where the step does not allow it any more."""
    if kind in KINDS:
        actions.contribute(by=by, kind=kind, words=typed["words"])
    else:
        ENTERED[kind](by, typed)


def forms(
    scene: Scene, typed: Mapping[str, Form], refused: actions.NotNowError | None = None, *, fill: bool = True
) -> dict[str, Any]:
    """Those that the reader needs now, made when a template asks; what came back unclear as it was typed, what came too late still there.

    A page that is there already has the words in its box still, and would lose them if it was filled: no `fill` then.
    """
    say = next((kind for kind in KINDS if kind in scene.allowed), "")
    kept = next((form.cleaned_data.get("words", "") for form in typed.values()), "") if refused else ""
    typed = {} if refused else typed
    made: dict[str, Any] = {
        f"{kind}_form": typed.get(kind) or cache(partial(MADE[kind], None, lambda: scene)) for kind in _wanted(scene)
    }
    if say:
        made["say_form"] = typed.get(say) or SayForm(auto_id="say-%s", initial={"words": kept if fill else ""})
        made |= {"say": say, "say_words": say_words(say)}
    if "text_form" in made and isinstance(refused, actions.ChangedMeanwhileError):
        made["text_form"] = MADE["text"](None, lambda: scene)
        made["text_form"].initial["words"] = kept
    return {**made, "answer_forms": _answers(scene, typed), "refused": refused, "kept": kept}


def say_words(kind: str) -> dict[str, str]:
    """Label, example and button of the one box."""
    label, example, button = {
        "question": (_("Your question"), _("What, who, when ...?"), _("Add to the queue")),
        "idea": (_("Your idea"), _("I might ..."), _("Offer it")),
        "line": (_("Your line"), "", _("Add it")),
        "sentence": (_("In one sentence"), _("What do you want from us?"), _("Say it")),
        "option": (_("Another option"), "", _("Add it")),
    }[kind]
    return {"label": label, "example": example, "button": button}


def _wanted(scene: Scene) -> list[str]:
    kinds: list[str] = [kind for kind in ("text", "vote", "pick", "playback") if kind in scene.allowed]
    kinds += ["playback"] if scene.is_choosing else []
    kinds += ["note"] if scene.may_note else []
    return [*kinds, "story"] if scene.to_tell else kinds


def _answers(scene: Scene, typed: Mapping[str, Form]) -> dict[int, Form | Callable[[], Form]]:
    """One for each open question, for whoever answers."""
    if "answer" not in scene.allowed:
        return {}
    wrong = typed.get("answer")
    sent = str(wrong["question"].value()) if wrong else ""
    return {pk: wrong if wrong and sent == str(pk) else cache(partial(_to_answer, pk)) for pk in scene.state.unanswered}


def _text(typed: QueryDict | None, seen: Seen) -> TextForm:
    newest = next(iter(seen().said.get("text", [])[-1:]), None)
    initial = {"words": newest.words, "seen": newest.entry.pk} if newest else {"seen": 0}
    return TextForm(typed, auto_id="text-%s", initial=initial)


def _note(typed: QueryDict | None, seen: Seen) -> NoteForm:
    initial = {} if typed else {"words": seen().note}
    return NoteForm(typed, auto_id="note-%s", initial=initial)


def _to_answer(question: object, typed: QueryDict | None = None) -> AnswerForm:
    return AnswerForm(typed, auto_id=f"answer-{question}-%s", initial={"question": question})


MADE: dict[str, Made] = {
    **dict.fromkeys(KINDS, lambda typed, _seen: SayForm(typed, auto_id="say-%s")),
    "story": lambda typed, seen: StoryForm(typed, auto_id="story-%s", initial={"role": seen().to_tell}),
    "answer": lambda typed, _seen: _to_answer(typed.get("question") if typed else "", typed),
    "note": _note,
    "text": _text,
    "vote": lambda typed, _seen: VoteForm(typed, auto_id="vote-%s"),
    "pick": lambda typed, seen: PickForm(typed, auto_id="pick-%s", lines=seen().said.get("earlier", [])),
    "playback": lambda typed, seen: PlaybackForm(typed, auto_id="playback-%s", scene=seen()),
}


def _answer(by: Participant, typed: Typed) -> None:
    question = queries.entry_in(by.session, typed["question"])
    if question is None:
        raise actions.NotNowError
    actions.answer(by=by, question=question, words=typed["words"])


def _pick(by: Participant, typed: Typed) -> None:
    actions.pick(by=by, line=queries.entry_in(by.session, typed["line"] or 0), words=typed["words"])


ENTERED: dict[str, Callable[[Participant, Typed], object]] = {
    "story": lambda by, typed: actions.bring_story(by=by, **typed),
    "answer": _answer,
    "note": lambda by, typed: actions.keep_note(by=by, words=typed["words"]),
    "text": lambda by, typed: actions.write_together(by=by, **typed),
    "vote": lambda by, typed: actions.vote(by=by, option=typed["option"]),
    "pick": _pick,
    "playback": lambda by, typed: actions.play_back(by=by, **typed),
}
