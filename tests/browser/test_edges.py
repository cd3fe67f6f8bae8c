"""What stands at the beginning of a line begins where the others begin, and every button looks like one of ours."""

import pytest

from tests.browser.visitors import WIDE

PHONE = {"width": 390, "height": 844}
BEGINNING = """link => {
    const words = document.createRange();
    words.selectNodeContents(link);
    return words.getBoundingClientRect().left;
}"""
RADIUS = "(field, part) => getComputedStyle(field, part).borderTopLeftRadius"


@pytest.mark.parametrize("viewport", [PHONE, WIDE])
def test_the_way_into_the_demo_begins_below_the_button(visitors, viewport):
    page = visitors.arrive(viewport=viewport)
    page.goto("/accounts/login/")
    words = page.get_by_role("link", name="Look around as somebody of the demo").evaluate(BEGINNING)
    button = page.locator("main form button").first.bounding_box()["x"]
    assert abs(words - button) < 1


def test_the_file_is_chosen_with_a_button_of_ours(enter):
    eva = enter("Eva")
    eva.goto("/organisation/")
    field = eva.get_by_label("A CSV file of your people")
    ours = eva.get_by_role("button", name="Look at it first").evaluate(RADIUS, None)
    assert field.evaluate(RADIUS, "::file-selector-button") == ours
