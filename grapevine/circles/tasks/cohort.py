"""Jobs: form when nobody can apply any more, found when nobody can ask to be moved any more, forget what is over."""

from datetime import timedelta

from django_tasks import task

from grapevine.circles.actions.applying import destroy_answers
from grapevine.circles.actions.cohort import end_taste, let_cohort_go
from grapevine.circles.actions.proposing import begin_proposal, form
from grapevine.circles.actions.settling import end_veto_time
from grapevine.circles.models import Application, Cohort, PairMark, Proposal
from grapevine.kernel import clock
from grapevine.kernel.jobs import on_tick, one_by_one

A_ROUND = 50
FEWEST = 5
LEFT_BEHIND = timedelta(minutes=10)
WAITING_KEPT = timedelta(days=90)
NOTHING_CAME = timedelta(weeks=4)  # after the first week
TASTE_KEPT = timedelta(days=30)
A_DAY = timedelta(days=1)


@task()
def form_proposal(pk: int) -> None:
    """Let the engine seat everybody."""
    proposal = (
        Proposal.objects.filter(pk=pk, formed_at__isnull=True, cohort__called_off_at__isnull=True)
        .select_related("cohort__by")
        .first()
    )
    if proposal:
        form(proposal=proposal)


@on_tick
def form_what_was_left_behind() -> None:
    """A worker that died while the engine worked loses nothing."""
    late = clock.now() - LEFT_BEHIND
    lost = Proposal.objects.filter(formed_at__isnull=True, at__lt=late, cohort__called_off_at__isnull=True)
    for proposal in lost[:A_ROUND]:
        Proposal.objects.filter(pk=proposal.pk).update(at=clock.now())
        form_proposal.enqueue(proposal.pk)


@on_tick
def form_when_applying_is_over() -> None:
    """The morning after the last day, where enough people applied and nobody pressed before."""
    waiting = Cohort.objects.filter(called_off_at__isnull=True, proposals__isnull=True)
    around = waiting.filter(apply_until__lt=clock.now().date() + A_DAY, starts_on__gte=clock.now().date() - A_DAY)
    over = [cohort for cohort in around[:A_ROUND] if cohort.apply_until < clock.today(cohort.zone)]
    enough = [one for one in over if one.applications.filter(withdrawn_at__isnull=True).count() >= FEWEST]
    one_by_one(enough, lambda cohort: begin_proposal(cohort=cohort))


@on_tick
def end_veto_times() -> None:
    """Found what suits everybody; form anew what does not."""
    due = Proposal.objects.filter(
        veto_until__lte=clock.now(), settled_at__isnull=True, cohort__called_off_at__isnull=True
    )
    last = [one for one in due.select_related("cohort__by")[:A_ROUND] if one == one.cohort.proposals.first()]
    one_by_one(last, lambda proposal: end_veto_time(proposal=proposal))


@on_tick
def let_go_of_what_never_began() -> None:
    """Too few applied, nobody showed anything, or who proposed it left: nothing that was written stays for ever."""
    long_over = Cohort.objects.filter(called_off_at__isnull=True, starts_on__lt=(clock.now() - NOTHING_CAME).date())
    founded = Proposal.objects.filter(settled_at__isnull=False).values("cohort")
    never = long_over.filter(circles__isnull=True).exclude(pk__in=founded)
    one_by_one(never.select_related("preview__vault")[:A_ROUND], lambda cohort: let_cohort_go(cohort=cohort))


@on_tick
def forget_those_who_waited() -> None:
    """Answers of those who found no circle are kept for the next cohort, but not for ever; nor whom they should not meet."""
    over = Application.objects.filter(cohort__proposals__settled_at__lt=clock.now() - WAITING_KEPT)
    waiting = over.filter(vault__shredded_at__isnull=True).select_related("vault")
    one_by_one(waiting[:A_ROUND], lambda each: destroy_answers(application=each))
    PairMark.objects.filter(application__in=over).delete()


@on_tick
def end_tastes() -> None:
    """What was said in a taste vanishes as what is said in a circle does."""
    over = Cohort.objects.filter(
        preview__planned_at__lt=clock.now() - TASTE_KEPT, preview__vault__shredded_at__isnull=True
    )
    one_by_one(over.select_related("preview__vault")[:A_ROUND], lambda cohort: end_taste(cohort=cohort))
