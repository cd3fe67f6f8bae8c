"""Two do something about the same ask, or ask the same person, in the same moment: one comes after the other."""

import pytest

from grapevine.asks import actions, limits
from grapevine.asks.actions import introducing, sending
from grapevine.asks.models import Request
from grapevine.asks.tests.asking import ask, introduced, later, request
from tests.moments import PATIENCE, at_the_same_moment, in_the_middle

pytestmark = at_the_same_moment


def go_on(world, monkeypatch):
    """Sanne did not answer; Kari would be next."""
    sent = request(world.mira, world.sanne, next_to=[world.kari.pk])
    closed = in_the_middle(
        monkeypatch, sending, "is_over", lambda: actions.close_ask(by=world.mira, ask=type(sent.ask).objects.get())
    )
    actions.go_on(request=sent)
    return closed


def go_on_without(world, monkeypatch):
    """Ravi did not answer; Olav would be next."""
    made = introduced(world.mira, world.kari, world.ravi, next_to=[world.olav.pk])
    closed = in_the_middle(
        monkeypatch, introducing, "is_over", lambda: actions.close_ask(by=world.mira, ask=type(made.ask).objects.get())
    )
    actions.go_on_without(introduction=made)
    return closed


def second_yes(world, monkeypatch):
    """Ravi said yes; Kari says yes, too."""
    made = introduced(world.mira, world.kari, world.ravi)
    actions.agree_to_introduce(by=world.ravi, introduction=made)
    closed = in_the_middle(
        monkeypatch, introducing, "read", lambda: actions.close_ask(by=world.mira, ask=type(made.ask).objects.get())
    )
    actions.agree_to_introduce(by=world.kari, introduction=made)
    return closed


@pytest.mark.parametrize("step", [go_on, go_on_without, second_yes], ids=lambda step: step.__name__)
def test_whatever_happens_while_an_ask_is_closed_nobody_waits(world, monkeypatch, step):
    step(world, monkeypatch).result(PATIENCE)
    assert Request.objects.count() > 0
    assert not Request.objects.filter(taken_back_at__isnull=True).exists()


def test_of_two_who_ask_in_the_same_moment_the_second_finds_sanne_full(world, monkeypatch):
    actions.set_limits(by=world.sanne, per_week=1)
    ravis = in_the_middle(monkeypatch, limits, "states", lambda: ask(world.ravi, world.sanne))
    ask(world.mira, world.sanne)
    with pytest.raises(actions.NotNowError):
        ravis.result(PATIENCE)
    assert [sent.ask.by for sent in Request.objects.all()] == [world.mira]


def test_what_goes_on_to_sanne_counts_for_who_asks_her_in_the_same_moment(world, monkeypatch, clock):
    actions.set_limits(by=world.sanne, per_week=1)
    sent = request(world.mira, world.kari, next_to=[world.sanne.pk])
    later(days=2)
    ravis = in_the_middle(monkeypatch, limits, "states", lambda: ask(world.ravi, world.sanne))
    actions.go_on(request=sent)
    with pytest.raises(actions.NotNowError):
        ravis.result(PATIENCE)
    assert [sent.ask.by for sent in world.sanne.requests.all()] == [world.mira]
