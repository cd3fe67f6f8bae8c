"""Two press the same thing in the same moment: it is done once, and the slower one reads calmly how it stands."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from grapevine.asks.actions import asking
from grapevine.asks.models import Reply
from grapevine.asks.tests.asking import request
from grapevine.challenges.actions import trace
from grapevine.challenges.models import Closing, Outcome, Playback
from grapevine.challenges.tests.talking import WHEN, played_back, talk
from grapevine.kernel import policy
from grapevine.kernel.models import Press
from grapevine.people.models import Person
from grapevine.recognition.models import Thanks

MINE = "In my own words, typed a moment later."
PATIENCE = 30
DONE, REFUSED, OVERTAKEN = 302, 403, 409


def told(world):
    return talk(world.mira, world.sanne)


def playback(world):
    """Mira plays back."""
    return world.mira, reverse("playback", args=[told(world).pk]), {"when": WHEN, "will": MINE, "on": "2026-03-16"}


def outcome(world):
    """Mira tells what came of it."""
    commitment = played_back(world.mira, world.sanne)
    return world.mira, reverse("outcome", args=[commitment.pk]), {"kind": "used", "words": MINE}


def closing(world):
    """Mira closes; there is nothing to type."""
    return world.mira, reverse("challenge-close", args=[told(world).pk]), {}


def reply(world):
    """Sanne says yes, with a time."""
    asked = request(world.mira, world.sanne)
    return world.sanne, reverse("reply", args=[asked.pk]), {"kind": "yes", "words": MINE}


def thanks(world):
    """Mira thanks Sanne."""
    challenge = played_back(world.mira, world.sanne).playback.challenge
    return world.mira, reverse("thank", args=[challenge.pk]), {"words": MINE}


ROWS = {playback: Playback, outcome: Outcome, closing: Closing, reply: Reply, thanks: Thanks}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("press", ROWS, ids=lambda press: press.__name__)
def test_of_two_windows_one_is_first(world, door, press):
    who, address, typed = press(world)
    at_once, windows = Barrier(2), [door(who), door(who)]
    with ThreadPoolExecutor(2) as hands:
        both = [hands.submit(send, at_once, windows[n], address, typed | {"once": f"window-{n}"}) for n in range(2)]
        first, second = sorted((each.result() for each in both), key=lambda answer: answer.status_code)
    assert (first.status_code, ROWS[press].objects.count()) == (DONE, 1)
    assert second.status_code in {REFUSED, OVERTAKEN}
    assert words_kept(second) == sentences(typed)


@pytest.mark.django_db(transaction=True)
def test_the_same_press_that_arrives_twice_at_once_counts_once(world, door):
    who, address, typed = outcome(world)
    at_once, windows = Barrier(2), [door(who), door(who)]
    with ThreadPoolExecutor(2) as hands:
        both = [hands.submit(send, at_once, window, address, typed | {"once": "one-press"}) for window in windows]
        answers = [each.result() for each in both]
    assert [answer.status_code for answer in answers] == [DONE, DONE]
    assert len({answer.url for answer in answers}) == 1
    assert (Outcome.objects.count(), Press.objects.count()) == (1, 1)


def send(at_once, window, address, typed):
    """Both wait for each other, then press."""
    try:
        at_once.wait(PATIENCE)
        return window.post(address, typed)
    finally:
        connection.close()


def words_kept(answer):
    """What the calm page shows of what was typed."""
    page = html.unescape(answer.content.decode())
    assert "by you or by somebody else. nothing is lost." in page.lower()
    assert '<meta name="refused"' in page  # the draft in the browser stays, too
    return re.findall(r'<p class="words[^>]*>(.*?)</p>', page)


def sentences(typed):
    """What somebody would miss."""
    return [words for words in typed.values() if " " in words]


def overtaken_by(monkeypatch, press, act):
    """`act` happens after the action has asked the policy, and before it writes."""
    module = asking if press is reply else trace

    def ask_the_policy(person, verb, row):
        policy.check(person, verb, row)
        monkeypatch.setattr(module, "check", policy.check)
        assert act().status_code == DONE

    monkeypatch.setattr(module, "check", ask_the_policy)


@pytest.mark.parametrize("press", [playback, outcome, closing, reply], ids=lambda press: press.__name__)
def test_what_is_done_between_asking_and_writing_is_no_accident(world, door, monkeypatch, press):
    who, address, typed = press(world)
    overtaken_by(monkeypatch, press, lambda: door(who).post(address, typed))
    answer = door(who).post(address, typed | {"once": "one-press"})
    assert (answer.status_code, Press.objects.count()) == (OVERTAKEN, 0)
    assert words_kept(answer) == sentences(typed)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["This has just been done.", "By you or by somebody else. Nothing is lost.", "Here is how it stands"]),
        ("de", ["Das wurde gerade schon erledigt.", "Von dir oder von jemand anderem. Nichts ist verloren."]),
    ],
)
def test_the_calm_page_leads_back(world, door, monkeypatch, language, sentences):
    Person.objects.filter(pk=world.mira.pk).update(language=language)
    mira, address, _ = closing(world)
    here = "http://testserver/challenges/7/"
    for came_from, back in ((here, here), ("https://elsewhere.example/", "/"), ("", "/")):
        overtaken_by(monkeypatch, closing, lambda: door(mira).post(address))
        page = html.unescape(door(mira).post(address, headers={"referer": came_from}).content.decode())
        assert [sentence for sentence in sentences if sentence not in page] == []
        assert re.findall(r'<a class="button main" href="([^"]*)"', page) == [back]
