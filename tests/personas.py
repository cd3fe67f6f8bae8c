"""The people every test knows, the same as in the demo and the docs.

Halden Grid: Mira (asks), Sanne (helps), Jonas (leads Mira), Kari and Olav and Lene (Field), Dev (Metering), Ravi
(knows both Mira and Kari), Eva (runs the place). St Brigid's: Tomasz and Joanna. City Utility: Aiko.
`left` is somebody who was here once.
"""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from grapevine.kernel import clock
from grapevine.people.models import (
    Account,
    Administrator,
    Consent,
    Language,
    Organisation,
    Person,
    ReportingLine,
    Unit,
)

TUESDAY = datetime(2026, 3, 10, 8, 15, tzinfo=UTC)  # 09:15 in Oslo
OSLO = "Europe/Oslo"
HALDEN = {
    "mira": ("Mira Lindqvist", "Grid Control", "Engineer"),
    "sanne": ("Sanne Vik", "Grid Control", "Engineer"),
    "jonas": ("Jonas Eide", "Grid Control", "Team lead"),
    "ravi": ("Ravi Berg", "Grid Control", "Engineer"),
    "kari": ("Kari Nilsen", "Field", "Technician"),
    "olav": ("Olav Haug", "Field", "Senior engineer"),
    "lene": ("Lene Moe", "Field", "Engineer"),
    "dev": ("Dev Patel", "Metering", "Analyst"),
    "eva": ("Eva Vogt", "People & Learning", "Administrator"),
    "left": ("Per Gone", "Field", "Engineer"),
}


def make_person(organisation, key, name, unit, title="", zone=OSLO):
    """A person with an account, an English tongue and the wish to be found."""
    unit = Unit.objects.get_or_create(organisation=organisation, name=unit)[0]
    email = f"{key}@{organisation.name.split()[0].lower().strip(chr(39))}.example"
    person = Person.objects.create(
        organisation=organisation,
        account=Account.objects.create(email=email),
        number=key,
        name=name,
        email=email,
        unit=unit,
        title=title,
        timezone=zone,
    )
    Language.objects.create(person=person, code="en")
    Consent.objects.create(person=person, about=Consent.About.FOUND, given_at=clock.now())
    return person


@pytest.fixture
def world(db, clock):
    """Everybody, on a Tuesday morning at 09:15 in Oslo. `world.mira`, `world.sanne`, ..."""
    clock.freeze(TUESDAY)
    halden = Organisation.objects.create(name="Halden Grid", timezone=OSLO)
    people = {key: make_person(halden, key, *who) for key, who in HALDEN.items()}
    for key in ("mira", "sanne", "ravi"):
        ReportingLine.objects.create(person=people[key], lead=people["jonas"])
    Administrator.objects.create(person=people["eva"], since_at=TUESDAY)
    Person.objects.filter(pk=people["left"].pk).update(left_on=TUESDAY.date())
    people["left"].refresh_from_db()
    brigid = Organisation.objects.create(name="St Brigid's", timezone="Europe/London")
    utility = Organisation.objects.create(name="City Utility", timezone="Europe/Berlin", language="de")
    people["tomasz"] = make_person(brigid, "tomasz", "Tomasz Wilk", "Ward 7B", "Nurse manager", "Europe/London")
    people["joanna"] = make_person(brigid, "joanna", "Joanna Reid", "Ward 7B", "Nurse", "Europe/London")
    people["aiko"] = make_person(utility, "aiko", "Aiko Tanaka", "Communications", "Lead", "Europe/Berlin")
    return SimpleNamespace(halden=halden, brigid=brigid, utility=utility, **people)


@pytest.fixture
def door(settings):
    """`door(world.mira)` is a test client signed in as Mira."""

    def signed_in(person):
        visitor = Client()
        visitor.force_login(person.account, backend=settings.AUTHENTICATION_BACKENDS[0])
        return visitor

    return signed_in
