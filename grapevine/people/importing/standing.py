"""How an organisation stands before a file comes in, loaded in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from grapevine.people.importing.checking import Known
from grapevine.people.models import Account, Language, NewAddress, Organisation, Person, ReportingLine, Unit

Path = tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Everybody who is or was here, with what a file may change. `people`, `leads` go by the list's own numbers."""

    people: dict[str, Person]
    leads: dict[str, str]
    languages: dict[int, tuple[str, ...]]
    units: dict[Path, Unit]
    waiting: dict[int, str]
    elsewhere: frozenset[str]

    def known(self, *, tells_of_others: bool) -> Known:
        """What rows are checked against. Nothing of other organisations unless that may be told."""
        here = {p.email: number for number, p in self.people.items() if p.left_on is None}
        left = {number: p.email for number, p in self.people.items() if p.left_on is not None}
        elsewhere = self.elsewhere if tells_of_others else frozenset()
        return Known(addresses=here, left=left, leads=self.leads, elsewhere=elsewhere)

    def path_of(self, person: Person) -> Path:
        """The person's unit, from the top."""
        return self._paths.get(person.unit_id or 0, ())

    @cached_property
    def _paths(self) -> dict[int, Path]:
        return {unit.pk: path for path, unit in self.units.items()}


def standing_of(organisation: Organisation) -> Standing:
    """Six queries, whatever the size. An organisation that is new has nobody."""
    here = {"person__organisation": organisation.pk}
    people = Person.objects.filter(organisation=organisation.pk).select_related("account", "organisation")
    languages: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for person, code in Language.objects.filter(**here).values_list("person_id", "code"):
        languages[person] += (code,)
    strangers = Account.objects.exclude(person__organisation=organisation.pk)
    return Standing(
        people={person.number: person for person in people},
        leads=dict(ReportingLine.objects.filter(**here).values_list("person__number", "lead__number")),
        languages=dict(languages),
        units=_units_of(organisation),
        waiting=dict(NewAddress.objects.filter(**here).values_list("person_id", "email")),
        elsewhere=frozenset(strangers.values_list("email", flat=True)),
    )


def _units_of(organisation: Organisation) -> dict[Path, Unit]:
    units = {unit.pk: unit for unit in Unit.objects.filter(organisation=organisation.pk)}
    return {_path(unit, units): unit for unit in units.values()}


def _path(unit: Unit, units: dict[int, Unit]) -> Path:
    above = units.get(unit.parent_id or 0)
    return (*_path(above, units), unit.name) if above else (unit.name,)
