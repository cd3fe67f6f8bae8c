"""From two sentences to a message on its way, without JavaScript: look, choose, write, send. Nothing typed is lost."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grapevine.asks import actions
from grapevine.asks.models import Ask, Introduction, Request
from grapevine.asks.tests.asking import WORDS, ask, later, page, talk
from grapevine.asks.tests.browsing import Form
from grapevine.asks.tests.test_suggestions import tell
from grapevine.challenges.actions import release_example
from grapevine.people import actions as people
from grapevine.skills import actions as skills
from grapevine.vaults.queries import read

WHERE = "/ask/"
MINE = "Sanne, it is the bench again."
LINE = "Ask me whose clock is wrong on a bench"


@pytest.fixture
def offers(world):
    """Sanne learned it last month, Kari offers it."""
    tell(world.sanne, "learned", words=LINE, on=date(2026, 2, 10))
    skills.offer(by=world.kari, words=LINE)


def form(answer, status=200):
    assert answer.status_code == status
    return Form(answer.content.decode(), "asking")


def look(visitor, words=WORDS, **more):
    """Type the words, press the first button."""
    return form(visitor.post(WHERE, form(visitor.get(WHERE)).press("Find people", words=words, **more)))


def box(person):
    return f"message-{person.pk}-words"


def chosen(shown):
    return shown.fields.get("to", [])


def test_nothing_is_kept_before_it_is_sent(world, door, offers):
    mira = door(world.mira)
    start = form(mira.get(WHERE, {"words": "A bench & a <clock>"}))
    assert (start.fields["words"], start.fields["kind"], start.buttons) == (
        ["A bench & a <clock>"],
        ["think"],
        {"Find people": ("find", "1")},
    )
    shown = look(mira)
    assert chosen(shown) == [str(world.sanne.pk)]
    wish = "Could you think it through with me for 15 minutes this week, or send me a line? “Not now” is fine."
    why = f"I found you by this line: “Learned this in February: “{LINE}”.”"
    assert shown.fields[box(world.sanne)] == [f"Hi Sanne,\n\n{WORDS}\n\n{wish} {why}"]
    assert Ask.objects.count() == 0


def test_find_write_add_a_second_drop_the_first_and_send(world, door, offers):
    mira = door(world.mira)
    written = look(mira).press("Ask Kari") | {box(world.sanne): MINE, "kind": "show"}
    two = form(mira.post(WHERE, written))
    assert chosen(two) == [str(world.sanne.pk), str(world.kari.pk)]
    assert (two.fields[box(world.sanne)], "Send them" in two.buttons) == ([MINE], True)
    assert "Could you show me how you do it" in two.fields[box(world.kari)][0]
    again = form(mira.post(WHERE, two.press("Look again", words="Frames drop. Whose clock?")))
    assert again.fields[box(world.sanne)] == [MINE]  # what was changed stays
    assert "Frames drop. Whose clock?" in again.fields[box(world.kari)][0]  # what was not is written again
    one = form(mira.post(WHERE, again.press("Not Sanne after all")))
    assert (chosen(one), box(world.sanne) in one.fields, "Send to Kari" in one.buttons) == (
        [str(world.kari.pk)],
        False,
        True,
    )
    answer = mira.post(WHERE, one.press("Send to Kari"))
    sent = Request.objects.get()
    assert (answer.status_code, answer.url) == (302, sent.ask.get_absolute_url())
    assert [str(m) for m in get_messages(answer.wsgi_request)] == ["Sent. People say yes more often than we expect."]
    assert (sent.to, sent.ask.by, sent.ask.kind, sent.ask.alias) == (world.kari, world.mira, "show", "")
    assert sent.reasons == [f"Offers this: “{LINE}”."]
    assert read(world.mira, sent.ask.words) == "Frames drop. Whose clock?"
    assert read(world.kari, sent.message) == one.fields[box(world.kari)][0]
    assert world.sanne.pk in sent.next_to


def test_who_was_only_proposed_makes_room_for_the_one_who_is_meant(world, door, offers):
    mira = door(world.mira)
    shown = form(mira.post(WHERE, look(mira).press("Ask Kari")))
    assert chosen(shown) == [str(world.kari.pk)]
    assert chosen(form(mira.post(WHERE, shown.press("Ask Sanne")))) == [str(world.kari.pk), str(world.sanne.pk)]


def test_nobody_waits_while_somebody_looks_for_people(world, door, offers):
    mira, pressed = door(world.mira), {"once": "one press", "words": WORDS, "kind": "think"}
    with CaptureQueriesContext(connection) as asked:
        shown = form(mira.post(WHERE, pressed | {"find": "1"}))
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    with CaptureQueriesContext(connection) as asked:
        where = [mira.post(WHERE, shown.press("Send to Sanne", once="one press")).url for _ in range(2)]
    assert where == [Ask.objects.get().get_absolute_url()] * 2
    told = [query["sql"] for query in asked]
    lock = next(sql for sql in told if sql.startswith("SAVEPOINT"))
    held = told[told.index(lock) : told.index(lock.replace("SAVEPOINT", "RELEASE SAVEPOINT"))]
    assert ["skills_evidence" in " ".join(sqls) for sqls in (told, held)] == [True, False]


def test_three_at_most(world, door, offers):
    mira, pks = door(world.mira), [str(p.pk) for p in (world.sanne, world.kari, world.dev)]
    full = form(mira.post(WHERE, look(mira).press(to=pks)))
    assert (chosen(full), [b for b in full.buttons if b.startswith("Ask ")]) == (pks, [])
    pressed = full.press("Send them", add=str(world.olav.pk), proposed=[])
    assert mira.post(WHERE, pressed).status_code == 302
    assert [str(r.to_id) for r in Request.objects.all()] == pks


def test_a_person_is_asked_in_one_way(world, door, offers):
    mira, both = door(world.mira), f"{world.kari.pk}:{world.ravi.pk}"
    shown = look(mira)
    by_ravi = form(mira.post(WHERE, shown.press(to=[str(world.kari.pk)], add=both)))
    assert chosen(by_ravi) == [both]
    directly = form(mira.post(WHERE, by_ravi.press(add=str(world.kari.pk))))
    assert chosen(directly) == [str(world.kari.pk)]


def test_what_is_missing_is_said_and_nothing_typed_is_lost(world, door, offers):
    mira, shown = door(world.mira), look(door(world.mira))
    written = shown.press("Send to Sanne") | {box(world.sanne): MINE}
    for words, why in (("  ", "Write two or three sentences first."), ("a bench " * 200, "at most 1500 characters")):
        answer = mira.post(WHERE, written | {"words": words, "masked": "on"})
        assert why in page(answer, 422)
        kept = form(answer, 422).fields
        assert (kept["words"], kept["to"], kept[box(world.sanne)], kept["masked"]) == (
            [words],
            [str(world.sanne.pk)],
            [MINE],
            ["on"],
        )
    for words, why in ((" ", "Something is still missing here."), ("so " * 900, "at most 2500 characters")):
        answer = mira.post(WHERE, written | {box(world.sanne): words})
        assert why in page(answer, 422)
        assert form(answer, 422).fields[box(world.sanne)][0].strip() == words.strip()
    assert "Choose one to three people." in page(
        mira.post(WHERE, {"words": WORDS, "kind": "think", "send": "1", "drop": "1"}), 422
    )
    assert "This cannot be chosen" in page(mira.post(WHERE, written | {"kind": "rescue"}), 422)
    assert Ask.objects.count() == 0


def test_a_refusal_keeps_the_words_and_says_whom(world, door, offers):
    mira = door(world.mira)
    written = look(mira).press("Send to Sanne") | {box(world.sanne): MINE}
    people.rest(by=world.sanne, kind="resting")
    answer = mira.post(WHERE, written)
    assert "Sanne Vik cannot take it on just now. Nothing was sent; choose somebody else." in page(answer, 422)
    kept = form(answer, 422).fields
    assert (kept["words"], kept[box(world.sanne)], Ask.objects.count()) == ([WORDS], [MINE], 0)


def test_from_another_page_with_somebody_in_mind(world, door, offers):
    mira = door(world.mira)
    for to in (f"{world.olav.pk}", f"{world.olav.pk}:{world.ravi.pk}"):
        start = form(mira.get(WHERE, {"to": to}))
        assert start.fields["to"] == [to]
        shown = form(mira.post(WHERE, start.press("Find people", words=WORDS)))
        assert (chosen(shown), "Hi Olav," in shown.fields[box(world.olav)][0]) == ([to], True)
    answer = mira.post(WHERE, shown.press("Send to Ravi"))
    made = Introduction.objects.get()
    assert (answer.status_code, made.to, made.through, Request.objects.count()) == (302, world.olav, world.ravi, 0)
    assert "Ravi Berg was asked to introduce you." in page(mira.get(answer.url))


def test_the_button_names_who_is_asked_first(world, door, offers):
    mira, by_ravi = door(world.mira), f"{world.kari.pk}:{world.ravi.pk}"
    told = "Ravi is asked first. Kari hears of it when Ravi says yes."
    seen = {}
    for to in ((str(world.kari.pk),), (by_ravi,), (str(world.sanne.pk), by_ravi)):
        answer = mira.post(WHERE, {"words": WORDS, "kind": "think", "to": to})
        seen[to[0], len(to)] = [b for b in form(answer).buttons if b.startswith("Send")], told in page(answer)
    assert list(seen.values()) == [(["Send to Kari"], False), (["Send to Ravi"], True), (["Send them"], True)]


def test_nobody_else_can_be_chosen_by_hand(world, door, offers):
    mira = door(world.mira)
    strangers = [str(p.pk) for p in (world.mira, world.tomasz, world.left)]
    through = [f"{world.kari.pk}:{world.tomasz.pk}", f"{world.kari.pk}:{world.mira.pk}"]
    for to in (*strangers, *through, "²", "x", ":", "9" * 30, "9" * 5_000):
        answer = mira.post(WHERE, {"words": WORDS, "kind": "think", "to": to, "send": "1"})
        assert "Choose one to three people." in page(answer, 422)
    assert Ask.objects.count() == 0


def test_under_a_pseudonym_nothing_tells_who_asks(world, door):
    tell(world.sanne, "learned", words=LINE)
    mira, to = door(world.mira), str(world.sanne.pk)
    named = form(mira.post(WHERE, {"words": WORDS, "kind": "think", "to": to}))
    assert "I found you by this line" in named.fields[box(world.sanne)][0]
    assert mira.post(WHERE, named.press("Send to Sanne", masked="on")).status_code == 302
    sent = Ask.objects.latest("pk").requests.get()
    assert (sent.reasons, sent.ask.alias.split()[0]) == ([], "a")
    assert "I found you by this line" not in read(world.sanne, sent.message)
    to = f"{world.olav.pk}:{world.ravi.pk}"
    refused = mira.post(WHERE, {"words": WORDS, "kind": "think", "to": to, "masked": "on", "send": "1"})
    assert "An introduction needs your name." in page(refused, 422)


def test_where_no_word_was_found_it_says_so_and_chooses_nobody(world, door, offers):
    mira, weak = door(world.mira), "No words of yours were found with anybody. These are people near you."
    answer = mira.post(WHERE, {"words": "asdf", "kind": "think"})
    shown = form(answer)
    asked = [button for button in shown.buttons if button.startswith("Ask ")]
    assert (weak in page(answer), chosen(shown), len(asked)) == (True, [], 5)
    assert not any(button.startswith("Send") for button in shown.buttons)
    picked = form(mira.post(WHERE, shown.press("Ask Ravi")))
    assert chosen(picked) == [str(world.ravi.pk)]
    assert "I found you by this line" not in picked.fields[box(world.ravi)][0]
    assert mira.post(WHERE, picked.press("Send to Ravi")).status_code == 302
    assert Request.objects.get().reasons == []
    assert weak not in page(mira.post(WHERE, {"words": WORDS, "kind": "think"}))


def test_what_changes_who_is_found_stands_before_the_people_and_the_button(world, door, offers):
    mira = door(world.mira)
    places = ("What would help?", 'name="with_lead"', 'name="masked"', 'name="find"', 'id="people"', 'name="send"')
    shown = page(mira.post(WHERE, {"words": WORDS, "kind": "think", "masked": "on"}))
    assert sorted(places, key=shown.index) == list(places)
    folded = shown.split("<details")[1].split("</details>")[0]
    assert ('name="masked"' in folded, 'name="with_lead"' in folded) == (True, False)
    assert " open " in folded.split("<summary")[0]  # what was chosen is not hidden
    assert " open " not in page(mira.get(WHERE)).split('id="masked"')[0].rsplit("<details", 1)[1]


def test_the_lead_comes_on_wish_and_the_full_expert_points_on(world, door):
    mira, asked = door(world.mira), {"words": WORDS, "kind": "think"}
    tell(world.jonas, "learned", words=LINE)
    for kind in ("used", "helped"):
        tell(world.olav, kind, words=f"{WORDS} {LINE}")
    actions.set_limits(by=world.olav, per_week=0, colleagues=[world.lene])
    release_example(by=world.dev, title="Whose clock is wrong?", body="A bench\nof frames")
    without, with_lead = page(mira.post(WHERE, asked)), page(mira.post(WHERE, asked | {"with_lead": "on"}))
    assert ("Jonas Eide" in without, "Jonas Eide" in with_lead) == (False, True)
    told = ("Whose clock is wrong?", "a page by Dev Patel.", "has no room for asks at the moment")
    assert [words for words in (*told, "Points to:", "Ask Lene") if words not in without] == []


def test_an_ask_and_what_came_of_it(world, door):
    mira, made = door(world.mira), ask(world.mira, world.sanne, world.kari, alias="a blue heron")
    here = made.get_absolute_url()
    actions.reply(by=world.sanne, request=made.requests.first(), kind="yes")
    told = page(mira.get(here))
    for words in (WORDS, "said yes", "Open the talk", "Take it back", "They know you as “a blue heron”."):
        assert words in told
    assert [door(who).get(here).status_code for who in (world.sanne, world.jonas, world.eva, world.tomasz)] == [404] * 4
    assert door(world.sanne).post(reverse("ask-close", args=[made.pk])).status_code == 404
    assert mira.post(reverse("ask-close", args=[made.pk])).status_code == 302
    assert mira.post(reverse("ask-close", args=[made.pk])).status_code == 403


def test_the_pages_ask_as_often_for_three_as_for_one(world, door, offers, django_assert_num_queries):
    mira = door(world.mira)
    actions.set_limits(by=world.mira, per_week=9)
    made, mine, waiting = (world.sanne,), (world.kari,), (world.lene,)
    for more in ((), (world.olav, world.dev)):
        shown = ask(world.mira, *made, *more)
        for helper in (*mine, *more):
            talked = ask(world.mira, helper).requests.get()
            actions.reply(by=helper, request=talked, kind="yes")
        for asker in (*waiting, *more):
            ask(asker, world.mira)
        with django_assert_num_queries(7):
            assert page(mira.get(shown.get_absolute_url())).count("Take it back") == 1 + len(more)
        with django_assert_num_queries(10):
            told = page(mira.get(reverse("asks")))
        counted = told.count("said yes"), told.count(">Answer<")
        assert counted == ((4, 4) if more else (1, 1))
        later(days=8)
    for to in ([world.sanne], [world.sanne, world.kari, world.olav]):
        asked = {"words": WORDS, "kind": "think", "to": [person.pk for person in to]}
        with django_assert_num_queries(18):
            assert chosen(form(mira.post(WHERE, asked))) == [str(person.pk) for person in to]


def test_a_talk_that_began_with_an_ask_opens_with_twelve_queries_at_most(world, door, django_assert_max_num_queries):
    sent = talk(world.mira, world.sanne, alias="a blue heron")
    sent.refresh_from_db()
    for visitor in (door(world.mira), door(world.sanne)):
        with django_assert_max_num_queries(12):
            assert WORDS in page(visitor.get(sent.challenge.get_absolute_url()))
