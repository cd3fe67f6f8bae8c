"""An outcome was told: each helper hears it first."""

from grapevine.challenges.facts import OutcomeReported
from grapevine.challenges.models import Challenge
from grapevine.kernel.facts import hears
from grapevine.people.models import Person
from grapevine.recognition import actions


@hears(OutcomeReported)
def tell_helpers(fact: OutcomeReported) -> None:
    """A story for each of those who helped."""
    challenge = Challenge.objects.get(pk=fact.challenge)
    for helper in Person.objects.filter(pk__in=fact.helpers, left_on__isnull=True):
        actions.tell_story(challenge=challenge, helper=helper)
