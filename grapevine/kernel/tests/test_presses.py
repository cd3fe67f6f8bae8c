"""One press, one effect."""

from functools import partial

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from grapevine.kernel import presses
from grapevine.kernel.models import Effect, Press


@pytest.fixture
def press(db):
    """`press(answer, key)` posts once more; answers (status, where to, how often it was done)."""
    done = []

    def send(answer, key="k1", person=7):
        request = RequestFactory().post("/x/", {"once": key} if key else {})

        def act():
            done.append(1)
            return answer

        got = presses.once(request, person, act)
        return got.status_code, got.get("Location", ""), len(done)

    return send


def test_the_second_arrival_is_led_to_where_the_first_was(press):
    assert press(HttpResponseRedirect("/done/")) == (302, "/done/", 1)
    assert press(HttpResponseRedirect("/other/")) == (302, "/done/", 1)


def test_another_key_or_another_person_is_another_press(press):
    press(HttpResponseRedirect("/a/"))
    assert press(HttpResponseRedirect("/b/"), key="k2") == (302, "/b/", 2)
    assert press(HttpResponseRedirect("/c/"), person=8) == (302, "/c/", 3)


def test_a_form_with_errors_may_be_sent_again(press):
    assert press(HttpResponse(status=422)) == (422, "", 1)
    assert press(HttpResponseRedirect("/done/")) == (302, "/done/", 2)


def test_a_page_that_is_only_shown_uses_nothing_up(press):
    press(HttpResponse())
    assert (press(HttpResponse())[2], Press.objects.count()) == (2, 0)


def test_without_a_key_every_press_counts(press):
    press(HttpResponseRedirect("/a/"), key="")
    assert press(HttpResponseRedirect("/a/"), key="") == (302, "/a/", 2)


def test_an_accident_leaves_nothing_behind(db):
    def breaks():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        presses.once(RequestFactory().post("/x/", {"once": "k"}), 7, breaks)
    assert Press.objects.count() == 0


def twice(create, **row):
    """What a press does that comes a moment too late."""
    for _ in range(2):
        with transaction.atomic():
            create(**row)


def test_a_row_of_ours_that_stands_already_is_no_accident(db, clock):
    posted, asked = RequestFactory().post("/x/"), RequestFactory().get("/x/")
    act = partial(twice, Effect.objects.create, key="letter 7", at=clock.now())
    assert presses.once(posted, 7, act).status_code == 409
    with pytest.raises(IntegrityError):
        presses.once(asked, 7, act)  # nobody pressed anything


@pytest.mark.parametrize("key", ["", "k"])
def test_what_should_never_be_is_still_an_accident(db, key):
    request = RequestFactory().post("/x/", {"once": key})
    for act in (
        partial(twice, ContentType.objects.create, app_label="elsewhere", model="row"),
        partial(twice, Effect.objects.create, key="letter 7"),
    ):
        with pytest.raises(IntegrityError):
            presses.once(request, 7, act)
    assert Press.objects.count() == 0
