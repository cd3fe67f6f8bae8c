"""Whatever bytes come in, reading ends, and every line is either good or told about."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from grapevine.people.importing.cells import CELLS, FORMULA_SIGNS, CellError, plain
from grapevine.people.importing.reading import Rejected, Row, read_file

words = st.text(max_size=30)
plain_words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
HEAD = ["id", "name", "email", "title"]


def as_csv(rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return io.BytesIO(out.getvalue().encode())


@given(st.binary(max_size=400))
def test_any_bytes(body):
    rows, rejected = read_file(io.BytesIO(body))
    assert rejected or rows
    assert all(isinstance(one, Rejected) and one.reason for one in rejected)


@given(st.binary(max_size=200))
def test_any_bytes_below_a_header(body):
    rows, rejected = read_file(io.BytesIO(b"id,name,email\n" + body))
    assert rejected or rows
    assert all(isinstance(row, Row) and row.id and row.name and "@" in row.email for row in rows)


@given(st.lists(st.lists(words, min_size=4, max_size=4), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_no_line_is_lost_in_silence(cells, delimiter):
    rows, rejected = read_file(as_csv([HEAD, *cells], delimiter))
    filled = sum(1 for line in cells if any(cell.strip() for cell in line))
    lines = {row.line for row in rows} | {one.line for one in rejected}
    unreadable = any(one.column == "" for one in rejected)
    assert unreadable or len(lines) == filled


@given(words)
def test_what_is_kept_is_clean(cell):
    try:
        kept = plain(cell)
    except CellError:
        return
    assert kept == kept.strip() == plain(kept)
    assert kept[:1] not in {*FORMULA_SIGNS, "\t", "\r"} or not kept


@given(st.lists(plain_words, min_size=1, max_size=6, unique=True), st.data())
def test_good_people_come_through_unchanged(names, data):
    names = [name for name in names if any(sign.isalpha() for sign in name)]
    rows = [[str(n), name, f"p{n}@halden.example", ""] for n, name in enumerate(names)]
    read, rejected = read_file(as_csv([HEAD, *rows]))
    expected = [(str(n), CELLS["name"](name), f"p{n}@halden.example") for n, name in enumerate(names)]
    assert [(row.id, row.name, row.email) for row in read] == expected
    assert [one.line for one in rejected] == ([] if names else [1])
