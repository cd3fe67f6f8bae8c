"""An application that was taken back: its page says so and leads on."""

from datetime import timedelta

import pytest

from grapevine.challenges.tests.talking import page
from grapevine.circles.actions.applying import withdraw_application
from grapevine.circles.tests.applying import apply, propose
from grapevine.circles.tests.test_circle_page import main_of

pytestmark = pytest.mark.django_db
GONE = ("You took your application back.", "What you wrote is destroyed, and the names are forgotten.")
WAYS = ("Apply once more", "Your application", "Look at the proposal", "Take it back")


@pytest.fixture
def taken_back(world):
    """Mira applied to Aiko's proposal, and took it back."""
    application = apply(world.mira, propose(world.aiko))
    withdraw_application(by=world.mira, application=application)
    return application


def told(visitor, application):
    """The words of its page; that it is gone is among them."""
    words = main_of(page(visitor.get(f"/circles/applications/{application.pk}/")))
    assert [line for line in GONE if line not in words] == []
    return words


def ways(words):
    """Where one goes on from there."""
    return [way for way in WAYS if way in words]


def test_mira_applies_once_more(world, door, taken_back):
    mira, of = door(world.mira), taken_back.cohort
    words = told(mira, taken_back)
    assert ways(words) == ["Apply once more", "Look at the proposal"]
    assert [f'href="/circles/cohorts/{of.pk}/{way}"' in words for way in ("apply/", "")] == [True, True]
    new = apply(world.mira, of)
    words = told(mira, taken_back)
    assert ways(words) == ["Your application", "Look at the proposal"]
    assert f'href="/circles/applications/{new.pk}/"' in words


def test_when_nobody_can_apply_any_more_it_says_so(world, door, taken_back, clock):
    clock.set_offset(timedelta(days=20))
    words = told(door(world.mira), taken_back)
    assert ways(words) == ["Look at the proposal"]
    assert "Nobody can apply any more, and too few did: a circle needs five." in words
