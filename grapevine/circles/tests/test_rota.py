"""Roles go round, whoever comes and goes: nobody twice before all had a turn."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grapevine.circles.rota import SwapRefusedError, after_joining, after_leaving, replan, rota, swap
from grapevine.circles.season import needed
from grapevine.circles.turns import Breach, Role, Rota, Turn, Turns, broken

SIX = ("aiko", "bo", "chi", "dana", "edu", "fay")
FIRM = {Breach.REPEATS, Breach.HOST_BRINGS, Breach.NEVER_SAT_IN}


def lines(plan):
    return [" ".join((*turns.bringers, "|", turns.host, turns.timekeeper, turns.note_taker)) for turns in plan.meetings]


def firm(plan, done=0):
    return [each for each in broken(plan) if each.breach in FIRM and each.meeting >= done]


def test_six_members_and_six_challenges():
    plan = rota(SIX, 6)
    assert lines(plan) == [
        "chi | aiko bo dana",
        "dana | bo chi edu",
        "edu | chi dana fay",
        "fay | dana edu aiko",
        "aiko | edu fay bo",
        "bo | fay aiko chi",
    ]
    assert (broken(plan), plan.waiting, plan.spare) == ((), (), ())


def test_five_leave_one_meeting_free():
    plan = rota(SIX[:5], 6)
    assert (broken(plan), plan.waiting, plan.spare) == ((), (), (5,))


def test_two_bring_in_each_meeting_of_eight():
    plan = rota((*SIX, "gus", "hana"), 6, per_session=2)
    assert (broken(plan), plan.waiting, plan.spare) == ((), (), (4, 5))


def test_who_hosts_first_can_be_said():
    assert [turns.host for turns in rota(SIX, 6, first_hosts=("fay", "chi")).meetings][:3] == ["fay", "chi", "aiko"]


def test_too_many_for_the_season_are_refused():
    with pytest.raises(ValueError, match="7 members do not fit into 6 meetings of 1"):
        rota((*SIX, "gus"), 6)
    with pytest.raises(ValueError, match="1 members do not fit"):
        rota(("aiko",), 6)


@pytest.mark.parametrize(
    ("size", "per_session", "meetings"),
    [(size, seats, n) for size in range(4, 9) for seats in (1, 2) for n in range(needed(size, seats), 12)],
)
def test_every_size_and_season(size, per_session, meetings):
    plan = rota(range(size), meetings, per_session)
    crowded = size == 4 and per_session == 2  # five tasks for four people
    assert [each for each in broken(plan) if not (crowded and each.breach is Breach.TWO_TASKS)] == []
    assert plan.waiting == ()
    assert plan.spare == tuple(range(needed(size, per_session), meetings))


def test_after_leaving_their_turns_go_to_others_and_their_meeting_is_free():
    plan = after_leaving(rota(SIX, 6), "edu", done=2)
    assert lines(plan)[:2] == lines(rota(SIX, 6))[:2]
    assert (broken(plan), plan.waiting, len(plan.spare)) == ((), (), 1)
    assert not any("edu" in line for line in lines(plan)[2:])


def test_when_the_next_host_leaves_another_takes_the_chair():
    plan = after_leaving(rota(SIX, 6), "chi", done=2)  # chi kept time in the meeting before
    assert firm(plan) == []
    assert plan.meetings[2].host not in {"chi", "aiko", "bo"}
    assert [each for each in broken(plan) if each.breach is Breach.CHAIN] == []


def test_somebody_new_brings_in_the_spare_meeting_and_hosts_after_sitting_in():
    plan = after_joining(rota(SIX[:5], 6), "fay", done=0)  # missed the kickoff
    assert (firm(plan), plan.waiting, plan.spare) == ([], (), ())
    assert plan.meetings[0].host != "fay"
    assert plan.joined == {"fay": 0}


def test_without_a_free_place_a_challenge_waits():
    assert after_joining(rota(SIX, 6), "gus", done=3).waiting == ("gus",)


def test_nobody_joins_twice():
    with pytest.raises(ValueError, match="Already a member"):
        after_joining(rota(SIX, 6), "bo", done=1)


def test_a_held_meeting_in_which_nobody_brought_is_made_good():
    plan = rota(SIX[:5], 6)
    ill = Turns((), *plan.meetings[0].tasks[:3])  # chi was ill
    plan = replan(Rota(plan.members, (ill, *plan.meetings[1:])), done=1)
    assert (broken(plan), plan.waiting, plan.meetings[5].bringers) == ((), (), ("chi",))


def test_two_bringers_swap():
    plan = swap(rota(SIX, 6), bringing(0, "chi"), bringing(3, "fay"))
    assert [turns.bringers for turns in plan.meetings][:4] == [("fay",), ("dana",), ("edu",), ("chi",)]
    assert broken(plan) == ()


def refused(plan, a, b, done=0):
    with pytest.raises(SwapRefusedError) as error:
        swap(plan, a, b, done=done)
    return str(error.value)


def bringing(meeting, who):
    return Turn(meeting, Role.BRINGER, who)


def test_swaps_that_break_the_practice_are_refused():
    plan = rota(SIX, 6)
    assert refused(plan, bringing(0, "chi"), bringing(2, "edu")) == "host_brings"
    assert refused(plan, bringing(0, "chi"), bringing(1, "dana")) == "two_tasks"
    assert refused(plan, bringing(0, "chi"), bringing(3, "fay"), done=1) == "held"
    assert refused(plan, bringing(0, "chi"), Turn(3, Role.HOST, "dana")) == "other_role"
    assert refused(plan, bringing(0, "chi"), bringing(3, "bo")) == "not_theirs"
    assert refused(plan, bringing(0, "chi"), bringing(9, "fay")) == "not_theirs"
    assert refused(plan, bringing(0, "chi"), bringing(0, "chi")) == "same_meeting"


def test_hosts_swap_with_the_timekeeping_before():
    eight = rota((*SIX, "gus", "hana"), 8)
    plan = swap(eight, Turn(3, Role.HOST, "dana"), Turn(7, Role.HOST, "hana"))
    assert (plan.meetings[3].host, plan.meetings[7].host) == ("hana", "dana")
    assert (plan.meetings[2].timekeeper, plan.meetings[6].timekeeper) == ("hana", "dana")
    assert broken(plan) == ()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whoever_comes_and_goes_the_firm_rules_hold(data):
    size, per_session = data.draw(st.integers(4, 8)), data.draw(st.integers(1, 2))
    meetings, done = data.draw(st.integers(needed(size, per_session), 11)), 0
    plan = rota(range(size), meetings, per_session)
    for newcomer in range(8, 8 + data.draw(st.integers(1, 4))):
        done, before = data.draw(st.integers(done, meetings)), plan
        plan = _changed(data, plan, newcomer, done)
        assert plan.meetings[:done] == before.meetings[:done]
        assert firm(plan, done) == []
        assert plan == replan(plan, done=meetings)
        _everybody_is_where_they_can_be(plan, done)


def _changed(data, plan, newcomer, done):
    if len(plan.members) < 8 and data.draw(st.booleans()):
        return after_joining(plan, newcomer, done=done)
    if len(plan.members) > 3:
        return after_leaving(plan, data.draw(st.sampled_from(plan.members)), done=done)
    return plan


def _everybody_is_where_they_can_be(plan, done):
    open_turns = plan.meetings[done:]
    assert {who for turns in open_turns for who in turns.tasks} <= set(plan.members)
    for who in plan.waiting:
        assert not [t for t in open_turns if len(t.bringers) < plan.per_session and t.host != who]
    brought = [who for turns in plan.meetings for who in turns.bringers]
    assert len(brought) == len(set(brought))


def test_the_same_question_gets_the_same_answer():
    assert after_leaving(rota(range(5), 6), 2, done=3) == after_leaving(rota(range(5), 6), 2, done=3)
