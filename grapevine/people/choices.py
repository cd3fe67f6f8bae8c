"""What one can choose from: zones, languages, looks. In the reader's own words."""

from collections import defaultdict
from collections.abc import Set as AbstractSet
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SCHEMES = (
    ("auto", _("As the machine has it")),
    ("light", _("Light")),
    ("dark", _("Dark")),
    ("contrast", _("More contrast")),
)
AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
# languages that people of an organisation are likely to talk in; others come by the organisation's list
SPOKEN = (
    "ar",
    "bg",
    "bs",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fa",
    "fi",
    "fr",
    "he",
    "hi",
    "hr",
    "hu",
    "is",
    "it",
    "ja",
    "ko",
    "lt",
    "lv",
    "nb",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "ta",
    "th",
    "tr",
    "uk",
    "vi",
    "zh",
)


def zone_name(zone: str) -> str:
    """A zone as one says it: `Europe/Oslo` is Oslo, `America/New_York` is New York."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Time zones by area of the world, `Europe/Oslo` as `Oslo`."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for zone in sorted(available_timezones()):
        area, _slash, place = zone.partition("/")
        if place and area in AREAS:
            found[area].append((zone, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", [("UTC", "UTC")]), *found.items()]


def languages(also: AbstractSet[str] = frozenset()) -> list[tuple[str, str]]:
    """Languages by their name in the reader's language; `also` those that somebody has already."""
    names = Locale.parse(get_language() or "en", sep="-").languages
    return sorted(((code, names.get(code, code)) for code in {*SPOKEN, *also}), key=lambda one: one[1].casefold())
