"""Who sees a challenge and what they may do: a seat in its vault decides, nothing else."""

from django.db.models import Exists, OuterRef, Q

from grapevine.challenges.models import (
    Challenge,
    ClarifyingQuestion,
    Commitment,
    Example,
    Idea,
    NameInExample,
    Noticing,
    Playback,
)
from grapevine.kernel.policy import policy_for
from grapevine.people.models import Person
from grapevine.vaults.queries import is_masked, seated


@policy_for(Challenge)
class ChallengePolicy:
    """A seat is the only key, also for administrators and leads."""

    related = (
        "vault",
        "brought_by__unit",
        "brought_by__organisation",
        "closing",
        "playback__commitment__outcome",
    )

    def visible_to(self, person: Person) -> Q:
        """Challenges in whose vault the person has a seat."""
        return Q(vault__in=seated(person))

    def may_ask(self, person: Person, challenge: Challenge) -> bool:
        """Those who think along ask and offer, until it is played back."""
        return challenge.brought_by_id != person.pk and _is_open(challenge) and not hasattr(challenge, "playback")

    may_offer_idea = may_ask

    def may_answer(self, person: Person, challenge: Challenge) -> bool:
        """The bringer answers, while it is open."""
        return challenge.brought_by_id == person.pk and _is_open(challenge)

    def may_play_back(self, person: Person, challenge: Challenge) -> bool:
        """The bringer, once."""
        return self.may_answer(person, challenge) and not hasattr(challenge, "playback")

    def may_keep_together(self, person: Person, challenge: Challenge) -> bool:  # noqa: ARG002 - every seat may
        """Everybody with a seat, while it is open."""
        return _is_open(challenge)

    def may_close(self, person: Person, challenge: Challenge) -> bool:
        """The bringer."""
        return self.may_answer(person, challenge)

    def may_let_find(self, person: Person, challenge: Challenge) -> bool:
        """The bringer says what others may find a helper for, after playing back."""
        return challenge.brought_by_id == person.pk and hasattr(challenge, "playback")

    def may_be_found(self, person: Person, challenge: Challenge) -> bool:
        """The bringer says what they learned, under their own name: the same words told to a helper would unmask."""
        return self.may_let_find(person, challenge) and not is_masked(person, challenge.vault)


class _WithChallenge:
    """What belongs to a challenge is seen with it."""

    path = "challenge__vault__in"

    def visible_to(self, person: Person) -> Q:
        """As the challenge."""
        return Q(**{self.path: seated(person)})


@policy_for(ClarifyingQuestion)
class ClarifyingQuestionPolicy(_WithChallenge):
    """Seen with its challenge."""

    def may_answer(self, person: Person, question: ClarifyingQuestion) -> bool:
        """The bringer, while it is open."""
        return question.challenge.brought_by_id == person.pk and _is_open(question.challenge)


@policy_for(Idea)
class IdeaPolicy(_WithChallenge):
    """Seen with its challenge."""


@policy_for(Playback)
class PlaybackPolicy(_WithChallenge):
    """Seen with its challenge."""


@policy_for(Commitment)
class CommitmentPolicy(_WithChallenge):
    """Seen with its challenge; moved by the bringer alone."""

    path = "playback__challenge__vault__in"

    def may_move(self, person: Person, commitment: Commitment) -> bool:
        """Confirm, change, put off, report: the bringer, until an outcome is told."""
        mine = commitment.playback.challenge.brought_by_id == person.pk
        return mine and not hasattr(commitment, "outcome")


@policy_for(Noticing)
class NoticingPolicy:
    """The bringer and the one who was invited to notice."""

    def visible_to(self, person: Person) -> Q:
        """Its own two seats."""
        return Q(vault__in=seated(person))

    def may_tell(self, person: Person, noticing: Noticing) -> bool:
        """The one who was invited, once."""
        return noticing.person_id == person.pk and noticing.saw_at is None


@policy_for(Example)
class ExamplePolicy:
    """Released pages are open to the organisation until withdrawn; with a name only after its owner's yes."""

    def visible_to(self, person: Person) -> Q:
        """Everybody in the organisation; while somebody named has not agreed, only its writer and them."""
        waiting = NameInExample.objects.filter(example=OuterRef("pk"), agreed_at__isnull=True)
        named = NameInExample.objects.filter(person=person).values("example")
        here = Q(organisation=person.organisation_id, withdrawn_at__isnull=True)
        return here & (~Q(Exists(waiting)) | Q(by=person) | Q(pk__in=named))

    def may_withdraw(self, person: Person, example: Example) -> bool:
        """Its writer, and whoever is named in it."""
        return example.by_id == person.pk or example.names.filter(person=person).exists()

    def may_use(self, person: Person, example: Example) -> bool:
        """Anybody but the writer says 'I used this'."""
        return example.by_id != person.pk

    def may_agree(self, person: Person, example: Example) -> bool:
        """Whoever is named in it and has not said yes."""
        return example.names.filter(person=person, agreed_at__isnull=True).exists()


def _is_open(challenge: Challenge) -> bool:
    return not hasattr(challenge, "closing")
