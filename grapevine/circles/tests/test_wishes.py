"""What nobody may find out: who asked to be moved, and who would rather not sit with whom."""

from itertools import chain

import pytest

from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import proposing
from grapevine.circles.models import Application, Move, Proposal
from grapevine.circles.queries.candidates import candidates
from grapevine.circles.queries.places import breaks, suits
from grapevine.circles.queries.proposal import table
from grapevine.circles.tests.applying import again, apply, crowd, propose
from grapevine.kernel.policy import may
from grapevine.people.actions import block
from grapevine.people.models import ReportingLine

SEVEN = ("mira", "sanne", "kari", "dev", "tomasz", "aiko", "olav")


def formed(cohort, run_jobs):
    proposing.ask_for_proposal(by=cohort.by, cohort=cohort)
    run_jobs()
    return cohort.proposals.first()


def of_seven(world, run_jobs, **wishes):
    cohort = propose(world.aiko)
    for name in SEVEN:
        apply(getattr(world, name), cohort, **wishes.get(name, {}))
    return formed(cohort, run_jobs)


def lists(proposal):
    """Who sits with whom, as ids."""
    return [{sitting.person.pk for sitting in card.people} for card in table(proposal).cards]


def moved_on(world, run_jobs, clock, circles):
    """So many circles of six are shown, one asks to be moved, and the list has moved: (before, after, who asked)."""
    cohort = propose(world.aiko)
    for person in crowd(world.halden, circles * 6):
        apply(person, cohort)
    first = proposing.show(by=world.aiko, proposal=formed(cohort, run_jobs))
    before = lists(first)
    asks = Application.objects.get(cohort=cohort, person=min(before[0]))
    proposing.ask_to_be_moved(by=asks.person, application=asks)
    clock.freeze(first.veto_until)
    run_jobs()
    second = cohort.proposals.first()
    assert again(second).shown_at == clock.now()
    return before, lists(second), asks.person_id


def parted(before, after):
    """For each list of before: who sits with nobody of it any more."""
    now = {who: one for one in after for who in one}
    return [{who for who in one if who in now and not (one & now[who]) - {who}} for one in before]


# --- "please move me" -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("circles", "fewest"), [(3, 2), (4, 3)])
def test_who_asked_is_never_the_only_one_parted_from_their_list(world, run_jobs, clock, circles, fewest):
    before, after, mover = moved_on(world, run_jobs, clock, circles)
    assert (sorted(chain(*before)), all(before)) == (sorted(chain(*after)), True)
    alone = parted(before, after)
    assert mover in alone[0]
    assert min(map(len, alone)) >= fewest  # in every list that was mixed, not in theirs alone


def test_of_two_circles_one_of_each_changes_places(world, run_jobs, clock):
    before, after, mover = moved_on(world, run_jobs, clock, 2)
    alone = parted(before, after)
    assert (mover in alone[0], list(map(len, alone))) == (True, [1, 1])


def test_the_list_of_before_is_gone_for_who_proposed_it(world, run_jobs, clock, door):
    moved_on(world, run_jobs, clock, 3)
    second, first = Proposal.objects.all()
    aiko = door(world.aiko)
    assert [aiko.get(f"/circles/proposals/{each.pk}/cards/").status_code for each in (first, second)] == [404, 200]
    assert aiko.get(f"/circles/proposals/{first.pk}/").headers["Location"] == f"/circles/proposals/{second.pk}/"
    assert Move.objects.count() == 1


# --- "rather not" -----------------------------------------------------------------------------------------


def everybody_at_one_table(world, run_jobs):
    """Sanne would rather not sit with Olav, and whoever proposed it drags the one who waits into the circle."""
    proposal = of_seven(world, run_jobs, sanne={"apart": (world.olav,)})
    (waits, _reason), *others = table(proposal).waiting
    assert others == []
    proposing.move(by=world.aiko, proposal=proposal, application=waits, to=proposal.circles.get())
    return proposal


def test_no_move_tells_who_would_rather_not_sit_with_whom(world, run_jobs, door):
    proposal = everybody_at_one_table(world, run_jobs)
    assert table(proposal).cards[0].breaks == []
    circle = proposal.circles.get()
    for application in Application.objects.all():
        proposing.move(by=world.aiko, proposal=proposal, application=application, to=None)
        assert table(proposal).cards[0].breaks == []
        proposing.move(by=world.aiko, proposal=proposal, application=application, to=circle)
    proposing.lock(by=world.aiko, circle=circle)
    kept = formed(proposal.cohort, run_jobs)
    assert lists(kept) == [{getattr(world, name).pk for name in SEVEN}]  # to be kept tells nothing either
    assert "Show it to everybody" in page(door(world.aiko).get(f"/circles/proposals/{kept.pk}/"))


def test_shown_it_is_put_right_first_and_nobody_is_told_why(world, run_jobs, door):
    proposal, aiko = everybody_at_one_table(world, run_jobs), door(world.aiko)
    answer = aiko.post(f"/circles/proposals/{proposal.pk}/show/")
    right = proposal.cohort.proposals.first()
    assert (answer.headers["Location"], right.pk > proposal.pk) == (f"/circles/proposals/{right.pk}/", True)
    assert may(world.aiko, "form", proposal.cohort) is False  # once is enough: nobody tries until it fits
    run_jobs()
    assert again(right).shown_at is not None
    assert [suits(candidates(proposal.cohort), list(one)) for one in lists(right)] == [True]
    told = page(aiko.get(f"/circles/proposals/{right.pk}/"))
    assert "some circles were formed anew, so that everybody sits well" in told
    assert again(proposal).shown_at is None


def test_where_nothing_would_be_left_the_cards_come_back(world, run_jobs):
    """Five applied, and two of them do not sit together: there is no circle to show."""
    cohort = propose(world.aiko)
    for name in ("mira", "kari", "dev", "tomasz", "olav"):
        apply(getattr(world, name), cohort)
    block(by=world.kari, person=world.olav)
    proposal = formed(cohort, run_jobs)
    for application in cohort.applications.all():
        to = proposal.circles.first()
        proposing.move(by=world.aiko, proposal=proposal, application=application, to=to, opens=to is None)
    proposing.show(by=world.aiko, proposal=proposal)
    run_jobs()
    latest = cohort.proposals.first()
    assert (latest.circles.count(), latest.shown_at, may(world.aiko, "arrange", latest)) == (0, None, True)


def test_a_line_is_told_inside_one_organisation_alone(world):
    ReportingLine.objects.create(person=world.kari, lead=world.olav)
    inside, across = propose(world.aiko, is_across=False), propose(world.aiko)
    Application.objects.all().delete()
    halden = [getattr(world, name) for name in ("mira", "sanne", "kari", "olav", "dev")]
    inside.organisation = world.halden
    inside.save()
    for cohort, told in ((inside, ["line"]), (across, [])):
        for person in halden:
            apply(person, cohort)
        everybody, people = candidates(cohort), [person.pk for person in halden]
        assert (breaks(everybody, people), suits(everybody, people)) == (told, False)
