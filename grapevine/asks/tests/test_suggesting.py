"""The choice of five, without a database."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from grapevine.asks.suggesting import Candidate, Line, choose

TODAY = date(2026, 3, 10)
HERE, THERE = 1, 2


def line(kind, match=1.0, days=10, got=""):
    return Line(kind, "clocks on test benches", TODAY - timedelta(days=days), match, got)


def picked(*candidates):
    return {c.candidate.person: c.place for c in choose(candidates, unit=HERE, today=TODAY)}


def test_the_mix_of_mira():
    sanne = Candidate(1, HERE, [line("learned"), line("used"), line("used")], is_close=True, is_known=True)
    olav = Candidate(2, THERE, [line("used"), line("shared"), line("helped")], is_free=False)
    dev = Candidate(3, THERE, [line("shared", 0.6)])
    kari = Candidate(4, THERE, [line("offered", 0.5)])
    ravi = Candidate(5, HERE, [], is_close=True, is_known=True)
    assert picked(sanne, olav, dev, kari, ravi) == {1: "recent", 5: "close", 3: "border", 4: "new", 2: "deep"}


def test_an_outcome_outranks_what_people_say_of_themselves():
    told, proved = Candidate(1, THERE, [line("offered")]), Candidate(2, THERE, [line("used")])
    assert [c.candidate.person for c in choose([told, proved], unit=HERE, today=TODAY)] == [2, 1]


def test_evidence_fades_by_half_in_180_days():
    fresh, old = Candidate(1, THERE, [line("used", days=0)]), Candidate(2, THERE, [line("used", days=180)])
    assert fresh.weight(TODAY) == 2 * old.weight(TODAY)


def test_answering_everything_counts_no_more_than_five_lines():
    many, five = (Candidate(n, THERE, [line("used")] * count) for n, count in ((1, 50), (2, 5)))
    assert many.weight(TODAY) == five.weight(TODAY)


def test_who_is_full_comes_last_and_never_in_another_place_than_deep():
    full = Candidate(1, THERE, [line("learned")], is_free=False)
    free = [Candidate(n, HERE, [line("offered")]) for n in range(2, 8)]
    choices = choose([full, *free], unit=HERE, today=TODAY)
    assert (choices[-1].candidate.person, choices[-1].place, len(choices)) == (1, "deep", 5)


candidates = st.lists(
    st.builds(
        Candidate,
        person=st.integers(1, 99),
        unit=st.sampled_from([HERE, THERE, None]),
        lines=st.lists(
            st.builds(
                line,
                st.sampled_from(["offered", "shared", "learned", "helped", "used"]),
                st.floats(0.01, 1),
                st.integers(0, 900),
            ),
            max_size=4,
        ),
        is_free=st.booleans(),
        is_known=st.booleans(),
        is_close=st.booleans(),
        load=st.integers(0, 5),
    ),
    max_size=30,
    unique_by=lambda c: c.person,
)


@given(candidates)
def test_whoever_comes_five_at_most_one_from_outside_at_most_one_full(people):
    chosen = [c.candidate for c in choose(people, unit=HERE, today=TODAY)]
    free = [c for c in people if c.is_free]
    assert len(chosen) <= 5
    assert len({c.person for c in chosen}) == len(chosen)
    assert sum(not c.is_free for c in chosen) <= 1
    assert any(c.unit != HERE for c in chosen) or not any(c.unit != HERE for c in free)
    assert len([c for c in chosen if c.is_free]) >= min(4, len(free))


@given(candidates)
def test_the_same_people_give_the_same_five_in_any_order(people):
    one, other = (choose(order, unit=HERE, today=TODAY) for order in (people, people[::-1]))
    assert one == other
