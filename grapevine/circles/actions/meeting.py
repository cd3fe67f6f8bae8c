"""Before a meeting: who comes, when it is, whose turn it is, what is brought."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge
from grapevine.circles import facts
from grapevine.circles.actions import duties, seating
from grapevine.circles.actions.holding import held
from grapevine.circles.models import Brought, Duty, Meeting, Rsvp, Swap
from grapevine.circles.queries.presence import member_ids, members
from grapevine.circles.queries.turns import Plan, plan_of
from grapevine.circles.queries.ways import ways_for
from grapevine.circles.rota import SwapRefusedError, replan
from grapevine.circles.season import starts_at
from grapevine.circles.turns import Rota
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.kernel.text import cut
from grapevine.people.models import Person
from grapevine.vaults import actions as vaults

TITLE = 80


@transaction.atomic
def say_whether_i_come(*, by: Person, meeting: Meeting, comes: bool) -> Rsvp:
    """ "I come", or "I can't"; the last word counts."""
    meeting = held(meeting, circle=meeting.circle_id)
    check(by, "come", meeting)
    said = {"comes": comes, "at": clock.now()}
    rsvp, _is_new = Rsvp.objects.update_or_create(meeting=meeting, person=by, defaults=said)
    live.changed("circle", meeting.circle_id)
    return rsvp


@transaction.atomic
def move(*, by: Person, meeting: Meeting, on: date, hour: time) -> Meeting:
    """Another day or hour on the circle's wall. Everybody is told, and says anew whether they come."""
    meeting = held(meeting, circle=meeting.circle_id)
    check(by, "move", meeting)
    at = starts_at(on, hour, meeting.circle.zone)
    if trouble := why_not_at(meeting, at):
        raise ValidationError(trouble)
    meeting.on, meeting.hour, meeting.at, meeting.sequence = on, hour, at, meeting.sequence + 1
    meeting.save(update_fields=["on", "hour", "at", "sequence"])
    meeting.rsvps.all().delete()
    _tell_moved(meeting, "moved")
    return meeting


@transaction.atomic
def choose_way(*, by: Person, meeting: Meeting, key: str) -> Meeting:
    """Another format for it, by the key of its way. Turns stay with whom they are. Raises ValidationError where it does not suit."""
    meeting = held(meeting, circle=meeting.circle_id)
    check(by, "choose_way", meeting)
    if key not in {way.key for way in ways_for(by, meeting)}:
        raise ValidationError(_("This way does not suit this meeting any more. Choose another one."))
    meeting.format = key
    meeting.save(update_fields=["format"])
    live.changed("circle", meeting.circle_id)
    return meeting


@transaction.atomic
def call_off(*, by: Person, meeting: Meeting) -> Meeting:
    """It does not take place. Whoever would have brought something there gets a free meeting, if there is one."""
    meeting = held(meeting, circle=meeting.circle_id)
    check(by, "call_off", meeting)
    meeting.called_off_at, meeting.sequence = clock.now(), meeting.sequence + 1
    meeting.save(update_fields=["called_off_at", "sequence"])
    plan = plan_of(meeting.circle)
    if plan.meetings:
        duties.keep(meeting.circle, plan, replan(plan.rota, done=plan.done))
    _tell_moved(meeting, "off")
    return meeting


@transaction.atomic
def bring(*, by: Person, meeting: Meeting, situation: str, why_now: str, would_help: str, help_kind: str) -> Challenge:
    """Three lines before the meeting: they become a challenge for those who sit in the circle now."""
    meeting = held(meeting, circle=meeting.circle_id)
    check(by, "bring", meeting)
    others = [(person, "peer") for person in members(meeting.circle) if person.pk != by.pk]
    vault = vaults.open_vault(kind="challenge", seats=[(by, "bringer"), *others])
    words = f"{situation}\n\n{why_now}\n\n{would_help}\n\n{help_kind}"
    challenge = challenges.bring(by=by, vault=vault, title=_title_of(words), words=words, occasion="circle")
    Brought.objects.create(meeting=meeting, challenge=challenge)
    seating.follow(circle=meeting.circle)
    live.changed("circle", meeting.circle_id)
    return challenge


@transaction.atomic
def tell_anew(*, by: Person, brought: Brought, words: str) -> Challenge:
    """Other words for what was told before the meeting; they stand where the first ones stood."""
    brought = held(brought, circle=brought.meeting.circle_id)
    check(by, "tell_anew", brought)
    challenge = brought.challenge
    vaults.rewrite(by=by, text=challenge.words, words=words)
    vaults.rewrite(by=by, text=challenge.title, words=_title_of(words))
    live.changed("circle", brought.meeting.circle_id)
    return challenge


@transaction.atomic
def ask_to_swap(*, by: Person, mine: Duty, theirs: Duty) -> Swap:
    """Ask somebody to change turns. Raises SwapRefusedError where it would break the order of turns."""
    mine, theirs = (held(duty, circle=mine.meeting.circle_id) for duty in (mine, theirs))
    check(by, "swap", mine)
    _swapped(mine, theirs)
    asked = Swap.objects.create(mine=mine, theirs=theirs, by=by, at=clock.now())
    emit(facts.SwapAsked(swap=asked.pk, by=by.pk, to=theirs.person_id))
    live.changed("circle", mine.meeting.circle_id)
    return asked


@transaction.atomic
def answer_swap(*, by: Person, swap: Swap, is_agreed: bool) -> Swap:
    """Yes, or no, without a reason. Whoever asked learns which. Raises SwapRefusedError where it does not fit any more."""
    swap = held(swap, circle=swap.mine.meeting.circle_id)
    check(by, "answer", swap)
    swap.answered_at, swap.is_agreed = clock.now(), is_agreed
    swap.save(update_fields=["answered_at", "is_agreed"])
    if is_agreed:
        plan, new = _swapped(swap.mine, swap.theirs)
        duties.keep(swap.mine.meeting.circle, plan, new)
    emit(facts.SwapAnswered(swap=swap.pk, by=by.pk, to=swap.by_id, is_agreed=is_agreed))
    live.changed("circle", swap.mine.meeting.circle_id)
    return swap


def why_not_at(meeting: Meeting, at: datetime) -> str:
    """Why it cannot be then, for the person who tries; empty when it can."""
    if at <= clock.now():
        return _("That is over already. Choose a later day or hour.")
    others = Meeting.objects.filter(circle=meeting.circle_id, called_off_at__isnull=True).exclude(pk=meeting.pk)
    if others.filter(number__lt=meeting.number, at__gte=at).exists():
        return _("There is a meeting before this one that is later than that. Move the other one first.")
    if others.filter(number__gt=meeting.number, at__lte=at).exists():
        return _("There is a meeting after this one that is earlier than that. Move the other one first.")
    return ""


def _title_of(words: str) -> str:
    """How the situation begins."""
    return cut(" ".join(words.partition("\n\n")[0].split()), TITLE)


def _swapped(mine: Duty, theirs: Duty) -> tuple[Plan, Rota]:
    plan = plan_of(mine.meeting.circle)
    if theirs.meeting.circle_id != mine.meeting.circle_id:
        raise SwapRefusedError("not_theirs")
    return plan, plan.swapped(mine, theirs)


def _tell_moved(meeting: Meeting, kind: str) -> None:
    people = member_ids(meeting.circle)
    emit(facts.MeetingMoved(meeting=meeting.pk, sequence=meeting.sequence, kind=kind, people=people))
    live.changed("circle", meeting.circle_id)
