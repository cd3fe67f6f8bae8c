"""One tap. A plain no and a silence are the same to the asker: same page, same notices, same time of going on."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from grapevine.asks import actions
from grapevine.asks.models import Reply, Request
from grapevine.asks.tests.asking import MESSAGE, TIME, WORDS, Asked, ask, facts, later, page, request, told
from grapevine.challenges.actions import release_example
from grapevine.challenges.models import Challenge
from grapevine.challenges.queries import story
from grapevine.kernel.policy import get_visible_or_404, visible
from grapevine.people.models import Person
from grapevine.vaults.queries import Voice, read
from tests.personas import make_person


def led(answer):
    return answer.status_code, answer.headers.get("Location")


def test_a_yes_opens_the_talk_with_the_words_of_the_ask(world, run_jobs):
    sent = request(world.mira, world.sanne)
    answer = actions.reply(by=world.sanne, request=sent, kind="yes", words=TIME)
    talk = Challenge.objects.get()
    told_to = story(world.sanne, get_visible_or_404(world.sanne, Challenge, pk=talk.pk))
    assert (told_to.title, told_to.words) == ("A test bench drops every third frame", WORDS)
    assert told_to.bringer == Voice("Mira Lindqvist", world.mira, "asker")
    assert [read(who, answer.words) for who in (world.mira, world.sanne, world.jonas)] == [TIME, TIME, ""]
    assert facts("asks.RequestAccepted") == [
        {"request": sent.pk, "asker": world.mira.pk, "helper": world.sanne.pk, "challenge": talk.pk}
    ]
    run_jobs()
    assert told(world.mira) == [("accepted", "Sanne Vik")]


def test_everything_else_gives_up_the_seat_and_the_words(world):
    kinds = ("not_now", "not_my_field", "this_page", "pass")
    asked = [request(asker, world.sanne) for asker in (world.mira, world.ravi)]
    asked += [request(asker, world.olav) for asker in (world.mira, world.ravi)]
    for sent, kind in zip(asked, kinds, strict=True):
        actions.reply(by=sent.to, request=sent, kind=kind, words="Sorry!", ask_instead=world.dev)
    assert [visible(who, Request).count() for who in (world.sanne, world.olav)] == [0, 0]
    assert ([sent.vault.texts.count() for sent in asked], Challenge.objects.count()) == ([0, 0, 0, 0], 0)
    told = [(r.kind, r.words, r.ask_instead) for r in Reply.objects.order_by("pk")]
    assert told == [(kind, None, world.dev if kind == "not_my_field" else None) for kind in kinds]
    assert facts("asks.RequestAnswered") == [
        {"request": sent.pk, "asker": sent.ask.by_id, "points_on": kind == "not_my_field"}
        for sent, kind in zip(asked, kinds, strict=True)
    ]


def test_it_is_answered_by_the_one_who_was_asked_and_once(world):
    sent = request(world.mira, world.sanne)
    for who, refusal in ((world.mira, PermissionDenied), (world.jonas, Http404), (world.tomasz, Http404)):
        with pytest.raises(refusal):
            actions.reply(by=who, request=sent, kind="yes")
    actions.reply(by=world.sanne, request=sent, kind="yes")
    with pytest.raises(PermissionDenied):
        actions.reply(by=world.sanne, request=Request.objects.get(), kind="pass")


def test_pointers_are_told_to_the_asker(world, door, run_jobs):
    made = ask(world.mira, world.sanne, world.kari)
    sanne, kari = made.requests.all()
    leaflet = release_example(by=world.kari, title="Two clocks", body="One\nTwo")
    actions.reply(by=world.sanne, request=sanne, kind="not_my_field", ask_instead=world.dev)
    actions.reply(by=world.kari, request=kari, kind="this_page", page=leaflet)
    run_jobs()
    seen = page(door(world.mira).get(made.get_absolute_url()))
    for words in ("Thinks that Dev Patel may know more.", f"/ask/?to={world.dev.pk}", "Left you a page:", "Two clocks"):
        assert words in seen
    assert told(world.mira) == [("pointed", "Kari Nilsen"), ("pointed", "Sanne Vik")]


# --- the answer on its page ----------------------------------------------------------------------


def test_the_page_of_a_request_and_a_yes(world, door):
    sent, sanne = request(world.mira, world.sanne), door(world.sanne)
    here, there = reverse("request", args=[sent.pk]), reverse("reply", args=[sent.pk])
    seen = page(sanne.get(here))
    assert [w in seen for w in (MESSAGE, "Mira Lindqvist asks you", "Sealed: you and Mira Lindqvist", WORDS)] == [
        True,
        True,
        True,
        False,
    ]
    missing = page(sanne.post(there, {"kind": "yes", "words": " "}), 422)
    assert ("Say when, or where to find you" in missing, MESSAGE in missing) == (True, True)
    too_long = "at eleven or " * 60
    assert too_long.strip() in page(sanne.post(there, {"kind": "yes", "words": too_long}), 422)
    assert Reply.objects.count() == 0
    answer = sanne.post(there, {"kind": "yes", "words": TIME})
    assert led(answer) == (302, reverse("challenge", args=[Challenge.objects.get().pk]))
    began = page(sanne.get(answer.url))
    assert [w in began for w in (MESSAGE, TIME, WORDS)] == [True, True, True]
    assert led(sanne.get(here)) == led(door(world.mira).get(here)) == (302, answer.url)
    assert sanne.post(there, {"kind": "pass"}).status_code == 403


def test_ways_to_say_no_on_the_page(world, door):
    leaflet = release_example(by=world.sanne, title="Two clocks", body="One")
    waiting = release_example(by=world.sanne, title="Olav Haug and the clock", body="One", naming=[world.olav])
    foreign = release_example(by=world.kari, title="Ladders", body="One")
    sanne = door(world.sanne)
    sent = request(world.mira, world.sanne)
    there = reverse("reply", args=[sent.pk])
    shown = page(sanne.get(reverse("request", args=[sent.pk])))
    assert [p.title in shown for p in (leaflet, waiting, foreign)] == [True, False, False]
    for typed, why in (
        ({"kind": "not_my_field", "ask_instead": "Somebody Else"}, "by the name of Somebody Else here"),
        ({"kind": "not_my_field", "ask_instead": "Tomasz Wilk"}, "by the name of Tomasz Wilk here"),
        ({"kind": "this_page"}, "Choose the page you mean."),
        ({"kind": "this_page", "page": waiting.pk}, "This cannot be chosen"),
        ({"kind": "this_page", "page": foreign.pk}, "This cannot be chosen"),
        ({"kind": "maybe"}, "This cannot be chosen"),
    ):
        assert why in page(sanne.post(there, typed), 422)
    assert led(sanne.post(there, {"kind": "this_page", "page": leaflet.pk})) == (302, reverse("today"))
    assert [(r.kind, r.page, r.ask_instead) for r in Reply.objects.all()] == [("this_page", leaflet, None)]
    assert sanne.get(reverse("request", args=[sent.pk])).status_code == 404


def test_who_wrote_no_page_can_point_to_one_that_fits(world, door):
    fits = release_example(by=world.kari, title="Whose clock is wrong?", body="A test bench\nframes")
    other = release_example(by=world.kari, title="Ladders", body="One")
    not_yet = release_example(by=world.kari, title="Frames on a bench", body="clock", naming=[world.sanne])
    for number in range(6):
        release_example(by=world.olav, title=f"Fit number {number}", body="clock and bench and frame")
    made = actions.ask(by=world.mira, words=WORDS, kind="think", to=[Asked(world.sanne, WORDS)])
    sanne, sent = door(world.sanne), made.requests.get()
    shown = page(sanne.get(reverse("request", args=[sent.pk])))
    select = shown.split('name="page"')[1].split("</select>")[0]
    assert (fits.title in select, other.title in select, not_yet.title in select) == (True, False, False)
    # the five that fit best, without the one that not everybody can read yet
    assert (select.count("<option"), "Choose a page" in select, "-----" in select) == (5, True, False)
    there = reverse("reply", args=[sent.pk])
    for wrong in (other, not_yet):
        assert sanne.post(there, {"kind": "this_page", "page": wrong.pk}).status_code == 422
    assert led(sanne.post(there, {"kind": "this_page", "page": fits.pk})) == (302, reverse("today"))
    assert "Whose clock is wrong?" in page(door(world.mira).get(made.get_absolute_url()))


def test_the_page_says_why_this_person_in_whole_sentences(world, door):
    because = [Asked(world.sanne, MESSAGE, ("Wrote the page “Two clocks”.",))]
    sent = actions.ask(by=world.mira, words=WORDS, kind="think", to=because).requests.get()
    seen = page(door(world.sanne).get(reverse("request", args=[sent.pk])))
    assert "Why you: Wrote the page “Two clocks”." in seen
    assert "If you name a colleague, Mira Lindqvist reads that you think this colleague may know more." in seen
    plain = request(world.kari, world.sanne)
    assert "Why you:" not in page(door(world.sanne).get(reverse("request", args=[plain.pk])))


def test_who_was_asked_first_reads_kindly_that_it_went_on(world, door, run_jobs):
    made, sanne = ask(world.mira, world.sanne, next_to=[world.kari.pk]), door(world.sanne)
    alone = ask(world.olav, world.dev).requests.get()
    here, words = reverse("request", args=[made.requests.get().pk]), "Mira Lindqvist asked somebody else as well"
    welcome = "If you still have time, you are welcome."
    run_jobs()
    assert words not in page(sanne.get(here)) + page(sanne.get("/inbox/"))
    later(days=2)
    run_jobs()
    for where in (here, "/inbox/"):
        assert words in page(sanne.get(where))
    assert "if you still have time, you are welcome" in page(sanne.get("/inbox/"))
    assert (welcome in page(sanne.get(here)), "asked somebody else" in page(door(world.kari).get("/inbox/"))) == (
        True,
        False,
    )
    # nobody else was there to ask: nothing is said that is not so
    alone.refresh_from_db()
    shown = page(door(world.dev).get(reverse("request", args=[alone.pk])))
    assert (alone.went_on_at is not None, "somebody else as well" in shown) == (True, False)


def test_under_an_alias_nothing_on_the_page_says_who_asks(world, door, run_jobs):
    sent = request(world.mira, world.sanne, alias="a blue heron")
    run_jobs()
    sanne = door(world.sanne)
    seen = "".join(
        page(sanne.get(reverse(name, args=args)))
        for name, args in (("request", [sent.pk]), ("asks", []), ("inbox", []), ("today", []))
    )
    assert ("<h1>A blue heron asks you</h1>" in seen, "Mira" in seen, "Lindqvist" in seen) == (True, False, False)
    assert reverse("person", args=[world.mira.pk]) not in seen
    assert (seen.count(">a blue heron"), "you and a blue heron." in seen) == (0, True)  # small inside a sentence only


def test_what_somebody_does_and_where_is_said_once(world, door):
    told = {}
    for title, unit in (
        ("Engineer", "Field"),
        ("Head of Field", "Field"),
        ("field engineer", "Field"),
        ("Fielding coach", "Field"),
        ("", "Field"),
        ("Engineer", None),
        ("", None),
    ):
        asker = make_person(world.halden, f"p{len(told)}", "Pia Lund", unit or "-", title)
        Person.objects.filter(pk=asker.pk, unit__name="-").update(unit=None)
        sent = request(asker, world.sanne)
        beside = page(door(world.sanne).get(reverse("request", args=[sent.pk]))).split("Who asks</h2>")[1]
        told[title, unit] = re.findall(r"<p>(.*?)</p>", beside.split("</section>")[0])
        actions.take_back(by=asker, request=sent)
    assert list(told.values()) == [
        ["Engineer, Field"],
        ["Head of Field"],
        ["field engineer"],
        ["Fielding coach, Field"],
        ["Field"],
        ["Engineer"],
        [],
    ]


# --- a no is a silence ---------------------------------------------------------------------------


def faceless(visitor, made):
    """The lines of the two pages of an ask, without what differs between any two people and any two forms."""
    sent = made.requests.first()
    lines = [
        line
        for name in ("ask-sent", "ask-answers")
        for line in page(visitor.get(reverse(name, args=[made.pk]))).splitlines()
    ]
    for one, two in (
        (re.escape(sent.to.name), "NAME"),
        (rf">{sent.to.initials}<", ">II<"),
        (rf"/(people/{sent.to.pk}|asks/{made.pk}|requests/{sent.pk}|live/ask/{made.pk})/", "/.../"),
        (rf"back-{sent.pk}\b", "back-0"),
        (r"hue-\d+|nonce[^ >]+|value=\"[^\"]{20,}\"|hx-headers[^>]+", "..."),
    ):
        lines = [re.sub(one, two, line) for line in lines]
    return lines


def test_the_asker_cannot_tell_a_no_from_a_silence_at_any_time(world, door, clock, run_jobs):
    """Asked, answered or not, gone on, taken back or closed: page for page the same, and so is the inbox."""
    mira = door(world.mira)
    silent, passed = (
        ask(world.mira, world.dev, next_to=[world.kari.pk]),
        ask(world.mira, world.sanne, next_to=[world.lene.pk]),
    )
    actions.reply(by=world.sanne, request=passed.requests.get(), kind="pass")
    run_jobs()
    assert faceless(mira, silent) == faceless(mira, passed)
    assert told(world.mira) == []
    later(days=2)
    run_jobs()
    assert [made.requests.first().went_on_at for made in (silent, passed)] == [clock.now()] * 2
    assert told(world.mira) == [("went-on", "Kari Nilsen"), ("went-on", "Lene Moe")]
    assert (told(world.dev), told(world.sanne)) == (
        [("asked", "Mira Lindqvist"), ("released", "Mira Lindqvist")],
        [("asked", "Mira Lindqvist")],
    )


@pytest.mark.parametrize("ending", ["take back", "close"])
def test_nor_when_it_is_over(world, door, ending):
    mira, asks = door(world.mira), {who: ask(world.mira, who) for who in (world.dev, world.sanne)}
    actions.reply(by=world.sanne, request=asks[world.sanne].requests.get(), kind="not_now")
    for made in asks.values():
        if ending == "close":
            assert led(mira.post(reverse("ask-close", args=[made.pk]))) == (302, reverse("asks"))
        else:
            back = reverse("request-back", args=[made.requests.get().pk])
            assert led(mira.post(back)) == (302, made.get_absolute_url())
    mira.get(reverse("asks"))  # where it says that it was closed
    one, other = (faceless(mira, made) for made in asks.values())
    assert one == other
    assert any("Taken back." in line for line in one)
