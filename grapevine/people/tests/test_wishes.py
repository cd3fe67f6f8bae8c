"""To rest, not to hear from somebody, to agree or not: and who may know of it."""

from argparse import Namespace
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404

from grapevine.kernel.models import Fact
from grapevine.kernel.policy import may, visible
from grapevine.people import actions, appointing, queries
from grapevine.people.models import Administrator, Block, Consent, Person, Rest
from tests.personas import TUESDAY

MONDAY = date(2026, 3, 16)


# --- rest -----------------------------------------------------------------------------------------------------------


def test_this_week_only_short_ends_on_monday(world, clock):
    actions.rest(by=world.sanne, kind=Rest.Kind.SHORT)
    assert (queries.rest_now(world.sanne).kind, queries.rest_now(world.sanne).until_on) == ("short", MONDAY)
    clock.set_offset(timedelta(days=5, hours=14, minutes=44))  # Sunday, 23:59 in Oslo
    assert queries.rest_now(world.sanne) is not None
    clock.set_offset(timedelta(days=5, hours=14, minutes=45))
    assert queries.rest_now(world.sanne) is None


def test_resting_lasts_until_it_is_ended(world, clock):
    actions.rest(by=world.sanne, kind=Rest.Kind.RESTING)
    clock.set_offset(timedelta(days=400))
    assert queries.rest_now(world.sanne).until_on is None
    actions.end_rest(by=world.sanne)
    assert queries.rest_now(world.sanne) is None


def test_one_rest_follows_another(world):
    actions.rest(by=world.sanne, kind=Rest.Kind.SHORT)
    actions.rest(by=world.sanne, kind=Rest.Kind.RESTING, until_on=date(2026, 4, 1))
    assert [(r.kind, r.ended_at) for r in Rest.objects.order_by("pk")] == [("short", TUESDAY), ("resting", None)]


@pytest.mark.parametrize("count", [1, 3])
def test_rests_of_many_take_one_query(world, django_assert_num_queries, count):
    people = [world.mira, world.sanne, world.olav][:count]
    for person in people:
        actions.rest(by=person, kind=Rest.Kind.SHORT)
    with django_assert_num_queries(1):
        assert queries.rests_now([*people, world.kari]).keys() == {p.pk for p in people}


# --- blocks ---------------------------------------------------------------------------------------------------------


def test_a_block_holds_both_ways_and_shows_to_one(world):
    actions.block(by=world.mira, person=world.olav)
    actions.block(by=world.mira, person=world.olav)
    actions.block(by=world.kari, person=world.mira)
    assert queries.blocked_pairs(world.mira) == {world.olav.pk, world.kari.pk}
    assert queries.blocked_pairs(world.olav) == {world.mira.pk}
    assert queries.blocked_pairs(world.sanne) == set()
    assert [row.blocked for row in queries.blocks_of(world.mira)] == [world.olav]
    assert list(visible(world.olav, Block)) == []
    assert world.mira in visible(world.olav, Person)
    actions.unblock(by=world.mira, person=world.olav)
    assert queries.blocked_pairs(world.mira) == {world.kari.pk}


# --- consent --------------------------------------------------------------------------------------------------------


def test_consent_is_given_and_withdrawn(world, clock):
    found = Consent.About.FOUND
    actions.withdraw_consent(by=world.mira, about=found)
    assert not queries.has_consented(world.mira, found)
    clock.set_offset(timedelta(hours=1))
    actions.consent(by=world.mira, about=found)
    actions.consent(by=world.mira, about=found)
    assert queries.has_consented(world.mira, found)
    rows = Consent.objects.filter(person=world.mira).order_by("pk")
    assert [(row.given_at, row.withdrawn_at) for row in rows] == [
        (TUESDAY, TUESDAY),
        (TUESDAY + timedelta(hours=1), None),
    ]


def test_what_was_agreed_to_of_a_map_when_that_changed_nothing_is_forgotten(world):
    Consent.objects.create(person=world.mira, about="map", given_at=TUESDAY)
    import_module("grapevine.people.migrations.0002_no_consent_that_nothing_reads").forget(apps, None)
    assert queries.consents_of(world.mira).keys() == {"found"}


# --- lines ----------------------------------------------------------------------------------------------------------


def test_leads(world):
    assert queries.lead_of(world.mira) == world.jonas
    assert queries.lead_of(world.jonas) is None


# --- who sees whom --------------------------------------------------------------------------------------------------


def test_colleagues_see_each_other_and_nobody_else(world):
    assert {p.number for p in queries.colleagues(world.tomasz)} == {"joanna"}
    assert world.left not in visible(world.mira, Person)
    assert world.mira in visible(world.mira, Person)


def test_a_colleague_is_found_by_full_name_or_address(world):
    assert queries.colleague_named(world.mira, "  sanne  vik ") == [world.sanne]
    assert queries.colleague_named(world.mira, "OLAV@halden.example") == [world.olav]
    assert queries.colleague_named(world.mira, "Sanne") == []
    assert queries.colleague_named(world.mira, "Tomasz Wilk") == []
    assert queries.colleague_named(world.mira, "Mira Lindqvist") == []


@pytest.mark.parametrize(("verb", "eva", "jonas"), [("see_off", True, False), ("block", True, True)])
def test_verbs_on_a_person(world, verb, eva, jonas):
    assert (may(world.eva, verb, world.mira), may(world.jonas, verb, world.mira)) == (eva, jonas)


# --- leaving, and running the place ---------------------------------------------------------------------------------


def test_jonas_cannot_see_mira_off_and_nobody_sees_off_a_stranger(world):
    with pytest.raises(PermissionDenied):
        actions.leave(by=world.jonas, person=world.mira)
    with pytest.raises(Http404):
        actions.leave(by=world.eva, person=world.tomasz)


def test_who_leaves_is_gone_at_once(world, door):
    session = door(world.jonas)
    actions.leave(by=world.eva, person=world.jonas)
    world.jonas.refresh_from_db()
    assert (world.jonas.left_on, world.jonas.account) == (TUESDAY.date(), None)
    assert world.jonas not in visible(world.mira, Person)
    assert queries.lead_of(world.mira) is None
    assert queries.consents_of(world.jonas) == {}
    assert [(row.kind, row.body) for row in Fact.objects.all()] == [("people.PersonLeft", {"person": world.jonas.pk})]
    assert session.get("/settings/").status_code == 302


def test_the_last_administrator_stays(world):
    office = world.eva.administrator
    with pytest.raises(PermissionDenied):
        actions.withdraw_administrator(by=world.eva, office=office)
    actions.make_administrator(by=world.eva, person=world.jonas)
    assert [(o.person, o.by) for o in queries.administrators_of(world.halden)] == [
        (world.eva, None),
        (world.jonas, world.eva),
    ]
    actions.withdraw_administrator(by=world.eva, office=office)
    assert [o.person for o in Administrator.objects.all()] == [world.jonas]
    with pytest.raises(Http404):
        actions.withdraw_administrator(by=world.tomasz, office=world.jonas.administrator)


def test_the_first_administrator_is_named_on_the_server(world, capsys):
    assert appointing.main(Namespace(address="Tomasz@st.example")) == 0
    assert capsys.readouterr().out == "Tomasz Wilk runs St Brigid's now: people and settings, nobody's words.\n"
    assert [(o.person, o.by) for o in queries.administrators_of(world.brigid)] == [(world.tomasz, None)]
    assert appointing.main(Namespace(address="left@halden.example")) == 1
    assert capsys.readouterr().out == "Nobody signs in with left@halden.example.\n"
