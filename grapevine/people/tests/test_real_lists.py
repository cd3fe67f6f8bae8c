"""Two real organisations come in: their ids and charts are real, the names are made up."""

import csv
import time
from itertools import cycle
from pathlib import Path

import pytest

from grapevine.people.importing import bring_in
from grapevine.people.models import Organisation, Person, ReportingLine, Unit

FIRST = ("Anna", "Bela", "Cem", "Dora", "Emil", "Finn", "Greta", "Hauke", "Ida", "Jonas", "Kaja")
LAST = ("Berg", "Dahl", "Eide", "Falk", "Haug", "Lie", "Moe", "Nygaard", "Odland", "Petrov", "Quist", "Roth", "Solheim")
SECONDS = 5


def nodes(name):
    file = Path(__file__).resolve().parents[4] / "shared" / "data" / name / "nodes.csv"
    if not file.exists():
        pytest.skip(f"{file} is not here: the real lists are not part of the project")
    with file.open(newline="") as lines:
        return list(csv.DictReader(lines))


def names():
    return (f"{first} {last}" for first, last in zip(cycle(FIRST), cycle(LAST), strict=False))


def written(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["id", "name", "email", "unit", "manager"], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def brought_in(path, organisation):
    """Brought in, within five seconds of this process's own time: a busy machine is not the list's fault."""
    began = time.process_time()
    outcome = bring_in(path, organisation=organisation)
    assert time.process_time() - began < SECONDS
    return outcome


@pytest.fixture
def organisation(db):
    return Organisation.objects.create(name="A real one")


def height(person, leads):
    """How many are above somebody."""
    return 1 + height(leads[person], leads) if person in leads else 0


def test_a_manufacturer_with_its_chart(tmp_path, organisation):
    people = nodes("manufacturing_email")
    rows = [
        {
            "id": row["id"],
            "name": name,
            "email": f"p{row['id']}@manufacturer.example",
            "manager": row["manager_raw"].removesuffix(".0"),
        }
        for row, name in zip(people, names(), strict=False)
    ]
    outcome = brought_in(written(tmp_path / "people.csv", rows), organisation)
    assert outcome.as_json == {"created": 167, "updated": 0, "unchanged": 0, "rejected": []}
    assert ReportingLine.objects.count() == sum(1 for row in rows if row["manager"] not in {"", row["id"]}) == 153
    chief = Person.objects.get(number="86")
    assert sorted(int(line.person.number) for line in chief.reports.all()) == [
        7,
        27,
        36,
        69,
        70,
        85,
        104,
        121,
        148,
        156,
        163,
    ]
    leads = dict(ReportingLine.objects.values_list("person", "lead"))
    heights = [height(one.pk, leads) for one in Person.objects.all()]
    assert [heights.count(height) for height in range(6)] == [14, 11, 64, 33, 44, 1]
    again = brought_in(written(tmp_path / "people.csv", rows), organisation)
    assert again.as_json == {"created": 0, "updated": 0, "unchanged": 167, "rejected": []}


def test_an_institute_with_its_departments(tmp_path, organisation):
    rows = [
        {
            "id": row["id"],
            "name": name,
            "email": f"p{row['id']}@institute.example",
            "unit": f"Institute / Department {row['department']}",
        }
        for row, name in zip(nodes("email_eu_core"), names(), strict=False)
    ]
    outcome = brought_in(written(tmp_path / "people.csv", rows), organisation)
    assert outcome.as_json == {"created": 1005, "updated": 0, "unchanged": 0, "rejected": []}
    assert Unit.objects.count() == 1 + 42
    again = brought_in(written(tmp_path / "people.csv", rows), organisation)
    assert again.as_json == {"created": 0, "updated": 0, "unchanged": 1005, "rejected": []}


def test_ten_thousand(tmp_path, organisation):
    rows = [
        {"id": n, "name": name, "email": f"p{n}@large.example", "unit": f"Unit {n % 90}", "manager": n // 10 or ""}
        for n, name in zip(range(1, 10_001), names(), strict=False)
    ]
    began = time.process_time()
    outcome = bring_in(written(tmp_path / "people.csv", rows), organisation=organisation)
    assert outcome.as_json == {"created": 10_000, "updated": 0, "unchanged": 0, "rejected": []}
    assert time.process_time() - began < 30
