"""The gap in an agreement: whom to call when somebody is in danger."""

from playwright.sync_api import expect

from tests.browser.judging import Judge

WORDS = "Nobody records.\nIn danger we act. We know whom to call: ____."


def test_it_is_written_in_where_everybody_of_the_circle_finds_it(enter):
    page = enter("Luis")
    judge = Judge(page)
    page.goto("/circles/")
    page.locator("#mine a").first.click()
    page.get_by_role("link", name="Read it again").click()
    page.get_by_text("Change the words").click()
    page.get_by_label("How we treat each other").fill(WORDS)
    page.get_by_role("button", name="Save these words").click()
    gap = page.get_by_role("link", name="Write it in")
    expect(gap).to_be_visible()
    wrong = judge.looks()
    gap.click()
    contact = page.get_by_label("Whom do you call if somebody is in serious danger?")
    expect(contact).to_be_visible()
    wrong += judge.looks()
    contact.fill("Dana, 555 0142")
    page.get_by_role("button", name="Write it in").click()
    expect(page.locator(".margin")).to_contain_text("Dana, 555 0142")
    assert not wrong, "\n".join(wrong)
