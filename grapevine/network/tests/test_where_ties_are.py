"""What people are told of where a tie is shown is the same on every page, and it is so."""

from django.urls import reverse

from grapevine.kernel.policy import visible
from grapevine.network import queries
from grapevine.network.models import Tie
from grapevine.network.tests.test_map import agree, helped
from grapevine.recognition.tests.telling import played_back

SAID = "It appears when you both say so, on your two maps and nowhere else."
EVERYBODY = ("mira", "sanne", "jonas", "ravi", "kari", "eva", "dev", "tomasz")


def page(visitor, name, *args):
    answer = visitor.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1].split("</main")[0]


def test_the_page_of_consents_and_the_panel_beside_a_talk_say_the_same(world, door, run_jobs):
    challenge = played_back(world.mira, world.sanne)
    run_jobs()
    mira = door(world.mira)
    beside, consents = page(mira, "challenge", challenge.pk), page(mira, "settings-consent")
    assert [SAID in shown for shown in (beside, consents)] == [True, True]
    assert ("unit" in consents, 'value="map"' in consents) == (False, False)  # nothing to agree to that changes nothing


def test_and_so_it_is_for_colleagues_of_the_unit_leads_and_administrators(world):
    helped(world.sanne, world.mira)
    agree(world.mira, world.sanne)
    on_maps = {name: len(queries.my_map(getattr(world, name)).nodes) for name in EVERYBODY}
    seen = {name: visible(getattr(world, name), Tie).count() for name in EVERYBODY}
    assert on_maps == seen == dict.fromkeys(EVERYBODY, 0) | {"mira": 1, "sanne": 1}
