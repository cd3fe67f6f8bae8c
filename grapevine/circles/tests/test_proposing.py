"""From applications to circles: forming, cards, showing, asking to be moved, founding."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from grapevine.circles.actions import applying, proposing
from grapevine.circles.actions.settling import end_veto_time
from grapevine.circles.models import Application, Circle, CircleSeat, Move, PairMark, Proposal
from grapevine.circles.queries.candidates import candidates
from grapevine.circles.queries.proposal import shown_to, table
from grapevine.circles.tests.applying import BRING, GIFT, HELP, again, apply, crowd, propose
from grapevine.kernel.models import Fact
from grapevine.kernel.policy import may
from grapevine.people.actions import block
from grapevine.people.models import Language, Person, ReportingLine
from grapevine.skills.actions import seek
from grapevine.vaults.queries import read

SIX = ("mira", "sanne", "kari", "dev", "tomasz", "aiko")


def at(name, row):
    return reverse(name, args=[row.pk])


def page(answer):
    return " ".join(answer.content.decode().split())


def formed(world, run_jobs, who, cohort=None, **wishes):
    """They applied to Aiko's cohort (`wishes` by name), and the engine has seated them: its proposal."""
    cohort = cohort or propose(world.aiko)
    for name in who:
        apply(getattr(world, name), cohort, **wishes.get(name, {}))
    proposing.ask_for_proposal(by=cohort.by, cohort=cohort)
    run_jobs()
    return cohort.proposals.first()


def seated(proposal):
    """Who sits with whom, by short name."""
    return [[sitting.person.short_name for sitting in card.people] for card in table(proposal).cards]


def waits(proposal):
    """Who waits, and the reason as it is told."""
    return {application.person.short_name: reason for application, reason in table(proposal).waiting}


@pytest.fixture
def six(world, run_jobs):
    """Six of three houses, one circle, not shown yet."""
    return formed(world, run_jobs, SIX)


# --- forming and founding -------------------------------------------------------------------------


def test_six_apply_and_a_circle_is_founded(six, world, clock, run_jobs):
    assert (list(map(sorted, seated(six))), waits(six)) == ([["Aiko", "Dev", "Kari", "Mira", "Sanne", "Tomasz"]], {})
    shown = proposing.show(by=world.aiko, proposal=six)
    assert (shown.shown_at, shown.veto_until.isoformat()) == (clock.now(), "2026-03-12T08:15:00+00:00")
    told = Fact.objects.get(kind__endswith="ProposalShown").body
    assert set(told["people"]) == {getattr(world, name).pk for name in SIX}
    run_jobs()
    assert Circle.objects.count() == 0
    clock.freeze(shown.veto_until)
    run_jobs()
    circle = Circle.objects.get()
    assert (circle.cohort, circle.language, circle.zone, circle.is_across) == (six.cohort, "en", "Europe/Berlin", True)
    seat = CircleSeat.objects.get(circle=circle, person=world.mira)
    assert (read(world.kari, seat.bring), read(world.tomasz, seat.gift)) == (BRING, GIFT)
    assert {a.vault.wrapped_key for a in Application.objects.all()} == {None}
    assert (PairMark.objects.count(), Proposal.objects.get().settled_at) == (0, clock.now())
    run_jobs()
    assert Circle.objects.count() == 1


def test_nobody_sits_with_their_lead_and_with_the_option_with_nobody_above(world, run_jobs):
    ReportingLine.objects.create(person=world.jonas, lead=world.eva)
    everybody = ("mira", "eva", "kari", "dev", "tomasz", "aiko")
    assert waits(formed(world, run_jobs, everybody)) == {}
    strict = formed(world, run_jobs, everybody, cohort=propose(world.aiko, is_whole_chain=True))
    assert (len(seated(strict)[0]), set(waits(strict).values())) == (5, {"no_room"})


def test_the_season_is_in_everybodys_hours(world, run_jobs, door):
    """Tomasz in London comes from 12 on: nothing before 13 in Berlin, until the end of the season."""
    mornings = [(day, "00:00", "12:00") for day in range(5)]
    proposal = formed(world, run_jobs, SIX, tomasz={"never": mornings})
    everybody = candidates(proposal.cohort)
    hours = {n % 24 for one in everybody.people if one.id == world.tomasz.pk for n in range(168) if one.slots >> n & 1}
    assert hours == {13, 14, 15, 16}
    card = table(proposal).cards[0]
    assert (f"{card.at:%H:%M}", {f"{s.person.short_name} {s.there:%H:%M}" for s in card.people if s.there}) == (
        "14:00",
        {"Tomasz 13:00"},
    )
    assert "13:00 there" in page(door(world.aiko).get(at("proposal", proposal)))


def test_who_waits_learns_why_and_what_would_help(world, run_jobs, door):
    nights = [(day, "06:00", "18:00") for day in range(5)]
    Language.objects.create(person=world.joanna, code="pl")
    wishes = {"lene": {"never": nights}, "joanna": {"languages": ("pl",)}}
    proposal = formed(world, run_jobs, (*SIX, "lene", "joanna"), **wishes)
    assert waits(proposal) == {"Lene": "times", "Joanna": "languages"}
    proposing.show(by=world.aiko, proposal=proposal)
    lene = Application.objects.get(person=world.lene)
    told = page(door(world.lene).get(at("application", lene)))
    assert "Too few others could come at any of your hours. A few more hours would help most." in told


def test_inside_and_across_are_kept(world, run_jobs):
    inside, across = {"reach": "inside"}, {"reach": "across"}
    halden = ("mira", "kari", "olav", "dev", "lene", "sanne")
    proposal = formed(world, run_jobs, halden, **dict.fromkeys(halden[:5], inside) | {"sanne": across})
    assert (list(map(sorted, seated(proposal))), waits(proposal)) == (
        [["Dev", "Kari", "Lene", "Mira", "Olav"]],
        {"Sanne": "languages"},
    )
    only = formed(world, run_jobs, halden, cohort=propose(world.tomasz), **dict.fromkeys(halden, across))
    assert (seated(only), set(waits(only).values())) == ([], {"reach"})


def test_those_who_have_sat_together_or_work_together_count_as_met(six, world):
    rules = candidates(six.cohort).rules
    assert rules.met == (tuple(sorted((world.mira.pk, world.sanne.pk))),)


# --- whom one would rather not sit with ------------------------------------------------------------


def test_a_wish_is_kept_and_nobody_can_find_it(world, run_jobs, door):
    """Sanne would rather not sit with Olav. The engine keeps it; no row, no page, no card names it."""
    who = ("sanne", "olav", "kari", "dev", "tomasz", "aiko")
    proposal = formed(world, run_jobs, who, sanne={"apart": (world.olav,)})
    names = seated(proposal)[0]
    assert len(names) == 5
    assert not {"Sanne", "Olav"} <= set(names)
    left = "Olav" if "Sanne" in names else "Sanne"
    assert waits(proposal) == {left: "no_room"}
    cards = page(door(world.aiko).get(at("proposal", proposal)))
    assert "No circle has room for them." in cards
    sanne = page(door(world.sanne).get(at("application", Application.objects.get(person=world.sanne))))
    assert ("1 name is kept" in sanne, "Olav" in sanne) == (True, False)
    assert PairMark.objects.get().mark.isalnum()


def test_a_block_keeps_apart_as_well(world, run_jobs):
    block(by=world.kari, person=world.dev)
    proposal = formed(world, run_jobs, SIX)
    assert len(seated(proposal)[0]) == 5
    assert set(waits(proposal)) <= {"Kari", "Dev"}


def test_together_counts_when_both_say_so(world, run_jobs):
    one = formed(world, run_jobs, SIX, mira={"together": (world.dev,)})
    assert candidates(one.cohort).rules.together == ()
    two = formed(
        world,
        run_jobs,
        SIX,
        cohort=propose(world.aiko),
        mira={"together": (world.dev,)},
        dev={"together": (world.mira,)},
    )
    assert candidates(two.cohort).rules.together == (tuple(sorted((world.mira.pk, world.dev.pk))),)


# --- the cards --------------------------------------------------------------------------------------


def test_the_cards_tell_names_and_hours_and_nothing_else(six, world, door):
    told = page(door(world.aiko).get(at("proposal", six)))
    names = [getattr(world, name).name for name in SIX]
    assert [name for name in names if name not in told] == []
    assert [words for words in (BRING, GIFT, HELP, "Grid Control", "Halden Grid", "@") if words in told] == []
    assert "Show it to everybody" in told


def test_somebody_is_moved_without_javascript_and_the_card_says_what_breaks(world, run_jobs, door):
    aiko, proposal = door(world.aiko), formed(world, run_jobs, SIX[:5])
    who = Application.objects.get(person=world.kari).pk
    answer = aiko.post(at("proposal-move", proposal), {"who": who, "to": "wait"})
    assert answer.headers["Location"] == at("proposal", proposal)
    told = page(aiko.get(at("proposal", proposal)))
    assert ("A circle has five to eight people." in told, "Show it to everybody" in told) == (True, False)
    assert "You put them here." in told
    assert waits(proposal) == {"Kari": "by_hand"}
    refused = aiko.post(at("proposal-show", proposal))
    assert (refused.status_code, "Nothing was shown to anybody." in page(refused)) == (422, True)
    back = aiko.post(at("proposal-move", proposal), {"who": who, "to": "1"}, headers={"HX-Request": "true"})
    assert ("<html" in page(back), "Kari Nilsen" in page(back), "Show it to everybody" in page(back)) == (
        False,
        True,
        True,
    )


def test_a_locked_circle_stays_when_the_rest_is_formed_again(world, run_jobs, door):
    aiko, cohort = door(world.aiko), propose(world.aiko)
    for person in crowd(world.halden, 13):
        apply(person, cohort)
    proposing.ask_for_proposal(by=world.aiko, cohort=cohort)
    run_jobs()
    first = cohort.proposals.get()
    kept = seated(first)[1]
    aiko.post(at("proposal-lock", first), {"circle": "2"})
    aiko.post(at("cohort-form", cohort))
    run_jobs()
    second = cohort.proposals.first()
    assert (second.seed, sorted(seated(second)[0]), len(seated(second)), waits(second)) == (2, sorted(kept), 2, {})
    assert may(world.aiko, "arrange", first) is False


def test_a_worker_that_died_is_caught_up(world, run_jobs, clock):
    cohort = propose(world.aiko)
    for name in SIX:
        apply(getattr(world, name), cohort)
    lost = Proposal.objects.create(cohort=cohort, seed=1, at=clock.now() - timedelta(hours=1))
    run_jobs()
    assert (again(lost).formed_at, len(seated(lost)[0])) == (clock.now(), 6)


def test_the_morning_after_the_last_day_circles_are_formed_by_themselves(world, run_jobs, clock):
    cohort, few = propose(world.aiko), propose(world.tomasz)
    for name in SIX:
        apply(getattr(world, name), cohort)
    apply(world.mira, few)
    clock.set_offset(timedelta(days=10))
    run_jobs()
    assert Proposal.objects.count() == 0
    clock.set_offset(timedelta(days=11))
    run_jobs()
    assert [proposal.cohort for proposal in Proposal.objects.all()] == [cohort]


# --- shown, and moved --------------------------------------------------------------------------------


def test_each_sees_their_own_circle_by_names(six, world, door):
    seek(by=world.mira, words="Delegation")
    seek(by=world.tomasz, words="delegation")
    proposing.show(by=world.aiko, proposal=six)
    application = Application.objects.get(person=world.mira)
    shown = shown_to(world.mira, application)
    assert (shown.are_new, shown.learning, len(shown.others)) == (False, [("Delegation", 1)], 5)
    told = page(door(world.mira).get(at("application", application)))
    assert [n for n in ("Tomasz Wilk", "Aiko Tanaka", "English", "Please move me") if n not in told] == []
    assert [n for n in ("St Brigid", "City Utility", "Ward 7B", "Nurse", "@", "all new to you") if n in told] == []
    assert shown_to(world.kari, application) is None


def test_a_wish_to_be_moved_mixes_circles_and_is_told_nobody(world, run_jobs, clock, door):
    cohort = propose(world.aiko)
    people = crowd(world.halden, 18)
    for person in people:
        apply(person, cohort)
    proposing.ask_for_proposal(by=world.aiko, cohort=cohort)
    run_jobs()
    first = proposing.show(by=world.aiko, proposal=cohort.proposals.get())
    mover = people[0]
    application = Application.objects.get(person=mover)
    left = {other.pk for other in shown_to(mover, application).others}
    before = table(first)
    door(mover).post(at("application-move", application))
    assert table(first) == before
    clock.freeze(first.veto_until)
    run_jobs()
    second = cohort.proposals.first()
    shown = shown_to(mover, application)
    assert (second.pk > first.pk, second.shown_at, shown.is_again) == (True, clock.now(), True)
    assert {other.pk for other in shown.others} & left == set()
    assert (sum(map(len, seated(second))), waits(second)) == (18, {})
    mates = [
        {other.pk for other in shown_to(p, Application.objects.get(person=p)).others} & left
        for p in people
        if p.pk in left
    ]
    assert max(map(len, mates)) < len(left) - 1  # they, too, have others beside them
    asked = "You asked to be moved. Nobody was told."
    theirs = {p: page(door(p).get(at("application", Application.objects.get(person=p)))) for p in people[:3]}
    assert [asked in words for words in theirs.values()] == [True, False, False]
    assert theirs[mover].index("</ul>", theirs[mover].index('class="sitting"')) < theirs[mover].index(asked)
    told = page(door(world.aiko).get(at("proposal", second)))
    assert ("The list moved once more." in told, Move.objects.count()) == (True, 1)
    assert may(mover, "be_moved", application) is False  # once is enough


def test_when_the_time_to_object_is_over_the_page_says_so(six, world, clock, door):
    shown = proposing.show(by=world.aiko, proposal=six)
    mira, mine = door(world.mira), Application.objects.get(person=world.mira)
    over, told = "The time to object is over.", []
    for minute in (-1, 0):
        clock.freeze(shown.veto_until + timedelta(minutes=minute))
        words = page(mira.get(at("application", mine)))
        told.append([said for said in ("Have a look", "Please move me", over) if said in words])
    assert told == [["Have a look", "Please move me"], [over]]
    assert over in page(door(world.aiko).get(at("proposal", shown)))
    assert [over in page(mira.get(address)) for address in (reverse("circles"), at("cohort", six.cohort))] == [
        True,
        True,
    ]


def test_two_workers_at_the_end_of_that_time_found_each_circle_once(six, world, clock):
    shown = proposing.show(by=world.aiko, proposal=six)
    clock.freeze(shown.veto_until)
    for _worker in range(2):
        end_veto_time(proposal=Proposal.objects.get(pk=shown.pk))
    assert Circle.objects.filter(cohort=shown.cohort).count() == shown.circles.count() == 1


def test_a_wish_can_be_taken_back(six, world, door):
    proposing.show(by=world.aiko, proposal=six)
    mira, application = door(world.mira), Application.objects.get(person=world.mira)
    mira.post(at("application-move", application))
    assert "You will be moved." in page(mira.get(at("application", application)))
    mira.post(at("application-stay", application))
    assert (Move.objects.count(), may(world.mira, "be_moved", application)) == (0, True)


def test_who_withdraws_leaves_the_others_a_circle_or_forms_it_anew(six, world, clock, run_jobs):
    shown = proposing.show(by=world.aiko, proposal=six)
    for name in ("mira", "kari"):
        applying.withdraw_application(
            by=getattr(world, name), application=Application.objects.get(person=getattr(world, name))
        )
    assert shown_to(world.dev, Application.objects.get(person=world.dev)).others.__len__() == 3
    clock.freeze(shown.veto_until)
    run_jobs()
    second = six.cohort.proposals.first()
    assert (seated(second), set(waits(second).values()), Circle.objects.count()) == ([], {"times"}, 0)
    clock.freeze(second.veto_until)
    run_jobs()
    assert again(second).settled_at == clock.now()


def test_those_who_waited_find_their_words_again(world, clock, run_jobs, door):
    nights = [(day, "06:00", "18:00") for day in range(5)]
    proposal = formed(world, run_jobs, (*SIX, "lene"), lene={"never": nights, "bring": "Four grids, one map"})
    shown = proposing.show(by=world.aiko, proposal=proposal)
    clock.freeze(shown.veto_until)
    run_jobs()
    lene = door(world.lene)
    assert "You are on the waiting list." in page(lene.get(reverse("circles")))
    following = propose(world.aiko)
    assert "Four grids, one map" in page(lene.get(at("cohort-apply", following)))
    clock.freeze(clock.now() + timedelta(days=91))
    run_jobs()
    assert Application.objects.get(person=world.lene, cohort=proposal.cohort).vault.wrapped_key is None


# --- who sees what, and what it costs -----------------------------------------------------------------


def test_the_administrator_sees_nothing(six, world, door):
    eva = door(world.eva)
    addresses = [at("proposal", six), at("proposal-cards", six), at("application", Application.objects.first())]
    assert [eva.get(address).status_code for address in addresses] == [404, 404, 404]
    assert eva.post(at("cohort-form", six.cohort)).status_code == 403
    told = page(eva.get(at("cohort", six.cohort)))
    assert [getattr(world, name).name for name in SIX if name != "aiko" and getattr(world, name).name in told] == []


def test_only_what_breaks_no_rule_is_shown(world, run_jobs):
    proposal = formed(world, run_jobs, SIX[:5])
    first = Application.objects.first()
    proposing.move(by=world.aiko, proposal=proposal, application=first, to=None)
    with pytest.raises(ValidationError):
        proposing.show(by=world.aiko, proposal=proposal)


def test_what_the_cards_cost(six, world, door, django_assert_num_queries):
    aiko, address = door(world.aiko), at("proposal", six)
    aiko.get(address)
    with django_assert_num_queries(19):
        aiko.get(address)


def test_twice_as_many_people_cost_no_query_more(world, run_jobs, django_assert_num_queries):
    cohort = propose(world.aiko)
    for person in crowd(world.halden, 12):
        apply(person, cohort, apart=(world.olav,))
    with django_assert_num_queries(11):
        candidates(cohort)
    assert Person.objects.count() > 12
