"""Who could introduce two people. Higher slices (the network) add what people agreed to show."""

from collections.abc import Callable

from grapevine.challenges.models import ExampleUse
from grapevine.people.models import Person

Source = Callable[[Person, list[int]], dict[int, set[int]]]
_sources: list[Source] = []


def add_source(source: Source) -> Source:
    """Decorator: `source(asker, people)` gives, for each of `people`, colleagues openly known to be in touch."""
    _sources.append(source)
    return source


def in_touch(asker: Person, people: list[int]) -> dict[int, set[int]]:
    """For each person: colleagues openly in touch with them."""
    known: dict[int, set[int]] = {pk: set() for pk in people}
    for source in _sources:
        for pk, others in source(asker, people).items():
            known[pk] |= others
    return known


@add_source
def by_pages(asker: Person, people: list[int]) -> dict[int, set[int]]:
    """Somebody said in the open: I used this page. The writer and the reader are in touch."""
    known: dict[int, set[int]] = {}
    uses = ExampleUse.objects.filter(example__by__in=people, example__withdrawn_at__isnull=True)
    for writer, reader in uses.values_list("example__by", "person"):
        known.setdefault(writer, set()).add(reader)
    return known
