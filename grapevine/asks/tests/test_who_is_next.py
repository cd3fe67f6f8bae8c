"""Who may be asked next is said before sending, can be left out, and is what happens."""

import pytest

from grapevine.asks import actions
from grapevine.asks.models import Request
from grapevine.asks.tests.asking import WORDS, ask, introduced, later, page, told
from grapevine.asks.tests.browsing import Form
from grapevine.people import actions as people
from grapevine.people.models import Person

WHERE = "/ask/"
SAID = "No yes within two working days (48 working hours)?"
NOBODY = f"{SAID} Then we tell you. Nobody else is asked."


@pytest.fixture
def mira(world, door):
    return door(world.mira)


def looked(mira, *to):
    """The page on which messages are written to these people (or keys)."""
    answer = mira.post(WHERE, {"words": WORDS, "kind": "think", "to": [str(getattr(who, "pk", who)) for who in to]})
    return page(answer), Form(answer.content.decode(), "asking")


def names(pks):
    people_ = Person.objects.in_bulk(pks)
    return [people_[int(pk)].name for pk in pks]


def test_the_page_names_who_may_be_asked_next_and_they_are(world, mira, run_jobs):
    shown, form = looked(mira, world.kari)
    assert "Only you, until you send it. Then you and whoever is asked." in shown
    first, *others = names(form.fields["next"])
    assert "Kari Nilsen" not in {first, *others}
    listed = f"{', '.join([first, *others[:-1]])} and {others[-1]}"
    assert f"{SAID} Then one of these may be asked next: {listed}. They get your words from above" in shown
    mira.post(WHERE, form.press("Send to Kari"))
    later(days=2)
    run_jobs()
    assert [r.to.name for r in Request.objects.all()] == ["Kari Nilsen", first]
    assert told(world.mira) == [("went-on", first)]


def test_only_kari_for_now(world, mira, run_jobs):
    shown, form = looked(mira, world.kari)
    assert ("Only Kari for now" in shown, "only" in form.fields) == (True, False)
    again = Form(mira.post(WHERE, form.press("Look again", only="on")).content.decode(), "asking")
    assert again.fields["only"] == ["on"]  # what was ticked stays
    answer = mira.post(WHERE, again.press("Send to Kari"))
    assert "After two working days without a yes we tell you. Nobody else is asked." in page(mira.get(answer.url))
    later(days=2)
    run_jobs()
    assert [r.to for r in Request.objects.all()] == [world.kari]
    assert told(world.mira) == [("elsewhere", "Kari Nilsen")]


def test_only_kari_also_when_ravi_is_asked_first(world, mira, run_jobs):
    shown, form = looked(mira, f"{world.kari.pk}:{world.ravi.pk}")
    assert "Only Kari for now" in shown
    assert not {"Kari Nilsen", "Ravi Berg"} & set(names(form.fields["next"]))
    mira.post(WHERE, form.press("Send to Ravi", only="on"))
    later(days=2)
    run_jobs()
    assert (Request.objects.count(), told(world.mira)) == (0, [("without", None)])


def test_of_several_each_goes_on_to_one_of_those_that_were_named(world, mira):
    shown, form = looked(mira, world.kari, world.olav)
    assert "Only these for now" in shown
    mira.post(WHERE, form.press("Send them"))
    nexts = [pk for request in Request.objects.all() for pk in request.next_to]
    assert sorted(nexts) == sorted(int(pk) for pk in form.fields["next"])


def test_nobody_is_asked_next_whom_the_page_did_not_name(world, mira):
    _, form = looked(mira, world.kari)
    people.rest(by=world.dev, kind="resting")
    mira.post(WHERE, form.press("Send to Kari", words="Ladders in the rain"))  # other words would find others
    assert [str(pk) for pk in Request.objects.get().next_to] == form.fields["next"]
    mira.post(WHERE, {"words": WORDS, "kind": "think", "to": str(world.olav.pk), "send": "1"})
    assert Request.objects.get(to=world.olav).next_to == []


def test_when_there_is_nobody_else_the_page_says_so(world, mira):
    for person in (world.sanne, world.ravi, world.olav, world.lene, world.dev, world.eva):
        people.withdraw_consent(by=person, about="found")
    shown, form = looked(mira, world.kari)
    assert (NOBODY in shown, "next" in form.fields, "for now" in shown) == (True, False, False)


def test_what_is_typed_by_hand_asks_nobody_who_may_not_be_found(world, mira, run_jobs):
    people.withdraw_consent(by=world.lene, about="found")
    wrong = [str(p.pk) for p in (world.lene, world.tomasz, world.left, world.mira)]
    _, form = looked(mira, world.kari)
    mira.post(WHERE, form.press("Send to Kari", next=[*wrong, "x", "9" * 40, str(world.dev.pk)]))
    later(days=2)
    run_jobs()
    assert [r.to for r in Request.objects.all()] == [world.kari, world.dev]


def test_the_page_of_what_was_sent_says_the_same(world, mira):
    on = "After two working days without a yes we ask the next of those you were shown, and tell you both."
    alone = "After two working days without a yes we tell you. Nobody else is asked."

    def said(made):
        shown = page(mira.get(made.get_absolute_url()))
        return [words in shown for words in (on, alone)]

    goes_on, stays = ask(world.mira, world.sanne, next_to=[world.dev.pk]), ask(world.mira, world.kari)
    by_ravi = introduced(world.mira, world.kari, world.ravi, next_to=[world.dev.pk]).ask
    assert [said(made) for made in (goes_on, stays, by_ravi)] == [[True, False], [False, True], [True, False]]
    actions.reply(by=world.sanne, request=goes_on.requests.get(), kind="pass")
    assert said(goes_on) == [True, False]  # a no is not told from a silence
    actions.reply(by=world.kari, request=stays.requests.get(), kind="yes")
    actions.close_ask(by=world.mira, ask=by_ravi)
    assert [said(made) for made in (stays, by_ravi)] == [[False, False]] * 2
