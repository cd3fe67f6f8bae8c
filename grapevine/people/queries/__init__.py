"""What others may know of people: who belongs, when somebody works, who leads whom, who rests, who agreed to what."""

from grapevine.people.choices import languages as languages_to_choose
from grapevine.people.choices import zone_name
from grapevine.people.queries.belonging import (
    administrators_of,
    colleague_meant,
    colleague_named,
    colleagues,
    head_count,
    language_at,
    look_for_nobody,
    people_behind,
    person_at,
    person_behind,
    person_of,
)
from grapevine.people.queries.doors import new_address_of, passkeys_of, sessions_of
from grapevine.people.queries.hours import (
    Hours,
    Interval,
    add_working_hours,
    hours_of,
    monday_of,
    next_working_moment,
    shifts_to_come,
)
from grapevine.people.queries.lines import lead_of
from grapevine.people.queries.wishes import (
    blocked_pairs,
    blocks_of,
    consents_of,
    has_consented,
    rest_now,
    rests_now,
)

__all__ = [
    "Hours",
    "Interval",
    "add_working_hours",
    "administrators_of",
    "blocked_pairs",
    "blocks_of",
    "colleague_meant",
    "colleague_named",
    "colleagues",
    "consents_of",
    "has_consented",
    "head_count",
    "hours_of",
    "language_at",
    "languages_to_choose",
    "lead_of",
    "look_for_nobody",
    "monday_of",
    "new_address_of",
    "next_working_moment",
    "passkeys_of",
    "people_behind",
    "person_at",
    "person_behind",
    "person_of",
    "rest_now",
    "rests_now",
    "sessions_of",
    "shifts_to_come",
    "zone_name",
]
