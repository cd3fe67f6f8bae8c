"""The cards of a proposer: people are moved by hand, by keys, and without scripts; what breaks is said at once."""

import re

import pytest
from playwright.sync_api import expect

TRIES, A_MOMENT = 60, 500  # milliseconds
BREAKS = "A circle has five to eight people."


@pytest.fixture
def cards(enter):
    """`cards()` are Tomasz's, in two circles of seven; `cards(java_script_enabled=False)` in a browser without scripts."""

    def form(**options):
        page = enter("Tomasz", **options)
        page.goto("/circles/")
        page.get_by_role("link", name="Asking before telling").click()
        if options.get("java_script_enabled", True):
            page.get_by_role("button", name="Form circles now").click()
        page.get_by_role("button", name="Form circles", exact=True).click()
        for _ in range(TRIES):
            if page.locator(".circle-cards").count():
                return page
            page.wait_for_timeout(A_MOMENT)
            page.reload()
        raise AssertionError("no circles were formed")

    return form


def circle(page, number):
    """The card of a circle, or the waiting list."""
    return page.locator(f"[data-circle='{number}']")


def test_somebody_is_carried_and_what_breaks_is_said(cards):
    page = cards()
    expect(page.locator("circle-cards")).to_have_class(re.compile("can-drag"))
    for name in names(page, 1)[:3]:
        carry(page, name, to="wait")
    expect(circle(page, 1)).to_contain_text(BREAKS)
    expect(page.get_by_role("button", name="Show it to everybody")).to_be_hidden()
    assert len(names(page, "wait")) == 3
    carry(page, names(page, "wait")[0], to=1)
    expect(circle(page, 1)).not_to_contain_text(BREAKS)
    expect(page.get_by_role("button", name="Show it to everybody")).to_be_visible()


def test_what_comes_of_it_is_said_and_the_focus_stays_with_who_is_moved(visitors, cards):
    page = cards()
    gone = names(page, 1)[:3]
    for name in gone:
        carry(page, name, to="wait")
    last = gone[-1]
    expect(page.locator("#cards-said[role=status]")).to_have_text(f"{last.split()[0]} waits now. Circle 1: {BREAKS}")
    expect(page.get_by_role("radio", name=last)).to_be_focused()
    keep = page.get_by_role("button", name="Keep it Circle 1")
    expect(keep).to_have_attribute("aria-pressed", "false")
    keep.click()
    expect(page.locator("#cards-said")).to_have_text(
        re.compile(f"Circle 1 can be kept once it breaks no rule.\\s*{BREAKS}")
    )
    expect(keep).to_be_visible()
    visitors.forgive("422")


def test_a_cut_line_is_said_and_the_next_press_goes_through(visitors, cards):
    page = cards()
    name = names(page, 1)[0]
    page.context.set_offline(True)
    page.get_by_role("radio", name=name).check()
    page.get_by_label("Choose somebody").select_option("the waiting list")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("No connection. Press again in a moment.")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Move").click()
    expect(circle(page, "wait")).to_contain_text(name)
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def test_the_bar_hides_nothing_until_somebody_is_chosen(cards):
    page = cards()
    bar = page.locator("#move")
    expect(bar).to_have_css("position", "static")
    page.get_by_role("radio", name=names(page, 1)[0]).check()
    expect(bar).to_have_css("position", "sticky")
    expect(bar).to_be_in_viewport(ratio=1)


def test_a_tap_chooses_and_nobody_is_chosen_any_more_after_the_move(cards):
    page = cards()
    name = names(page, 2)[0]
    circle(page, 2).get_by_text(name).click()
    expect(page.get_by_role("radio", name=name)).to_be_checked()
    page.get_by_label("Choose somebody").select_option("a new circle")
    page.get_by_role("button", name="Move").click()
    expect(circle(page, 3)).to_contain_text(name)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.get_by_label("Choose somebody")).to_have_value("")


def test_with_the_keyboard_alone(cards):
    page = cards()
    first, second = names(page, 1)[:2]
    page.get_by_role("radio", name=first).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=second)).to_be_checked()
    while not page.evaluate("document.activeElement.matches('#to')"):
        page.keyboard.press("Tab")
    page.keyboard.type("the wait")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(circle(page, "wait")).to_contain_text(second)
    expect(page.get_by_role("button", name="Move")).to_be_focused()


def test_without_scripts(cards):
    page = cards(java_script_enabled=False)
    name = names(page, 1)[0]
    page.get_by_role("radio", name=name).check()
    page.get_by_label("Choose somebody").select_option("Circle 2")
    page.get_by_role("button", name="Move").click()
    expect(circle(page, 2)).to_contain_text(name)
    circle(page, 2).get_by_role("button", name="Keep it").click()
    expect(circle(page, 2).get_by_role("button", name="Kept as it is")).to_be_visible()
    expect(circle(page, 1).get_by_role("button", name="Keep it")).to_be_visible()


def names(page, number):
    """Who sits on a card."""
    return [each.strip() for each in circle(page, number).locator(".name").all_inner_texts()]


def carry(page, name, *, to):
    """By the name, onto another card."""
    circle(page, to).scroll_into_view_if_needed()
    page.locator(".name", has_text=name).drag_to(circle(page, to).locator("h2"))
    expect(circle(page, to)).to_contain_text(name)
