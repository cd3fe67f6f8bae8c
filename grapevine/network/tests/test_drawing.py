"""The drawn map: the same people stand in the same places, and no name lies on another."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grapevine.network.closeness import Closeness
from grapevine.network.drawing import CLOSEST, LABEL_MOST, MOST, as_units, draw
from grapevine.network.geometry import Box, cut, tendril, text_width
from grapevine.network.shapes import Mark

RINGS = [Closeness.TRUSTED, Closeness.BOTH_WAYS, Closeness.ONCE, Closeness.MET, Closeness.NEW]
UNITS = ["", "Field", "Grid Control", "Metering", "Customer relations and complaints", "Projects", "Østfold"]


def mark(label, unit="Field", ring=Closeness.ONCE, **more):
    look = {"title": label, "initials": "AB", "hue": 120, "leans_on": True, "leaned_on": False, "is_tie": True} | more
    return Mark(label=cut(label, LABEL_MOST), unit=unit, ring=ring, **look)


names = st.text(st.characters(codec="utf-8", categories=("L", "M", "Zs")), min_size=1, max_size=40)
somebody = st.builds(
    mark, names, st.sampled_from(UNITS), st.sampled_from(RINGS), url=st.uuids().map(str), leaned_on=st.booleans()
)


def boxes(drawing):
    return [box for spot in drawing.spots for box in (spot.disc, spot.words)] + [unit.box for unit in drawing.units]


def overlaps(drawing):
    groups = [(spot.disc, spot.words) for spot in drawing.spots] + [(unit.box,) for unit in drawing.units]
    return [(a, b) for one, other in combinations(groups, 2) for a in one for b in other if a.meets_any([b])]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(somebody, min_size=1, max_size=MOST), st.sampled_from([340, 672]))
def test_no_name_lies_on_another_and_all_are_on_the_sheet(marks, width):
    marks = marks if width > 340 else marks[:12]
    drawing = draw(marks, width=width)
    assert len(drawing.spots) == len(marks)
    assert overlaps(drawing) == []
    assert all(box.is_inside(drawing.width, drawing.height) for box in boxes(drawing))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(somebody, min_size=1, max_size=15, unique_by=lambda m: m.url), st.randoms(use_true_random=False))
def test_the_same_people_stand_in_the_same_places(marks, random):
    shuffled = random.sample(marks, len(marks))
    assert draw(marks, width=672, home="Field") == draw(shuffled, width=672, home="Field")


def test_forty_with_long_names_on_one_ring_still_fit():
    marks = [mark(f"Wolfgang-Maximilian {n}", url=f"/{n}/") for n in range(MOST)]
    drawing = draw(marks, width=672)
    assert (len(drawing.spots), overlaps(drawing)) == (MOST, [])


def test_closer_people_stand_nearer():
    drawing = draw([mark(ring.name, ring=ring, unit="") for ring in RINGS], width=672)
    away = {
        spot.mark.ring: ((spot.x - drawing.x) / 280) ** 2 + ((spot.y - drawing.y) / 170) ** 2 for spot in drawing.spots
    }
    assert sorted(away, key=away.get) == RINGS
    assert [ring.word for ring in drawing.rings] == ["trusted", "both ways", "helped", "met", "new"]


@pytest.mark.parametrize("width", [340, 672])
def test_the_closest_stand_far_enough_for_a_tendril_to_be_seen(width):
    around = [mark(f"N{n}", url=f"/{n}/") for n in range(8)]
    drawing = draw([mark("Tomas", ring=Closeness.TRUSTED, leaned_on=True), *around], width=width)
    assert min(hypot(spot.x - drawing.x, spot.y - drawing.y) for spot in drawing.spots) >= CLOSEST - 1


def test_tendrils_say_who_leans_on_whom():
    both, in_only = mark("Sanne", leaned_on=True), mark("Dev", leans_on=False, leaned_on=True)
    ways = {spot.mark.label: [t.way for t in spot.tendrils] for spot in draw([both, in_only], width=672).spots}
    assert ways == {"Sanne": ["out", "back"], "Dev": ["back"]}


def test_a_crowd_is_drawn_as_units():
    marks = [mark(f"N{n}", unit=UNITS[n % 3], ring=RINGS[n % 5]) for n in range(50)] + [mark("Solo", unit="Alone")]
    drawn = as_units(marks, dict.fromkeys([*UNITS, "Alone"], "who is there"), "elsewhere")
    assert [(m.label, m.is_unit, m.ring) for m in drawn] == [
        ("Field", True, Closeness.TRUSTED),
        ("Grid Control", True, Closeness.TRUSTED),
        ("Solo", False, Closeness.ONCE),
        ("elsewhere", True, Closeness.TRUSTED),
    ]


def test_many_units_leave_room_for_elsewhere():
    marks = [mark(f"N{n}", unit=f"Unit {n // 2}") for n in range(200)]
    drawn = as_units(marks, {m.unit: m.unit for m in marks}, "elsewhere")
    assert (len(drawn), drawn[-1].label) == (MOST, "elsewhere")
    assert overlaps(draw(drawn, width=672)) == []


def test_a_long_name_is_cut_at_its_end():
    assert cut("Sanne", 104) == "Sanne"
    assert text_width(cut("Wolfgang-Maximilian von Oberbruck", 104)) <= 104


def test_a_line_crosses_a_box_or_passes_it():
    box = Box(10, 10, 20, 20)
    assert box.is_crossed(0, 0, 30, 30)
    assert box.is_crossed(15, 0, 15, 40)
    assert box.is_crossed(12, 12, 13, 13)
    assert not box.is_crossed(0, 25, 30, 25)
    assert not box.is_crossed(25, 0, 25, 40)
    assert not box.is_crossed(0, 15, 5, 15)


def test_a_tendril_from_a_point_to_itself_is_no_error():
    assert tendril((5, 5), (5, 5), 0.1, (2, 2))[0].startswith("M")
