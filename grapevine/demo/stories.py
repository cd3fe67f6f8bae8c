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


STORIES = {
    "halden": (
        # Mira: five months here, one thing behind her, one due today, one request waiting
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
        Story("stoerung-ohne-ursache", "aiko", ANYBODY, 48, "told", {"released": 33, "thanked": True}),
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
