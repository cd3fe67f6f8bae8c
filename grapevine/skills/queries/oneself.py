"""What somebody offers, would like to learn, and may be told about them."""

from collections import defaultdict
from collections.abc import Iterable

from grapevine.kernel.policy import visible
from grapevine.kernel.text import shorten, stems
from grapevine.people.models import Person
from grapevine.skills.models import Evidence, Interest, Offer, Skill

LONGEST = 160  # of the first line: a shared page is about its title


def offers_of(asker: Person, person: Person) -> list[Offer]:
    """What `person` offers, as far as `asker` may know, latest first. One's own with those that ran out."""
    return list(visible(asker, Offer).filter(person=person.pk, withdrawn_at__isnull=True).select_related("skill"))


def offers_by(asker: Person, people: Iterable[Person]) -> dict[int, list[Offer]]:
    """The same for many, by person's id. Without the skills; one query."""
    found: defaultdict[int, list[Offer]] = defaultdict(list)
    theirs = [person.pk for person in people]
    rows = visible(asker, Offer).filter(person__in=theirs, withdrawn_at__isnull=True).order_by()
    for row in sorted(rows, key=lambda offer: offer.at, reverse=True):
        found[row.person_id].append(row)
    return found


def interests_of(asker: Person, person: Person) -> list[Interest]:
    """What `person` would like to learn, as far as `asker` may know, latest first."""
    open_ones = visible(asker, Interest).filter(person=person, withdrawn_at__isnull=True)
    return list(open_ones.select_related("skill"))


def evidence_of(owner: Person) -> list[Evidence]:
    """Every line there is about oneself, those that wait first, then the latest."""
    lines = Evidence.objects.filter(person=owner).select_related("skill", "by")
    return sorted(lines, key=lambda line: line.agreed_at is not None)


def told_about(owner: Person, *, skill: Skill | None = None, words: str = "") -> list[Evidence]:
    """The lines about oneself on this topic that are not hidden."""
    lines = Evidence.objects.filter(person=owner, hidden_at__isnull=True)
    return [line for line in lines if _is_about(line, skill, words)]


def offers_about(owner: Person, *, skill: Skill | None = None, words: str = "") -> list[Offer]:
    """One's own offers on this topic."""
    return [
        row for row in Offer.objects.filter(person=owner, withdrawn_at__isnull=True) if _is_about(row, skill, words)
    ]


def _is_about(row: Evidence | Offer, skill: Skill | None, words: str) -> bool:
    """The same skill, the same words, or at least half of the telling words of the topic's first line."""
    if (skill is not None and row.skill_id == skill.pk) or row.words == words:
        return True
    topic = set(stems(shorten(words, LONGEST)))
    return bool(topic) and 2 * len(topic & set(stems(row.words))) >= len(topic)
