"""Time runs down the margin of a talk, and a day stays beside its month."""

import pytest

from tests.browser.judging import NARROW, WIDE

# the widest days there are, put where the dates stand; how many lines does a day with its month take?
LINES = """days => [...document.querySelectorAll(".moment .at time")].flatMap(time => days.map(day => {
    time.textContent = `${day} 2026`;
    const range = document.createRange();
    range.setStart(time.firstChild, 0);
    range.setEnd(time.firstChild, day.length);
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
}))"""
DAYS = ["28. September", "28. November", "24. Dezember", "20. Februar", "28 September"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_day_and_its_month_stand_on_one_line(enter, size):
    mira = enter("Mira", viewport=size)
    mira.goto("/challenges/")
    mira.get_by_role("main").locator(".told-line a").last.click()
    mira.locator("#outcome").wait_for()
    assert set(mira.evaluate(LINES, DAYS)) == {1}
