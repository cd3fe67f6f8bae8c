"""What is wrong with a file is told with its line, its column and the way out."""

import pytest

from grapevine.people.importing.lines import SIZE_MAX
from grapevine.people.importing.reading import Rejected, Row, read_people

HEAD = "id,name,email\n"
FULL = "id,name,email,unit,manager,title,timezone,languages,location,joined_on\n"
TOLD = ("line", "column", "reason")


@pytest.fixture
def read(tmp_path):
    """`read("id,name,email\\n...")` reads a file of these words or bytes."""

    def reading(body, encoding="utf-8"):
        file = tmp_path / "people.csv"
        file.write_bytes(body if isinstance(body, bytes) else body.encode(encoding))
        return read_people(file)

    return reading


def wrong(read):
    return [(one.line, one.column, one.reason) for one in read[1]]


def test_a_whole_line(read):
    rows, rejected = read(
        FULL
        + '17,Mira Lindqvist,Mira@Halden.example,"Grid / Control / Bench",9,Engineer,Europe/Oslo,en; NB,Halden,2024-03-31\n'
    )
    assert rejected == []
    assert rows[0].joined_on.isoformat() == "2024-03-31"
    assert rows == [
        Row(
            line=2,
            id="17",
            name="Mira Lindqvist",
            email="mira@halden.example",
            unit=("Grid", "Control", "Bench"),
            manager="9",
            title="Engineer",
            timezone="Europe/Oslo",
            languages=("en", "nb"),
            location="Halden",
            joined_on=rows[0].joined_on,
        )
    ]


def test_columns_that_are_not_there_say_nothing_and_empty_ones_say_none(read):
    rows, _ = read("email,ID , Name,unit,shoe size\nmira@halden.example,17,Mira,,=39\n")
    assert rows == [Row(2, "17", "Mira", "mira@halden.example", unit=())]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_endings(read, delimiter, ending):
    lines = ["id,name,email", '1,"Vik, Sanne",sanne@halden.example', "", "2,Olav,olav@halden.example", ""]
    body = ending.join(line.replace(",", delimiter).replace("Vik;", "Vik,").replace("Vik\t", "Vik,") for line in lines)
    rows, rejected = read(body)
    assert rejected == []
    assert [(row.line, row.name) for row in rows] == [(2, "Vik, Sanne"), (4, "Olav")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(read, encoding):
    rows, rejected = read(HEAD + "1,Åse Sørlie,ase@halden.example\n", encoding)
    assert (rows, rejected) == ([Row(2, "1", "Åse Sørlie", "ase@halden.example")], [])


def test_utf_16_with_its_mark_at_either_end(read):
    body = "\ufeff" + HEAD + "1,Åse,ase@halden.example\n"
    assert read(body, "utf-16-be") == read(body, "utf-16-le") == ([Row(2, "1", "Åse", "ase@halden.example")], [])


def test_columns_that_mean_nothing_are_named(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("id,name,email,manager,Managers,shoe  size,,shoe size\n1,Mira,m@halden.example,,,39,,40\n")
    ignored = []
    assert read_people(file, ignored=ignored)[1] == []
    assert ignored == ["managers", "shoe size"]  # there is a manager already, so nothing is lost


NO_UTF_8 = (
    "Character %d of this line is the byte %s, which is no UTF-8. "
    "Save the file as CSV UTF-8 (in Excel: Save as, CSV UTF-8) and try again."
)
FILES = {
    "bytes of another encoding": (
        HEAD.encode() + b"1,Sanne,sanne@halden.example\n2,J\xf8rgen,j@halden.example\n",
        (3, "name", NO_UTF_8 % (4, "0xF8")),
    ),
    "in the header": ("id,name,email,größe\n".encode("latin-1"), (1, "4", NO_UTF_8 % (17, "0xF6"))),
    "UTF-16 without its mark": (
        HEAD.encode("utf-16-le"),
        (1, "", "This looks like UTF-16 without its mark. Save the file as CSV UTF-8."),
    ),
    "UTF-16 cut in the middle": (
        (HEAD + "1,Mira,m@halden.example").encode("utf-16")[:-1],
        (
            2,
            "email",
            "Character 23 of this line was lost when the file was saved before. Export the file anew, as CSV UTF-8.",
        ),
    ),
    "a character that was lost before": (
        HEAD + "1,J\ufffdrgen,j@halden.example\n",
        (
            2,
            "name",
            "Character 4 of this line was lost when the file was saved before. Export the file anew, as CSV UTF-8.",
        ),
    ),
    "a spreadsheet": (
        b"PK\x03\x04rest",
        (1, "", "This is a spreadsheet. Save it as CSV (in Excel: Save as, CSV UTF-8) and bring in that file."),
    ),
    "nothing": ("", (1, "", "The file is empty. Its first line names the columns: id, name, email.")),
    "only a header": (HEAD, (1, "", "There is a first line with the names of columns, and nobody below it.")),
    "a header and empty lines": (
        HEAD + "\n,,\n  , ,\n",
        (1, "", "There is a first line with the names of columns, and nobody below it."),
    ),
    "no column for the mail": (
        "id;name;mail\n1;Mira;m@halden.example\n",
        (1, "email", "The column email is missing. The first line has: id, name, mail."),
    ),
    "a column twice": ("id,name,email,Name\n1,a,a@halden.example,b\n", (1, "name", "Two columns are called name.")),
    "a slip in the name of a column": (
        "id,name,email,manger\n1,Mira,m@halden.example,\n",
        (1, "manger", "column 'manger' is not known; did you mean 'manager'? Rename it, or take it out."),
    ),
    "a column with a line in it": (
        "id,name,email,time_zone\n1,Mira,m@halden.example,Mars\n",
        (1, "time_zone", "column 'time_zone' is not known; did you mean 'timezone'? Rename it, or take it out."),
    ),
    "a quote that never ends": (
        HEAD + '1,Mira,m@halden.example\n2,"Olav,o@halden.example\n3,Kari,k@halden.example\n',
        (3, "", "The quotes on this line do not match. Nothing after it was read."),
    ),
    "a quote in the middle of a cell": (
        HEAD + '1,"Mira" Lind,m@halden.example\n',
        (2, "", "The quotes on this line do not match. Nothing after it was read."),
    ),
    "a line without end": (
        HEAD + "1," + "x" * 100_001 + ",m@halden.example\n",
        (2, "", "This line has more than 100000 characters. Is it a list of people?"),
    ),
}


@pytest.mark.parametrize(("body", "expected"), FILES.values(), ids=FILES)
def test_files_that_cannot_be_read(read, body, expected):
    assert wrong(read(body)) == [expected]


def test_a_line_of_another_encoding_does_not_spoil_the_others(read):
    lines = [b"1,Mira,m@halden.example", b"2,\xff,o@halden.example", b"3,Kari,\xfe", b"4,Dev,d@halden.example"]
    rows, rejected = read(HEAD.encode() + b"\n".join(lines))
    assert [row.id for row in rows] == ["1", "4"]
    assert [(one.line, one.column) for one in rejected] == [(3, "name"), (4, "email")]


def test_reading_ends_where_too_much_is_wrong(read):
    rows, rejected = read(HEAD + "1,,x\n" * 4_000)
    assert (rows, len(rejected), rejected[-1]) == (
        [],
        5_003,
        Rejected(2_502, "name", "This cell must not be empty."),
    )
    assert rejected[-3] == Rejected(2_502, "", "So much is wrong that nothing after this line was read.")


def test_a_file_of_100_mb_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "people.csv"
    with file.open("wb") as body:
        body.truncate(100_000_000)
    told = "The file has 100 MB; up to 20 MB are read. Leave out columns that are not needed, or split it."
    assert read_people(file) == ([], [Rejected(0, "", told)])


def test_a_stream_without_a_size_is_refused_where_it_grows_too_large(monkeypatch, tmp_path):
    assert SIZE_MAX == 20_000_000
    monkeypatch.setattr("grapevine.people.importing.lines.SIZE_MAX", 30)
    file = tmp_path / "people.csv"
    file.write_text(HEAD + "1,Mira,mira@halden.example\n")
    told = "The file has 1 MB; up to 0 MB are read. Leave out columns that are not needed, or split it."
    assert read_people(file) == ([], [Rejected(0, "", told)])


def test_a_file_that_is_not_there(tmp_path):
    missing = tmp_path / "people.csv"
    assert read_people(missing)[1] == [Rejected(0, "", f"{missing} cannot be opened: No such file or directory.")]
    assert read_people(tmp_path)[1] == [Rejected(0, "", f"{tmp_path} cannot be opened: Is a directory.")]


FORMULA = "A cell may not begin with %s: a spreadsheet would take it for a formula."
CELLS = {
    "an empty id": ({"id": ""}, "id", "This cell must not be empty."),
    "an id of spaces": ({"id": "  "}, "id", "This cell must not be empty."),
    "a dash is nothing": ({"id": "-"}, "id", "This cell must not be empty."),
    "a long id": ({"id": "9" * 65}, "id", "65 characters; up to 64 fit here."),
    "an empty name": ({"name": ""}, "name", "This cell must not be empty."),
    "a name without letters": ({"name": "4711"}, "name", "A name has letters."),
    "a long name": ({"name": "x" * 121}, "name", "121 characters; up to 120 fit here."),
    "a formula": ({"name": "=cmd|' /C calc'!A0"}, "name", FORMULA % "="),
    "a formula after a space": ({"name": " =1+1"}, "name", FORMULA % "="),
    "a plus": ({"title": "+1"}, "title", FORMULA % "+"),
    "a minus": ({"title": "-2+3"}, "title", FORMULA % "-"),
    "an at": ({"location": "@SUM(1)"}, "location", FORMULA % "@"),
    "full width": ({"location": "＝1+1"}, "location", FORMULA % "＝"),
    "full width plus": ({"unit": "＋1"}, "unit", FORMULA % "＋"),
    "full width minus": ({"manager": "－1"}, "manager", FORMULA % "－"),
    "full width at": ({"id": "＠x"}, "id", FORMULA % "＠"),
    "a tab in front": ({"name": "\tMira"}, "name", "A cell may not begin with a tab or a line break."),
    "a return in front": ({"name": "\rMira"}, "name", "A cell may not begin with a tab or a line break."),
    "a NUL": ({"name": "Mi\0ra"}, "name", "There is a control character (U+0000) in this cell."),
    "a line break": ({"title": "Engineer\nLead"}, "title", "There is a control character (U+000A) in this cell."),
    "an escape": ({"title": "\x1b[31m"}, "title", "There is a control character (U+001B) in this cell."),
    "right to left": (
        {"name": "Mira\u202egnp"},
        "name",
        "There is a sign in this cell that turns the direction of writing.",
    ),
    "no mail": ({"email": ""}, "email", "This cell must not be empty."),
    "half a mail": ({"email": "mira@halden"}, "email", "This is not a mail address: mira@halden"),
    "two mails": ({"email": "a@b.example c@d.example"}, "email", "This is not a mail address: a@b.example c@d.example"),
    "a look-alike": (
        {"email": "mirа@halden.example"},
        "email",
        "A mail address has only the letters a to z. Write a domain with other letters in its xn-- form.",
    ),
    "a Kelvin sign": (
        {"email": "\u212aari@h\u00e5lden.example"},
        "email",
        "A mail address has only the letters a to z. Write a domain with other letters in its xn-- form.",
    ),
    "a long mail": ({"email": "x" * 250 + "@b.example"}, "email", "260 characters; up to 254 fit here."),
    "a hole in the path": ({"unit": "Grid /  / Bench"}, "unit", "A part of the unit's path is empty: Grid / / Bench"),
    "a path that ends early": ({"unit": "Grid / "}, "unit", "A part of the unit's path is empty: Grid /"),
    "a deep path": ({"unit": " / ".join("abcdefghi")}, "unit", "A unit has up to 8 levels."),
    "a zone": ({"timezone": "Oslo"}, "timezone", "Oslo is not a time zone. Write it like Europe/Oslo."),
    "an offset": ({"timezone": "CET"}, "timezone", "CET is not a time zone. Write it like Europe/Oslo."),
    "a language": (
        {"languages": "en;german"},
        "languages",
        "german is not the code of a language. Write codes like en de nb.",
    ),
    "many languages": (
        {"languages": "en de fr es it pt nl sv da nb fi"},
        "languages",
        "Up to 10 languages can be named.",
    ),
    "a day": ({"joined_on": "31.03.2024"}, "joined_on", "31.03.2024 is not a day. Write it like 2024-03-31."),
    "a day that never was": (
        {"joined_on": "2023-02-29"},
        "joined_on",
        "There is no 2023-02-29 in the calendar.",
    ),
    "a week": ({"joined_on": "2024-W13-7"}, "joined_on", "2024-W13-7 is not a day. Write it like 2024-03-31."),
    "long ago": ({"joined_on": "0024-03-31"}, "joined_on", "0024-03-31 is too far back."),
    "far ahead": ({"joined_on": "2999-01-01"}, "joined_on", "2999-01-01 is too far in the future."),
}
GOOD = {"id": "17", "name": "Mira", "email": "mira@halden.example"}


@pytest.mark.parametrize(("cells", "column", "reason"), CELLS.values(), ids=CELLS)
def test_cells(read, cells, column, reason):
    cells = {**dict.fromkeys(FULL.strip().split(","), ""), **GOOD, **cells}
    line = ",".join(f'"{cell}"' for cell in cells.values())
    rows, rejected = read(FULL + "1,Sanne,sanne@halden.example,,,,,,,\n" + line + "\n")
    assert [row.id for row in rows] == ["1"]
    assert rejected == [Rejected(3, column, reason)]


def test_every_wrong_cell_of_a_line_is_told(read):
    _, rejected = read(FULL + "17,,mira,,,,Oslo,,,\n")
    assert [(one.line, one.column) for one in rejected] == [(2, "email"), (2, "name"), (2, "timezone")]


def test_invisible_signs_and_doubled_spaces_go(read):
    rows, _ = read(HEAD + "\u200b17,Mira\u00ad \u00a0 Lindqvist\u200f,mira@halden.example\n")
    assert rows == [Row(2, "17", "Mira Lindqvist", "mira@halden.example")]


def test_accents_are_composed(read):
    assert read(HEAD + "1,A\u030ase,ase@halden.example\n")[0][0].name == "Åse"


def test_a_slash_without_spaces_belongs_to_the_name(read):
    rows, _ = read("id,name,email,unit\n1,Eva,eva@halden.example,HR/Payroll / North\n")
    assert rows[0].unit == ("HR/Payroll", "North")


def test_ragged_lines(read):
    told = "%d cells where the first line has 3. A cell with the delimiter in it needs quotes."
    assert wrong(read(HEAD + "1,Mira\n2,Vik, Sanne,s@halden.example\n3,Olav,o@halden.example,,\n")) == [
        (2, "email", told % 2),
        (3, "4", told % 4),
    ]


def test_twice(read):
    rows, rejected = read(
        HEAD + "1,Mira,m@halden.example\n1,Olav,o@halden.example\n2,Kari,M@Halden.example\n3,Dev,o@halden.example\n"
    )
    assert [row.id for row in rows] == ["1", "3"]
    assert rejected == [
        Rejected(3, "id", "1 stands on line 2 already."),
        Rejected(4, "email", "m@halden.example stands on line 2 already."),
    ]
