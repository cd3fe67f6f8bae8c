"""Who sees an ask, a request, an introduction, and what they may do."""

from typing import Any

from django.db.models import Q, QuerySet

from grapevine.asks.models import Ask, HelperLimits, Introduction, Reply, Request
from grapevine.kernel.policy import policy_for
from grapevine.people.models import Block, Person
from grapevine.vaults.queries import is_masked, seated


@policy_for(Ask)
class AskPolicy:
    """The asker's alone."""

    def visible_to(self, person: Person) -> Q:
        """Mine."""
        return Q(by=person)

    def may_close(self, person: Person, ask: Ask) -> bool:  # noqa: ARG002 - whoever sees it is its asker
        """While it is open."""
        return ask.closed_at is None


@policy_for(Request)
class RequestPolicy:
    """The two. Who said no has given up their seat and does not see it any more."""

    def visible_to(self, person: Person) -> Q:
        """My asks; and requests to me in whose vault I have a seat."""
        return Q(ask__by=person) | Q(to=person, taken_back_at__isnull=True, vault__in=seated(person))

    def may_reply(self, person: Person, request: Request) -> bool:
        """The one who was asked, once, while the asker is here."""
        is_asked = request.to_id == person.pk and request.ask.by.left_on is None
        return is_asked and not Reply.objects.filter(request=request).exists()

    def may_take_back(self, person: Person, request: Request) -> bool:
        """The asker, before there is a talk."""
        return request.ask.by_id == person.pk and request.challenge_id is None and request.taken_back_at is None

    def may_reveal(self, person: Person, request: Request) -> bool:
        """Either side of a talk in which the asker is still masked, once."""
        talked = request.challenge_id is not None and is_masked(request.ask.by, request.vault)
        return talked and not request.reveals.filter(person=person).exists()


@policy_for(Introduction)
class IntroductionPolicy:
    """The asker, the one who knows both, and - once that one said yes - the one to be introduced to."""

    def visible_to(self, person: Person) -> Q:
        """Each in their turn, and nobody about people with whom contact is off.

        Who agreed to introduce cannot tell whether the other side would rather not, and the asker sees no difference.
        """
        agreed = Q(through_agreed_at__isnull=False)
        open_ = Q(let_go_at__isnull=True)
        between = Q(through=person) & (agreed | open_)
        met = Q(to=person) & agreed & open_ & ~Q(through__in=_apart_from(person))
        asked = (between | met) & ~Q(ask__by__in=_apart_from(person))
        return Q(ask__by=person) | (asked & Q(taken_back_at__isnull=True))

    def may_agree(self, person: Person, introduction: Introduction) -> bool:
        """Whose turn it is, while the asker is here. Who was asked to meet may say so late, as to a request."""
        if introduction.ask.by.left_on or introduction.let_go_at or introduction.taken_back_at:
            return False
        if introduction.through_agreed_at is None:
            return introduction.through_id == person.pk and introduction.went_on_at is None
        return introduction.to_id == person.pk and introduction.to_agreed_at is None

    def may_take_back(self, person: Person, introduction: Introduction) -> bool:
        """The asker, before there is a request."""
        mine = introduction.ask.by_id == person.pk
        return mine and introduction.request_id is None and introduction.taken_back_at is None


@policy_for(HelperLimits)
class HelperLimitsPolicy:
    """My own."""

    def visible_to(self, person: Person) -> Q:
        """Mine."""
        return Q(person=person)


def _apart_from(person: Person) -> "QuerySet[Any, Any]":
    """Whom this person blocked, and who blocked them: looked up within the question that needs it."""
    blocks, blocked_by = Block.objects.filter(person=person), Block.objects.filter(blocked=person)
    apart = Q(pk__in=blocks.values("blocked")) | Q(pk__in=blocked_by.values("person"))
    return Person.objects.filter(apart).values("pk")
