"""A page of five lines for everybody: names only with a yes, taken back at once, found by its words."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from grapevine.challenges import actions, queries
from grapevine.challenges.models import Example, ExampleUse
from grapevine.challenges.tests.talking import facts
from grapevine.kernel.policy import visible
from grapevine.skills.models import Evidence

TITLE, BODY = "Whose clock is wrong?", "Power one device.\nThen the other."


def release(by, title=TITLE, **more):
    return actions.release_example(by=by, title=title, body=BODY, **more)


def readers(world, page):
    """Who of six people sees the page."""
    people = (world.mira, world.olav, world.lene, world.jonas, world.eva, world.tomasz)
    return [who.short_name for who in people if visible(who, Example).filter(pk=page.pk).exists()]


def test_a_released_page_is_open_to_the_organisation_and_makes_its_writer_findable(world):
    page = release(world.mira)
    assert readers(world, page) == ["Mira", "Olav", "Lene", "Jonas", "Eva"]
    assert facts("challenges.ExampleReleased") == [{"example": page.pk, "by": world.mira.pk, "asked": []}]
    [line] = Evidence.objects.all()
    told = (line.person, line.kind, line.words, line.url, line.agreed_at is not None)
    assert told == (world.mira, "shared", f"{TITLE}\n{BODY}", f"/pages/{page.pk}/", True)


def test_a_page_with_names_is_nobodys_until_all_of_them_agreed(world):
    page = release(world.mira, "How Olav and Lene found the clock", naming=[world.olav, world.lene])
    assert readers(world, page) == ["Mira", "Olav", "Lene"]
    assert facts("challenges.ExampleReleased")[0]["asked"] == [world.olav.pk, world.lene.pk]
    assert (list(queries.pages_to_point_to(world.mira, "")), Evidence.objects.count()) == ([], 0)
    for refused, why in ((world.mira, PermissionDenied), (world.jonas, Http404), (world.tomasz, Http404)):
        with pytest.raises(why):
            actions.agree_to_be_named(by=refused, example=Example.objects.get())
    actions.agree_to_be_named(by=world.olav, example=page)
    assert (readers(world, page), Evidence.objects.count()) == (["Mira", "Olav", "Lene"], 0)
    actions.agree_to_be_named(by=world.lene, example=page)
    assert readers(world, page) == ["Mira", "Olav", "Lene", "Jonas", "Eva"]
    pointed_to = list(queries.pages_to_point_to(world.mira, ""))
    assert (pointed_to, Evidence.objects.get().person) == ([page], world.mira)
    with pytest.raises(PermissionDenied):
        actions.agree_to_be_named(by=world.olav, example=Example.objects.get())


def test_its_writer_and_whoever_is_named_take_it_back_at_any_time(world):
    for who in (world.mira, world.olav):
        page = release(world.mira, naming=[world.olav])
        actions.agree_to_be_named(by=world.olav, example=page)
        for refused, why in ((world.jonas, PermissionDenied), (world.eva, PermissionDenied), (world.tomasz, Http404)):
            with pytest.raises(why):
                actions.withdraw_example(by=refused, example=Example.objects.get(pk=page.pk))
        actions.withdraw_example(by=who, example=page)
        assert (readers(world, page), Evidence.objects.count()) == ([], 0)
        with pytest.raises(Http404):
            actions.use_example(by=world.lene, example=Example.objects.get(pk=page.pk))


def test_i_used_this_counts_once_and_the_later_line_stands(world):
    page = release(world.mira)
    actions.use_example(by=world.olav, example=page, words="Ten minutes.")
    actions.use_example(by=world.olav, example=page, words=" Five the second time. ")
    assert [(u.person, u.words) for u in ExampleUse.objects.all()] == [(world.olav, "Five the second time.")]
    assert facts("challenges.ExampleUsed") == [{"example": page.pk, "writer": world.mira.pk, "by": world.olav.pk}]
    for refused, why in ((world.mira, PermissionDenied), (world.tomasz, Http404)):
        with pytest.raises(why):
            actions.use_example(by=refused, example=Example.objects.get())


def test_pages_that_fit_come_first_when_they_were_used(world):
    plain, used = release(world.mira), release(world.kari)
    release(world.olav, "Ladders in the rain")
    release(world.tomasz, "Clocks of St Brigid's")
    hidden = release(world.lene, naming=[world.dev])
    actions.use_example(by=world.olav, example=used)
    assert queries.examples_matching(world.ravi, "My clock seems wrong") == [used, plain]
    assert set(queries.examples_matching(world.dev, "My clock seems wrong")) == {used, plain, hidden}
    assert queries.examples_matching(world.ravi, "clock", most=1) == [used]
    assert queries.examples_matching(world.ravi, "the and of") == []


def test_worth_reading_is_new_to_me_and_used_by_others_first(world, clock):
    assert queries.worth_reading(world.mira) is None
    release(world.mira)
    used = release(world.kari)
    clock.set_offset(timedelta(hours=1))
    fresh = release(world.olav)
    assert queries.worth_reading(world.mira) == fresh
    actions.use_example(by=world.lene, example=used)
    assert queries.worth_reading(world.mira) == used
    actions.use_example(by=world.mira, example=used)
    assert queries.worth_reading(world.mira) == fresh
    actions.withdraw_example(by=world.olav, example=fresh)
    assert queries.worth_reading(world.mira) is None
    assert queries.worth_reading(world.tomasz) is None
