"""Sealed to the two; open to colleagues only while both agree."""

from django.db.models import Q

from grapevine.kernel.policy import policy_for
from grapevine.people.models import Person
from grapevine.recognition.models import HelperStory, Recognition, Showing, Thanks
from grapevine.vaults.models import Seat
from grapevine.vaults.queries import seated

Said = Thanks | HelperStory


class _Between:
    """One of the two with a seat; everybody in the organisation while it is public."""

    sealed_in = ""

    def visible_to(self, person: Person) -> Q:
        """The two, as long as they have a seat; colleagues, as long as both agree."""
        one_of_two = Q(by=person) | Q(person=person)
        seat = Q(**{f"{self.sealed_in}__in": seated(person)})
        return one_of_two & seat | ~Q(open_words="") & Q(person__organisation=person.organisation_id)

    def may_hear(self, person: Person, said: Said) -> bool:
        """The one it is told to."""
        return said.person_id == person.pk

    def may_show(self, person: Person, said: Said) -> bool:
        """Either, once, where there are words and both are known by name."""
        open_to_yes = _is_one_of(person, said) and said.showing_to(person) in {Showing.BETWEEN_US, Showing.ASKED}
        return open_to_yes and said.words_id is not None and not under_alias(said)

    def may_take_back(self, person: Person, said: Said) -> bool:
        """Whoever agreed; either of the two while it is public."""
        return _is_one_of(person, said) and said.showing_to(person) in {Showing.WAITING, Showing.PUBLIC}

    def may_keep_between(self, person: Person, said: Said) -> bool:
        """The one who was asked. The other is not told."""
        return _is_one_of(person, said) and said.showing_to(person) is Showing.ASKED


@policy_for(Thanks)
class ThanksPolicy(_Between):
    """Thanks lie in the vault of the challenge, or in a small one of their own."""

    sealed_in = "words__vault"


@policy_for(HelperStory)
class HelperStoryPolicy(_Between):
    """A story lies in the vault of its challenge, also one without words."""

    sealed_in = "challenge__vault"


def under_alias(said: Said) -> bool:
    """Whether one of the two is known to the other by an alias only."""
    vault = said.challenge.vault_id if said.challenge else None
    return Seat.objects.filter(vault=vault, person__in=(said.by_id, said.person_id)).exclude(alias="").exists()


def _is_one_of(person: Person, said: Recognition) -> bool:
    return person.pk in {said.by_id, said.person_id}
