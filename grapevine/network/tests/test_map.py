"""My map is mine. A tie is on it when both agreed, and vanishes when one of them does not any more."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.http import Http404
from django.urls import reverse

from grapevine.kernel.facts import emit
from grapevine.kernel.models import Fact
from grapevine.kernel.policy import check
from grapevine.network import actions, queries
from grapevine.network.closeness import Closeness, of_tie
from grapevine.network.models import Help, Tie, TieConsent
from grapevine.network.queries import MyMap, Node, Unthanked, WaitingTie
from grapevine.people.facts import HelpGiven, PersonLeft
from grapevine.people.models import Block
from grapevine.recognition import actions as recognition
from grapevine.recognition.tests.telling import played_back, reported

MONDAY = date(2026, 3, 9)


def helped(helper, person, kind="idea", on=MONDAY):
    return actions.strengthen_tie(helper=helper, helped=person, kind=kind, on=on)


def agree(one, other):
    actions.agree_tie(by=one, other=other)
    actions.agree_tie(by=other, other=one)


def facts(kind):
    return list(Fact.objects.filter(kind=kind).order_by("pk").values_list("body", flat=True))


def node(person, closeness, **more):
    return Node(
        name=person.name,
        closeness=closeness,
        pk=person.pk,
        unit=person.unit.name,
        last_on=MONDAY,
        url=person.get_absolute_url(),
        is_tie=True,
        **more,
    )


def test_a_tie_grows_from_help_that_was_received(world, run_jobs):
    reported(world.mira, world.sanne)
    run_jobs()
    tie = Tie.objects.get()
    assert (tie.helper, tie.helped, tie.since_on, tie.last_on) == (world.sanne, world.mira, MONDAY, MONDAY)
    assert [h.kind for h in Help.objects.all()] == ["idea", "outcome"]


def test_the_tie_is_drawn_when_both_agreed_and_not_before(world):
    helped(world.sanne, world.mira)
    nobody = MyMap(world.mira, (), (Unthanked(world.sanne, MONDAY),))
    assert (queries.my_map(world.mira), queries.my_map(world.sanne)) == (nobody, MyMap(world.sanne, (), ()))
    actions.agree_tie(by=world.mira, other=world.sanne)
    assert (queries.my_map(world.mira), queries.my_map(world.sanne)) == (nobody, MyMap(world.sanne, (), ()))
    actions.agree_tie(by=world.sanne, other=world.mira)
    sanne = node(world.sanne, Closeness.ONCE, leans_on=True, leaned_on=False)
    mira = node(world.mira, Closeness.ONCE, leans_on=False, leaned_on=True)
    assert queries.my_map(world.mira) == MyMap(world.mira, (sanne,), (Unthanked(world.sanne, MONDAY),))
    assert queries.my_map(world.sanne) == MyMap(world.sanne, (mira,), ())


@pytest.mark.parametrize("who", ["mira", "sanne"])
def test_one_of_them_alone_makes_it_vanish_from_both(world, who):
    helped(world.sanne, world.mira)
    agree(world.mira, world.sanne)
    one, other = getattr(world, who), {"mira": world.sanne, "sanne": world.mira}[who]
    actions.withdraw_tie(by=one, other=other)
    assert queries.my_map(world.mira).nodes == queries.my_map(world.sanne).nodes == ()
    assert facts("network.TieProposed") == [{"by": world.mira.pk, "asked": world.sanne.pk}]


def test_the_other_is_asked_once_and_both_hear_that_both_agreed(world, clock):
    helped(world.sanne, world.mira)
    actions.agree_tie(by=world.mira, other=world.sanne)
    clock.set_offset(timedelta(minutes=1))
    actions.withdraw_tie(by=world.mira, other=world.sanne)
    actions.agree_tie(by=world.mira, other=world.sanne)
    actions.agree_tie(by=world.mira, other=world.sanne)
    assert facts("network.TieProposed") == [{"by": world.mira.pk, "asked": world.sanne.pk}]
    actions.agree_tie(by=world.sanne, other=world.mira)
    assert facts("network.TieAgreed") == [{"one": world.mira.pk, "other": world.sanne.pk}]


def test_without_help_there_is_nothing_to_agree_to(world):
    with pytest.raises(Tie.DoesNotExist):
        actions.agree_tie(by=world.mira, other=world.olav)
    assert TieConsent.objects.count() == 0


def test_waiting_ties_say_who_helped_and_who_asks(world):
    helped(world.sanne, world.mira)
    helped(world.mira, world.dev, on=date(2026, 2, 2))
    helped(world.ravi, world.mira, on=date(2026, 1, 5))
    actions.agree_tie(by=world.ravi, other=world.mira)
    quiet = {"asked": False, "agreed": False, "resting": False}
    assert queries.waiting_ties(world.mira) == [
        WaitingTie(world.ravi, leans_on=True, leaned_on=False, last_on=date(2026, 1, 5), **quiet | {"asked": True}),
        WaitingTie(world.sanne, leans_on=True, leaned_on=False, last_on=MONDAY, **quiet),
        WaitingTie(world.dev, leans_on=False, leaned_on=True, last_on=date(2026, 2, 2), **quiet),
    ]
    assert [(t.other, t.agreed) for t in queries.waiting_ties(world.ravi)] == [(world.mira, True)]


def test_a_no_looks_like_not_yet_and_the_question_rests(world):
    helped(world.sanne, world.mira)
    actions.withdraw_tie(by=world.sanne, other=world.mira)
    actions.agree_tie(by=world.mira, other=world.sanne)
    assert [t.agreed for t in queries.waiting_ties(world.mira)] == [True]
    assert [(t.asked, t.resting) for t in queries.waiting_ties(world.sanne)] == [(False, True)]
    assert facts("network.TieProposed") == []
    actions.agree_tie(by=world.sanne, other=world.mira)
    assert len(queries.my_map(world.mira).nodes) == 1


def test_whom_one_blocked_is_neither_asked_about_nor_told(world, clock):
    helped(world.sanne, world.mira)
    Block.objects.create(person=world.sanne, blocked=world.mira, at=clock.now())
    actions.agree_tie(by=world.mira, other=world.sanne)
    assert (facts("network.TieProposed"), queries.waiting_ties(world.sanne)) == ([], [])
    assert [t.agreed for t in queries.waiting_ties(world.mira)] == [True]


def test_who_left_is_on_no_map(world, run_jobs, clock):
    helped(world.sanne, world.mira)
    agree(world.mira, world.sanne)
    world.sanne.left_on = MONDAY
    world.sanne.save()
    with transaction.atomic():
        emit(PersonLeft(person=world.sanne.pk))
    run_jobs()
    assert (queries.my_map(world.mira), queries.waiting_ties(world.mira)) == (MyMap(world.mira, (), ()), [])
    assert not TieConsent.objects.filter(withdrawn_at__isnull=True).exists()


def test_thanks_settle_what_came_before_them_and_not_what_came_after(world, run_jobs):
    challenge = played_back(world.mira, world.sanne)
    run_jobs()
    assert [one.person for one in queries.my_map(world.mira).not_thanked] == [world.sanne]
    recognition.thank(by=world.mira, person=world.sanne, challenge=challenge, words="Thank you")
    run_jobs()
    assert queries.my_map(world.mira).not_thanked == ()
    helped(world.sanne, world.mira, kind="outcome", on=date(2026, 4, 6))
    assert queries.my_map(world.mira).not_thanked == ()
    helped(world.sanne, world.mira, on=date(2026, 4, 6))
    assert queries.my_map(world.mira).not_thanked == (Unthanked(world.sanne, date(2026, 4, 6)),)


def test_thanks_said_under_an_alias_are_remembered_when_the_names_are_known(world, run_jobs):
    challenge = played_back(world.mira, world.sanne, alias="a blue heron")
    recognition.thank(by=world.mira, person=world.sanne, challenge=challenge, words="Thank you")
    run_jobs()
    assert Tie.objects.count() == 0
    helped(world.sanne, world.mira)
    assert queries.my_map(world.mira).not_thanked == ()


def test_help_long_ago_is_nobody_s_debt(world):
    helped(world.sanne, world.mira, on=date(2025, 1, 6))
    assert queries.my_map(world.mira).not_thanked == ()


def test_nobody_helps_themselves_and_strangers_are_no_error(world, run_jobs):
    with transaction.atomic():
        emit(HelpGiven(helper=world.mira.pk, helped=world.mira.pk, kind="idea", occasion="", on=MONDAY))
        emit(HelpGiven(helper=0, helped=world.mira.pk, kind="idea", occasion="", on=MONDAY))
    run_jobs()
    assert Tie.objects.count() == 0


@pytest.mark.parametrize(
    ("received", "given", "expected"),
    [
        (["idea"], [], Closeness.ONCE),
        (["idea", "outcome", "thanks"], [], Closeness.ONCE),
        ([], ["idea", "outcome", "idea"], Closeness.AGAIN),
        (["idea"], ["idea", "thanks"], Closeness.BOTH_WAYS),
        (["idea", "idea"], ["thanks"], Closeness.TRUSTED),
    ],
)
def test_closeness_counts_a_help_once_however_it_was_acknowledged(received, given, expected):
    assert of_tie(received, given) is expected


@pytest.mark.parametrize("who", ["jonas", "eva", "lene", "tomasz"])
def test_nobody_else_learns_of_it(world, door, who):
    helped(world.sanne, world.mira)
    agree(world.mira, world.sanne)
    actions.log_visit(by=world.mira, to=world.olav, words="canary-visit", on=MONDAY)
    other = getattr(world, who)
    assert (queries.my_map(other), queries.waiting_ties(other)) == (MyMap(other, (), ()), [])
    visitor = door(other)
    seen = visitor.get(reverse("network")).content.decode()
    assert "canary-visit" not in seen
    assert "Sanne Vik" not in seen.split('id="names-at-hand"')[0]
    for name in ("tie-agree", "tie-withdraw"):
        assert visitor.post(reverse(name, args=[world.sanne.pk])).status_code == 404
    with pytest.raises(Tie.DoesNotExist):
        actions.withdraw_tie(by=other, other=world.mira)


def test_the_two_only_see_their_own_part(world):
    helped(world.sanne, world.mira)
    agree(world.mira, world.sanne)
    helped(world.sanne, world.dev)
    assert [n.name for n in queries.my_map(world.dev).nodes] == []
    assert [n.name for n in queries.my_map(world.mira).nodes] == ["Sanne Vik"]
    others = Tie.objects.get(helped=world.dev)
    with pytest.raises(Http404):
        check(world.mira, "agree", others)


def test_where_somebody_of_another_organisation_works_is_not_told(world):
    helped(world.tomasz, world.mira)
    agree(world.mira, world.tomasz)
    (theirs,) = queries.my_map(world.mira).nodes
    assert (theirs.name, theirs.unit, theirs.url) == (world.tomasz.name, "", "")
