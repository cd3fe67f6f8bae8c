"""Cohorts, applications, proposals; circles, their agreement, their meetings; what stays after them."""

from grapevine.circles.models.after import Call, CallAnswer, InTouch
from grapevine.circles.models.circle import Agreement, Chair, Circle, CircleSeat, Signature
from grapevine.circles.models.cohort import Application, Cohort, PairMark
from grapevine.circles.models.meeting import (
    Brief,
    Brought,
    CalendarFeed,
    Duty,
    Meeting,
    MeetingPulse,
    PulseGiven,
    Rsvp,
    Swap,
    Tally,
)
from grapevine.circles.models.proposal import Move, Proposal, ProposedCircle, ProposedSeat, Unplaced
from grapevine.circles.turns import Role

__all__ = [
    "Agreement",
    "Application",
    "Brief",
    "Brought",
    "CalendarFeed",
    "Call",
    "CallAnswer",
    "Chair",
    "Circle",
    "CircleSeat",
    "Cohort",
    "Duty",
    "InTouch",
    "Meeting",
    "MeetingPulse",
    "Move",
    "PairMark",
    "Proposal",
    "ProposedCircle",
    "ProposedSeat",
    "PulseGiven",
    "Role",
    "Rsvp",
    "Signature",
    "Swap",
    "Tally",
    "Unplaced",
]
