"""A circle made by hand: what it breaks, what its members share."""

import pytest

from grapevine.circles.forming import Applicant, Common, Rules, broken_rules, common

MIRA, OLAV, JONAS, SINA, DEV, AIKO = "mira", "olav", "jonas", "sina", "dev", "aiko"
EN, DE, NO = "en", "de", "no"
PEOPLE = [
    Applicant(MIRA, 0b0111, frozenset({EN, DE}), topics=frozenset({"clocks", "pumps"})),
    Applicant(OLAV, 0b0110, frozenset({EN, NO}), topics=frozenset({"clocks"})),
    Applicant(JONAS, 0b0110, frozenset({EN, DE}), leads=(SINA, DEV)),
    Applicant(SINA, 0b1110, frozenset({EN}), leads=(DEV,)),
    Applicant(DEV, 0b0010, frozenset({EN}), topics=frozenset({"pumps", "clocks"})),
    Applicant(AIKO, 0b1000, frozenset({"ja"})),
]
RULES = Rules(smallest=2, largest=3, apart=((MIRA, OLAV),), moved=((DEV, frozenset({MIRA})),), met=((OLAV, JONAS),))


@pytest.mark.parametrize(
    ("circle", "broken"),
    [
        ([OLAV, DEV], []),
        ([OLAV], ["size"]),
        ([], ["size", "times", "languages"]),
        ([MIRA, AIKO], ["times", "languages"]),
        ([JONAS, SINA], ["line"]),
        ([JONAS, DEV], []),
        ([MIRA, OLAV], ["cannot_sit_together"]),
        ([DEV, MIRA], ["cannot_sit_together"]),
        ([MIRA, OLAV, JONAS, SINA, AIKO], ["size", "times", "languages", "line", "cannot_sit_together"]),
    ],
)
def test_a_circle_by_hand_is_told_what_it_breaks(circle, broken):
    assert broken_rules(circle, PEOPLE, RULES) == broken


def test_the_whole_line_is_broken_only_when_it_counts():
    assert broken_rules([JONAS, DEV], PEOPLE, Rules(smallest=2, whole_chain=True)) == ["line"]


def test_members_see_what_they_share():
    assert common([OLAV, JONAS, DEV], PEOPLE, RULES) == Common(
        slots=(1,), languages=frozenset({EN}), topics=(("clocks", 2),), new_pairs=2, pairs=3
    )


def test_somebody_who_did_not_apply_is_no_member():
    with pytest.raises(KeyError):
        broken_rules(["nobody"], PEOPLE, RULES)
