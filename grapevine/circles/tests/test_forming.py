"""Who sits with whom: promises that hold for any cohort."""

import re
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from grapevine.circles.forming import (
    Applicant,
    LockedError,
    Rules,
    all_hold,
    deadline,
    exact,
    form_circles,
    holds,
    improving,
)
from grapevine.circles.forming.fairness import lag
from grapevine.circles.forming.numbered import number
from grapevine.circles.tests.cohorts import cohort, every_circle, is_circle, mistakes, optimum

ENGLISH = frozenset({"en"})


def applicants(count, slots=0b1, **others):
    return [Applicant(n, slots, ENGLISH, **others) for n in range(count)]


def test_two_hundred_cohorts_have_no_wrong_circle_and_nobody_without_a_true_reason():
    wrong = {}
    for seed in range(200):
        people, rules = cohort(seed)
        proposal = form_circles(people, rules, seed, seconds=0.02 if seed % 4 else 0.002)
        found = mistakes(proposal, people, rules)
        found += [] if all_hold(proposal, people, rules) else ["a reason that does not hold"]
        if found:
            wrong[seed] = found
    assert wrong == {}


def test_no_time_at_all_gives_valid_circles_or_none():
    for seed in range(20):
        people, rules = cohort(seed)
        assert mistakes(form_circles(people, rules, seed, seconds=0), people, rules) == []


@pytest.mark.parametrize("seed", range(10))
def test_a_small_cohort_gets_the_best_there_is(seed):
    people, rules = cohort(1000 + seed, most=22)
    rules = replace(rules, together=())
    proposal = form_circles(people, rules, seed)
    placed, score = optimum(people, rules)
    assert sum(map(len, proposal.circles)) == placed
    assert proposal.score * len(people) == pytest.approx(score, abs=1e-4)


def test_the_same_seed_gives_the_same_circles(monkeypatch):
    monkeypatch.setattr(improving, "_rounds", lambda people: 25)
    monkeypatch.setattr(exact, "PEOPLE", 0)
    people, rules = larger_cohort()
    first, second = (form_circles(people, rules, seed=3, seconds=60) for _ in range(2))
    assert first == second
    assert not first.was_hurried
    assert mistakes(first, people, rules) == []


def test_who_has_too_little_time_says_so(monkeypatch):
    monkeypatch.setattr(exact, "PEOPLE", 0)
    people, rules = larger_cohort()
    assert form_circles(people, rules, seed=3, seconds=0.05).was_hurried


def test_a_slow_machine_leaves_out_steps_in_the_second_half_and_comes_near_the_end(monkeypatch):
    now = SimpleNamespace(seconds=0.0)
    monkeypatch.setattr(deadline, "time", SimpleNamespace(monotonic=lambda: now.seconds))
    until, taken = deadline.Deadline.after(8), []
    for step in range(16):
        if until.keeps_pace(step / 16):
            taken.append(step)
            now.seconds += 1
    assert taken == [0, 1, 2, 3, 4, 5, 8, 12]
    assert until.memory.was_hurried


def test_whose_language_is_placed_least_comes_before_others():
    people = [*applicants(8), *(Applicant(n, 0b1, frozenset({"fi"})) for n in range(8, 12))]
    assert lag(number(people, Rules()), [(0, 1, 2, 3, 8)]) == [0.5] * 8 + [0.75] * 4


def larger_cohort():
    people, rules = cohort(5, most=0)
    for n in range(6):
        some, theirs = cohort(300 + n)
        shift = len(people)
        people += [replace(one, id=one.id + shift, leads=tuple(lead + shift for lead in one.leads)) for one in some]
        rules = replace(
            rules, met=rules.met + tuple((a + shift, b + shift) for a, b in theirs.met), smallest=5, largest=8
        )
    return people, rules


def test_locked_circles_stay_and_a_late_applicant_moves_nobody():
    people, rules = larger_cohort()
    *early, late = people
    first = form_circles(early, rules, seed=1, seconds=0.5)
    second = form_circles(people, replace(rules, locked=first.circles), seed=2, seconds=0.5)
    assert second.circles[: len(first.circles)] == first.circles
    assert mistakes(second, people, rules) == []
    assert late.id in {one.id for one in second.waiting} | {one for circle in second.circles for one in circle}


@pytest.mark.parametrize(
    ("locked", "said"),
    [
        (((0, 1, 2, 3),), "a locked circle breaks a rule: size"),
        (((0, 1, 2, 3, 4), (4, 5, 6, 7, 8)), "somebody sits in two locked circles"),
        (((0, 1, 2, 3, 9),), "a locked circle breaks a rule: cannot_sit_together"),
    ],
)
def test_a_locked_circle_has_to_be_one(locked, said):
    with pytest.raises(LockedError, match=said):
        form_circles(applicants(10), Rules(locked=locked, apart=((0, 9),)))


def test_who_wants_to_sit_together_does():
    proposal = form_circles(applicants(16), Rules(together=((0, 8), (8, 15))), seed=1, seconds=0.3)
    assert [circle for circle in proposal.circles if {0, 8, 15} & set(circle)] == [
        circle for circle in proposal.circles if {0, 8, 15} <= set(circle)
    ]
    assert (proposal.waiting, proposal.parted) == ((), ())


def test_who_cannot_sit_together_is_told_and_both_sit():
    early, late = applicants(5), [replace(one, id=one.id + 5, slots=0b10) for one in applicants(5)]
    proposal = form_circles(early + late, Rules(together=((0, 9),)))
    assert (proposal.parted, proposal.waiting) == (((0, 9),), ())


def test_who_was_moved_does_not_meet_the_group_again():
    rules = Rules(moved=((0, frozenset(range(1, 6))),))
    proposal = form_circles(applicants(10), rules, seed=1)
    (circle,) = [circle for circle in proposal.circles if 0 in circle]
    assert set(circle).isdisjoint(range(1, 6))


def test_the_whole_line_stays_apart_only_when_asked():
    people = applicants(6)
    people[2] = replace(people[2], leads=(1, 0))
    near, far = (form_circles(people[:1] + people[2:], Rules(whole_chain=chain)) for chain in (False, True))
    assert (near.circles, far.circles) == (((0, 2, 3, 4, 5),), ())
    assert {one.kind for one in far.waiting} == {"company"}


REASONS = {
    "times": lambda: [*applicants(5), Applicant(5, 0b10, ENGLISH)],
    "languages": lambda: [*applicants(5), Applicant(5, 0b1, frozenset({"fi"}))],
    "times_and_languages": lambda: [
        *applicants(5),
        *(Applicant(n, 0b10, frozenset({"fi"})) for n in (6, 7, 8, 9)),
        Applicant(5, 0b1, frozenset({"fi"})),
    ],
    "company": lambda: [*applicants(5), Applicant(5, 0b1, ENGLISH, leads=(0,)), Applicant(6, 0b10, ENGLISH)],
    "full": lambda: applicants(9),
}


@pytest.mark.parametrize("kind", REASONS)
def test_who_waits_is_told_why(kind):
    people = REASONS[kind]()
    rules = Rules(apart=tuple((5, n) for n in range(1, 5)) if kind == "company" else ())
    proposal = form_circles(people, rules)
    told = {one.id: one for one in proposal.waiting}
    reason = told.get(5) or proposal.waiting[0]
    assert reason.kind == kind
    assert holds(reason, proposal, people, rules)
    assert not holds(replace(reason, facts=(("others", 77),)), proposal, people, rules)


def test_nobody_learns_who_keeps_away_from_whom():
    """Who may not sit with all others hears the same words whether they asked for it or the others did."""
    asked = form_circles(applicants(6), Rules(apart=tuple((5, n) for n in range(5))))
    avoided = form_circles(applicants(6), Rules(apart=tuple((n, 5) for n in range(5))))
    assert asked.waiting == avoided.waiting
    assert [(one.id, one.kind, one.facts) for one in asked.waiting] == [(5, "company", (("others", 5),))]


def test_there_may_be_nobody_and_nothing_in_common():
    assert form_circles([], Rules()).circles == ()
    nobody = form_circles([Applicant(1, 0, frozenset()), Applicant(2, 1, frozenset())], Rules())
    assert [(one.id, one.kind) for one in nobody.waiting] == [(1, "times"), (2, "times")]


def test_somebody_applies_once():
    with pytest.raises(ValueError, match="somebody applied twice"):
        form_circles([*applicants(3), *applicants(1)], Rules())


def test_the_engine_knows_itself_and_two_libraries_only():
    folder = Path(exact.__file__).parent
    lines = [line.strip() for file in folder.glob("*.py") for line in file.read_text().splitlines()]
    asked = {line.split()[1] for line in lines if re.match(r"import \w|from \S+ import ", line)}
    ours = {name for name in asked if name.startswith("grapevine.circles.forming")}
    assert {name.split(".")[0] for name in asked - ours} - sys.stdlib_module_names == {"numpy", "scipy"}


def test_every_circle_of_the_judge_is_a_circle():
    people, rules = cohort(1004, most=22)
    assert all(is_circle(circle, people, rules) for circle in every_circle(people, rules))
