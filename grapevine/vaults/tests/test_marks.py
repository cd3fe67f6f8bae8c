"""Whom somebody means: kept so that only who is tried can be recognised."""

import json
from pathlib import Path

import pytest

from grapevine.vaults import keys
from grapevine.vaults.queries import meant, pair_mark

PURPOSE = "apart in cohort 3"


@pytest.fixture
def key_file(settings, tmp_path):
    """A key file of its own, with one key; call it to add another."""
    settings.GRAPEVINE_KEY_FILE = str(tmp_path / "keys.json")
    made = {"first": "11" * 32}

    def write(**more):
        Path(settings.GRAPEVINE_KEY_FILE).write_text(json.dumps({"keys": made | more}))
        keys.forget()

    write()
    yield write
    keys.forget()


def test_a_mark_is_known_again_only_by_trying(key_file):
    marks = {pair_mark(by=1, about=7, purpose=PURPOSE), pair_mark(by=1, about=9, purpose=PURPOSE)}
    assert meant(marks, by=1, among=range(20), purpose=PURPOSE) == {7, 9}
    assert meant(marks, by=2, among=range(20), purpose=PURPOSE) == set()
    assert meant(marks, by=1, among=range(20), purpose="apart in cohort 4") == set()


def test_two_who_mean_each_other_leave_different_marks(key_file):
    one, other = (pair_mark(by=a, about=b, purpose=PURPOSE) for a, b in ((1, 7), (7, 1)))
    assert (one != other, len(one), pair_mark(by=1, about=7, purpose=PURPOSE) == one) == (True, 64, True)


def test_numbers_do_not_run_into_each_other(key_file):
    assert pair_mark(by=1, about=23, purpose=PURPOSE) != pair_mark(by=12, about=3, purpose=PURPOSE)


def test_marks_made_under_an_older_key_are_still_known(key_file):
    old = pair_mark(by=1, about=7, purpose=PURPOSE)
    key_file(second="22" * 32)
    new = pair_mark(by=1, about=8, purpose=PURPOSE)
    assert meant({old, new}, by=1, among=range(20), purpose=PURPOSE) == {7, 8}
    assert pair_mark(by=1, about=7, purpose=PURPOSE) != old


def test_without_the_key_file_they_mean_nothing(key_file):
    old = pair_mark(by=1, about=7, purpose=PURPOSE)
    key_file(first="33" * 32)
    assert meant({old}, by=1, among=range(20), purpose=PURPOSE) == set()
