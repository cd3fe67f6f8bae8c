"""What somebody pastes is as long as it is; the page stays as wide as the phone."""

from playwright.sync_api import Page, expect

from tests.browser.test_story import ask_sanne, open_the_talk, part, say, say_yes

PHONE = {"width": 390, "height": 844}
ADDRESS = (
    "https://intranet.haldengrid.example/wiki/viewpage.action?pageId=238471234&traces=gateway-0042-second-device-2026"
)
NO_BLANK = "f" * 1500


def test_what_has_no_blank_wraps_on_a_phone(enter):
    mira, sanne = enter("Mira", viewport=PHONE), enter("Sanne", viewport=PHONE)
    ask_sanne(mira)
    say_yes(sanne)
    open_the_talk(mira)
    for words in (ADDRESS, NO_BLANK):
        say(sanne, "ideas", words, "Offer it")
        mira.reload()
        expect(part(mira, "playback").get_by_label(words)).to_be_visible()
        assert max(width(mira), width(sanne)) <= PHONE["width"]


def width(page: Page) -> int:
    """How wide the page is, with what one would have to scroll to."""
    return page.evaluate("document.documentElement.scrollWidth")
