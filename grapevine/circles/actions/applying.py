"""Applying to a cohort: three answers nobody else reads, times, and whom one would rather not or gladly sit with."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from grapevine.circles.actions.holding import held_cohort
from grapevine.circles.models import Application, Circle, Cohort, PairMark
from grapevine.circles.queries.candidates import purpose_of_marks
from grapevine.kernel import clock
from grapevine.kernel.policy import check, get_visible_or_404
from grapevine.people.models import Person
from grapevine.vaults import actions as vaults
from grapevine.vaults.queries import meant, pair_mark, read

ANSWERS = ("bring", "gift", "help")
Never = list[tuple[int, str, str]]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What an applicant says. `never` is as in `Application`; `apart` and `together` come on top of the names kept."""

    bring: str
    gift: str
    help: str
    languages: tuple[str, ...]
    never: Never
    reach: str = Application.Reach.EITHER
    apart: tuple[Person, ...] = ()
    together: tuple[Person, ...] = ()
    forgets_names: bool = False


@transaction.atomic
def apply_for_circle(*, by: Person, cohort: Cohort, answers: Answers) -> Application:
    """ "I'd like to sit in one." The answers are sealed for the applicant alone until circles are founded."""
    cohort = held_cohort(cohort.pk, by=by)
    check(by, "apply", cohort)
    vault = vaults.open_vault(kind="application", seats=[(by, "applicant")])
    application = Application.objects.create(
        cohort=cohort,
        person=by,
        vault=vault,
        at=clock.now(),
        never=answers.never,
        languages=list(answers.languages),
        reach=answers.reach,
        **{name: vaults.write(by=by, vault=vault, kind=name, words=getattr(answers, name)) for name in ANSWERS},
    )
    _keep_marks(application, answers)
    return application


@transaction.atomic
def change_application(*, by: Person, application: Application, answers: Answers) -> Application:
    """Say it differently, until circles are formed."""
    held_cohort(application.cohort_id, by=by)
    application = get_visible_or_404(by, Application, pk=application.pk)
    check(by, "change", application)
    for name in ANSWERS:
        vaults.rewrite(by=by, text=getattr(application, name), words=getattr(answers, name))
    application.never, application.languages = answers.never, list(answers.languages)
    application.reach = answers.reach
    application.save(update_fields=["never", "languages", "reach"])
    if answers.forgets_names:
        application.marks.all().delete()
    _keep_marks(application, answers)
    return application


@transaction.atomic
def withdraw_application(*, by: Person, application: Application) -> None:
    """Not this time. The answers are destroyed, the names forgotten."""
    held_cohort(application.cohort_id, by=by)
    check(by, "withdraw", application)
    application.withdrawn_at = clock.now()
    application.save(update_fields=["withdrawn_at"])
    destroy_answers(application=application)


def bring_along(*, circle: Circle, applications: Iterable[Application]) -> None:
    """What they would bring and what one can come to them for goes with them, where the others of the circle read it."""
    for application in applications:
        person, seat = application.person, circle.seats.get(person=application.person_id)
        for name in ("bring", "gift"):
            words = read(person, getattr(application, name))
            setattr(seat, name, vaults.write(by=person, vault=circle.vault, kind=name, words=words))
        seat.save(update_fields=["bring", "gift"])


def destroy_answers(*, application: Application, waiting: Collection[int] = ()) -> None:
    """Shred what was written, forget the names and the times; but not who of those `waiting` should sit elsewhere."""
    application.marks.exclude(pk__in=_apart_from(application, waiting)).delete()
    Application.objects.filter(pk=application.pk).update(never=[])
    vaults.shred(vault=application.vault)


def _apart_from(application: Application, people: Collection[int]) -> list[int]:
    by, purpose = application.person_id, purpose_of_marks(application.cohort, "apart")
    apart = application.marks.filter(kind="apart") if people else ()
    return [each.pk for each in apart if meant([each.mark], by=by, among=people, purpose=purpose)]


def _keep_marks(application: Application, answers: Answers) -> None:
    """Names become marks here and are nowhere else."""
    for kind, people in (("apart", answers.apart), ("together", answers.together)):
        PairMark.objects.bulk_create(_marks(application, kind, people), ignore_conflicts=True)


def _marks(application: Application, kind: str, people: Iterable[Person]) -> list[PairMark]:
    purpose = purpose_of_marks(application.cohort, kind)
    marks = {pair_mark(by=application.person_id, about=other.pk, purpose=purpose) for other in people}
    return [PairMark(application=application, kind=kind, mark=mark) for mark in sorted(marks)]
