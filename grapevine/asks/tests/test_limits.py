"""Who rests, who is full, and when they are free again: in words, on their own wall."""

from datetime import UTC, date, datetime

from django.urls import reverse
from django.utils import translation

from grapevine.asks import actions
from grapevine.asks.limits import State, states
from grapevine.asks.models import HelperLimits
from grapevine.asks.tests.asking import later, page, request
from grapevine.kernel.policy import visible
from grapevine.people import actions as people


def state(person):
    return states([person])[person.pk]


def test_everybody_is_free_at_first(world):
    assert states([world.sanne, world.olav]) == {
        world.sanne.pk: State(is_free=True),
        world.olav.pk: State(is_free=True),
    }


def test_resting_until_a_day_or_without_one(world):
    for until, words in (
        (date(2026, 3, 11), "resting until Wednesday"),
        (date(2026, 3, 16), "resting until Monday"),
        (date(2026, 3, 17), "resting until 17 March"),
        (None, "resting"),
    ):
        people.rest(by=world.olav, kind="resting", until_on=until)
        assert state(world.olav) == State(is_free=False, words=words)
    people.rest(by=world.olav, kind="resting", until_on=date(2026, 3, 10))
    assert state(world.olav) == State(is_free=True)
    people.rest(by=world.olav, kind="short")
    assert state(world.olav) == State(is_free=True, words="this week only short")
    with translation.override("de"):
        people.rest(by=world.olav, kind="resting", until_on=date(2026, 3, 17))
        assert "17. März" in state(world.olav).words


def test_the_day_is_one_of_their_own_calendar(world, clock):
    clock.freeze(datetime(2026, 3, 10, 23, 30, tzinfo=UTC))  # Wednesday in Oslo, Tuesday in New York
    words = {}
    for zone in ("Europe/Oslo", "America/New_York"):
        world.olav.timezone = zone
        people.rest(by=world.olav, kind="resting", until_on=date(2026, 3, 17))
        words[zone] = state(world.olav).words
    assert words == {"Europe/Oslo": "resting until Tuesday", "America/New_York": "resting until 17 March"}


def test_two_a_week_and_then_the_first_day_with_room(world, clock):
    request(world.mira, world.sanne)
    assert state(world.sanne) == State(is_free=True, load=1)
    later(days=1)
    second = request(world.ravi, world.sanne)
    full = State(is_free=False, words="carries many asks just now, free again from Tuesday", load=2)
    assert state(world.sanne) == full
    actions.reply(by=world.sanne, request=second, kind="pass")
    assert state(world.sanne) == full  # an answer makes no room: it was an ask of this week
    later(days=6)
    assert state(world.sanne) == State(is_free=True, load=1)


def test_a_request_taken_back_weighs_nothing(world):
    for asker in (world.mira, world.ravi):
        actions.take_back(by=asker, request=request(asker, world.sanne))
    assert state(world.sanne) == State(is_free=True)


def test_three_open_are_enough_whatever_the_limit(world):
    actions.set_limits(by=world.olav, per_week=20)
    sent = [request(asker, world.olav) for asker in (world.mira, world.ravi, world.kari)]
    full = State(is_free=False, words="carries many asks just now, free again from Thursday", load=3)
    assert state(world.olav) == full
    actions.reply(by=world.olav, request=sent[0], kind="pass")
    assert state(world.olav) == full  # a no takes as long as a silence, so that it cannot be told from it
    actions.reply(by=world.olav, request=sent[1], kind="yes")
    assert state(world.olav) == State(is_free=True, load=3)


def test_three_open_have_room_on_the_day_that_was_said(world):
    actions.set_limits(by=world.olav, per_week=20)
    request(world.mira, world.olav)
    later(days=3)  # Friday
    request(world.ravi, world.olav)
    request(world.kari, world.olav)
    assert state(world.olav) == State(is_free=True, load=3)  # the first one waits for nobody any more
    request(world.dev, world.olav)
    full = State(is_free=False, words="carries many asks just now, free again from Tuesday", load=4)
    assert state(world.olav) == full
    later(days=4, seconds=-1)  # Tuesday, when two working days are over
    assert state(world.olav).is_free is False
    later(seconds=1)
    assert state(world.olav).is_free is True


def test_whoever_has_room_for_none_says_no_day(world):
    actions.set_limits(by=world.olav, per_week=0)
    none = State(is_free=False, words="has no room for asks at the moment")
    for _ in range(3):
        assert state(world.olav) == none
        later(days=5)
    with translation.override("de"):
        assert state(world.olav).words == "hat gerade keinen Platz für Fragen"


def test_who_wants_fewer_than_came_this_week_is_free_when_enough_of_them_are_a_week_old(world):
    for asker in (world.mira, world.ravi):
        request(asker, world.olav)
        later(days=2)  # Tuesday and Thursday; now it is Saturday
    actions.set_limits(by=world.olav, per_week=1)
    assert state(world.olav).words == "carries many asks just now, free again from Thursday"
    later(days=3)  # Tuesday, when the first one is a week old
    assert state(world.olav).words == "carries many asks just now, free again from Thursday"
    later(days=2)
    assert state(world.olav) == State(is_free=True)


def test_the_states_of_three_cost_as_much_as_of_one(world, django_assert_num_queries):
    request(world.mira, world.olav)
    for some in ([world.olav], [world.olav, world.sanne, world.kari]):
        with django_assert_num_queries(3):
            states(some)


def test_limits_are_set_on_a_page_of_ones_own(world, door):
    where, olav = reverse("settings-asks"), door(world.olav)
    assert 'value="2"' in page(olav.get(where))
    typed = {"per_week": "4", "first": "lene moe", "second": "Ravi Berg"}
    answer = olav.post(where, typed)
    assert (answer.status_code, answer.url) == (302, where)
    mine = HelperLimits.objects.get()
    assert (mine.person, mine.per_week, set(mine.colleagues.all())) == (world.olav, 4, {world.lene, world.ravi})
    seen = page(olav.get(where))
    assert [f'value="{value}"' in seen for value in ("4", "Lene Moe", "Ravi Berg")] == [True] * 3
    for wrong, why in (
        ({"per_week": "21"}, "At most 20."),
        ({"per_week": "-1"}, "At least 0."),
        ({"per_week": "many"}, "Please write a whole number."),
        ({"first": "Olav Haug"}, "by the name of Olav Haug here"),
        ({"second": "Tomasz Wilk"}, "by the name of Tomasz Wilk here"),
    ):
        told = page(olav.post(where, typed | wrong), 422)
        assert why in told
        assert [value in told for value in (typed | wrong).values()] == [True] * 3
    olav.post(where, {"per_week": "0", "first": "", "second": ""})
    mine.refresh_from_db()
    assert (mine.per_week, mine.colleagues.count()) == (0, 0)


def test_nobody_else_sees_the_numbers(world, door):
    actions.set_limits(by=world.olav, per_week=13)
    assert [visible(who, HelperLimits).count() for who in (world.olav, world.mira, world.jonas, world.eva)] == [
        1,
        0,
        0,
        0,
    ]
    assert "13" not in page(door(world.eva).get(reverse("settings-asks"))).split("<main")[1].split("</main")[0]
