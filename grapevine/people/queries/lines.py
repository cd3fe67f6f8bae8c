"""Who leads whom."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from grapevine.people.models import Person, ReportingLine

# no chart is deeper; a circle that slipped in some other way ends here
DEEPEST = 40
UPWARDS = """
    WITH RECURSIVE line(person_id, lead_id, height) AS (
        SELECT person_id, lead_id, 1 FROM people_reportingline WHERE person_id IN ({ids})
        UNION
        SELECT line.person_id, above.lead_id, line.height + 1
        FROM line JOIN people_reportingline above ON above.person_id = line.lead_id
        WHERE line.height < {deepest}
    )
    SELECT person_id, lead_id FROM line ORDER BY height
"""


def lead_of(person: Person) -> Person | None:
    """The person's own lead."""
    return Person.objects.filter(reports__person=person, left_on__isnull=True).first()


def leads_of(people: Iterable[Person]) -> dict[int, int]:
    """The id of each one's own lead, by person's id. One query."""
    lines = ReportingLine.objects.filter(person__in=list(people), lead__left_on__isnull=True)
    return dict(lines.values_list("person_id", "lead_id"))


def reports_of(person: Person) -> list[Person]:
    """Those whom the person leads directly, by name."""
    return list(Person.objects.filter(reporting_line__lead=person, left_on__isnull=True))


def leads_above(people: Iterable[Person]) -> dict[int, list[int]]:
    """The ids of everybody above each one, nearest first, by person's id. One query."""
    above: defaultdict[int, list[int]] = defaultdict(list)
    ids = [person.pk for person in people]
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(UPWARDS.format(ids=", ".join(["%s"] * len(ids)), deepest=DEEPEST), ids)
            for person, lead in cursor.fetchall():
                above[person] += [lead] if lead not in above[person] else []
    return {pk: above[pk] for pk in ids}


def are_in_line(one: Person, other: Person) -> bool:
    """Whether one is anywhere above the other."""
    above = leads_above([one, other])
    return one.pk in above[other.pk] or other.pk in above[one.pk]
