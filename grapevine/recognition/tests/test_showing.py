"""Colleagues read it while both agree, not a moment earlier or later."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from grapevine.kernel.models import Fact
from grapevine.recognition import actions, queries
from grapevine.recognition.models import Showing, Thanks
from grapevine.recognition.queries import Shown
from grapevine.recognition.tests.telling import THANKS, played_back


@pytest.fixture
def thanks(world):
    challenge = played_back(world.mira, world.sanne)
    return actions.thank(by=world.mira, person=world.sanne, challenge=challenge, words=THANKS)


def proposals():
    return [f["asked"] for f in Fact.objects.filter(kind="recognition.ShowingProposed").values_list("body", flat=True)]


def test_one_yes_shows_nothing(world, thanks):
    actions.propose_showing(by=world.mira, recognition=thanks)
    assert (thanks.open_words, queries.thanks_of(world.jonas, world.sanne)) == ("", [])
    assert [h.recognition for h in queries.to_decide(world.sanne)] == [thanks]
    assert (queries.to_decide(world.mira), proposals()) == ([], [world.sanne.pk])


@pytest.mark.parametrize("first", ["mira", "sanne"])
def test_two_yes_show_it_to_the_organisation_whoever_began(world, thanks, first):
    second = {"mira": "sanne", "sanne": "mira"}[first]
    actions.propose_showing(by=getattr(world, first), recognition=thanks)
    actions.agree_showing(by=getattr(world, second), recognition=thanks)
    assert queries.thanks_of(world.jonas, world.sanne) == [Shown(thanks, "thanks", THANKS, world.mira)]
    assert queries.thanks_of(world.tomasz, world.sanne) == []
    [made] = Fact.objects.filter(kind="recognition.MadePublic").values_list("body", flat=True)
    assert made == {"kind": "thanks", "recognition": thanks.pk, "by": world.mira.pk, "person": world.sanne.pk}


@pytest.mark.parametrize("who", ["mira", "sanne"])
def test_either_takes_it_back_and_the_open_words_are_gone(world, thanks, who):
    actions.propose_showing(by=world.mira, recognition=thanks)
    actions.agree_showing(by=world.sanne, recognition=thanks)
    actions.take_back_showing(by=getattr(world, who), recognition=thanks)
    thanks.refresh_from_db()
    assert (thanks.open_words, thanks.is_public, queries.thanks_of(world.jonas, world.sanne)) == ("", False, [])
    assert [thanks.showing_to(p) for p in (world.mira, world.sanne)] == [Showing.BETWEEN_US] * 2


def test_a_no_is_silent_and_the_question_does_not_come_again(world, thanks):
    actions.propose_showing(by=world.mira, recognition=thanks)
    actions.keep_between(by=world.sanne, recognition=thanks)
    assert (queries.to_decide(world.sanne), thanks.showing_to(world.mira)) == ([], Showing.WAITING)
    actions.take_back_showing(by=world.mira, recognition=thanks)
    actions.propose_showing(by=world.mira, recognition=thanks)
    assert (queries.to_decide(world.sanne), proposals()) == ([], [world.sanne.pk])


def test_who_said_no_may_change_their_mind(world, thanks):
    actions.propose_showing(by=world.mira, recognition=thanks)
    actions.keep_between(by=world.sanne, recognition=thanks)
    actions.agree_showing(by=world.sanne, recognition=thanks)
    assert thanks.open_words == THANKS


def test_two_who_press_at_once_meet(world, thanks):
    seen_before = Thanks.objects.get()
    actions.propose_showing(by=world.mira, recognition=thanks)
    actions.propose_showing(by=world.sanne, recognition=seen_before)
    assert Thanks.objects.get().open_words == THANKS


@pytest.mark.parametrize("who", ["jonas", "eva", "lene", "tomasz"])
def test_nobody_else_decides(world, thanks, who):
    for act in (actions.hear, actions.propose_showing, actions.keep_between, actions.take_back_showing):
        with pytest.raises(Http404):
            act(by=getattr(world, who), recognition=thanks)


def test_colleagues_see_what_is_shown_and_change_nothing(world, thanks):
    actions.propose_showing(by=world.mira, recognition=thanks)
    actions.agree_showing(by=world.sanne, recognition=thanks)
    for act in (actions.hear, actions.propose_showing, actions.keep_between, actions.take_back_showing):
        with pytest.raises(PermissionDenied):
            act(by=world.jonas, recognition=thanks)
    assert queries.heard(world.jonas, "thanks", thanks.pk) is None


def test_the_database_holds_it_too(thanks):
    with pytest.raises(IntegrityError), transaction.atomic():
        Thanks.objects.update(open_words="shown by mistake")
