"""A whole session in three windows: one wide, one as narrow as a phone, one without a mouse. The clock is turned; a line
is cut, the server is killed, and nobody loses a word.
"""

import re
import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.judging import NARROW, WIDE, Judge
from tests.browser.seeding import MONDAY
from tests.browser.test_call import Room

HOST, BRINGER, PEER = "Sanne", "Mira", "Jonas"
THREE = (HOST, BRINGER, PEER)
PATIENCE = 15  # seconds until all show the same again
WITHOUT_SOCKETS = 6_000  # milliseconds, for a page that asks every five seconds
SHOWN = """() => ({
    step: document.querySelector("h1").textContent,
    clock: document.querySelector(".clock .time").textContent,
    turn: document.querySelector(".room-people .turn .name bdi")?.textContent ?? "",
    words: [...document.querySelectorAll(".queue .words")].map(each => each.textContent),
})"""
IN_SIGHT = (
    """each => { const { top, bottom } = each.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"""
)


class Evening(Room):
    """A sealed session, the pages of those three in it, and its clock."""

    def __init__(self, visitors):
        self.visitors, self.pages, self.at = visitors, {}, MONDAY
        self.host = self.pages[HOST] = visitors.enter(HOST)
        self.address = plan(self.host)
        self.bringer = self._come(BRINGER, viewport=NARROW)
        self.peer = self._come(PEER)
        self.keys = Keys(self.peer)
        button(self.host, "Come in").click()
        button(self.bringer, "Come in").click()
        self.keys.press(button(self.peer, "Come in"))
        tiles = {name: tile for name in THREE if (tile := self.host.locator(".tile").filter(has_text=name))}
        self.seats = {name: tile.get_attribute("data-who") for name, tile in tiles.items()}

    def _come(self, name, **options):
        page = self.pages[name] = self.visitors.enter(name, **options)
        page.goto(self.address)
        return page

    def go_on(self, title, **minutes):
        """The host's button, once the minutes have passed; everybody is there."""
        self.turn(**minutes)
        button(self.host, re.compile("^Next step")).click()
        for page in self.pages.values():
            expect(page.get_by_role("heading", level=1)).to_have_text(title)

    def turn(self, **time_passed):
        """The server's clock."""
        self.at += timedelta(**time_passed)
        self.visitors.server.turn_to(self.at)

    def shows_the_same(self):
        """On all three, in the same moment; what they show. How soon is measured in tests.bench.returns."""
        end = time.monotonic() + PATIENCE
        while len({repr(shown := page.evaluate(SHOWN)) for page in self.pages.values()}) > 1:
            assert time.monotonic() < end, [page.evaluate(SHOWN) for page in self.pages.values()]
        return shown


@pytest.fixture
def evening(visitors):
    return Evening(visitors)


def test_three_hold_a_circle_challenge(evening, server):
    begin(evening)
    arrive(evening)
    tell(evening)
    ask_while_a_line_is_cut(evening)
    offer_while_the_server_is_gone(evening, server)
    keep(evening)
    thank(evening)
    evening.visitors.forgive_a_broken_line()
    evening.visitors.forgive("status of 422")


def test_without_sockets_the_page_follows(visitors):
    """Asking every five seconds is enough to be where the others are."""
    host = visitors.enter(HOST)
    address = plan(host)
    button(host, "Come in").click()
    peer = visitors.enter(PEER)
    peer.route_web_socket("**/live/room/**", closed)
    peer.goto(address)
    button(peer, "Come in").click()
    button(host, "Begin").click()
    say(host, "Your line", "curious", "Add it")
    expect(said(host)).to_have_text(["curious"])
    expect(said(peer)).to_have_text(["curious"], timeout=WITHOUT_SOCKETS)


def plan(host: Page) -> str:
    """The host opens the room for the two others; its address."""
    host.goto("/rooms/")
    host.get_by_label("One challenge, one hour").check()
    host.get_by_label("Who comes?").fill("Mira Lindqvist\nJonas Eide")
    button(host, "Open the room").click()
    host.wait_for_url(re.compile(r"/rooms/\d+/$"))
    return host.url


def begin(evening: Evening) -> None:
    """Past the look at oneself into the call, where the three see each other; the host gives the roles."""
    for page in (evening.host, evening.bringer):
        button(page, "Join the call").click()
        expect(page.get_by_role("dialog").locator("video")).to_have_js_property("readyState", 4)
        button(page.get_by_role("dialog"), "Come in").click()
    evening.keys.press(button(evening.peer, "Join the call"))
    evening.keys.press(button(evening.peer.get_by_role("dialog"), "Come in"), "Space")
    evening.all_see_each_other()
    button(evening.host, "Begin").click()
    evening.host.get_by_text("More for you as host").click()
    give(evening.host, "brings", BRINGER)


def arrive(evening: Evening) -> None:
    """A word each, in turn."""
    say(evening.host, "Your line", "curious", "Add it")
    say(evening.bringer, "Your line", "tired", "Add it")
    evening.keys.say("Your line", "awake", "Add it")
    for page in evening.pages.values():
        expect(said(page)).to_have_count(3)
    evening.shows_the_same()
    evening.go_on("What became of it", minutes=3)


def tell(evening: Evening) -> None:
    """What is going on, on a phone: the clock and the box are what is seen first."""
    evening.go_on("The story", minutes=6)
    title = evening.bringer.get_by_label("In a few words")
    for seen_first in (evening.bringer.locator(".clock .time"), title):
        assert seen_first.evaluate(IN_SIGHT)
    title.fill("Nobody reads us")
    say(evening.bringer, "What is going on, and what would help?", "The campaign is silent.", "Bring it")
    for page in evening.pages.values():
        expect(page.get_by_role("heading", name="What Mira brings")).to_be_visible()


def ask_while_a_line_is_cut(evening: Evening) -> None:
    """Only questions fit; half a minute without a line costs nothing."""
    evening.go_on("Clarifying questions", minutes=7)
    expect(evening.peer.get_by_label("Your idea")).to_have_count(0)
    say(evening.host, "Your question", "Who would notice first?", "Add to the queue")
    expect(said(evening.peer)).to_have_count(1)
    evening.peer.context.set_offline(True)
    evening.keys.say("Your question", "Since when?", "Add to the queue")
    expect(evening.peer.get_by_text("Your words wait here")).to_be_visible()
    say(evening.bringer, "Your answer", "My boss.", "Answered")
    say(evening.host, "Your question", "What did you try?", "Add to the queue")
    expect(said(evening.bringer).filter(has_text="What did you try?")).to_be_visible()
    evening.turn(seconds=30)
    evening.peer.context.set_offline(False)
    expect(said(evening.host).filter(has_text="Since when?")).to_have_count(1)
    shown = evening.shows_the_same()
    assert shown["words"] == ["Who would notice first?", "My boss.", "What did you try?", "Since when?"]
    expect(evening.peer.get_by_label("Your question")).to_have_value("")
    assert Judge(evening.host).looks() == []
    evening.host.set_viewport_size(WIDE)


def offer_while_the_server_is_gone(evening: Evening, server) -> None:
    """Ideas of the two others; who brought it gets no box for one. What is said into the dark arrives."""
    evening.go_on("Say it again", minutes=9)
    say(evening.bringer, "In one sentence", "Who could we ask?", "Say it")
    evening.go_on("Ideas", minutes=2)
    expect(evening.bringer.get_by_label("Your idea")).to_have_count(0)
    say(evening.host, "Your idea", "I might ask three readers.", "Offer it")
    expect(said(evening.peer)).to_have_count(1)
    server.kill()
    evening.keys.say("Your idea", "I might read it aloud.", "Offer it")
    expect(evening.peer.get_by_text("Your words wait here")).to_be_visible()
    server.start()
    expect(said(evening.bringer)).to_have_count(2)
    assert evening.shows_the_same()["words"] == ["I might ask three readers.", "I might read it aloud."]
    evening.sees(HOST, BRINGER, PEER)


def keep(evening: Evening) -> None:
    """Quiet; then one idea kept, and a Monday."""
    evening.go_on("Quiet", minutes=14)
    evening.keys.say("For yourself", "Read aloud, too.", "Keep it")
    evening.go_on("Playback", minutes=2)
    assert Judge(evening.bringer).looks() == []
    evening.bringer.set_viewport_size(NARROW)
    playback = evening.bringer.locator("#playback")
    playback.get_by_label("I might ask three readers.").check()
    playback.get_by_label("When ...").fill("he asks for the slogan")
    playback.get_by_label("I will ...").fill("bring three voices.")
    button(playback, "Play it back").click()
    for page in evening.pages.values():
        expect(page.get_by_role("heading", name="Mira has played back.")).to_be_visible()


def thank(evening: Evening) -> None:
    """What each takes along; the end, the same for all."""
    evening.go_on("What I take along", minutes=6)
    evening.keys.say("Your line", "Three readers. Thank you.", "Add it")
    expect(said(evening.bringer)).to_have_text(["Three readers. Thank you."])
    evening.go_on("Next time", minutes=4)
    evening.host.get_by_text("Close the session", exact=True).click()
    button(evening.host, "Yes, close it").click()
    for page in evening.pages.values():
        expect(page.get_by_role("heading", level=1)).to_have_text("That was it. Thank you.")
    expect(evening.peer.get_by_text("Read aloud, too.")).to_be_visible()
    expect(evening.host.get_by_text("Read aloud, too.")).to_have_count(0)


class Keys:
    """Somebody without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, wanted, key="Enter") -> None:
        """Tab until this has the focus, then the key; a hundred stops are too many for anybody."""
        self.to(wanted)
        self.page.keyboard.press(key)

    def say(self, label, words, then) -> None:
        """Into a box, and off with it."""
        self.to(self.page.get_by_label(label))
        self.page.keyboard.type(words)
        self.press(button(self.page, then))

    def to(self, wanted) -> None:
        """By tabs alone."""
        expect(wanted).to_be_visible()
        for _ in range(100):
            if wanted.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the tab key never came to {wanted}")


def give(host: Page, role: str, to: str) -> None:
    """A role, by the card of the host."""
    host.get_by_label(role, exact=True).select_option(to)
    host.locator("form").filter(has=host.get_by_label(role, exact=True)).get_by_role("button", name="Give it").click()


def say(page: Page, label: str, words: str, then: str) -> None:
    """Into a box, and off with it."""
    page.get_by_label(label).first.fill(words)
    button(page, then).first.click()


def said(page: Page):
    """What stands in the column beside the faces."""
    return page.locator(".queue .words")


def button(where, name):
    """By its words."""
    return where.get_by_role("button", name=name, exact=isinstance(name, str))


def closed(socket: WebSocketRoute) -> None:
    """No socket gets through here."""
    socket.close()
