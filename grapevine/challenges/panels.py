"""What challenges lend to pages that ask what happened: the form to say it."""

from typing import Any

from grapevine.challenges.forms import OutcomeForm
from grapevine.challenges.models import Commitment
from grapevine.people.models import Person


def what_happened(reader: Person, commitment: Commitment) -> dict[str, Any] | None:
    """The form of the talk's own page, under ids that several of them may have on one page."""
    return {"form": OutcomeForm(auto_id=f"outcome-{commitment.pk}-%s"), "commitment": commitment}
