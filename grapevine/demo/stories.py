"""The stories told by hand: what the people on the door have lived, up to this very morning.

Days are working days before now, so that Mira's Monday is always today.
"""

from dataclasses import dataclass, field
from typing import Any

ANYBODY = ""


@dataclass(frozen=True)
class Story:
    """One scenario of the bank, lived by these two, so many working days ago. `far` says how far it has come."""

    scenario: str
    asker: str
    helper: str
    days: int
    far: str
    more: dict[str, Any] = field(default_factory=dict)


def _over(scenario: str, asker: str, helper: str, days: int, **more: Any) -> Story:
    """Told, thanked for and done, and both let it be seen on their maps."""
    return Story(scenario, asker, helper, days, "told", {"thanked": True, "tied": True} | more)


STORIES = {
    "halden": (
        # Mira: five months here, afraid of the lab at first, one thing due today, one request waiting
        Story("way-round-the-bench", "mira", "tomas", 62, "told", {"released": 45, "thanked": True}),
        Story("quiet-review", "mira", "priya", 4, "due", {"notices": ("jonas", "ana")}),
        Story("second-frame", "ravi", "mira", 1, "waiting", {"reason": "page:way-round-the-bench"}),
        # Sanne: learned it in winter, helped two with it, hears today what came of the second
        Story("gaps-of-winter", "sanne", "olav", 84, "told", {"learned": True, "found": True, "thanked": True}),
        Story("frames-after-the-update", "priya", "sanne", 44, "told", {"found": True, "thanked": True, "shown": True}),
        Story("frames-behind-the-gateway", "ana", "sanne", 13, "just told", {"found": True}),
        Story("zone-two", ANYBODY, "sanne", 1, "waiting", {"reason": "offer:frames-behind-the-gateway"}),
        Story("stale-values", ANYBODY, "sanne", 1, "waiting", {"reason": "offer:gaps-of-winter"}),
        Story("bench-for-two", "ravi", "tomas", 31, "told", {"found": True, "thanked": True}),
        # Olav: knows it deeply and rests
        Story("clock-drift", ANYBODY, "olav", 52, "told", {"released": 38, "found": True, "thanked": True}),
        Story("cabinet-time", "lene", "olav", 34, "told", {"found": True, "thanked": True}),
        Story("recorders-disagree", "ravi", "olav", 26, "told", {"found": True, "thanked": True}),
        # Kari and Dev: pages that fit, seen from elsewhere
        Story("reading-a-trace", "kari", "lene", 54, "told", {"released": 40, "learned": True, "thanked": True}),
        Story("gaps-on-site", "lene", "kari", 22, "told", {"found": True, "thanked": True}),
        Story("an-hour-apart", "dev", ANYBODY, 66, "told", {"released": 50, "learned": True, "thanked": True}),
        Story("one-reading-two-systems", ANYBODY, "dev", 14, "told", {"found": True, "thanked": True}),
        # Jonas: something of his own to tell, and somebody who would like to meet Lene
        Story("two-more-people", "jonas", "eva", 10, "to tell"),
        Story("keys-without-drawings", "tomas", "lene", 1, "introduction", {"through": "jonas"}),
        # Eva: she asks and is asked like everybody else
        Story("thanks-without-confetti", "eva", ANYBODY, 4, "due"),
        Story("first-week", ANYBODY, "eva", 1, "waiting"),
    ),
    "brigid": (
        Story("ask-before-i-tell", "tomasz", "joanna", 1, "waiting", {"also": ("samira", "paul")}),
        Story("handover-half-past-six", "tomasz", "ingrid", 2, "asked back"),
        Story("my-student-says-fine", "yusuf", "tomasz", 16, "just thanked", {"found": True}),
        Story("i-snapped", "paul", "tomasz", 1, "waiting"),
        Story("nights-left-out", "joanna", "ingrid", 55, "told", {"released": 40, "found": True, "thanked": True}),
        Story("tea-trolley-host", "samira", "paul", 28, "told", {"released": 15, "learned": True, "thanked": True}),
    ),
    "utility": (
        Story("pressezeile", "ben", "aiko", 1, "waiting", {"reason": "offer:pressezeile"}),
        Story("asking-the-youngest", "aiko", "ben", 5, "due"),
        Story("preisbrief-am-telefon", ANYBODY, "aiko", 15, "just told", {"found": True}),
        Story("stoerung-ohne-ursache", "aiko", ANYBODY, 48, "told", {"released": 33, "thanked": True, "tied": True}),
    ),
}
# what three of them have lived besides, enough for a map; others live the like
BESIDES = {
    "halden": (
        _over("four-desks", "mira", "ana", 92),
        _over("twelve-years-of-careful", "mira", "tomas", 74),
        _over("a-minute-without-a-map", "mira", ANYBODY, 58),
        _over("winter-patches", ANYBODY, "mira", 50),
        _over("never-stood-beside-one", "mira", ANYBODY, 44),
        _over("tuesdays-without-fear", "tomas", "mira", 36),
        _over("i-would-like-to-stay", "mira", ANYBODY, 30),
        _over("nightly-script", ANYBODY, "mira", 24, unit="Metering"),
        _over("lessons-folder", ANYBODY, "mira", 20),
        _over("review-takes-days", "mira", ANYBODY, 17, unit="IT", thanked=False),
    ),
    "brigid": (
        _over("pumps-for-three-shifts", "tomasz", "ingrid", 140),
        _over("red-number-tired-team", "tomasz", ANYBODY, 118, unit="IT & Records"),
        _over("three-from-far-away", "tomasz", ANYBODY, 96, unit="Theatre"),
        _over("pharmacist-on-our-round", "tomasz", ANYBODY, 83),
        _over("quiet-hours-alarms", ANYBODY, "tomasz", 71, unit="Ward 5A"),
        _over("one-shift-only", "tomasz", ANYBODY, 64, unit="Ward 5A"),
        _over("leading-my-friends", ANYBODY, "tomasz", 55, unit="Emergency"),
        _over("parents-at-the-round", "ingrid", "tomasz", 47),
        _over("second-round-of-exercises", ANYBODY, "tomasz", 38),
        _over("store-cupboard", "tomasz", ANYBODY, 22, thanked=False),
    ),
    "utility": (
        _over("look-back-without-blame", ANYBODY, "aiko", 134, unit="Operations"),
        _over("jour-fixe", ANYBODY, "aiko", 112, unit="IT"),
        _over("buergerabend-sperrung", ANYBODY, "aiko", 86, unit="Works Office"),
        _over("unbedenklich", "aiko", ANYBODY, 77),
        _over("the-post-went-to-another", ANYBODY, "aiko", 60, unit="Power"),
        _over("nur-schnell", "aiko", ANYBODY, 52),
        _over("aushang-in-einfachen-worten", ANYBODY, "aiko", 37, unit="Customer Service"),
        _over("council-wants-it-by-five", ANYBODY, "aiko", 28, unit="Water"),
        _over("one-map-for-outages", "aiko", ANYBODY, 19, thanked=False),
    ),
}
# (who, the scenario whose words they are)
OFFERS = {
    "halden": (
        ("sanne", "gaps-of-winter"),
        ("sanne", "frames-behind-the-gateway"),
        ("tomas", "two-clocks"),
        ("olav", "clock-drift"),
        ("olav", "cabinet-time"),
        ("kari", "reading-a-trace"),
        ("kari", "gaps-on-site"),
        ("dev", "an-hour-apart"),
        ("dev", "one-reading-two-systems"),
        ("mira", "second-frame"),
        ("jonas", "two-more-people"),
    ),
    "brigid": (
        ("ingrid", "handover-half-past-six"),
        ("tomasz", "my-student-says-fine"),
        ("joanna", "ask-before-i-tell"),
    ),
    "utility": (("aiko", "pressezeile"), ("ben", "asking-the-youngest")),
}
SEEKS = {
    "halden": (
        ("mira", "two-clocks"),
        ("mira", "quiet-review"),
        ("ravi", "second-frame"),
        ("jonas", "two-more-people"),
        ("sanne", "gaps-of-winter"),
        ("eva", "thanks-without-confetti"),
    ),
    "brigid": (("tomasz", "ask-before-i-tell"), ("tomasz", "handover-half-past-six"), ("samira", "tea-trolley-host")),
    "utility": (("aiko", "asking-the-youngest"), ("ben", "pressezeile")),
}
USES = {
    "halden": (
        ("ravi", "reading-a-trace"),
        ("ravi", "way-round-the-bench"),
        ("ana", "way-round-the-bench"),
        ("priya", "an-hour-apart"),
        ("sanne", "clock-drift"),
        ("lene", "clock-drift"),
        ("lene", "reading-a-trace"),
    ),
    "brigid": (("yusuf", "nights-left-out"), ("tomasz", "tea-trolley-host")),
}
