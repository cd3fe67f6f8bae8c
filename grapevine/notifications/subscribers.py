"""Who is told what. Each subscriber turns one fact into a line in the inbox of the right person, and no other's."""

from typing import Any
from uuid import UUID

from grapevine.asks import facts as asks
from grapevine.asks.models import Introduction, Request
from grapevine.challenges import facts as challenges
from grapevine.challenges.models import Challenge, Commitment
from grapevine.kernel import facts
from grapevine.kernel.facts import hears
from grapevine.notifications.actions import drop_letters, settle, settle_nudges
from grapevine.notifications.queries import was_told
from grapevine.notifications.telling import find, tell_about
from grapevine.people.facts import PersonLeft
from grapevine.people.models import Person
from grapevine.people.queries import blocked_pairs
from grapevine.recognition import facts as recognition
from grapevine.recognition.models import HelperStory, Thanks
from grapevine.vaults.models import Seat

TieProposed: Any = facts.kinds()["network.TieProposed"]  # a neighbour's: known by name, never imported
TieAgreed: Any = facts.kinds()["network.TieAgreed"]
IN_A_TALK = ("accepted", "question", "answer", "idea")


# --- asks ----------------------------------------------------------------------------------------


@hears(asks.RequestSent)
def somebody_asks(fact: asks.RequestSent) -> None:
    """The one who was asked."""
    if request := _request(fact.request):
        tell_about(fact.to, "asked", request.pk, "request", **_asker(request))


@hears(asks.RequestAccepted)
def somebody_says_yes(fact: asks.RequestAccepted) -> None:
    """The asker, at once."""
    settle(person=fact.helper, kinds=["asked"], about=fact.request)
    tell_about(fact.asker, "accepted", fact.challenge, "challenge", by=find(fact.helper))


@hears(asks.RequestAnswered)
def somebody_points_on(fact: asks.RequestAnswered) -> None:
    """The asker, when there is somewhere to go. A plain no is told by nothing, at no time, to nobody."""
    if request := _request(fact.request):
        settle(person=request.to_id, kinds=["asked"], about=request.pk)
        if fact.points_on:
            _tell_of_ask(request, "pointed", by=request.to)


@hears(asks.RequestWentOn)
def nobody_answered(fact: asks.RequestWentOn) -> None:
    """Both: where the ask is now, and that nothing is left to do."""
    request, onward = _request(fact.request), _request(fact.next_request)
    if request is None:
        return
    if onward:
        _tell_of_ask(request, "went-on", by=onward.to)
    else:
        _tell_of_ask(request, "elsewhere", by=request.to)
    settle(person=fact.to, kinds=["asked"], about=request.pk)
    if onward and not hasattr(request, "reply"):
        tell_about(fact.to, "released", request.pk, "request", **_asker(request))


@hears(asks.IntroductionProposed)
def an_introduction_is_asked_for(fact: asks.IntroductionProposed) -> None:
    """First the one who knows both, then the other side, unless it blocked the asker or was blocked meanwhile."""
    found = Introduction.objects.filter(pk=fact.introduction).select_related("ask__by", "through").first()
    if found and fact.step == "through":
        tell_about(fact.asked, "introduce", found.pk, "introduction", by=found.ask.by, alias=found.ask.alias)
    elif found and not _are_apart(fact.asked, found.ask.by_id):
        tell_about(fact.asked, "meet", found.pk, "introduction", by=found.through)


@hears(asks.IntroductionMade)
def an_introduction_is_made(fact: asks.IntroductionMade) -> None:
    """The asker."""
    if request := _request(fact.request):
        _tell_of_ask(request, "introduced", by=request.to)


@hears(asks.IntroductionWentOn)
def nobody_was_introduced(fact: asks.IntroductionWentOn) -> None:
    """The asker, in the same words after a no and a silence; and who was silent, that nothing is left to do."""
    found = Introduction.objects.filter(pk=fact.introduction).select_related("ask__by", "to").first()
    if found is None:
        return
    onward = _request(fact.next_request)
    # without a name: what is by somebody who blocked the asker would not come, and that would tell of the block
    kind, by = ("went-on-without", onward.to) if onward else ("without", None)
    tell_about(fact.asker, kind, found.pk, "ask-sent", page_of=found.ask_id, by=by)
    asked, waits = (found.to_id, "meet") if found.through_agreed_at else (found.through_id, "introduce")
    settle(person=asked, kinds=[waits], about=found.pk)
    if onward and found.let_go_at is None:
        tell_about(asked, "released-between", found.pk, "introduction", by=found.ask.by)


@hears(asks.RevealOffered)
def a_name_is_offered(fact: asks.RevealOffered) -> None:
    """The other side; nobody is named, that is the question."""
    if request := _request(fact.request):
        tell_about(fact.asked, "reveal", request.pk, "challenge", page_of=request.challenge_id)


@hears(asks.Revealed)
def names_are_shown(fact: asks.Revealed) -> None:
    """Both."""
    if request := _request(fact.request):
        tell_about(fact.asker, "revealed", request.pk, "challenge", page_of=request.challenge_id, by=request.to)
        tell_about(fact.helper, "revealed", request.pk, "challenge", page_of=request.challenge_id, by=request.ask.by)


# --- challenges ----------------------------------------------------------------------------------


@hears(challenges.SomethingSaid)
def something_was_said(fact: challenges.SomethingSaid) -> None:
    """Everybody else in the talk. Who speaks in it has read what was there; a group hears it in its room."""
    settle(person=fact.by, kinds=IN_A_TALK, about=fact.challenge)
    if (challenge := _challenge(fact.challenge)) and challenge.is_of_two:
        for seat in _others(challenge, fact.by):
            tell_about(seat.person_id, fact.kind, challenge.pk, "challenge", **_voice(fact.by, challenge.vault_id))


@hears(challenges.PlayedBack)
def somebody_played_back(fact: challenges.PlayedBack) -> None:
    """Those who helped."""
    settle(person=fact.bringer, kinds=IN_A_TALK, about=fact.challenge)
    settle_nudges(person=fact.bringer, kind="playback", key=fact.challenge)
    if challenge := _challenge(fact.challenge):
        for helper in fact.helpers:
            if challenge.is_of_two:
                tell_about(helper, "kept", challenge.pk, "challenge", **_voice(fact.bringer, challenge.vault_id))
            else:
                tell_about(helper, "circle-kept", challenge.pk, "challenge")


@hears(challenges.OutcomeReported)
def somebody_said_what_happened(fact: challenges.OutcomeReported) -> None:
    """Nobody yet: the helpers hear the story from `recognition`. What was asked for is done."""
    for commitment in Commitment.objects.filter(playback__challenge=fact.challenge):
        settle(person=fact.bringer, kinds=["monday", "happened"], about=commitment.pk)
        settle_nudges(person=fact.bringer, kind="happened", key=commitment.pk)


@hears(challenges.NoticingAsked)
def somebody_asks_to_notice(fact: challenges.NoticingAsked) -> None:
    """The one who was invited."""
    tell_about(fact.person, "notice", fact.noticing, "noticing", by=find(fact.by))


@hears(challenges.Noticed)
def somebody_noticed(fact: challenges.Noticed) -> None:
    """The bringer."""
    settle(person=fact.by, kinds=["notice"], about=fact.noticing)
    tell_about(fact.person, "noticed", fact.noticing, "noticing", by=find(fact.by))


@hears(challenges.ExampleReleased)
def a_page_would_name_somebody(fact: challenges.ExampleReleased) -> None:
    """Everybody it would name."""
    for person in fact.asked:
        tell_about(person, "named", fact.example, "example", by=find(fact.by))


@hears(challenges.ExampleUsed)
def a_page_was_used(fact: challenges.ExampleUsed) -> None:
    """Its writer. Who used it is nobody's business."""
    if not _are_apart(fact.writer, fact.by):
        tell_about(fact.writer, "used", fact.example, "example")


@hears(challenges.EvidenceProposed)
def somebody_would_be_found(fact: challenges.EvidenceProposed) -> None:
    """The helper, who decides."""
    if challenge := _challenge(fact.challenge):
        tell_about(fact.helper, "found", fact.evidence, "mine", **_voice(fact.helped, challenge.vault_id))


# --- recognition ---------------------------------------------------------------------------------


@hears(recognition.ThanksSaid)
def somebody_was_thanked(fact: recognition.ThanksSaid) -> None:
    """The helper."""
    if thanks := _of(Thanks, fact.thanks):
        _tell_of_help(fact.person, "thanked", thanks)


@hears(recognition.StoryTold)
def a_story_was_told(fact: recognition.StoryTold) -> None:
    """The helper, before anybody else."""
    if story := _of(HelperStory, fact.story):
        _tell_of_help(fact.person, "story", story)


@hears(recognition.ShowingProposed)
def showing_is_proposed(fact: recognition.ShowingProposed) -> None:
    """The other side."""
    model, kind = (Thanks, "show") if fact.kind == "thanks" else (HelperStory, "show-story")
    if shown := _of(model, fact.recognition):
        other = shown.person if shown.by_id == fact.asked else shown.by
        tell_about(fact.asked, kind, shown.pk, "thanks", **_voice(other.pk, shown.words and shown.words.vault_id))


@hears(recognition.MadePublic)
def words_are_shown(fact: recognition.MadePublic) -> None:
    """Both."""
    for person, other in ((fact.by, fact.person), (fact.person, fact.by)):
        tell_about(person, "shown", f"{fact.kind}:{fact.recognition}", "thanks", by=find(other))


# --- people and ties -----------------------------------------------------------------------------


@hears(TieProposed)
def a_tie_is_proposed(fact: Any) -> None:
    """The other side."""
    tell_about(fact.asked, "tie", fact.by, "network", by=find(fact.by))


@hears(TieAgreed)
def a_tie_is_on_both_maps(fact: Any) -> None:
    """Both, the first time: that one of them took it off in between is not told by saying so again."""
    for person, other in ((fact.one, fact.other), (fact.other, fact.one)):
        settle(person=person, kinds=["tie"], about=other)
        if not was_told(person, "tied", other):
            tell_about(person, "tied", other, "network", by=find(other))


@hears(PersonLeft)
def somebody_left(fact: PersonLeft) -> None:
    """Nothing more goes out to them."""
    drop_letters(person=fact.person)


# --- finding who and what ------------------------------------------------------------------------


def _tell_of_ask(request: Request, kind: str, by: Person) -> None:
    tell_about(request.ask.by_id, kind, request.pk, "ask-sent", page_of=request.ask_id, by=by)


def _tell_of_help(to: int, kind: str, told: Any) -> None:
    """With a name, unless it was in a group: who sits there stays there."""
    if told.challenge and not told.challenge.is_of_two:
        tell_about(to, f"circle-{kind}", told.pk, "thanks")
    else:
        tell_about(to, kind, told.pk, "thanks", **_writer(told))


def _request(pk: int) -> Request | None:
    return Request.objects.filter(pk=pk).select_related("ask__by", "to", "reply").first()


def _challenge(pk: int) -> Challenge | None:
    return Challenge.objects.filter(pk=pk).first()


def _of(model: Any, pk: int) -> Any:
    return model.objects.filter(pk=pk).select_related("by", "person", "words", "challenge").first()


def _others(challenge: Challenge, speaker: int) -> list[Seat]:
    return list(Seat.objects.filter(vault=challenge.vault_id, until_at__isnull=True).exclude(person=speaker))


def _asker(request: Request) -> dict[str, Any]:
    return _voice(request.ask.by_id, request.vault_id)


def _writer(words: Any) -> dict[str, Any]:
    return _voice(words.by_id, words.words.vault_id if words.words else None)


def _voice(person: int, vault: UUID | None) -> dict[str, Any]:
    """The person, and the name under which they sit there still."""
    seats = Seat.objects.filter(person=person, vault=vault) if vault else Seat.objects.none()
    alias = seats.exclude(alias="").values_list("alias", flat=True).first() or ""
    return {"by": find(person), "alias": alias}


def _are_apart(one: int, other: int) -> bool:
    first, second = find(one), find(other)
    return not (first and second) or second.pk in blocked_pairs(first)
