"""The verbs of a challenge: bring, ask, answer, offer, play back, report, close. The only place that writes."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.challenges import facts
from grapevine.challenges.models import (
    Challenge,
    ClarifyingQuestion,
    Closing,
    Commitment,
    Got,
    Idea,
    KeepTogether,
    LetFind,
    Noticing,
    Outcome,
    Playback,
)
from grapevine.challenges.promise import without_when, without_will
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.people.facts import HelpGiven
from grapevine.people.models import Person
from grapevine.people.queries import monday_of
from grapevine.skills.actions import mark_used, note_evidence, reword_evidence
from grapevine.skills.models import Evidence, Skill
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Seat, Vault
from grapevine.vaults.queries import is_masked

MONDAY = 0


class SaidAlreadyError(ValidationError):
    """This helper was proposed before. The words are those of a yes, a no and a silence alike."""

    def __init__(self) -> None:
        words = _("You have proposed this already. Whether it counts is theirs to decide, and nobody is asked twice.")
        super().__init__(words)


@transaction.atomic
def bring(*, by: Person, vault: Vault, title: str, words: str, occasion: str = "ask") -> Challenge:
    """Tell a challenge to those who have a seat in `vault`."""
    challenge = Challenge.objects.create(
        brought_by=by,
        vault=vault,
        occasion=occasion,
        at=clock.now(),
        title=vaults.write(by=by, vault=vault, kind="title", words=title),
        words=vaults.write(by=by, vault=vault, kind="challenge", words=words),
    )
    emit(facts.ChallengeBrought(challenge=challenge.pk, bringer=by.pk))
    return challenge


@transaction.atomic
def ask_clarifying(*, by: Person, challenge: Challenge, words: str) -> ClarifyingQuestion:
    """Ask to understand, before any idea."""
    check(by, "ask", challenge)
    text = vaults.write(by=by, vault=challenge.vault, kind="question", words=words)
    question = ClarifyingQuestion.objects.create(challenge=challenge, by=by, words=text, at=clock.now())
    _said(by, challenge, "question")
    return question


@transaction.atomic
def answer(*, by: Person, question: ClarifyingQuestion, words: str) -> ClarifyingQuestion:
    """Answer a question, or answer it better."""
    check(by, "answer", question)
    if question.answer:
        vaults.rewrite(by=by, text=question.answer, words=words)
    else:
        question.answer = vaults.write(by=by, vault=question.challenge.vault, kind="answer", words=words)
    question.answered_at = clock.now()
    question.save(update_fields=["answer", "answered_at"])
    _said(by, question.challenge, "answer")
    return question


@transaction.atomic
def offer_idea(*, by: Person, challenge: Challenge, words: str) -> Idea:
    """Offer an idea: the bringer keeps it or lets it go."""
    check(by, "offer_idea", challenge)
    text = vaults.write(by=by, vault=challenge.vault, kind="idea", words=words)
    idea = Idea.objects.create(challenge=challenge, by=by, words=text, at=clock.now())
    _said(by, challenge, "idea")
    return idea


@transaction.atomic
def play_back(
    *,
    by: Person,
    challenge: Challenge,
    keeping: Iterable[Idea],
    when: str,
    will: str,
    on: date | None = None,
    may_notice: Person | None = None,
    got: str = "",
) -> Playback:
    """Keep ideas and commit: "when ..., I will ..." from `on` (next Monday where the bringer lives, by default)."""
    check(by, "play_back", challenge)
    now, when, will = clock.now(), without_when(when), without_will(will)
    kept = {idea.pk for idea in keeping}
    challenge.ideas.filter(pk__in=kept).update(kept_at=now)
    playback = Playback.objects.create(challenge=challenge, got=got, at=now)
    commitment = _commit(by, playback, when, will, on or clock.next_weekday(MONDAY, clock.today(by.timezone)))
    if may_notice:
        invite_to_notice(by=by, commitment=commitment, person=may_notice, when=when, will=will)
    helpers = helpers_of(challenge)
    emit(facts.PlayedBack(challenge=challenge.pk, bringer=by.pk, helpers=helpers, on=commitment.on))
    acknowledge_help(challenge=challenge, kind="idea")
    live.changed("challenge", challenge.pk)
    return playback


@transaction.atomic
def invite_to_notice(*, by: Person, commitment: Commitment, person: Person, when: str, will: str) -> Noticing:
    """Let one colleague know what to look out for; of the talk they learn nothing."""
    check(by, "move", commitment)
    vault = vaults.open_vault(kind="noticing", seats=[(by, "bringer"), (person, "notices")])
    words = vaults.write(by=by, vault=vault, kind="commitment", words=f"{when}\n{will}")
    noticing = Noticing.objects.create(commitment=commitment, person=person, vault=vault, words=words, at=clock.now())
    emit(facts.NoticingAsked(noticing=noticing.pk, by=by.pk, person=person.pk))
    return noticing


@transaction.atomic
def tell_what_i_saw(*, by: Person, noticing: Noticing, words: str) -> Noticing:
    """ "I saw you do it", in words, to the bringer alone."""
    check(by, "tell", noticing)
    noticing.saw = vaults.write(by=by, vault=noticing.vault, kind="saw", words=words)
    noticing.saw_at = clock.now()
    noticing.save(update_fields=["saw", "saw_at"])
    bringer = noticing.commitment.playback.challenge.brought_by_id
    emit(facts.Noticed(noticing=noticing.pk, by=by.pk, person=bringer))
    return noticing


def confirm_commitment(*, by: Person, commitment: Commitment) -> Commitment:
    """Still right."""
    return _move(by, commitment, confirmed_at=clock.now())


def put_off_commitment(*, by: Person, commitment: Commitment) -> Commitment:
    """Not now: it comes again a week later, also where "still right" was said before."""
    next_on = clock.next_weekday(MONDAY, after=max(commitment.on, clock.today(commitment.zone)))
    return _move(by, commitment, put_off_at=clock.now(), confirmed_at=None, on=next_on)


@transaction.atomic
def change_commitment(*, by: Person, commitment: Commitment, when: str, will: str, on: date) -> Commitment:
    """Say it differently, or for another day where the bringer is now."""
    _move(by, commitment, confirmed_at=None, on=on, zone=by.timezone)
    vaults.rewrite(by=by, text=commitment.when, words=without_when(when))
    vaults.rewrite(by=by, text=commitment.will, words=without_will(will))
    live.changed("challenge", commitment.playback.challenge_id)
    return commitment


@transaction.atomic
def report(*, by: Person, commitment: Commitment, kind: str, words: str = "") -> Outcome:
    """Tell what came of it. The helpers hear it before anybody else."""
    check(by, "move", commitment)
    challenge = commitment.playback.challenge
    text = vaults.write(by=by, vault=challenge.vault, kind="outcome", words=words) if words else None
    outcome = Outcome.objects.create(commitment=commitment, kind=kind, words=text, at=clock.now())
    if kind == Outcome.Kind.USED:
        mark_used(origin_kind="challenge", origin_key=str(challenge.pk))
    helpers = helpers_of(challenge)
    emit(facts.OutcomeReported(challenge=challenge.pk, bringer=by.pk, helpers=helpers, kind=kind))
    acknowledge_help(challenge=challenge, kind="outcome")
    live.changed("challenge", challenge.pk)
    return outcome


@transaction.atomic
def let_others_find(
    *, by: Person, challenge: Challenge, helper: Person, topic: str, skill: Skill | None = None
) -> Evidence:
    """The helped person names, in open words, what this helper could be found for. The helper decides.

    Once: a second time it raises SaidAlreadyError, in the same words whatever the helper made of the first.
    """
    check(by, "let_find", challenge)
    _say_once(challenge, helper)
    commitment = challenge.playback.commitment
    used = Outcome.objects.filter(commitment=commitment, kind=Outcome.Kind.USED).exists()
    line = note_evidence(
        person=helper,
        kind=Evidence.Kind.USED if used else Evidence.Kind.HELPED,
        words=topic,
        skill=skill,
        on=clock.today(by.timezone),
        origin_kind="challenge",
        origin_key=str(challenge.pk),
        got=challenge.playback.got,
        by=None if is_masked(by, challenge.vault) else by,
    )
    emit(facts.EvidenceProposed(evidence=line.pk, helper=helper.pk, helped=by.pk, challenge=challenge.pk))
    return line


@transaction.atomic
def learned(*, by: Person, challenge: Challenge, topic: str, skill: Skill | None = None) -> Evidence:
    """The bringer lets colleagues know: I learned this, just now. Said again, the new words count."""
    check(by, "be_found", challenge)
    line = note_evidence(
        person=by,
        kind=Evidence.Kind.LEARNED,
        words=topic,
        skill=skill,
        on=clock.today(by.timezone),
        origin_kind="challenge",
        origin_key=str(challenge.pk),
        agreed=True,
    )
    reword_evidence(by=by, evidence=line, words=topic, skill=skill)
    return line


@transaction.atomic
def keep_together(*, by: Person, challenge: Challenge) -> KeepTogether:
    """Agree that ideas nobody kept stay for the two. Both have to."""
    check(by, "keep_together", challenge)
    live.changed("challenge", challenge.pk)
    return KeepTogether.objects.get_or_create(challenge=challenge, person=by, defaults={"at": clock.now()})[0]


@transaction.atomic
def close(*, by: Person, challenge: Challenge) -> Closing:
    """I am done here."""
    check(by, "close", challenge)
    return let_end(challenge=challenge)


@transaction.atomic
def let_end(*, challenge: Challenge) -> Closing:
    """It is over, also when nobody is left to say so. Ideas nobody kept vanish, unless everybody agreed to keep them."""
    if not all_keep_together(challenge):
        lost = challenge.ideas.filter(kept_at__isnull=True).select_related("words")
        vaults.erase(texts=[idea.words for idea in lost])
    closing = Closing.objects.create(challenge=challenge, by=challenge.brought_by, at=clock.now())
    emit(facts.ChallengeClosed(challenge=challenge.pk, bringer=challenge.brought_by_id))
    live.changed("challenge", challenge.pk)
    return closing


def acknowledge_help(*, challenge: Challenge, kind: str) -> None:
    """Tell the network who helped. Under a pseudonym nothing is told until both revealed themselves."""
    if is_masked(challenge.brought_by, challenge.vault):
        return
    today = clock.today(challenge.brought_by.timezone)
    week = monday_of(today)  # from a sealed place only the week is told
    for helper in helpers_of(challenge):
        emit(HelpGiven(helper=helper, helped=challenge.brought_by_id, kind=kind, occasion="", on=week))


def acknowledge_all(*, challenge: Challenge) -> None:
    """What could not be told under a pseudonym: the playback, and what came of it."""
    if Playback.objects.filter(challenge=challenge).exists():
        acknowledge_help(challenge=challenge, kind="idea")
    if Outcome.objects.filter(commitment__playback__challenge=challenge).exists():
        acknowledge_help(challenge=challenge, kind="outcome")


def helpers_of(challenge: Challenge) -> tuple[int, ...]:
    """Who helped: whose idea was kept; and, where the bringer got something, everybody who spoke."""
    kept = set(challenge.ideas.filter(kept_at__isnull=False).values_list("by", flat=True))
    playback = Playback.objects.filter(challenge=challenge).first()
    if playback and playback.got and playback.got != Got.NOT_THIS_TIME:
        kept |= set(challenge.questions.values_list("by", flat=True))
        kept |= set(challenge.ideas.values_list("by", flat=True))
    return tuple(sorted(kept))


def all_keep_together(challenge: Challenge) -> bool:
    """Whether everybody agreed to keep the ideas. Who left keeps their word, and who left without one gave none."""
    seated = set(Seat.objects.filter(vault=challenge.vault).values_list("person", flat=True))
    return seated <= set(challenge.keep_together.values_list("person", flat=True))


def _say_once(challenge: Challenge, helper: Person) -> None:
    _, is_new = LetFind.objects.get_or_create(challenge=challenge, person=helper, defaults={"at": clock.now()})
    if not is_new:
        raise SaidAlreadyError


def _commit(by: Person, playback: Playback, when: str, will: str, on: date) -> Commitment:
    vault = playback.challenge.vault
    return Commitment.objects.create(
        playback=playback,
        on=on,
        zone=by.timezone,
        when=vaults.write(by=by, vault=vault, kind="when", words=when),
        will=vaults.write(by=by, vault=vault, kind="will", words=will),
    )


@transaction.atomic
def _move(by: Person, commitment: Commitment, **changes: object) -> Commitment:
    check(by, "move", commitment)
    for name, value in changes.items():
        setattr(commitment, name, value)
    commitment.save(update_fields=[*changes])
    return commitment


def _said(by: Person, challenge: Challenge, kind: str) -> None:
    emit(facts.SomethingSaid(challenge=challenge.pk, by=by.pk, kind=kind))
    live.changed("challenge", challenge.pk)
