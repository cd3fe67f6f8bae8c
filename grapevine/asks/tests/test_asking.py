"""One to three people, ten a day, and nothing is written when somebody cannot take it on."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from grapevine.asks import actions, queries
from grapevine.asks.actions import Asked, NotNowError
from grapevine.asks.models import Ask, Request
from grapevine.asks.tests.asking import MESSAGE, WORDS, ask, everything, facts, introduced, later, request, talk, told
from grapevine.kernel.policy import visible
from grapevine.people import actions as people
from grapevine.vaults.queries import read

NOTHING = {"Ask": 0, "Request": 0, "Reply": 0, "Introduction": 0, "Vault": 0, "SealedText": 0}


def refused(by, *people, **options):
    """The words of the refusal."""
    with pytest.raises(NotNowError) as refusal:
        ask(by, *people, **options)
    return refusal.value.messages[0]


def test_each_of_three_gets_a_request_of_their_own(world):
    to = [Asked(world.sanne, "Hi Sanne", ("Offers this.",)), Asked(world.olav, "Hi Olav"), Asked(world.kari, "Hi Kari")]
    left = [p.pk for p in (world.sanne, world.dev, world.lene, world.ravi, world.eva)]
    made = actions.ask(by=world.mira, words=WORDS, kind="show", to=to, next_to=left)
    sent = list(made.requests.all())
    assert [(r.to, r.reasons) for r in sent] == [(world.sanne, ["Offers this."]), (world.olav, []), (world.kari, [])]
    assert [r.next_to for r in sent] == [[world.dev.pk, world.eva.pk], [world.lene.pk], [world.ravi.pk]]
    due = datetime(2026, 3, 12, 8, 15, tzinfo=UTC)  # Tuesday 09:15 in Oslo and two working days
    assert {(r.answer_by, r.went_on_at, r.taken_back_at) for r in sent} == {(due, None, None)}
    readers = (world.mira, world.sanne, world.olav, world.kari, world.jonas, world.eva)
    assert [[read(who, r.message) for who in readers] for r in sent] == [
        ["Hi Sanne", "Hi Sanne", "", "", "", ""],
        ["Hi Olav", "", "Hi Olav", "", "", ""],
        ["Hi Kari", "", "", "Hi Kari", "", ""],
    ]
    assert [read(who, made.words) for who in readers] == [WORDS, "", "", "", "", ""]
    assert facts("asks.RequestSent") == [{"request": r.pk, "to": r.to_id} for r in sent]


def test_nobody_four_and_the_same_twice_are_not_asked(world):
    four = (world.sanne, world.olav, world.kari, world.dev)
    for asked in ((), four, (world.sanne, world.sanne)):
        assert refused(world.mira, *asked) == "Choose one to three people."
    assert everything() == NOTHING


def test_ten_in_a_day_and_then_tomorrow(world):
    for three in ((world.sanne, world.olav, world.kari), (world.dev, world.lene, world.ravi), (world.eva, world.jonas)):
        ask(world.mira, *three)
    introduced(world.mira, world.kari, world.ravi)
    assert "Nothing is lost: your words stay here" in refused(world.mira, world.olav, world.lene)
    ask(world.mira, world.olav)
    assert "That is a lot of asks for one day." in refused(world.mira, world.dev)
    assert (Request.objects.count(), Ask.objects.count()) == (9, 5)
    ask(world.ravi, world.dev)
    later(days=1, seconds=1)
    ask(world.mira, world.lene)


def test_who_cannot_be_asked_is_not_asked_and_nothing_is_written(world):
    people.rest(by=world.olav, kind="resting")
    people.block(by=world.dev, person=world.mira)
    people.block(by=world.mira, person=world.lene)
    actions.set_limits(by=world.kari, per_week=0)
    before = everything()
    words = {p.short_name: refused(world.mira, world.sanne, p) for p in (world.olav, world.dev, world.lene, world.kari)}
    assert words == {
        name.split()[0]: f"{name} cannot take it on just now. Nothing was sent; choose somebody else."
        for name in ("Olav Haug", "Dev Patel", "Lene Moe", "Kari Nilsen")
    }
    assert "Mira Lindqvist cannot take it on" in refused(world.mira, world.mira)
    for stranger in (world.tomasz, world.left):
        with pytest.raises(Http404):
            ask(world.mira, stranger)
    assert everything() == before == NOTHING
    people.rest(by=world.olav, kind="short")
    assert request(world.mira, world.olav).to == world.olav


def test_an_introduction_asks_nobody_who_cannot_take_it_on_either(world):
    people.rest(by=world.olav, kind="resting")
    people.block(by=world.dev, person=world.mira)
    for to, through in (
        (world.kari, world.olav),
        (world.olav, world.ravi),
        (world.kari, world.dev),
        (world.dev, world.ravi),
    ):
        with pytest.raises(NotNowError):
            introduced(world.mira, to, through)
    with pytest.raises(NotNowError, match="An introduction needs your name"):
        actions.ask(by=world.mira, words="w", kind="intro", to=[Asked(world.kari, "m", (), world.ravi)], alias="a wren")
    assert everything() == NOTHING


def test_an_ask_is_the_askers_alone_and_a_request_is_of_two(world):
    sent = request(world.mira, world.sanne)
    readers = (world.mira, world.sanne, world.jonas, world.ravi, world.eva, world.tomasz, world.left)
    assert [visible(who, Ask).count() for who in readers] == [1, 0, 0, 0, 0, 0, 0]
    assert [visible(who, Request).count() for who in readers] == [1, 1, 0, 0, 0, 0, 0]
    for verb in (actions.close_ask, actions.take_back):
        row = {"ask": sent.ask} if verb is actions.close_ask else {"request": sent}
        for who in (world.sanne, world.jonas):
            with pytest.raises((Http404, PermissionDenied)):
                verb(by=who, **row)


def test_take_back_shreds_the_message_and_comes_before_a_talk_only(world):
    sent, talked = request(world.mira, world.sanne), talk(world.mira, world.kari)
    actions.take_back(by=world.mira, request=sent)
    assert (queries.requests_waiting(world.sanne), visible(world.sanne, Request).count()) == ([], 0)
    assert (sent.vault.texts.count(), Request.objects.get(pk=sent.pk).message) == (0, None)
    for over in (Request.objects.get(pk=sent.pk), Request.objects.get(pk=talked.pk)):
        with pytest.raises(PermissionDenied):
            actions.take_back(by=world.mira, request=over)


def test_a_closed_ask_keeps_talks_and_lets_everybody_else_go(world, run_jobs):
    made = ask(world.mira, world.sanne, world.kari, world.olav, next_to=[world.lene.pk])
    sanne, kari, _olav = made.requests.all()
    actions.reply(by=world.sanne, request=sanne, kind="yes")
    actions.reply(by=world.kari, request=kari, kind="not_my_field", ask_instead=world.dev)
    actions.close_ask(by=world.mira, ask=made)
    kept = {r.to: r.taken_back_at is None for r in made.requests.all()}
    assert kept == {world.sanne: True, world.kari: True, world.olav: False}
    assert (queries.requests_waiting(world.olav), queries.asks_open(world.mira)) == ([], [])
    later(days=5)
    run_jobs()
    assert (Request.objects.count(), told(world.lene)) == (3, [])
    with pytest.raises(PermissionDenied):
        actions.close_ask(by=world.mira, ask=Ask.objects.get())


def test_what_waits_for_me_and_what_i_asked(world):
    first = request(world.mira, world.sanne)
    later(minutes=5)
    masked = request(world.kari, world.sanne, alias="a blue heron")
    lines = queries.requests_waiting(world.sanne)
    assert [(w.request, w.name, w.face, w.message, w.reasons, w.sent_at) for w in lines] == [
        (first, "Mira Lindqvist", world.mira, MESSAGE, [], first.sent_at),
        (masked, "a blue heron", None, MESSAGE, [], masked.sent_at),
    ]
    names = [queries.name_of(masked, who) for who in (world.sanne, world.kari)]
    assert names == ["a blue heron", "Kari Nilsen"]
    assert [(line.words, line.requests) for line in queries.asks_open(world.kari)] == [(WORDS, [masked])]


def test_who_has_left_asks_nothing_any_more(world, run_jobs):
    sent = request(world.mira, world.sanne, next_to=[world.kari.pk])
    introduction = introduced(world.mira, world.olav, world.ravi)
    people.leave(by=world.mira, person=world.mira)
    run_jobs()
    assert (queries.requests_waiting(world.sanne), queries.introductions_waiting(world.ravi)) == ([], [])
    sent.refresh_from_db()
    introduction.refresh_from_db()
    for act in (
        lambda: actions.reply(by=world.sanne, request=sent, kind="yes"),
        lambda: actions.agree_to_introduce(by=world.ravi, introduction=introduction),
    ):
        with pytest.raises(PermissionDenied):
            act()
    later(days=5)
    run_jobs()
    assert (Request.objects.count(), told(world.kari)) == (1, [])
