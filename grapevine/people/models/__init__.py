"""Organisations and the people in them."""

from grapevine.people.models.account import Account
from grapevine.people.models.organisation import Administrator, Organisation, PeopleList, Unit
from grapevine.people.models.person import Block, Consent, Language, NewAddress, Person, ReportingLine
from grapevine.people.models.time import Rest, Shift, WorkingHours

__all__ = [
    "Account",
    "Administrator",
    "Block",
    "Consent",
    "Language",
    "NewAddress",
    "Organisation",
    "PeopleList",
    "Person",
    "ReportingLine",
    "Rest",
    "Shift",
    "Unit",
    "WorkingHours",
]
