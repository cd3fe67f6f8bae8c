"""Every page before the judges: axe in light, dark and narrow, the Nu HTML checker, weight, foreign hosts, the console."""

import os
import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.judging import WIDE, Judge
from tests.browser.seeding import MONDAY
from tests.browser.walking import Walker, Walks, get_routes
from tests.judges import html_errors

BENCH = "A test bench drops every third frame, and I am stuck at telling whose clock is wrong."
LIST = "id,name,email,unit\n1,Una Berg,una@example.org,Field\n2,,not an address,Field\n"
LOCALES = {"en": "en-GB", "de": "de-DE"}
WALKS = [
    ("Mira", "en", "one half"), ("Mira", "en", "other half"), ("Sanne", "en", ""), ("Eva", "en", ""), ("Jonas", "en", ""),
    ("Tomasz", "en", ""), ("Luis", "en", ""), ("Dev", "en", ""), ("", "en", ""), ("Mira", "de", ""), ("Eva", "de", ""),
    ("", "de", ""),
]  # fmt: skip
HALVES = {"": slice(None), "one half": slice(0, None, 2), "other half": slice(1, None, 2)}
# of ours, not pages by themselves
PARTS = {
    "healthz", "home", "ui:style", "people-find", "ask-answers", "challenge-story", "notice", "mail-room-html", "room-stage",
    "room-here",
    "circle-now", "proposal-cards", "calendar-feed", "settings-look",
}  # fmt: skip


@pytest.fixture(scope="session")
def walks(tmp_path_factory) -> Walks:
    """Where somebody came before, in whichever process of this run: the same world has the same pages."""
    base = tmp_path_factory.getbasetemp()
    return Walks(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture
def come(server, walks):
    """`come("Mira", "de")` is every page that she can reach, in German, in the world as she prepared it."""

    def all_pages(who, language):
        server.begin_again()
        with Walker(server, who, language) as walker:
            prepare(walker, who)
            return walks.pages(who, language, walker.pages)

    return all_pages


@pytest.fixture
def reached(walks, come):
    """`reached("Mira", "de")` are the names of those pages."""
    return lambda who, language: {page.route for page in walks.taken(who, language) or come(who, language)}


@pytest.mark.parametrize(("who", "language", "half"), WALKS, ids=["-".join(filter(None, walk)) for walk in WALKS])
def test_every_page(come, reached, visitors, tmp_path, who, language, half):
    """Mira's pages and those only others have are looked at closely; the German ones are glanced at."""
    like_miras = set() if who in {"Mira", ""} else reached("Mira", "en")
    pages = come(who, language)[HALVES[half]]
    html = {page.path: page.html for page in pages if page.route not in untranslated(language)}
    wrong = html_errors(html, tmp_path, words_in=language)
    tab = visitors.enter(who, locale=LOCALES[language]) if who else visitors.arrive(locale=LOCALES[language])
    judge = Judge(tab)
    for page in pages:
        if page.route not in like_miras:
            wrong += judge.opens(page.path) if language == "en" else judge.glances(page.path)
    assert not wrong, "\n".join(wrong)


def test_no_page_is_forgotten(server, reached):
    seen = set().union(*(reached(who, language) for who, language, _half in WALKS if language == "en"))
    forgotten = {route.name for route in get_routes(server) if route.is_ours} - seen
    assert (sorted(forgotten - PARTS), sorted(PARTS - forgotten)) == ([], [])


def test_the_judge_judges(visitors):
    tab = visitors.arrive()
    tab.set_content(
        "<!doctype html><title>Bad</title><main><img src='data:,'><p style='inline-size: 50rem'>wide</p></main>"
    )
    found = " ".join(Judge(tab).looks())
    for rule in ("html-has-lang", "image-alt", "page-has-heading-one", "px wide at 320"):
        assert rule in found


@pytest.mark.parametrize("language", ["en", "de"])
def test_pages_that_answer_a_press(server, come, visitors, tmp_path, language):
    """Five people and a message, and the same page with what is missing said beside the field and on top."""
    paths = {page.route: page.path for page in come("Mira", language)}
    request, mail = paths["request"], paths["mail-room-mail"]
    with Walker(server, "Mira", language) as walker:
        answers = {
            "found": walker.press("/ask/", words=BENCH, kind="think", find="1"),
            "nothing said": walker.press("/ask/", words="", kind="think", find="1"),
            "no time said": walker.press(f"{request}reply/", kind="yes"),
            "not yet": walker.press("/network/visits/", name="", words="", on="2027-01-01"),
            "a mail": walker.get(f"{mail}html/"),
        }
    assert [answer.status_code for answer in answers.values()] == [200, 422, 422, 422, 200]
    wrong = html_errors({name: answer.text for name, answer in answers.items()}, tmp_path, words_in=language)
    tab = visitors.enter("Mira", locale=LOCALES[language])
    judge = Judge(tab)
    for words in (BENCH, ""):
        tab.goto("/ask/")
        tab.locator("textarea").fill(words)
        tab.locator("#asking").evaluate("form => form.noValidate = true")
        tab.locator("button[name=find]").click()
        expect(tab.locator("#people" if words else "#errors")).to_be_visible()
        wrong += judge.looks()
    assert not wrong, "\n".join(wrong)
    visitors.forgive("422")


def test_what_opens_on_a_press(visitors):
    """The palette with something found, the sheet of keys, the menus."""
    tab = visitors.enter("Mira")
    judge = Judge(tab)
    tab.locator("[data-opens=palette]").click()
    expect(tab.get_by_role("combobox")).to_be_focused()
    tab.keyboard.type("sanne")
    expect(tab.get_by_role("option").filter(has_text="Sanne Vik")).to_be_visible()
    wrong = judge.looks()
    tab.set_viewport_size(WIDE)
    tab.reload()
    tab.locator(".me button").click()
    expect(tab.locator("#me-menu")).to_be_visible()
    wrong += judge.looks()
    assert not wrong, "\n".join(wrong)


def untranslated(language: str) -> set[str]:
    """The sheet of components is for builders; what stands on it is English everywhere."""
    return set() if language == "en" else {"ui:gallery"}


def prepare(walker: Walker, who: str) -> None:
    """Something on pages that would be empty, or not be there, without a deed."""
    for deed in DEEDS.get(who, ()):
        deed(walker)


def ask_sanne(walker: Walker) -> None:
    """Mira asks, and looks at what came of it."""
    walker.press("/network/visits/", name="Sanne Vik", words="two clocks", on="2026-03-02")
    walker.press("/ask/", words=BENCH, kind="think", send="1")
    walker.look_beyond("/challenges/", r"/challenges/\d+/$", r"/noticing/\d+/$")


def look_into_circles(walker: Walker) -> None:
    """Luis looks at each circle and each of its meetings."""
    walker.look_beyond("/circles/", r"/circles/\d+/$", r"/circles/meetings/\d+/$")
    walker.look_beyond("/circles/", r"/circles/\d+/$", r"/formats/")
    for circle in set(re.findall(r"/circles/\d+/", walker.get("/circles/").text)):
        walker.led_to.add(f"{circle}missed/")
        walker.look_beyond(circle, r"/circles/meetings/\d+/$", r"/circles/turns/\d+/swap/$")
    for meeting in [path for path in walker.led_to if "/meetings/" in path]:
        walker.look_beyond(meeting, r"/circles/meetings/\d+/$", r"/circles/(meetings|briefs)/\d+/(\w+/)?$")


def apply(walker: Walker) -> None:
    """Tomasz would like to sit in a circle."""
    walker.look_beyond("/circles/", r"/circles/cohorts/\d+/$", r"/apply/$")
    (address,) = [path for path in walker.led_to if path.endswith("/apply/")]
    said = {
        "bring": "rounds",
        "gift": "listening",
        "help": "asking",
        "languages": "en",
        "reach": "either",
        "comes": "on",
    }
    assert walker.press(address, **said).status_code == 302


def propose(walker: Walker) -> None:
    """Tomasz proposes another."""
    begins = MONDAY.date() + timedelta(days=42)
    terms = {
        "theme": "Handing over",
        "words": "For those who go home tired.",
        "is_across": "inside",
        "weeks": 13,
        "every": 2,
    }
    terms |= {"minutes": 60, "starts_on": begins, "apply_until": begins - timedelta(days=10)}
    assert walker.press("/circles/new/", **terms).status_code == 302


def put_in_order(walker: Walker) -> None:
    """Eva reads a list, and sees somebody off."""
    walker.press("/organisation/lists/", files={"file": ("people.csv", LIST)})
    walker.press("/organisation/leavers/", **{"leaver-who": "Mehmet Popescu"})


def ask_for_a_code(walker: Walker) -> None:
    """Who is nobody here is led to where the code is typed."""
    walker.token = walker.token_on("/accounts/login/code/")
    walker.press("/accounts/login/code/", email="nobody@haldengrid.example")  # leads to where the code is typed


DEEDS = {
    "Mira": (ask_sanne,),
    "Luis": (look_into_circles,),
    "Tomasz": (apply, propose),
    "Eva": (put_in_order,),
    "": (ask_for_a_code,),
}
