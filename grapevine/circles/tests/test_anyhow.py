"""Whoever comes and goes, in whatever order: without a seat nobody sees the circle or reads a word of it."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from grapevine.circles.actions import agreeing, ending, session
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Circle, CircleSeat, Duty, Meeting
from grapevine.circles.queries.presence import members, vaults_of
from grapevine.circles.queries.turns import plan_of
from grapevine.circles.queries.welcome import LARGEST
from grapevine.circles.tests.circling import applied, circle, fresh, join
from grapevine.circles.turns import Breach, broken
from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.rooms.models import Session
from grapevine.vaults.models import SealedText
from grapevine.vaults.queries import read_all

pytestmark = pytest.mark.django_db
ALL = ("mira", "sanne", "kari", "olav", "lene", "ravi", "tomasz", "joanna", "aiko", "dev")
STEPS = st.lists(
    st.tuples(st.sampled_from(["join", "leave", "sign", "meet"]), st.integers(0, 9)), min_size=4, max_size=9
)


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_without_a_seat_nobody_sees_anything(world, steps):
    now = clock.now()
    with transaction.atomic():
        of = circle(world, "mira", "sanne", "kari", "olav", "lene")
        for step, who in steps:
            _act(world, fresh(of), step, getattr(world, ALL[who]))
            _nobody_else_sees(world, fresh(of))
            _turns_are_right(fresh(of))
        transaction.set_rollback(True)
    clock.freeze(now)


def _act(world, of, step, person):
    sits = CircleSeat.objects.filter(circle=of, person=person)
    if step == "join" and not sits.exists() and of.ended_at is None and members(of).count() < LARGEST:
        join(of, applied(of.cohort, person))
    elif step == "leave" and sits.filter(left_at=None).exists():
        ending.step_out(by=person, circle=of)
    elif step == "sign" and sits.filter(left_at=None).exists() and of.ended_at is None:
        newest = of.agreements.first()
        agreeing.sign(by=person, circle=of, seen=newest.version if newest else 0)
    elif step == "meet" and of.ended_at is None:
        _meet(of)


def _meet(of):
    """The next challenge meeting: its bringer writes three lines, its room is made, and it is held."""
    ahead = [m for m in Meeting.objects.filter(circle=of, kind="challenge", held_at=None) if m.is_ahead]
    bringers = Duty.objects.filter(meeting__in=ahead[:1], role="bringer")
    for row, duty in zip(ahead[:1], bringers, strict=False):
        meetings.bring(by=duty.person, meeting=row, situation="A", why_now="B", would_help="C", help_kind="D")
        clock.freeze(row.at)
        session.open_room(by=duty.person, meeting=row)
        Meeting.objects.filter(pk=row.pk).update(held_at=row.at)
        clock.freeze(row.at + timedelta(hours=1))


def _nobody_else_sees(world, of):
    sitting = set(members(of).values_list("pk", flat=True))
    texts = list(SealedText.objects.filter(vault__in=vaults_of(of)))
    for person in [getattr(world, name) for name in ALL] + [world.eva]:
        if person.pk not in sitting:
            assert not visible(person, Circle).filter(pk=of.pk).exists()
            assert not visible(person, Meeting).filter(circle=of).exists()
            assert not visible(person, Session).filter(meeting__circle=of).exists()
            assert read_all(person, texts) == {}


def _turns_are_right(of):
    """Whoever stays has every turn, and what the practice never bends is kept."""
    if of.ended_at is None:
        plan = plan_of(of)
        open_turns = {who for turns in plan.rota.meetings[plan.done :] for who in turns.tasks}
        assert open_turns <= set(plan.rota.members)
        assert not [
            each for each in broken(plan.rota) if each.breach is Breach.HOST_BRINGS and each.meeting >= plan.done
        ]
