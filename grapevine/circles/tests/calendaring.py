"""What a calendar makes of messages: it keeps each entry by its name, and works out when it takes place."""

from datetime import UTC

import icalendar
from dateutil.rrule import rrulestr


class Calendar:
    """Keeps what it is sent, by name and by which occurrence is meant; what is cancelled is not there."""

    def __init__(self, *messages):
        self.kept = {}
        for message in messages:
            self.take(message)

    def take(self, message):
        for event in icalendar.Calendar.from_ical(message).events:
            meant = event.get("RECURRENCE-ID")
            self.kept[str(event["UID"]), meant and meant.dt.astimezone(UTC)] = event

    @property
    def occurrences(self):
        """(name, moment) of everything that takes place, in order."""
        others = {(uid, at): event for (uid, at), event in self.kept.items() if at}
        rules = [(uid, at) for (uid, meant), event in self.kept.items() if not meant for at in instants(event)]
        stay = [one for one in rules if one not in others]
        moved = [(uid, e.start.astimezone(UTC)) for (uid, _), e in others.items() if e["STATUS"] != "CANCELLED"]
        return sorted([*stay, *moved])


def instants(event):
    """What a calendar makes of the rule: walls counted in weeks, without those left out."""
    start = event["DTSTART"].dt
    walls = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start.replace(tzinfo=None))
    left_out = event.get("EXDATE", [])
    left_out = left_out if isinstance(left_out, list) else [left_out]
    out = {each.dt.replace(tzinfo=None) for dates in left_out for each in dates.dts}
    return [wall.replace(tzinfo=start.tzinfo).astimezone(UTC) for wall in walls if wall not in out]
