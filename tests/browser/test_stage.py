"""The stage is laid anew with everything that happens: what a reader did with it stays."""

import re

from playwright.sync_api import expect

from tests.browser.judging import NARROW
from tests.browser.test_session import HOST, IN_SIGHT, PEER, button, give, plan, said, say


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


def test_whose_button_is_gone_goes_on_from_the_head_of_the_page(visitors):
    host = visitors.enter(HOST)
    address = plan(host)
    button(host, "Come in").click()
    peer = visitors.enter(PEER)
    peer.goto(address)
    button(peer, "Come in").click()
    expect(button(peer, "Leave the room")).to_be_visible()
    button(host, "Begin").press("Enter")
    expect(host.get_by_role("heading", name="Arrive")).to_be_focused()
    expect(peer.get_by_role("heading", name="Arrive")).to_be_visible()
    assert peer.evaluate("document.activeElement.tagName") == "BODY"  # who pressed nothing stays where they are


def begun(visitors, **options):
    """The pages of the host and of a peer in a session that has begun."""
    host = visitors.enter(HOST)
    address = plan(host)
    button(host, "Come in").click()
    peer = visitors.enter(PEER, **options)
    peer.goto(address)
    button(peer, "Come in").click()
    button(host, "Begin").click()
    expect(host.get_by_role("heading", name="Arrive")).to_be_visible()
    peer.reload()
    expect(peer.get_by_role("heading", name="Arrive")).to_be_visible()
    return host, peer


def test_a_new_step_comes_into_sight_of_who_is_not_writing(visitors):
    host, peer = begun(visitors, viewport=NARROW, reduced_motion="reduce")
    clock = peer.locator(".clock .time")
    peer.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert not clock.evaluate(IN_SIGHT)
    button(host, re.compile("^Next step")).click()
    expect(peer.get_by_role("heading", level=1)).to_have_text("What became of it")
    expect(clock).to_be_in_viewport(ratio=1)  # the script that brings it comes a moment after the words
    assert clock.evaluate(IN_SIGHT)
    peer.locator("#own-note summary").click()
    peer.get_by_label("For yourself").fill("Ask Luis")
    peer.get_by_label("For yourself").evaluate("each => each.scrollIntoView({block: 'start'})")
    assert not clock.evaluate(IN_SIGHT)
    button(host, re.compile("^Next step")).click()
    expect(peer.get_by_role("heading", level=1)).to_have_text("The story")
    peer.evaluate("import('lib/room-sight')")  # whatever it wanted to do is done
    assert not clock.evaluate(IN_SIGHT)


def test_on_a_phone_one_sees_that_it_is_one_s_turn_and_says_that_one_has_spoken(visitors):
    host, peer = begun(visitors, viewport=NARROW)
    mine, theirs = peer.get_by_text("It is your turn."), host.get_by_text("It is your turn.")
    if theirs.is_visible():  # drawn by lot
        button(host, "I have spoken").click()
    spoken = button(peer, "I have spoken")
    expect(mine).to_be_visible()
    assert spoken.bounding_box()["y"] < peer.get_by_label("Your line").bounding_box()["y"]
    assert spoken.evaluate(IN_SIGHT)
    spoken.click()
    expect(mine).to_have_count(0)


def test_ideas_ticked_in_the_quiet_are_ticked_in_playback(visitors):
    host, peer = begun(visitors)
    host.get_by_text("More for you as host").click()
    give(host, "brings", "Mira")
    bringer = visitors.enter("Mira")
    bringer.goto(host.url)
    button(bringer, "Come in").click()
    while host.get_by_role("heading", level=1).text_content() != "Ideas":
        go_on(host)
        if bringer.get_by_label("In a few words").count():
            bringer.get_by_label("In a few words").fill("Nobody reads us")
            say(bringer, "What is going on, and what would help?", "The campaign is silent.", "Bring it")
    for words in ("I might ask three readers.", "I might wait."):
        say(peer, "Your idea", words, "Offer it")
        expect(bringer.get_by_text(words, exact=True)).to_be_visible()
    go_on(host)
    bringer.get_by_label("I might ask three readers.").check()
    say(peer, "For yourself", "Ask, too.", "Keep it")
    bringer.reload()
    expect(bringer.get_by_label("I might ask three readers.")).to_be_checked()
    bringer.get_by_label("I might ask three readers.").check()
    go_on(host)
    expect(bringer.get_by_label("When ...")).to_be_visible()
    assert bringer.get_by_role("checkbox", checked=True).evaluate_all("all => all.length") == 1
    expect(bringer.get_by_label("I might ask three readers.")).to_be_checked()
    bringer.get_by_label("When ...").fill("When he asks,")
    bringer.get_by_label("I will ...").fill("I will bring three voices.")
    button(bringer, "Play it back").click()
    for page in (host, peer, bringer):
        expect(page.get_by_text("When he asks, I will bring three voices.")).to_be_visible()
        expect(page.get_by_text("I might ask three readers.", exact=True)).to_be_visible()
        expect(page.get_by_text("I might wait.", exact=True)).to_have_count(0)


def go_on(host):
    """The next step, on the host's own page."""
    before = host.get_by_role("heading", level=1).text_content()
    button(host, re.compile("^Next step")).click()
    expect(host.get_by_role("heading", level=1)).not_to_have_text(before)


def test_without_javascript_one_is_there_and_learns_that_there_is_news(visitors, server):
    host, peer = begun(visitors, java_script_enabled=False)
    frame = peer.frame_locator("iframe")
    expect(peer.get_by_role("dialog")).to_have_count(0)
    expect(peer.locator("dialog")).to_be_hidden()
    peer.get_by_label("Your line").fill("awake")
    expect(frame.get_by_text("Nothing new.")).to_be_visible()
    say(host, "Your line", "curious", "Add it")
    expect(said(host)).to_have_text(["curious"])
    (small,) = peer.frames[1:]
    small.goto(small.url)  # as it does by itself every fifteen seconds
    expect(frame.get_by_text("Something has happened.")).to_be_visible()
    expect(peer.get_by_label("Your line")).to_have_value("awake")
    frame.get_by_role("link", name="Show it").click()
    expect(peer.get_by_text("curious")).to_be_visible()
