"""Cohorts as their reader meets them: what is open, what I applied for, what I proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from django.db.models import Count, Prefetch, Q

from grapevine.circles.forming import Rules
from grapevine.circles.models import Application, Circle, CircleSeat, Cohort, Proposal
from grapevine.circles.queries.candidates import free_hours
from grapevine.circles.season import Rule
from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.people.models import Person
from grapevine.vaults.queries import has_seat, read_all

STAYS_IN_SIGHT = timedelta(days=90)
FEW_HOURS = 4


class Stage(StrEnum):
    """How far a cohort has come."""

    OPEN = "open"
    CLOSED = "closed"
    FORMING = "forming"
    SHOWN = "shown"
    FOUNDED = "founded"
    OFF = "off"


@dataclass(frozen=True)
class Known:
    """A cohort and how far it has come, for one reader."""

    cohort: Cohort
    stage: Stage
    latest: Proposal | None
    application: Application | None = None
    is_seated: bool = False
    are_too_few: bool = False  # for a circle, of those who applied so far


@dataclass(frozen=True)
class Overview:
    """What the page of circles has besides the circles themselves."""

    applied: list[Known]
    proposed: list[Known]
    open: list[Known]


def overview(person: Person) -> Overview:
    """Three lists, newest first; what is long over is left out. Five queries."""
    since = clock.now() - STAYS_IN_SIGHT
    cohorts = [_known(person, row) for row in _cohorts(person) if row.at > since or row.starts_on > since.date()]
    applied = [each for each in cohorts if each.application and not _is_over(each)]
    proposed = [each for each in cohorts if each.cohort.by_id == person.pk]
    taken = {each.cohort.pk for each in (*applied, *proposed)}
    is_open = (each for each in cohorts if each.stage is Stage.OPEN and each.cohort.pk not in taken)
    return Overview(applied, proposed, [each for each in is_open if not each.application])


def known(person: Person, cohort: Cohort) -> Known:
    """The same of one cohort."""
    return _known(person, next(row for row in _cohorts(person) if row.pk == cohort.pk))


def applicants(cohort: Cohort) -> int:
    """How many applied. For the proposer."""
    return cohort.applications.filter(withdrawn_at__isnull=True, person__left_on__isnull=True).count()


def has_applicants(cohort: Cohort) -> bool:
    """Whether anybody has applied and not taken it back."""
    return cohort.applications.filter(withdrawn_at__isnull=True).exists()


def turns(cohort: Cohort) -> int:
    """How many meetings of the season are somebody's turn: all but the first and the last."""
    return len(Rule(cohort.starts_on, 0, time(), cohort.zone, cohort.weeks, cohort.every).challenge_weeks)


def sits_in(person: Person) -> Circle | None:
    """A circle of theirs whose season still runs."""
    mine = Circle.objects.filter(ended_at__isnull=True, seats__person=person, seats__left_at__isnull=True)
    return mine.select_related("cohort").first()


def last_on(cohort: Cohort) -> date:
    """A day of the last week."""
    return cohort.starts_on + timedelta(weeks=cohort.weeks - 1)


def comes_to_taste(person: Person, cohort: Cohort) -> bool:
    """Whether the person said they would come."""
    session = cohort.preview
    return bool(session and session.vault and has_seat(person, session.vault))


def answers_of(person: Person, application: Application) -> dict[str, str]:
    """What somebody wrote, for themselves: bring, gift, help."""
    texts = {name: getattr(application, name) for name in ("bring", "gift", "help")}
    words = read_all(person, [text for text in texts.values() if text])
    return {name: words.get(text.pk, "") if text else "" for name, text in texts.items()}


def names_kept(application: Application) -> dict[str, int]:
    """How many names are kept of each kind. Which, nobody can say any more."""
    kinds = list(application.marks.values_list("kind", flat=True))
    return {kind: kinds.count(kind) for kind in ("apart", "together")}


def last_answers(person: Person, cohort: Cohort) -> Application | None:
    """The application of somebody who found no circle last time: its words may serve again."""
    mine = Application.objects.filter(person=person, withdrawn_at__isnull=True, vault__shredded_at__isnull=True)
    kept = mine.filter(cohort__proposals__settled_at__isnull=False).exclude(cohort=cohort)
    return kept.select_related("bring", "gift", "help").order_by("-at").first()


def hours_to_choose(application: Application) -> int:
    """In how many hours of the week the applicant could meet all season long."""
    return free_hours(application.cohort, [application])[application.pk].bit_count()


def _cohorts(person: Person) -> Iterable[Cohort]:
    mine = Application.objects.filter(person=person, withdrawn_at__isnull=True)
    still = Q(applications__withdrawn_at__isnull=True, applications__person__left_on__isnull=True)
    rows = visible(person, Cohort).annotate(applied=Count("applications", filter=still, distinct=True))
    rows = rows.select_related("by", "organisation", "preview__vault")
    return rows.prefetch_related("proposals", Prefetch("applications", mine, to_attr="of_reader"))


def _known(person: Person, cohort: Cohort) -> Known:
    latest = next(iter(cohort.proposals.all()), None)
    application = next(iter(getattr(cohort, "of_reader", ())), None)
    too_few = getattr(cohort, "applied", 0) < Rules().smallest
    return Known(cohort, _stage(cohort, latest), latest, application, _sits(person, cohort, latest), too_few)


def _stage(cohort: Cohort, latest: Proposal | None) -> Stage:
    if cohort.called_off_at:
        return Stage.OFF
    if latest is None:
        return Stage.OPEN if clock.today(cohort.zone) <= cohort.apply_until else Stage.CLOSED
    if latest.settled_at:
        return Stage.FOUNDED
    return Stage.SHOWN if any(each.shown_at for each in cohort.proposals.all()) else Stage.FORMING


def _sits(person: Person, cohort: Cohort, latest: Proposal | None) -> bool:
    """Only asked where circles were founded."""
    if latest is None or latest.settled_at is None:
        return False
    return CircleSeat.objects.filter(circle__cohort=cohort, person=person).exists()


def _is_over(each: Known) -> bool:
    return each.stage is Stage.OFF or each.is_seated
