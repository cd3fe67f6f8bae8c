"""Each format, what it gives, and what is wrong where."""

import json
from dataclasses import astuple

import pytest

from grapevine.skills.importing import read_framework, read_starter
from grapevine.skills.importing.shapes import Rejected, SkillRead

CSV = "key,name,sentence,signs,level1,level2\n"
ESCO = "conceptType,conceptUri,skillType,preferredLabel,altLabels,description\n"
ITEM = "10000000-0000-4000-8000-00000000000{}"


@pytest.fixture
def read(tmp_path):
    """`read("csv", words)` reads a file that holds these words (or bytes)."""

    def reading(shape, words, name=None):
        file = tmp_path / (name or f"own-list.{'json' if shape == 'case' else 'csv'}")
        file.write_bytes(words if isinstance(words, bytes) else words.encode())
        return read_framework(file, shape)

    return reading


def wrong(read):
    return [(r.line, r.column, r.path, r.reason) for r in read.rejected]


# --- an organisation's own list -------------------------------------------------------------------


def test_own_list(read):
    found = read(
        "csv", CSV + 'shift,Handing over,"Say what is open, then stop.",Names the risk|Waits,by note,by voice\n'
    )
    assert (found.key, found.name, found.rejected) == ("csv:own-list", "Own list", ())
    assert found.skills == (
        SkillRead(
            "shift",
            "Handing over",
            "Say what is open, then stop.",
            ("Names the risk", "Waits"),
            levels=(("Level 1", "by note"), ("Level 2", "by voice")),
        ),
    )


def test_semicolons_marks_and_other_columns_do_no_harm(read):
    found = read("csv", "\ufeffname;owner;key\r\nHanding over;Eva;shift\r\n")
    assert found.skills == (SkillRead("shift", "Handing over"),)


@pytest.mark.parametrize(
    ("words", "line", "column"),
    [
        ("", 1, ""),
        ("key,title\n", 1, "name"),
        ("key,name,name\n", 1, "name"),
        (CSV + ",Handing over,,,,\n", 2, "key"),
        (CSV + "a,,,,,\n", 2, "name"),
        (CSV + f"a,{'x' * 201},,,,\n", 2, "name"),
        (CSV + "a,=1+1,,,,\n", 2, "name"),
        (CSV + 'a,A,"two\nlines",,,\na,B,,,,\n', 4, "key"),
        (CSV + "a,A\n", 2, "sentence"),
        (CSV + 'a,A,"never ends,,,\n', 2, ""),
        (CSV.encode() + b"a,\xff,,,,\n", 2, ""),
        (CSV + "a,A\0,,,,\n", 2, ""),
        (b"PK\x03\x04 a spreadsheet", None, ""),
        (CSV, None, ""),
    ],
)  # fmt: skip
def test_what_is_wrong_names_line_and_column(read, words, line, column):
    found = read("csv", words)
    assert [(r.line, r.column) for r in found.rejected] == [(line, column)]
    assert all(r.reason for r in found.rejected)


def test_several_things_are_said_at_once(read):
    found = read("csv", CSV + "a,,,,,\n,B,,,,\nc,C,,,,\n")
    assert [(r.line, r.column) for r in found.rejected] == [(2, "name"), (3, "key")]


def test_a_file_that_is_not_there(tmp_path):
    found = read_framework(tmp_path / "none.csv", "csv")
    assert "cannot be opened" in found.rejected[0].reason


def test_a_huge_file_is_not_even_opened(tmp_path):
    file = tmp_path / "huge.csv"
    with file.open("wb") as huge:
        huge.truncate(100_000_000)
    assert astuple(read_framework(file, "csv").rejected[0])[:2] == ("The file has 100 MB; up to 50 MB are read.", None)


# --- ESCO -----------------------------------------------------------------------------------------


def test_esco_as_the_commission_offers_it(read):
    found = read(
        "esco",
        ESCO
        + 'KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/1,knowledge,Haskell,"Haskell\nGHC",A language.\n',
    )
    assert found.key == "esco"
    assert found.skills == (SkillRead("http://data.europa.eu/esco/skill/1", "Haskell", "A language.", also=("GHC",)),)


def test_esco_in_another_language_is_a_list_of_its_own(read):
    assert read("esco", ESCO + "K,http://x/1,knowledge,Haskell,,Eine Sprache.\n", "skills_de.csv").key == "esco-de"
    assert read("esco", ESCO + "K,http://x/1,knowledge,Haskell,,A language.\n", "skills_en.csv").key == "esco"


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ('[{"uri": "u"}]', (None, "", "$[0].label")),
        ('[{"uri": "u", "label": 5}]', (None, "", "$[0].label")),
        ('[{"uri": "u", "label": "a"}, {"uri": "u", "label": "b"}]', (None, "", "$[1].uri")),
        ('[{"uri": "u", "label": "a", "altLabel": ["b", 1]}]', (None, "", "$[0].altLabel[1]")),
        ('["u"]', (None, "", "$[0]")),
        ('{"uri": "u"}', (None, "", "$")),
        ('[\n{"uri": }]', (2, "9", "")),
        ("[" * 100_000, (None, "", "")),
    ],
)
def test_what_is_wrong_names_the_path(read, words, place):
    assert [(r.line, r.column, r.path) for r in read("esco", words).rejected] == [place]


# --- CASE 1.1 -------------------------------------------------------------------------------------


def package(items=(), associations=(), **more):
    head = {
        "identifier": "d0000000-0000-4000-8000-000000000000", "uri": "https://case.example/CFDocuments/d0", "creator": "Us",
        "title": "Our framework", "lastChangeDateTime": "2026-01-01T00:00:00Z", "caseVersion": "1.1",
        "licenseURI": {"title": "CC BY 4.0", "identifier": "1", "uri": "https://example"},
    }  # fmt: skip
    return {
        "CFDocument": head,
        "CFItems": list(items),
        "CFAssociations": list(associations),
        "CFRubrics": [{"identifier": 1}],
        **more,
    }


def item(n, statement, **more):
    return {"identifier": ITEM.format(n), "uri": f"https://case.example/CFItems/{n}", "fullStatement": statement,
            "lastChangeDateTime": "2026-01-01T00:00:00Z", **more}  # fmt: skip


def link(kind, origin, destination, number=None):
    ends = [
        {"title": "t", "identifier": ITEM.format(n) if isinstance(n, int) else n, "uri": "https://e"}
        for n in (origin, destination)
    ]
    numbered = {"sequenceNumber": number} if number else {}
    return {"identifier": "a", "uri": "https://e", "lastChangeDateTime": "2026-01-01T00:00:00Z", "associationType": kind,
            "originNodeURI": ends[0], "destinationNodeURI": ends[1], **numbered}  # fmt: skip


def test_case_package(read):
    items = [
        item(1, "Says what is open, and who has it now.", abbreviatedStatement="Handing over", humanCodingScheme="W.1",
             CFItemType="Competency", conceptKeywords=["shift"]),
        item(2, "Reads a trace", humanCodingScheme="W.2"),
        item(3, "With a list", CFItemType="Level", abbreviatedStatement="Second"),
        item(4, "With help", CFItemType="Level", abbreviatedStatement="First"),
        item(5, "Names the one risk that could wake somebody.", CFItemType="Indicator"),
    ]  # fmt: skip
    root = package()["CFDocument"]["identifier"]
    links = [
        link("isChildOf", 1, root), link("isChildOf", 2, root), link("isChildOf", 3, 1, 2), link("isChildOf", 4, 1, 1),
        link("isChildOf", 5, 1), link("isRelatedTo", 1, 2), link("hasSkillLevel", 2, 4),
    ]  # fmt: skip
    found = read("case", json.dumps(package(items, links)))
    assert (found.key, found.name, found.licence) == (f"case:{root}", "Our framework", "CC BY 4.0")
    assert found.source == "https://case.example/CFDocuments/d0"
    assert wrong(found) == []
    assert found.skills == (
        SkillRead(ITEM.format(1), "Handing over", "Says what is open, and who has it now.",
                  ("Names the one risk that could wake somebody.",), ("W.1", "shift"), (("First", "With help"), ("Second", "With a list"))),
        SkillRead(ITEM.format(2), "Reads a trace", also=("W.2",), levels=(("First", "With help"),)),
    )  # fmt: skip


def test_case_keeps_every_item_that_is_neither_level_nor_sign(read):
    items = [item(1, "Working together"), item(2, "Handing over"), item(3, "Asking early")]
    found = read("case", json.dumps(package(items, [link("isChildOf", 2, 1), link("isChildOf", 3, 1)])))
    assert [skill.name for skill in found.skills] == ["Working together", "Handing over", "Asking early"]


def test_a_long_statement_gets_a_short_name(read):
    long = "Says what is open " + "and what is not " * 20
    skill = read("case", json.dumps(package([item(1, long)]))).skills[0]
    assert len(skill.name) <= 200
    assert skill.sentence == long.strip()


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"CFItems": []}, ["$.CFDocument"]),
        (package([{"identifier": ITEM.format(1)}]), ["$.CFItems[0].fullStatement"]),
        (package([item(1, "A") | {"identifier": "one"}]), ["$.CFItems[0].identifier"]),
        (package([item(1, "A"), item(1, "B")]), ["$.CFItems[1].identifier"]),
        (package([item(1, ["A"])]), ["$.CFItems[0].fullStatement"]),
        (package([item(1, "A")], [link("isChildOf", 1, 9)]), ["$.CFAssociations[0]"]),
        (package([item(1, "A")], [{"associationType": "isChildOf"}]),
         ["$.CFAssociations[0].originNodeURI", "$.CFAssociations[0].destinationNodeURI"]),
        (package("A"), ["$.CFItems[0]"]),
        ([], ["$"]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_package_names_its_path(read, given, path):
    assert [r.path for r in read("case", json.dumps(given)).rejected] == path


# --- ours -----------------------------------------------------------------------------------------


def test_every_starter_skill_is_complete_in_english_and_german():
    starter = read_starter()
    assert (starter.key, starter.name, starter.others) == ("starter", "Working together", {"de": "Zusammen arbeiten"})
    assert 35 <= len({skill.key for skill in starter.skills}) == len(starter.skills)
    for skill in starter.skills:
        german = skill.others["de"]
        assert skill.sentence
        assert german["sentence"]
        assert 3 <= len(skill.signs) == len(german["signs"])
        assert skill.also == (german["name"],)


def test_a_rejection_says_where_in_words():
    assert str(Rejected("Nothing here.", 3, "name")) == "line 3, name: Nothing here."
    assert str(Rejected("Nothing here.", path="$.a")) == "$.a: Nothing here."
    assert str(Rejected("Nothing here.")) == "Nothing here."
