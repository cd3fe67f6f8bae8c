"""Who sees what of people. Colleagues see each other; whom one blocks is never told, so blocking hides nobody."""

from django.db.models import Q

from grapevine.kernel.policy import policy_for
from grapevine.people.models import (
    Account,
    Administrator,
    Block,
    Consent,
    Language,
    NewAddress,
    Organisation,
    PeopleList,
    Person,
    ReportingLine,
    Rest,
    Shift,
    Unit,
    WorkingHours,
)


@policy_for(Person)
class PersonPolicy:
    """Everybody of one's own organisation who is still here, oneself included."""

    def visible_to(self, person: Person) -> Q:
        """Same organisation, not left."""
        return Q(organisation=person.organisation_id, left_on__isnull=True)

    def may_block(self, person: Person, other: Person) -> bool:
        """Anybody but oneself."""
        return person.pk != other.pk

    def may_see_off(self, person: Person, other: Person) -> bool:
        """Those who run the place say who has left; nobody says it of themselves by mistake."""
        return person.is_administrator and person.pk != other.pk


@policy_for(Organisation)
class OrganisationPolicy:
    """One's own."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(pk=person.organisation_id)


@policy_for(Unit)
class UnitPolicy:
    """The units of one's own organisation."""

    def visible_to(self, person: Person) -> Q:
        """Same organisation."""
        return Q(organisation=person.organisation_id)


@policy_for(Administrator)
class AdministratorPolicy:
    """Everybody may know who runs their place."""

    def visible_to(self, person: Person) -> Q:
        """Same organisation."""
        return _of_a_colleague(person)

    def may_withdraw(self, person: Person, office: Administrator) -> bool:
        """Those who run the place, as long as somebody is left who does."""
        others = Administrator.objects.filter(_of_a_colleague(person)).exclude(pk=office.pk)
        return person.is_administrator and others.exists()


@policy_for(ReportingLine)
class ReportingLinePolicy:
    """The chart is no secret in an organisation."""

    def visible_to(self, person: Person) -> Q:
        """Same organisation."""
        return _of_a_colleague(person)


@policy_for(Language)
class LanguagePolicy:
    """What colleagues speak helps to choose whom to ask."""

    def visible_to(self, person: Person) -> Q:
        """Same organisation."""
        return _of_a_colleague(person)


class OwnAlone:
    """Only the person it is about. Others see what follows from it in words, never the row."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(person=person.pk)


for _model in (WorkingHours, Shift, Rest, Consent, Block, NewAddress):
    policy_for(_model)(OwnAlone)


@policy_for(PeopleList)
class PeopleListPolicy:
    """Whoever looked at the file, as long as they run the place."""

    def visible_to(self, person: Person) -> Q:
        """One's own, and only while one runs the place."""
        return Q(by=person.pk, by__administrator__isnull=False)


@policy_for(Account)
class AccountPolicy:
    """One's own key to the door."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(person=person.pk)


def _of_a_colleague(person: Person) -> Q:
    return Q(person__organisation=person.organisation_id, person__left_on__isnull=True)
