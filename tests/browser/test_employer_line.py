"""Between employers: the line that is said to everybody who arrives in a circle across organisations, and then passes."""

import re

import pytest
from playwright.sync_api import expect

SOON = "() => document.getAnimations().forEach(each => each.finish())"  # what passes in ten seconds has passed


@pytest.fixture
def arrives(enter):
    """`arrives(...)` is Luis in the first step of his circle's room, in a browser like this; the line is there."""

    def come(**options):
        page = enter("Luis", **options)
        page.goto("/circles/")
        page.locator("#mine a").first.click()
        page.get_by_role("button", name="Come in", exact=True).first.click()
        page.wait_for_url(re.compile(r"/rooms/\d+/$"))
        for name in ("Come in", "Begin"):
            page.get_by_role("button", name=name, exact=True).first.click()
        expect(page.locator(".employer-line")).to_contain_text("I keep my employer's and customers' secrets.")
        return page

    return come


def test_it_passes_and_does_not_come_back(arrives):
    page = arrives()
    line = page.locator(".employer-line .note")
    page.evaluate(SOON)
    expect(line).to_be_hidden()
    page.get_by_label("Your line").fill("curious")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".queue .words")).to_have_text(["curious"])
    assert not line.is_visible()


def test_it_stands_where_nothing_shall_move(arrives):
    page = arrives(reduced_motion="reduce")
    page.evaluate(SOON)
    expect(page.locator(".employer-line .note")).to_be_visible()


def test_it_stands_where_no_script_runs(arrives):
    line = arrives(java_script_enabled=False).locator(".employer-line")
    assert line.evaluate("each => getComputedStyle(each).animationName") == "none"
