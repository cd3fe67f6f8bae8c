"""An introduction ends: with two yeses, when the asker takes it back, or after as long as a request, without a reason."""

import re
from datetime import UTC, datetime, time

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from grapevine.asks import actions, queries
from grapevine.asks.drafts import draft
from grapevine.asks.models import Introduction, Request
from grapevine.asks.tests.asking import HINT, MESSAGE, WORDS, facts, introduced, later, page, plain, told
from grapevine.people import actions as people
from grapevine.vaults.models import SealedText
from grapevine.vaults.queries import read


def now(row):
    return type(row).objects.get(pk=row.pk)


def between(made, silent="", no=""):
    """As far as it comes when one of the two says nothing, or says rather not; with two yeses otherwise."""
    for name, who in (("ravi", made.through), ("kari", made.to)):
        if name in {silent, no}:
            break
        actions.agree_to_introduce(by=who, introduction=now(made))
    if no:
        actions.let_introduction_go(by=who, introduction=now(made))
    return made


def shown(visitor, made):
    """The two pages of the ask as Mira sees them."""
    pages = [page(visitor.get(reverse(name, args=[made.ask_id]))) for name in ("ask-sent", "ask-answers")]
    return plain("".join(pages))


FRIDAY = 4
ENDINGS = ({"silent": "ravi"}, {"no": "ravi"}, {"silent": "kari"}, {"no": "kari"})


# --- taken back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("silent", ["ravi", "kari"])
def test_mira_takes_it_back_and_neither_of_the_two_finds_it_any_more(world, door, silent):
    made = between(introduced(world.mira, world.kari, world.ravi), silent=silent)
    where, back = (reverse(name, args=[made.pk]) for name in ("introduction", "introduction-back"))
    mira, ravi, kari = door(world.mira), door(world.ravi), door(world.kari)
    assert "Take it back" in page(mira.get(made.ask.get_absolute_url()))
    assert [who.post(back).status_code for who in (door(world.jonas), door(world.eva), door(world.tomasz))] == [404] * 3
    assert ravi.post(back).status_code == 403
    assert (mira.post(back).status_code, now(made).message) == (302, None)
    assert SealedText.objects.filter(kind="message").count() == 0
    seen = page(mira.get(made.ask.get_absolute_url()))
    assert ("Taken back." in seen, "Take it back" in seen, mira.post(back).status_code) == (True, False, 403)
    assert [who.get(where).status_code for who in (ravi, kari)] == [404, 404]
    assert [queries.introductions_waiting(who) for who in (world.ravi, world.kari)] == [[], []]
    with pytest.raises((Http404, PermissionDenied)):
        actions.agree_to_introduce(by=world.kari if silent == "kari" else world.ravi, introduction=now(made))
    assert Request.objects.count() == 0


def test_two_yeses_that_were_quicker_keep_their_request(world):
    made = introduced(world.mira, world.kari, world.ravi)
    seen_by_mira = now(made)
    between(made)
    with pytest.raises(PermissionDenied):
        actions.take_introduction_back(by=world.mira, introduction=now(made))
    actions.take_introduction_back(by=world.mira, introduction=seen_by_mira)
    assert (now(made).taken_back_at, read(world.kari, Request.objects.get().message)) == (None, MESSAGE)


@pytest.mark.parametrize("how", ["take back", "close"])
def test_taken_back_looks_the_same_whatever_was_said_before(world, door, how, run_jobs):
    mira, pages = door(world.mira), []
    for ending in ENDINGS:
        made = between(introduced(world.mira, world.kari, world.ravi), **ending)
        name, pk = ("introduction-back", made.pk) if how == "take back" else ("ask-close", made.ask_id)
        assert mira.post(reverse(name, args=[pk])).status_code == 302
        mira.get(reverse("asks"))  # where it says that it was closed
        pages.append(shown(mira, made))
    assert pages == pages[:1] * 4
    later(days=5)
    run_jobs()
    assert (told(world.mira), facts("asks.IntroductionWentOn"), Request.objects.count()) == ([], [], 0)


# --- in its own time -----------------------------------------------------------------------------


def test_after_two_working_days_the_next_person_is_asked(world, run_jobs):
    made = introduced(world.mira, world.kari, world.ravi, next_to=[world.olav.pk, world.lene.pk])
    later(days=2, seconds=-1)
    run_jobs()
    assert Request.objects.count() == 0
    later(seconds=1)
    run_jobs()
    sent = Request.objects.get()
    assert (sent.to, sent.next_to, sent.reasons) == (world.olav, [world.lene.pk], [])
    assert read(world.olav, sent.message) == draft(first_name="Olav", words=WORDS, kind="intro", reason="")
    went_on = {"introduction": made.pk, "asker": world.mira.pk, "next_request": sent.pk}
    assert facts("asks.IntroductionWentOn") == [went_on]
    assert {who.short_name: told(who) for who in (world.mira, world.ravi, world.kari, world.olav)} == {
        "Mira": [("went-on-without", "Olav Haug")],
        "Ravi": [("introduce", "Mira Lindqvist"), ("released-between", "Mira Lindqvist")],
        "Kari": [],
        "Olav": [("asked", "Mira Lindqvist")],
    }


def test_both_sides_have_their_working_days(world):
    people.set_hours(by=world.kari, hours=[(FRIDAY, time(8), time(16))])
    with_kari, with_olav = (introduced(world.mira, who, world.ravi).answer_by for who in (world.kari, world.olav))
    assert (with_kari > with_olav, with_olav) == (True, datetime(2026, 3, 12, 8, 15, tzinfo=UTC))


@pytest.mark.parametrize("onward", [True, False])
def test_a_no_and_a_silence_of_either_look_the_same_at_any_time(world, door, onward, run_jobs):
    mira = door(world.mira)
    next_to = [[who.pk] for who in (world.olav, world.lene, world.dev, world.eva)] if onward else [[]] * 4
    all_made = [introduced(world.mira, world.kari, world.ravi, next_to=pks) for pks in next_to]
    for hours, ending, made in zip((1, 3, 8, 1), ENDINGS, all_made, strict=True):
        later(hours=hours)
        between(made, **ending)
        run_jobs()
    nobody = re.compile("Olav Haug|Lene Moe|Dev Patel|Eva Vogt|OH|LM|DP|EV|hue-[0-9]+|/people/[0-9]+/")

    def pages():
        return {nobody.sub("NEXT", shown(mira, made)) for made in all_made}

    assert (len(pages()), told(world.mira)) == (1, [])
    later(days=2)
    run_jobs()
    assert len(pages()) == 1
    assert "No introduction came of it this time." in pages().pop()
    said = {kind for kind, _ in told(world.mira)}
    assert (said, len(told(world.mira))) == ({"went-on-without"} if onward else {"without"}, 4)
    assert len({made.went_on_at for made in Introduction.objects.all()}) == 1


def test_who_said_something_hears_nothing_more(world, run_jobs):
    for ending, after in zip(ENDINGS, (world.olav, world.lene, world.dev, world.eva), strict=True):
        between(introduced(world.mira, world.kari, world.ravi, next_to=[after.pk]), **ending)
    later(days=2)
    run_jobs()
    assert [kind for kind, _ in told(world.ravi)].count("released-between") == 1
    assert [kind for kind, _ in told(world.kari)].count("released-between") == 1


def test_neither_of_the_two_is_asked_next_and_nobody_who_cannot(world, run_jobs):
    people.rest(by=world.olav, kind="resting")
    order = [world.ravi.pk, world.kari.pk, world.olav.pk, world.lene.pk, world.dev.pk]
    made = introduced(world.mira, world.kari, world.ravi, next_to=order)
    Introduction.objects.update(next_to=order)
    later(days=2)
    run_jobs()
    assert [r.to for r in made.ask.requests.all()] == [world.lene]


def test_what_was_asked_beside_it_goes_on_to_neither_of_them(world, run_jobs):
    made = introduced(world.mira, world.kari, world.ravi)
    beside = actions.send(
        by=world.mira,
        ask=made.ask,
        asked=actions.Asked(world.sanne, MESSAGE),
        next_to=[world.ravi.pk, world.kari.pk, world.dev.pk],
    )
    later(days=2)
    run_jobs()
    assert [r.to for r in made.ask.requests.exclude(pk=beside.pk)] == [world.dev]


def test_kari_may_say_yes_late_but_ravi_does_not_start_it_late(world, door, run_jobs):
    by_ravi = introduced(world.mira, world.kari, world.ravi, next_to=[world.olav.pk])
    by_kari = between(introduced(world.mira, world.kari, world.ravi, next_to=[world.lene.pk]), silent="kari")
    later(days=2)
    run_jobs()
    ravi, kari = door(world.ravi), door(world.kari)
    over = page(ravi.get(reverse("introduction", args=[by_ravi.pk])))
    assert ("has asked somebody else; there is nothing left to do." in over, "Yes, gladly" in over) == (True, False)
    assert ravi.post(reverse("introduction", args=[by_ravi.pk]), {"yes": "1"}).status_code == 403
    assert "It is with the others now." in page(ravi.get(reverse("introduction", args=[by_kari.pk])))
    where = reverse("introduction", args=[by_kari.pk])
    assert "a yes is still welcome." in page(kari.get(where))
    assert queries.introductions_waiting(world.kari) == []
    answer = kari.post(where, {"yes": "1"})
    made = now(by_kari).request
    assert (answer.url, made.next_to) == (made.get_absolute_url(), [])  # Lene has been asked already
    assert kari.get(where).url == made.get_absolute_url()


def test_after_two_yeses_it_goes_on_as_a_request_does(world, run_jobs):
    made = between(introduced(world.mira, world.kari, world.ravi, next_to=[world.lene.pk]))
    assert now(made).request.next_to == [world.lene.pk]
    later(days=3)
    run_jobs()
    assert [r.to for r in made.ask.requests.all()] == [world.kari, world.lene]
    assert (facts("asks.IntroductionWentOn"), len(facts("asks.RequestWentOn"))) == ([], 1)


def test_it_ends_in_silence_when_somebody_else_said_yes(world, run_jobs):
    made = introduced(world.mira, world.kari, world.ravi, next_to=[world.lene.pk])
    beside = actions.send(by=world.mira, ask=made.ask, asked=actions.Asked(world.sanne, MESSAGE))
    actions.reply(by=world.sanne, request=beside, kind="yes")
    later(days=5)
    run_jobs()
    assert (Request.objects.count(), facts("asks.IntroductionWentOn")) == (1, [])
    assert told(world.mira) == [("accepted", "Sanne Vik")]


def test_it_goes_on_once_and_a_yes_in_between_stays_a_yes(world):
    made = introduced(world.mira, world.kari, world.ravi, next_to=[world.olav.pk, world.lene.pk])
    agreed = introduced(world.mira, world.kari, world.ravi, next_to=[world.dev.pk])
    one, other, stale = now(made), now(made), now(agreed)
    between(agreed)
    assert actions.go_on_without(introduction=one).to == world.olav
    assert actions.go_on_without(introduction=other) is None
    assert actions.go_on_without(introduction=stale) is None
    assert now(agreed).went_on_at is None


def test_the_asker_is_led_to_the_ask_from_the_page_of_an_introduction(world, door):
    made = introduced(world.mira, world.kari, world.ravi)
    answer = door(world.mira).get(reverse("introduction", args=[made.pk]))
    assert (answer.status_code, answer.url) == (302, made.ask.get_absolute_url())


def test_three_introductions_ask_as_often_as_one(world, door, django_assert_num_queries):
    mira = door(world.mira)
    for to in ((world.kari,), (world.kari, world.olav, world.lene)):
        asked = [actions.Asked(who, MESSAGE, through=world.ravi) for who in to]
        made = actions.ask(by=world.mira, words=WORDS, kind="think", to=asked)
        with django_assert_num_queries(7):
            assert page(mira.get(made.get_absolute_url())).count("Take it back") == len(to)


# --- somebody blocked somebody -------------------------------------------------------------------


def main(visitor, made):
    """What somebody reads on the page of an introduction."""
    return page(visitor.get(reverse("introduction", args=[made.pk]))).split("<main")[1].split("</main")[0]


PARTED = (("kari", "mira"), ("mira", "kari"), ("kari", "ravi"), ("ravi", "kari"))


@pytest.mark.parametrize(("one", "other"), PARTED)
def test_after_a_block_kari_is_not_asked_to_meet_and_for_the_others_it_is_a_silence(world, door, one, other, run_jobs):
    silent, parted = (introduced(world.mira, world.kari, world.ravi) for _ in range(2))
    between(silent, silent="kari")
    run_jobs()
    people.block(by=getattr(world, one), person=getattr(world, other))
    actions.agree_to_introduce(by=world.ravi, introduction=now(parted))
    run_jobs()
    mira, ravi, kari = door(world.mira), door(world.ravi), door(world.kari)
    assert (told(world.kari), queries.introductions_waiting(world.kari)) == ([("meet", "Ravi Berg")], [])
    assert HINT not in page(kari.get(reverse("today")))
    assert [kari.get(reverse("introduction", args=[made.pk])).status_code for made in (silent, parted)] == [404, 404]
    assert read(world.kari, now(parted).hint) == ""
    assert main(ravi, silent) == main(ravi, parted)
    assert shown(mira, silent) == shown(mira, parted)
    later(days=2)
    run_jobs()
    assert shown(mira, silent) == shown(mira, parted)
    assert told(world.mira) == [("without", None)] * 2
    assert len({made.went_on_at for made in Introduction.objects.all()}) == 1


@pytest.mark.parametrize(("one", "other"), PARTED)
def test_a_block_between_two_yeses_makes_no_request(world, door, one, other, run_jobs):
    made = between(introduced(world.mira, world.kari, world.ravi), silent="kari")
    people.block(by=getattr(world, one), person=getattr(world, other))
    run_jobs()
    kari = door(world.kari)
    assert (told(world.kari), HINT in page(kari.get(reverse("today")))) == ([], False)
    assert kari.post(reverse("introduction", args=[made.pk]), {"yes": "1"}).status_code == 404
    assert (Request.objects.count(), now(made).to_agreed_at) == (0, None)


@pytest.mark.parametrize(("one", "other"), [("ravi", "mira"), ("mira", "ravi")])
def test_who_parted_from_the_asker_introduces_nobody(world, door, one, other, run_jobs):
    made = introduced(world.mira, world.kari, world.ravi)
    people.block(by=getattr(world, one), person=getattr(world, other))
    run_jobs()
    ravi = door(world.ravi)
    assert (told(world.ravi), HINT in page(ravi.get(reverse("today")))) == ([], False)
    assert ravi.post(reverse("introduction", args=[made.pk]), {"yes": "1"}).status_code == 404
    assert now(made).through_agreed_at is None


@pytest.mark.parametrize(("one", "other"), [("kari", "mira"), ("mira", "kari")])
def test_ravi_cannot_tell_that_the_two_have_parted(world, door, one, other):
    together, parted = (introduced(world.mira, world.kari, world.ravi) for _ in range(2))
    before = plain(main(door(world.ravi), together))
    people.block(by=getattr(world, one), person=getattr(world, other))
    assert plain(main(door(world.ravi), parted)) == before
