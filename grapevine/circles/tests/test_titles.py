"""What stands on the tab of a page: what stands on top of the page, and no two pages alike."""

import html
import re

import pytest

from grapevine.challenges.tests.talking import page
from grapevine.circles.models import Duty
from grapevine.circles.tests.applying import THEME, apply, propose
from grapevine.circles.tests.circling import circle, hold, meeting

pytestmark = pytest.mark.django_db


def titled(visitor, address):
    """(on the tab, on the page)"""
    words = page(visitor.get(address))
    top = re.sub(r"<[^>]+>", "", words.split("<h1>")[1].split("</h1>")[0])
    tab = words.split("<title>")[1].split(" · Grapevine</title>")[0]
    return " ".join(html.unescape(tab).split()), " ".join(html.unescape(top).split())


def test_every_page_around_a_circle_says_which_it_is(world, door, run_jobs):
    of = circle(world)
    hold(of, 1, world.mira, world.sanne)
    run_jobs()
    host = Duty.objects.get(meeting__circle=of, meeting__number=2, role="bringer")
    second, third, visitor = meeting(of, 2), meeting(of, 3), door(host.person)
    pages = {
        "/circles/": "Circles",
        "/circles/new/": "Propose a circle",
        "/circles/calendar/": "In my calendar",
        f"/circles/{of.pk}/": "Your circle: Leading without a title",
        f"/circles/{of.pk}/agreement/": "How we treat each other",
        f"/circles/{of.pk}/place/": "Where do we meet?",
        f"/circles/{of.pk}/leave/": "Step out of the circle",
        f"/circles/{of.pk}/missed/": "Your circle missed you",
        f"/circles/meetings/{second.pk}/": "Tuesday 24 March 2026, 15:00 · a challenge",
        f"/circles/meetings/{third.pk}/": "Tuesday 7 April 2026, 15:00 · a challenge",
        f"/circles/meetings/{second.pk}/move/": "Move this meeting · 24 March",
        f"/circles/meetings/{second.pk}/off/": "Call this meeting off? · 24 March",
        f"/circles/meetings/{second.pk}/way/": "How do you want to meet? · 24 March",
        f"/circles/meetings/{second.pk}/bring/": "What do you bring? · 24 March",
        f"/circles/turns/{host.pk}/swap/": "Change turns · 24 March",
        "/circles/left/": f"Thank you, {host.person.short_name}, and go well.",
    }
    found = {address: titled(visitor, address) for address in pages}
    assert {address: tab for address, (tab, _top) in found.items()} == pages
    assert [(tab, top) for tab, top in found.values() if top not in tab] == []


def test_every_page_around_a_proposal_says_which_it_is(world, door):
    cohort, visitor = propose(world.aiko), door(world.aiko)
    address = f"/circles/cohorts/{cohort.pk}/"
    before = [titled(visitor, one) for one in (address, f"{address}change/", f"{address}apply/", f"{address}welcome/")]
    mine = f"/circles/applications/{apply(world.aiko, cohort).pk}/"
    assert [*before, titled(visitor, mine), titled(visitor, f"{mine}change/")] == [
        (THEME, THEME),
        ("Change the proposal", "Change the proposal"),
        (f"Two minutes: {THEME}", "Two minutes"),
        ("A free chair", "A free chair"),
        (f"Your application: {THEME}", THEME),
        (f"Change your application: {THEME}", "Change your application"),
    ]
