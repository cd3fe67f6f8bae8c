"""The one loop in real browsers: Mira asks, Sanne helps, Monday comes, Sanne hears first, both say it may be seen."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.seeding import MONDAY

BENCH = (
    "A test bench drops every third frame. The trace looks clean until the second device answers. "
    "I am stuck at telling whose clock is wrong."
)
YES = "11:00, bring the trace."
QUESTION = "What changes if only one device is powered?"
ANSWER = "Nothing drops. I never tried the other one alone."
KEPT, LEFT = "Power them one at a time and look where each gets its time.", "Ask Lene for the old wiring plan."
WHEN, WILL = "the second device answers", "check both time sources before I touch a cable."
HAPPENED = "Two clocks, one bench. Found in ten minutes."
THANKS = "One question, and a week is saved."
LOOKS = 200
NEXT_MONDAY = MONDAY + timedelta(days=7)


def test_a_challenge_of_two_from_the_first_word_to_the_map(server, enter):
    mira, sanne = enter("Mira"), enter("Sanne")
    ask_sanne(mira)
    say_yes(sanne)
    open_the_talk(mira)
    talk_at_the_same_time(mira, sanne)
    play_back(mira)

    expect(part(sanne, "playback")).to_contain_text(f"When {WHEN}, I will {WILL}")
    server.turn_to(NEXT_MONDAY)
    confirm(mira)
    server.turn_to(NEXT_MONDAY + timedelta(days=10))
    tell_what_happened(mira)
    hear_it_first(sanne)
    thank(mira)
    draw_the_tie(mira, sanne)


def test_without_javascript(server, enter):
    mira, sanne = enter("Mira", java_script_enabled=False), enter("Sanne", java_script_enabled=False)
    ask_sanne(mira)
    say_yes(sanne)
    open_the_talk(mira)
    say(sanne, "questions", QUESTION, "Ask")
    mira.reload()
    say(mira, "questions", ANSWER, "Answer")
    say(sanne, "ideas", KEPT, "Offer it")
    mira.reload()
    play_back(mira)
    server.turn_to(NEXT_MONDAY)
    confirm(mira)


def ask_sanne(mira: Page) -> None:
    """From the words to five people with reasons, and one message sent."""
    mira.goto("/ask/")
    mira.get_by_label("What are you trying to do?").fill(BENCH)
    mira.get_by_role("button", name="Find people").click()
    people = part(mira, "people").get_by_role("listitem")
    expect(people).to_have_count(5)
    for person in people.all():
        expect(person.locator(".why")).to_have_text(re.compile(r"\w.*\."))
    expect(part(mira, "people")).not_to_contain_text("Jonas")
    expect(mira.get_by_label("Say it simply to Sanne")).to_have_value(re.compile("^Hi Sanne,"))
    mira.get_by_role("button", name="Send to Sanne").click()
    expect(heading(mira)).to_have_text("What I asked")
    expect(mira.get_by_text(BENCH)).to_be_visible()


def say_yes(sanne: Page) -> None:
    """From the line on Today to the page the two share."""
    sanne.goto("/today/")
    line = sanne.locator(".line").filter(has_text="Mira Lindqvist")
    expect(line).to_contain_text("A test bench drops every third frame")
    line.get_by_role("link", name="Yes, offer a time").click()
    sanne.get_by_label("When suits you?").fill(YES)
    sanne.get_by_role("button", name="Yes, offer this time").click()
    expect(sanne.get_by_text(BENCH).first).to_be_visible()


def open_the_talk(mira: Page) -> None:
    """The answer waits on Today."""
    mira.goto("/today/")
    line = mira.locator(".line").filter(has_text="Sanne Vik")
    expect(line).to_contain_text(YES)
    line.get_by_role("link").last.click()
    expect(mira.get_by_text("Sealed: you and Sanne Vik")).to_be_visible()


def talk_at_the_same_time(mira: Page, sanne: Page) -> None:
    """What one says stands on the other's page at once; what the other is writing stays."""
    mira.evaluate("window.neverLeft = true")
    say(sanne, "questions", QUESTION, "Ask")
    expect(part(mira, "questions")).to_contain_text(QUESTION)
    mira.get_by_label("Your answer").fill("Nothing dr")
    say(sanne, "ideas", KEPT, "Offer it")
    expect(part(mira, "ideas")).to_contain_text(KEPT)
    expect(mira.get_by_label("Your answer")).to_have_value("Nothing dr")
    assert mira.evaluate("window.neverLeft")
    say(mira, "questions", ANSWER, "Answer")
    expect(part(sanne, "questions")).to_contain_text(ANSWER)
    say(sanne, "ideas", LEFT, "Offer it")
    expect(part(mira, "ideas")).to_contain_text(LEFT)


def play_back(mira: Page) -> None:
    """One idea kept, two lines in her own words, from next Monday on."""
    form = part(mira, "playback")
    form.get_by_label(KEPT).check()
    form.get_by_label("When ...").fill(WHEN)
    form.get_by_label("I will ...").fill(WILL)
    expect(form.get_by_label("From", exact=True)).to_have_value("2026-03-16")
    form.get_by_label("a better question").check()
    form.get_by_role("button", name="Play it back").click()
    expect(part(mira, "playback")).to_contain_text(f"When {WHEN}, I will {WILL}")
    expect(part(mira, "ideas").locator(".said").filter(has_text=KEPT)).to_contain_text("kept")


def confirm(mira: Page) -> None:
    """On Monday her own words come back."""
    mira.goto("/today/")
    line = mira.locator(".line").filter(has_text=WILL)
    expect(line).to_contain_text("It is the Monday you spoke of.")
    line.get_by_role("button", name="Still right").click()
    expect(line).to_have_count(0)
    expect(heading(mira)).to_have_text("Good morning, Mira.")


def tell_what_happened(mira: Page) -> None:
    """After ten days Today asks, once."""
    mira.goto("/today/")
    line = mira.locator(".line").filter(has_text=WILL)
    line.get_by_label("used", exact=True).check()
    line.get_by_role("textbox").fill(HAPPENED)
    line.get_by_role("button", name="Tell it").click()
    expect(line).to_have_count(0)


def hear_it_first(sanne: Page) -> None:
    """Before anybody else."""
    until(sanne, "/today/", "used your idea, and you hear first what happened.", HAPPENED)
    line = sanne.locator(".line").filter(has_text=HAPPENED)
    expect(line).to_contain_text("Mira Lindqvist")
    line.get_by_role("button", name="Glad to hear").click()
    expect(line).to_have_count(0)


def thank(mira: Page) -> None:
    """In a line, between the two."""
    mira.goto("/challenges/")
    mira.get_by_role("main").get_by_role("link").first.click()
    expect(part(mira, "outcome")).to_contain_text(HAPPENED)
    say(mira, "thanks", THANKS, "Say thanks")
    expect(part(mira, "thanks")).to_contain_text(THANKS)


def draw_the_tie(mira: Page, sanne: Page) -> None:
    """On both maps once both have said so, and not before."""
    show_the_tie(mira, "Sanne")
    expect(mira.get_by_text("You said yes; it appears when Sanne does.")).to_be_visible()
    sanne.goto("/network/")
    for who, other in ((mira, "Sanne"), (sanne, "Mira")):
        expect(on_the_map(who, other)).to_have_count(0)
    show_the_tie(sanne, "Mira")
    expect(on_the_map(sanne, "Mira")).to_be_visible()
    mira.reload()
    expect(on_the_map(mira, "Sanne")).to_be_visible()


def show_the_tie(who: Page, other: str) -> None:
    """From the margin of one's own map."""
    until(who, "/network/", f"{other} helped you" if other == "Sanne" else f"{other} would show it on both maps")
    who.locator(".tie-question").filter(has_text=other).get_by_role("button", name="Show it").click()


def on_the_map(who: Page, other: str) -> Locator:
    """Their spot on the wide drawing."""
    return who.locator(".tie-map.only-wide .spot").filter(has=who.get_by_text(other, exact=True))


def say(who: Page, place: str, words: str, button: str) -> None:
    """Into the box of this part of the page."""
    part(who, place).get_by_role("textbox").last.fill(words)
    part(who, place).get_by_role("button", name=button, exact=True).click()
    expect(part(who, place)).to_contain_text(words)


def until(who: Page, path: str, *words: str) -> None:
    """What the background work brings is there a moment later: look again until it is."""
    for _ in range(LOOKS):
        who.goto(path)
        if all(who.get_by_role("main").filter(has_text=each).count() for each in words):
            return
    pytest.fail(f"{path} never said {words}")


def part(page: Page, name: str) -> Locator:
    """A named part of the page."""
    return page.locator(f"#{name}")


def heading(page: Page) -> Locator:
    """What the page says it is."""
    return page.get_by_role("heading", level=1)
