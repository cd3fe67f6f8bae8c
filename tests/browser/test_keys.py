"""With the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

BENCH = "Our bench drops every third frame, and two clocks disagree about when."


@pytest.fixture
def mira(enter):
    """Mira's Today."""
    return enter("Mira")


def test_the_first_key_skips_to_the_page(mira):
    mira.goto("/people/")
    mira.keyboard.press("Tab")
    expect(mira.get_by_role("link", name="To the page")).to_be_focused()
    mira.keyboard.press("Enter")
    expect(mira.locator("#main")).to_be_focused()


def test_the_palette_goes_finds_and_asks(mira):
    press(mira, "Control+k")
    mira.keyboard.type("netw")
    expect(mira.get_by_role("option", selected=True)).to_contain_text("Network")
    mira.keyboard.press("Enter")
    expect(mira).to_have_url(re.compile("/network/$"))

    press(mira, "Control+k")
    mira.keyboard.type("sanne")
    expect(mira.get_by_role("option").filter(has_text="Sanne Vik")).to_be_visible()
    walk_to(mira, "Sanne Vik", "ArrowDown")
    mira.keyboard.press("Enter")
    expect(mira.get_by_role("heading", level=1)).to_contain_text("Sanne Vik")

    press(mira, "Control+k")
    mira.keyboard.type("who knows about protocol traces?")
    expect(mira.get_by_role("option", selected=True)).to_contain_text("Ask this")
    mira.keyboard.press("Enter")
    expect(mira.get_by_label("What are you trying to do?")).to_have_value("who knows about protocol traces?")


def test_escape_closes_the_palette_and_gives_the_focus_back(mira):
    link = mira.get_by_role("link", name="People").first
    link.focus()
    press(mira, "Control+k")
    expect(mira.get_by_role("combobox")).to_be_focused()
    mira.keyboard.press("Escape")
    expect(mira.get_by_role("combobox")).to_be_hidden()
    expect(link).to_be_focused()


def test_the_sheet_of_keys(mira):
    press(mira, "?")
    expect(mira.get_by_role("dialog", name="Keys")).to_be_visible()
    mira.keyboard.press("Escape")
    expect(mira.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_an_ask_without_a_mouse(mira):
    mira.goto("/ask/")
    tab_to(mira, "textarea")
    mira.keyboard.type(BENCH)
    tab_to(mira, "input[name=kind]:checked")
    mira.keyboard.press("ArrowRight")
    tab_to(mira, "button[name=find]")
    mira.keyboard.press("Enter")
    expect(mira.get_by_role("heading", name="People you could talk to")).to_be_visible()
    expect(mira.get_by_label("Show me how")).to_be_checked()
    tab_to(mira, "button[name=send]")
    mira.keyboard.press("Enter")
    expect(mira.get_by_role("heading", level=1)).to_have_text("What I asked")


def test_what_has_the_focus_can_be_seen(mira):
    """Every stop of the tab key on Today is drawn."""
    stops = mira.locator("a:visible, button:visible, summary:visible").count()
    for _ in range(stops):
        mira.keyboard.press("Tab")
        style = mira.evaluate("(s => s.outlineStyle + ' ' + s.boxShadow)(getComputedStyle(document.activeElement))")
        assert style != "none none", mira.evaluate("document.activeElement.outerHTML")


def press(page: Page, key: str) -> None:
    """Once the page listens to keys, which its module says by showing what needs it."""
    expect(page.locator(".rail [data-opens=palette]")).to_be_visible()
    page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_be_visible()


def walk_to(page: Page, words: str, key: str) -> None:
    """Along the list until these words are marked."""
    for _ in range(page.get_by_role("option").count()):
        if page.get_by_role("option", selected=True).filter(has_text=words).count():
            return
        page.keyboard.press(key)
    raise AssertionError(f"never came to {words}")


def tab_to(page: Page, selector: str) -> None:
    """Tab until this has the focus; a hundred stops are too many for anybody."""
    for _ in range(100):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tab key never came to {selector}")
