"""The session that most stories here are about."""

import pytest
from django.core.cache import cache

from grapevine.rooms.tests.meeting import Meeting
from tests.personas import make_person

SIX = {"dana": "Dana Okafor", "luis": "Luis Moreno", "priya": "Priya Shah", "jarek": "Jarek Kowal"}


@pytest.fixture(autouse=True)
def no_wrong_codes():
    """Nobody has tried the door before."""
    cache.clear()


@pytest.fixture
def circle(world):
    """Aiko hosts, Dana brings, Luis asks, Priya keeps the time, Jarek and Mira think along: one challenge, one hour."""
    people = {
        key: make_person(world.utility, key, name, "Communications", zone="Europe/Berlin") for key, name in SIX.items()
    }
    people |= {"aiko": world.aiko, "mira": world.mira}
    roles = {"host": people["aiko"], "bringer": people["dana"], "timekeeper": people["priya"]}
    return Meeting(people, "circle_challenge", roles)
