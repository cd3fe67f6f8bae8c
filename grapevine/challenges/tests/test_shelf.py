"""Released pages in the browser: the shelf, one page, writing one, using it, taking it back."""

from django.contrib.messages import get_messages
from django.urls import reverse

from grapevine.challenges import actions
from grapevine.challenges.models import Example, ExampleUse
from grapevine.challenges.tests.talking import TITLE, marks, page, played_back

BODY = "Power **one** device.\n\nThen the other."


def at(name, row=None):
    return reverse(name, args=[row.pk] if row else [])


def led(answer):
    return answer.status_code, answer.headers.get("Location")


def release(by, title=TITLE, **more):
    return actions.release_example(by=by, title=title, body=BODY, **more)


def test_writing_a_page(world, door):
    mira = door(world.mira)
    assert TITLE not in page(mira.get(at("example-new")))
    told = page(mira.post(at("example-new"), {"title": "w" * 121, "body": BODY}), 422)
    assert ("w" * 121 in told, BODY in told, Example.objects.count()) == (True, True, 0)
    answer = mira.post(at("example-new"), {"title": TITLE, "body": BODY})
    written = Example.objects.get()
    assert led(answer) == (302, at("example", written))
    assert [str(m) for m in get_messages(answer.wsgi_request)] == ["Your colleagues can read it now."]
    assert (written.title, written.body, written.by) == (TITLE, BODY, world.mira)
    assert "Power <strong>one</strong> device." in page(door(world.olav).get(at("example", written)))


def test_nothing_sealed_is_copied_from_the_talk_it_comes_from(world, door):
    challenge, mira = played_back(world.mira, world.sanne).playback.challenge, door(world.mira)
    told = page(mira.get(at("example-new"), {"from": challenge.pk}))
    assert (at("challenge", challenge) in told, TITLE in told) == (True, False)
    for visitor, origin in ((door(world.lene), challenge.pk), (mira, "²"), (mira, "9" * 30), (mira, "9" * 5000)):
        assert at("challenge", challenge) not in page(visitor.get(at("example-new"), {"from": origin}))


def test_whoever_is_named_is_asked_first(world, door):
    mira, olav, lene = door(world.mira), door(world.olav), door(world.lene)
    answer = mira.post(at("example-new"), {"title": "How OLAV\u00a0Haug found it", "body": "He powered\none device."})
    written = Example.objects.get()
    assert list(get_messages(answer.wsgi_request)) == []
    here, told = at("example", written), "It names Olav Haug, who decides first."
    assert [told in page(who.get(here)) for who in (mira, olav)] == [True, True]
    assert lene.get(here).status_code == 404
    assert (
        lene.post(at("example-named", written)).status_code,
        mira.post(at("example-named", written)).status_code,
    ) == (404, 403)
    assert led(olav.post(at("example-named", written))) == (302, here)
    assert "How OLAV" in page(lene.get(here))
    assert told not in page(mira.get(here))


def test_names_are_found_however_they_are_written(world, door):
    for title, body in (("x", "with kari\nnilsen"), ("Kari   Nilsen", "x"), ("x", "KARI NILSEN’s van"), ("Kari", "x")):
        door(world.mira).post(at("example-new"), {"title": title, "body": body})
    assert [[n.person.name for n in e.names.all()] for e in Example.objects.order_by("pk")] == [["Kari Nilsen"]] * 3 + [
        []
    ]


def test_using_a_page(world, door):
    written, olav = release(world.mira), door(world.olav)
    here = at("example", written)
    assert led(olav.post(at("example-use", written), {"words": "Ten minutes."})) == (302, here)
    assert led(olav.post(at("example-use", written), {"words": "w" * 300})) == (302, here)
    assert ExampleUse.objects.get().words == "w" * 200
    told = page(door(world.mira).get(here))
    assert ("w" * 200 in told, at("example-use", written) in told) == (True, False)
    refused = {
        who: door(getattr(world, who)).post(at("example-use", written)).status_code for who in ("mira", "tomasz")
    }
    assert refused == {"mira": 403, "tomasz": 404}


def test_taking_a_page_back(world, door):
    written, mira = release(world.mira), door(world.mira)
    assert door(world.olav).post(at("example-withdraw", written)).status_code == 403
    assert led(mira.post(at("example-withdraw", written))) == (302, at("examples"))
    for visitor in (mira, door(world.olav)):
        assert visitor.get(at("example", written)).status_code == 404
        assert TITLE not in page(visitor.get(at("examples")))


def test_the_shelf_asks_as_often_for_three_as_for_one(world, door, django_assert_num_queries):
    release(world.tomasz, "Handovers that hold")
    visitor = door(world.mira)
    for writer in (world.olav, world.kari, world.dev):
        used = release(writer)
        actions.use_example(by=world.lene, example=used, words="It worked.")
        shown = Example.objects.filter(title=TITLE).count()
        with django_assert_num_queries(4):
            assert page(visitor.get(at("examples"))).count(TITLE) == shown
        with django_assert_num_queries(4):
            found = page(visitor.get(at("examples"), {"q": "clocks"}))
        assert (found.count(TITLE), "Handovers" in found) == (shown, False)
        with django_assert_num_queries(6):
            page(visitor.get(at("example", used)))
    assert TITLE not in page(visitor.get(at("examples"), {"q": "ladders & <rain>"}))
    assert 'value="ladders & <rain>"' in page(visitor.get(at("examples"), {"q": "ladders & <rain>"}))


def test_twenty_pages_at_a_time(world, door):
    rows = [
        Example(
            organisation=world.halden,
            by=world.olav,
            title=f"Page {n}",
            body="x",
            released_at=world.olav.consents.get().given_at,
        )
        for n in range(21)
    ]
    Example.objects.bulk_create(rows)
    visitor = door(world.mira)
    counts = [
        len(
            [
                m
                for m in marks(page(visitor.get(at("examples"), {"page": n})), "href")
                if m.startswith("/pages/") and m[7:-1].isdigit()
            ]
        )
        for n in (1, 2, "x", 99)
    ]
    assert counts == [20, 1, 20, 1]
