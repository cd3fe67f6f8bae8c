"""The stage is laid anew with everything that happens: what a reader did with it stays."""

from playwright.sync_api import expect

from tests.browser.test_session import HOST, PEER, button, plan, say


def test_what_is_open_stays_open_whatever_the_others_do(visitors):
    host, peer = begun(visitors)
    more, own = host.locator("#host-more"), host.locator("#own-note")
    for each in (more, own):
        each.locator("summary").click()
    say(peer, "Your line", "awake", "Add it")
    expect(host.get_by_text("awake")).to_be_visible()
    for each in (more, own):
        expect(each).to_have_attribute("open", "")
    more.locator("summary").click()
    say(peer, "Your line", "and curious", "Add it")
    expect(host.get_by_text("and curious")).to_be_visible()
    expect(more).not_to_have_attribute("open", "")
    expect(own).to_have_attribute("open", "")


def begun(visitors, **options):
    """The pages of the host and of a peer in a session that has begun."""
    host = visitors.enter(HOST)
    address = plan(host)
    button(host, "Come in").click()
    peer = visitors.enter(PEER, **options)
    peer.goto(address)
    button(peer, "Come in").click()
    button(host, "Begin").click()
    expect(peer.get_by_role("heading", name="Arrive")).to_be_visible()
    return host, peer
