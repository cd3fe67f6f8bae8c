"""Evidence that speaks of the same things as a question: the first step of every suggestion."""

from django.db import connection

from grapevine.kernel import clock
from grapevine.kernel.text import stems
from grapevine.people.models import Consent, Person
from grapevine.skills.models import Evidence

STEMS_ASKED = 24
# a question of three sentences touches a quarter of all lines by its common words, and weighing costs about three
# microseconds a line: the rarest words that together touch this many lines tell almost as much
LINES_WEIGHED = 8_000
# joining costs more than weighing: the best few are looked at first, all of them only when too few of those may be told
LOOKED_AT_FIRST = 4

RARITY = {
    "sqlite": "SELECT {n}, count(*) FROM (SELECT 1 FROM skills_evidence_text WHERE skills_evidence_text MATCH %s LIMIT {most})",
    "postgresql": "SELECT {n}, count(*) FROM (SELECT 1 FROM skills_evidence WHERE searched @@ to_tsquery('simple', %s) LIMIT {most}) t",
}
# the newest lines that match are weighed, then the person's will is asked, so that the work has a bound
MATCHED = {
    "sqlite": """
        SELECT rowid AS id, -bm25(skills_evidence_text) AS match FROM skills_evidence_text
        WHERE skills_evidence_text MATCH %s ORDER BY rowid DESC LIMIT {most}
    """,
    "postgresql": """
        SELECT id, ts_rank(searched, query) AS match FROM skills_evidence, to_tsquery('simple', %s) AS query
        WHERE searched @@ query ORDER BY id DESC LIMIT {most}
    """,
}
TOLD = """
    SELECT line.*, matched.match FROM (SELECT * FROM ({matched}) AS newest ORDER BY match DESC, id DESC LIMIT {most}) AS matched
    JOIN skills_evidence AS line ON line.id = matched.id
    JOIN people_person AS person ON person.id = line.person_id
    WHERE line.organisation_id = %s AND line.agreed_at IS NOT NULL AND line.hidden_at IS NULL
      AND (line.until_on IS NULL OR line.until_on >= %s)
      AND person.left_on IS NULL AND person.organisation_id = line.organisation_id AND person.id <> %s
      AND EXISTS (SELECT 1 FROM people_consent AS consent
                  WHERE consent.person_id = person.id AND consent.about = %s AND consent.withdrawn_at IS NULL)
    ORDER BY matched.match DESC, line.id DESC LIMIT {limit}
"""


def evidence_matching(asker: Person, words: str, limit: int = 400) -> list[Evidence]:
    """Lines about colleagues of `asker` that speak of the same things, best first, each with `.match` (higher is better).

    Only what its owner agreed to and has not hidden, of people who are here and want to be found. Two queries, or three.
    """
    telling, touched = _rarest(stems(words)[:STEMS_ASKED])
    if not telling:
        return []
    asked = [_any_of(telling), asker.organisation_id, clock.today(asker.timezone), asker.pk, Consent.About.FOUND]
    first = LOOKED_AT_FIRST * limit
    told = _told(asked, limit, first)
    return told if len(told) == limit or touched <= first else _told(asked, limit, 2 * LINES_WEIGHED)


def _told(asked: list[object], limit: int, most: int) -> list[Evidence]:
    matched = MATCHED[connection.vendor].format(most=2 * LINES_WEIGHED)
    return list(Evidence.objects.raw(TOLD.format(matched=matched, most=most, limit=limit), asked))


def _rarest(asked: list[str]) -> tuple[list[str], int]:
    """The rarest words that occur, as many as touch LINES_WEIGHED lines, at least one; and how many lines they touch."""
    touched, telling = 0, list[str]()
    for lines, n in sorted((lines, n) for n, lines in _lines_with(asked) if lines):
        if telling and touched + lines > LINES_WEIGHED:
            break
        touched += lines
        telling.append(asked[n])
    return telling, touched


def _lines_with(asked: list[str]) -> list[tuple[int, int]]:
    """(number of the word, lines with it), counted no further than needed."""
    if not asked:
        return []
    one = RARITY[connection.vendor]
    counting = " UNION ALL ".join(one.format(n=n, most=LINES_WEIGHED + 1) for n in range(len(asked)))
    with connection.cursor() as cursor:
        cursor.execute(counting, [_any_of([word]) for word in asked])
        return list(cursor.fetchall())


def _any_of(words: list[str]) -> str:
    if connection.vendor == "sqlite":
        return " OR ".join(f'"{word}"*' for word in words)
    return " | ".join(f"{word}:*" for word in words)
