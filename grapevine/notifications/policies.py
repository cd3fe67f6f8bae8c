"""What reaches a person is for that person alone."""

from django.db.models import Q

from grapevine.kernel.policy import policy_for
from grapevine.notifications.models import Letter, Notice, Nudge, Wish
from grapevine.people.models import Person


class _OnlyMine:
    """Its owner's, also for administrators."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(person=person)


@policy_for(Notice)
class NoticePolicy(_OnlyMine):
    """A line of one's own inbox."""

    def may_read(self, person: Person, notice: Notice) -> bool:  # noqa: ARG002 - whoever sees it may
        """Its owner."""
        return True


@policy_for(Wish)
class WishPolicy(_OnlyMine):
    """One's own wishes."""


@policy_for(Nudge)
class NudgePolicy(_OnlyMine):
    """One's own nudges."""

    def may_answer(self, person: Person, nudge: Nudge) -> bool:  # noqa: ARG002 - whoever sees it may
        """Its owner."""
        return True


@policy_for(Letter)
class LetterPolicy:
    """A letter is read by whom it is for."""

    def visible_to(self, person: Person) -> Q:
        """As the notice it carries."""
        return Q(notice__person=person)
