"""Presses on a bad line: in a tunnel, twice, from a page that is gone."""

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Request, expect

WILL = "put my question first"
HALF_A_SECOND = 500
SLOW = {"offline": False, "latency": 4 * HALF_A_SECOND, "downloadThroughput": -1, "uploadThroughput": -1}
# the page is gone a moment after the press: what the button said in between is kept for later
NOTE_WHEN_BUSY = """button => new MutationObserver(() => { sessionStorage.busy = button.ariaBusy })
    .observe(button, { attributeFilter: ["aria-busy"] })"""


def test_a_tap_in_a_tunnel_is_sent_once_when_the_line_is_back(visitors, enter):
    mira = enter("Mira")
    sent = posts(mira, "/confirm/")
    expect(mira.locator("offline-tap:defined").first).to_be_attached()
    mira.context.set_offline(True)
    line(mira).get_by_role("button", name="Still right").click()
    expect(mira.get_by_text("No connection. What you pressed waits here")).to_be_visible()
    mira.context.set_offline(False)
    expect(mira.get_by_text("The line is back. Sent.")).to_be_visible()
    expect(mira.get_by_text("No connection.")).to_be_hidden()
    mira.goto("/today/")
    expect(line(mira)).to_have_count(0)
    assert len([status for status in sent if status]) == 1
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def test_what_waits_outlives_the_page(visitors, enter):
    mira = enter("Mira")
    expect(mira.locator("offline-tap:defined").first).to_be_attached()
    mira.context.set_offline(True)
    line(mira).get_by_role("button", name="Still right").click()
    expect(mira.get_by_text("No connection.")).to_be_visible()
    again = mira.context.new_page()
    mira.close()
    again.context.set_offline(False)
    again.goto("/people/")
    expect(again.get_by_text("The line is back. Sent.")).to_be_visible()
    again.goto("/today/")
    expect(line(again)).to_have_count(0)
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def test_a_double_press_sends_once(enter):
    """The second press while the first is on its way does nothing; and the server would do nothing with it."""
    mira = enter("Mira")
    mira.goto("/network/")
    sent: list[Request] = []
    mira.on("request", lambda request: request.method == "POST" and sent.append(request))
    mira.get_by_label("I went to", exact=True).fill("Sanne Vik")
    mira.get_by_label("about", exact=True).fill("two clocks")
    button = mira.get_by_role("button", name="Keep it")
    button.evaluate(NOTE_WHEN_BUSY)
    mira.context.new_cdp_session(mira).send("Network.emulateNetworkConditions", SLOW)
    button.click(click_count=2, delay=HALF_A_SECOND, no_wait_after=True)
    expect(mira.get_by_text(", two clocks")).to_have_count(1)
    assert [urlsplit(request.url).path for request in sent] == ["/network/visits/"]
    assert mira.evaluate("sessionStorage.busy") == "true"


def test_the_same_form_sent_from_two_pages_counts_once(enter):
    """As after going back: the same key a second time leads to where the first led."""
    mira = enter("Mira")
    mira.goto("/network/")
    mira.get_by_label("I went to", exact=True).fill("Sanne Vik")
    mira.get_by_label("about", exact=True).fill("two clocks")
    form = mira.locator("form[action$='/visits/']").evaluate("form => Object.fromEntries(new FormData(form))")
    for _ in range(2):
        answer = mira.request.post("/network/visits/", form=form, headers={"Referer": mira.url})
        assert answer.ok
    mira.goto("/network/")
    expect(mira.get_by_text(", two clocks")).to_have_count(1)


def test_words_typed_and_not_sent_are_still_there(enter):
    mira = enter("Mira")
    mira.goto("/ask/")
    expect(mira.locator("keep-draft:defined").first).to_be_attached()
    mira.get_by_label("What are you trying to do?").fill("Two clocks on one bench")
    mira.goto("/people/")
    mira.goto("/ask/")
    expect(mira.get_by_text("This is what you typed before.")).to_be_visible()
    expect(mira.get_by_label("What are you trying to do?")).to_have_value("Two clocks on one bench")


def line(page: Page) -> Locator:
    """The line of Today with the commitment."""
    return page.locator(".line").filter(has_text=WILL)


def posts(page: Page, part: str) -> list[int]:
    """The status of each form sent to such an address from now on; 0 where the line was down."""
    sent: list[int] = []
    page.on(
        "response", lambda answer: part in answer.url and answer.request.method == "POST" and sent.append(answer.status)
    )
    return sent
