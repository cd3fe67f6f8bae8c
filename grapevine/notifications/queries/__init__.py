"""What was told, by which way, and what waits for a person today."""

from grapevine.notifications.queries.told import (
    address_of,
    commitments_around,
    earlier_this_week,
    keys_told,
    letter_of,
    letters_due,
    next_nudge_on,
    notices_of,
    nudges_lately,
    seats_of_meetings_near,
    unconfirmed,
    wants,
    was_told,
    wishes_of,
)
from grapevine.notifications.queries.waiting import MOST, Waiting, what_waits

__all__ = [
    "MOST",
    "Waiting",
    "address_of",
    "commitments_around",
    "earlier_this_week",
    "keys_told",
    "letter_of",
    "letters_due",
    "next_nudge_on",
    "notices_of",
    "nudges_lately",
    "seats_of_meetings_near",
    "unconfirmed",
    "wants",
    "was_told",
    "what_waits",
    "wishes_of",
]
