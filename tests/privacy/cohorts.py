"""Cohorts for the tables beside this: one that is open, one whose cards lie before its proposer, one that is shown."""

from datetime import timedelta

from grapevine.circles.actions import proposing
from grapevine.circles.actions.applying import Answers, apply_for_circle
from grapevine.circles.actions.cohort import Terms, propose_cohort
from grapevine.circles.models import Application
from grapevine.kernel import clock

DAY = timedelta(days=1)


def cohorts(world, things, marked, run_jobs):
    """Mira proposes inside Halden Grid; Sanne applies for each, and would rather not sit with Jonas."""
    things.cohort = _propose(world.mira, "Open", preview_at=clock.now() + DAY)
    things.application = _apply(world.sanne, things.cohort, marked)
    things.proposal = _formed(world, "Formed", marked, run_jobs)
    shown = _formed(world, "Shown", marked, run_jobs)
    proposing.show(by=world.mira, proposal=shown)
    things.shown = Application.objects.get(cohort=shown.cohort, person=world.sanne)


def _formed(world, theme, marked, run_jobs):
    cohort = _propose(world.mira, theme)
    for who in (world.sanne, world.kari, world.olav, world.lene, world.dev):
        _apply(who, cohort, marked, apart=(world.jonas,) if who == world.sanne else ())
    asked = proposing.ask_for_proposal(by=world.mira, cohort=cohort)
    run_jobs()
    asked.refresh_from_db()
    return asked


def _propose(by, theme, **more):
    today = clock.today(by.timezone)
    return propose_cohort(
        by=by,
        terms=Terms(theme=theme, words="For all", starts_on=today + 14 * DAY, apply_until=today + 7 * DAY, **more),
    )


def _apply(person, cohort, marked, **more):
    said = {name: marked(f"cohort-{name}") for name in ("bring", "gift", "help")}
    return apply_for_circle(by=person, cohort=cohort, answers=Answers(**said, languages=("en",), never=[], **more))
