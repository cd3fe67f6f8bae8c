"""Telling, thanking, and showing it to others. The only place that writes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from grapevine.challenges.models import Challenge, Outcome
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check, visible
from grapevine.people.facts import HelpGiven
from grapevine.people.models import Block, Person
from grapevine.people.queries import monday_of
from grapevine.recognition import facts
from grapevine.recognition.models import HelperStory, Thanks
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Vault
from grapevine.vaults.queries import has_seat, is_masked, read

Said = Thanks | HelperStory


@transaction.atomic
def tell_story(*, challenge: Challenge, helper: Person) -> HelperStory | None:
    """Let a helper hear what came of it, before anybody else. Nothing where there is no outcome yet."""
    outcome = Outcome.objects.filter(commitment__playback__challenge=challenge).first()
    if outcome is None or helper == challenge.brought_by:
        return None
    story, is_new = HelperStory.objects.get_or_create(
        challenge=challenge,
        person=helper,
        defaults={"by": challenge.brought_by, "words": outcome.words, "outcome": outcome.kind, "at": clock.now()},
    )
    if is_new:
        emit(facts.StoryTold(story=story.pk, by=story.by_id, person=helper.pk))
        live.changed("challenge", challenge.pk)
    return story


@transaction.atomic
def thank(*, by: Person, person: Person, words: str, challenge: Challenge | None = None) -> Thanks:
    """Say thanks, to this person alone. For a challenge only its bringer can, and once to each helper."""
    vault = _vault_of(by, person, challenge)
    text = vaults.write(by=by, vault=vault, kind="thanks", words=words)
    thanks = Thanks.objects.create(by=by, person=person, challenge=challenge, words=text, at=clock.now())
    if has_seat(person, vault):
        _acknowledge(thanks, vault)
    if challenge:
        live.changed("challenge", challenge.pk)
    return thanks


@transaction.atomic
def hear(*, by: Person, recognition: Said) -> Said:
    """The helper has seen it."""
    check(by, "hear", recognition)
    return _note(recognition, {"heard_at": recognition.heard_at or clock.now()})


def propose_showing(*, by: Person, recognition: Said) -> Said:
    """Say that colleagues may read it. They do so only when the other agrees."""
    return _agree(by, recognition)


def agree_showing(*, by: Person, recognition: Said) -> Said:
    """Say yes too: from now on colleagues can read it."""
    return _agree(by, recognition)


@transaction.atomic
def keep_between(*, by: Person, recognition: Said) -> Said:
    """Rather not. The other goes on waiting and cannot tell a no from not yet."""
    check(by, "keep_between", recognition)
    return _note(recognition, {f"{recognition.side_of(by)}_keeps_at": clock.now()})


@transaction.atomic
def take_back_showing(*, by: Person, recognition: Said) -> Said:
    """Not for colleagues any more: the open words are gone, and showing it again needs both again."""
    check(by, "take_back", recognition)
    _note(recognition, {"by_agrees_at": None, "person_agrees_at": None, "open_words": ""})
    _changed(recognition)
    return recognition


def _vault_of(by: Person, person: Person, challenge: Challenge | None) -> Vault:
    if by == person or (challenge and challenge.brought_by_id != by.pk):
        raise PermissionDenied
    if challenge:
        if not has_seat(person, challenge.vault):
            raise PermissionDenied
        return challenge.vault
    if not visible(by, Person).filter(pk=person.pk).exists():
        raise PermissionDenied
    is_unwanted = Block.objects.filter(person=person, blocked=by).exists()
    seats = [(by, "thanks")] if is_unwanted else [(by, "thanks"), (person, "thanked")]
    return vaults.open_vault(kind="thanks", seats=seats)


def _acknowledge(thanks: Thanks, vault: Vault) -> None:
    if not is_masked(thanks.by, vault):
        today = clock.today(thanks.by.timezone)
        week = monday_of(today)  # from a sealed place only the week is told
        emit(HelpGiven(helper=thanks.person_id, helped=thanks.by_id, kind="thanks", occasion="", on=week))
    emit(facts.ThanksSaid(thanks=thanks.pk, by=thanks.by_id, person=thanks.person_id))


@transaction.atomic
def _agree(by: Person, recognition: Said) -> Said:
    rows: QuerySet[Any] = type(recognition)._default_manager.select_for_update()
    recognition.refresh_from_db(from_queryset=rows)  # two who press at once wait for each other
    check(by, "show", recognition)
    mine = recognition.side_of(by)
    _note(recognition, {f"{mine}_agrees_at": clock.now(), f"{mine}_keeps_at": None})
    if recognition.is_public:
        _note(recognition, {"open_words": read(by, recognition.words)})
    _tell_agreement(by, recognition)
    _changed(recognition)
    return recognition


def _tell_agreement(by: Person, recognition: Said) -> None:
    kind, pk, other = recognition.kind, recognition.pk, recognition.side_opposite(by)
    if recognition.is_public:
        emit(facts.MadePublic(kind=kind, recognition=pk, by=recognition.by_id, person=recognition.person_id))
    elif not getattr(recognition, f"{other}_keeps_at"):
        emit(facts.ShowingProposed(kind=kind, recognition=pk, asked=getattr(recognition, f"{other}_id")))


def _note(recognition: Said, changes: dict[str, Any]) -> Said:
    for name, value in changes.items():
        setattr(recognition, name, value)
    recognition.save(update_fields=[*changes])
    return recognition


def _changed(recognition: Said) -> None:
    if recognition.challenge_id:
        live.changed("challenge", recognition.challenge_id)
