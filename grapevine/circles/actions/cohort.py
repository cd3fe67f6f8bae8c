"""Proposing a round of circles, changing it, calling it off; coming to its taste."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge
from grapevine.circles import facts
from grapevine.circles.actions.applying import destroy_answers
from grapevine.circles.actions.holding import held_cohort
from grapevine.circles.models import Cohort
from grapevine.circles.queries.cohort import has_applicants
from grapevine.kernel import clock
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.people.models import Person
from grapevine.rooms.actions import plan_session
from grapevine.rooms.models import Session
from grapevine.rooms.queries import formats_for
from grapevine.vaults import actions as vaults

TASTE = "circle_challenge"
AGREED_TO = ("is_across", "is_whole_chain", "starts_on", "apply_until", "weeks", "every", "minutes")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a proposer says about a cohort; the words and figures of `Cohort`."""

    theme: str
    words: str
    starts_on: date
    apply_until: date
    is_across: bool = False
    is_whole_chain: bool = False
    weeks: int = 13
    every: int = 2
    minutes: int = 90
    preview_at: datetime | None = None


@transaction.atomic
def propose_cohort(*, by: Person, terms: Terms) -> Cohort:
    """ "Who would sit in a circle about this?" Days and hours are on the wall of the proposer."""
    cohort = Cohort.objects.create(
        by=by, organisation=by.organisation, zone=by.timezone, at=clock.now(), **asdict(terms)
    )
    _plan_taste(by, cohort)
    emit(facts.CircleProposed(cohort=cohort.pk, by=by.pk))
    return cohort


@transaction.atomic
def change_cohort(*, by: Person, cohort: Cohort, terms: Terms) -> Cohort:
    """Say it differently, while nothing is formed. A taste that was offered stays where and when it is.

    Once somebody applied, what they agreed to stays as it is: raises ValidationError where it would change.
    """
    cohort = held_cohort(cohort.pk, by=by)
    check(by, "change", cohort)
    is_other = any(getattr(cohort, name) != getattr(terms, name) for name in AGREED_TO)
    if is_other and has_applicants(cohort):
        raise ValidationError(
            _("People have applied: who may apply, the dates and the rule stay. Nothing was changed.")
        )
    for name, said in asdict(terms).items():
        setattr(cohort, name, said)
    if cohort.preview:
        cohort.preview_at = cohort.preview.planned_at
    cohort.save()
    _plan_taste(by, cohort)
    return cohort


@transaction.atomic
def call_off_cohort(*, by: Person, cohort: Cohort) -> None:
    """There will be no circles of it. What people wrote for it is destroyed."""
    cohort = held_cohort(cohort.pk, by=by)
    check(by, "call_off", cohort)
    let_cohort_go(cohort=cohort)


@transaction.atomic
def let_cohort_go(*, cohort: Cohort) -> None:
    """The same, whoever found out; those who applied are told."""
    cohort.called_off_at = clock.now()
    cohort.save(update_fields=["called_off_at"])
    applied = list(cohort.applications.filter(withdrawn_at__isnull=True).select_related("vault"))
    for application in applied:
        destroy_answers(application=application)
    emit(facts.CohortCalledOff(cohort=cohort.pk, people=tuple(application.person_id for application in applied)))
    if cohort.preview and cohort.preview.planned_at > clock.now():
        end_taste(cohort=cohort)


@transaction.atomic
def come_to_taste(*, by: Person, cohort: Cohort) -> Session:
    """ "I'd like to come": a seat in the vault of that hour."""
    check(by, "come_to_taste", cohort)
    session = cohort.preview
    assert session is not None, "the policy asks for one"
    assert session.vault is not None, "a taste is sealed"
    if not session.vault.seats.filter(person=by, until_at__isnull=True).exists():
        vaults.admit(vault=session.vault, person=by, role="member")
    return session


@transaction.atomic
def stay_away_from_taste(*, by: Person, cohort: Cohort) -> None:
    """Not after all."""
    check(by, "see", cohort)
    if cohort.preview and cohort.preview.vault and by.pk != cohort.by_id:
        vaults.leave(vault=cohort.preview.vault, person=by)


@transaction.atomic
def end_taste(*, cohort: Cohort) -> None:
    """Who brought something to that hour takes it home; everything else of it is destroyed."""
    session = cohort.preview
    if session is None or session.vault is None:
        return
    for challenge in Challenge.objects.filter(story__session=session).select_related("vault", "brought_by"):
        challenges.take_home(challenge=challenge)
    for note in session.notes.select_related("vault"):
        vaults.shred(vault=note.vault)
    vaults.shred(vault=session.vault)


def _plan_taste(by: Person, cohort: Cohort) -> None:
    """An hour in a vault of its own."""
    if cohort.preview or not cohort.preview_at:
        return
    cohort.preview = plan_session(
        by=by,
        format=next(way.body for way in formats_for(by) if way.key == TASTE),
        planned_at=cohort.preview_at,
        vault=vaults.open_vault(kind="taste", seats=[(by, "member")]),
        origin=("cohort", str(cohort.pk), cohort.get_absolute_url()),
        relay_only=cohort.is_across,
    )
    cohort.save(update_fields=["preview"])
