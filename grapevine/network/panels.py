"""What network lends to the page of a challenge: would the two show the tie that grew there?"""

from typing import Any

from grapevine.challenges.models import Challenge
from grapevine.network.queries import waiting_ties_in
from grapevine.people.models import Person


def beside_challenge(reader: Person, challenge: Challenge) -> dict[str, Any] | None:
    """Ties between the reader and those in this talk whom they know by name, while there is something to decide."""
    ties = [tie for tie in waiting_ties_in(reader, challenge.vault) if not (tie.resting or tie.agreed)]
    return {"ties": ties, "back": challenge.get_absolute_url()} if ties else None
