"""The people one can be in the demo, and the few others whose stories are told by hand.

The line under a face is a promise: it is true of the world as it is loaded, and a test says so.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

HALDEN, BRIGID, UTILITY = "Halden Grid", "St Brigid’s", "City Utility"


@dataclass(frozen=True)
class Persona:
    """Somebody in the demo world whose name is known to visitors."""

    key: str
    name: str
    organisation: str
    unit: str
    title: str
    role: Any
    story: Any = ""
    location: str = ""
    languages: tuple[str, ...] = ("en",)
    language: str = "en"
    lead: str = ""
    months_here: int = 40
    is_head: bool = False

    def __str__(self) -> str:
        """As the terminal introduces them."""
        return f"{self.name}, {self.role}, {self.organisation}" + (f": {self.story}" if self.story else "")


# the six on the door, each with a line of story
PERSONAS = (
    Persona(
        "mira",
        "Mira Lindqvist",
        HALDEN,
        "Grid Control",
        "Software engineer, control systems",
        _("engineer"),
        _("Stuck on a test bench, and the day she spoke of has come."),
        "Halden",
        ("en", "no"),
        lead="jonas",
        months_here=5,
    ),
    Persona(
        "tomasz",
        "Tomasz Wilk",
        BRIGID,
        "Ward 7B",
        "Nurse manager",
        _("nurse manager"),
        _("Trying to ask before he tells. Three people have his question."),
        "Hill House",
        ("en", "pl"),
        is_head=True,
    ),
    Persona(
        "aiko",
        "Aiko Tanaka",
        UTILITY,
        "Communications",
        "Communications lead",
        _("communications lead"),
        _("A young colleague asks her for two ideas, and in a few minutes her circle meets."),
        "Rathausplatz",
        ("de", "en", "ja"),
        is_head=True,
    ),
    Persona(
        "sanne",
        "Sanne Vik",
        HALDEN,
        "Grid Control",
        "Test bench engineer",
        _("engineer"),
        _("Gets asked a lot. Somebody used her idea, and she hears it first."),
        "Halden",
        ("en", "no"),
        lead="jonas",
    ),
    Persona(
        "jonas",
        "Jonas Eide",
        HALDEN,
        "Grid Control",
        "Team lead, control systems",
        _("team lead"),
        _("Leads Mira’s team, and reads only what he was invited to."),
        "Halden",
        ("en", "no"),
        lead="head:Grid Control",
    ),
    Persona(
        "eva",
        "Eva Vogt",
        HALDEN,
        "People & Learning",
        "Administrator",
        _("administrator"),
        _("Runs the place, and can read nobody’s words."),
        "Halden",
        ("en", "de", "no"),
    ),
)
# known by name; each can be stepped into as well
OTHERS = (
    Persona(
        "ravi",
        "Ravi Berg",
        HALDEN,
        "Grid Control",
        "Engineer, control systems",
        _("engineer"),
        location="Bergen",
        languages=("en", "no"),
        lead="jonas",
    ),
    Persona(
        "kari",
        "Kari Nilsen",
        HALDEN,
        "Field",
        "Test engineer, substations",
        _("test engineer"),
        location="Trondheim",
        languages=("en", "no"),
        lead="head:Field",
    ),
    Persona(
        "olav",
        "Olav Haug",
        HALDEN,
        "Field",
        "Senior engineer, time and protection",
        _("senior engineer"),
        location="Halden",
        languages=("en", "no"),
        lead="head:Field",
        months_here=230,
    ),
    Persona(
        "dev",
        "Dev Patel",
        HALDEN,
        "Metering",
        "Meter data analyst",
        _("analyst"),
        location="Halden",
        lead="head:Metering",
    ),
    Persona(
        "lene",
        "Lene Moe",
        HALDEN,
        "Field",
        "Engineer, substations",
        _("engineer"),
        location="Trondheim",
        languages=("en", "no"),
        lead="head:Field",
    ),
    Persona(
        "tomas",
        "Tomas Brekke",
        HALDEN,
        "Grid Control",
        "SCADA engineer",
        _("engineer"),
        location="Halden",
        languages=("en", "no"),
        lead="jonas",
    ),
    Persona(
        "ana",
        "Ana Sousa",
        HALDEN,
        "Grid Control",
        "Substation automation engineer",
        _("engineer"),
        location="Halden",
        lead="jonas",
        months_here=14,
    ),
    Persona(
        "priya",
        "Priya Raman",
        HALDEN,
        "IT",
        "OT network engineer",
        _("network engineer"),
        location="Halden",
        lead="head:IT",
    ),
    Persona(
        "joanna",
        "Joanna Reid",
        BRIGID,
        "Ward 7B",
        "Night nurse",
        _("night nurse"),
        location="Hill House",
        lead="tomasz",
    ),
    Persona(
        "samira",
        "Samira Haddad",
        BRIGID,
        "Ward 7B",
        "Student nurse",
        _("student nurse"),
        location="Hill House",
        lead="tomasz",
        months_here=4,
    ),
    Persona(
        "paul",
        "Paul Ashworth",
        BRIGID,
        "Theatre",
        "Theatre nurse",
        _("theatre nurse"),
        location="Hill House",
        lead="head:Theatre",
    ),
    Persona(
        "lena",
        "Lena Grünwald",
        BRIGID,
        "Ward 7B",
        "Senior staff nurse",
        _("senior nurse"),
        location="Hill House",
        languages=("en", "de"),
        lead="tomasz",
    ),
    Persona("yusuf", "Yusuf Demir", BRIGID, "Ward 7B", "Staff nurse", _("nurse"), location="Hill House", lead="tomasz"),
    Persona(
        "ingrid",
        "Ingrid Solberg",
        BRIGID,
        "Paediatric ICU",
        "Charge nurse",
        _("charge nurse"),
        location="Harbour House",
        languages=("en", "no"),
        lead="head:Paediatric ICU",
    ),
    Persona(
        "ben",
        "Ben Kirchner",
        UTILITY,
        "Communications",
        "Press officer",
        _("press officer"),
        location="Rathausplatz",
        languages=("de", "en"),
        language="de",
        lead="aiko",
        months_here=10,
    ),
    # they sit in a circle with Aiko, Mira and Priya
    Persona(
        "dana",
        "Dana Osei",
        BRIGID,
        "Kitchen & Logistics",
        "Logistics project lead",
        _("project lead"),
        location="Hill House",
        lead="head:Kitchen & Logistics",
        months_here=9,
    ),
    Persona(
        "jarek",
        "Jarek Kowal",
        BRIGID,
        "IT & Records",
        "Clinical systems trainer",
        _("trainer"),
        location="Harbour House",
        languages=("en", "pl"),
        lead="head:IT & Records",
    ),
    Persona(
        "luis",
        "Luis Moreno",
        UTILITY,
        "IT",
        "Customer figures analyst",
        _("analyst"),
        location="Rathausplatz",
        languages=("de", "en", "es"),
        lead="head:IT",
        months_here=26,
    ),
)
CAST = (*PERSONAS, *OTHERS)
