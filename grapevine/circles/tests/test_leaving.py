"""Somebody goes, out of the circle or out of the organisation: nothing of theirs is left lying about."""

import pytest

from grapevine.challenges.models import Challenge
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Brought
from grapevine.circles.tests.circling import bringer, circle, meeting
from grapevine.circles.tests.test_meetings import LINES
from grapevine.kernel.policy import visible
from grapevine.people import actions as people
from grapevine.people.models import Person
from grapevine.vaults.models import Vault

pytestmark = pytest.mark.django_db


def leave(world, run_jobs, person):
    """They leave the organisation, and everybody has heard it."""
    people.leave(by=world.eva, person=Person.objects.get(pk=person.pk))
    run_jobs()


def test_what_was_written_for_a_meeting_goes_with_who_leaves_the_organisation(world, run_jobs):
    of = circle(world)
    assert bringer(of, 2) == world.olav
    challenge = meetings.bring(by=world.olav, meeting=meeting(of, 2), **LINES)
    assert visible(world.tomasz, Challenge).exists()
    leave(world, run_jobs, world.olav)
    assert not visible(world.tomasz, Challenge).exists()
    assert (Brought.objects.count(), Vault.objects.get(pk=challenge.vault_id).wrapped_key) == (0, None)
