"""Opening colleagues' pages, as many a day as a person needs and no more than a person reads."""

import logging

from grapevine.kernel import clock
from grapevine.people.models import Person
from grapevine.skills.models import ProfileView

log = logging.getLogger(__name__)
PROFILES_A_DAY = 200


def open_profile(*, by: Person, person: Person) -> bool:
    """Whether `by` may open this page today. One's own and those opened today already always open."""
    if by.pk == person.pk:
        return True
    today = clock.today(by.timezone)
    opened = set(ProfileView.objects.filter(person=by, on=today).values_list("seen", flat=True))
    if person.pk in opened:
        return True
    if len(opened) >= PROFILES_A_DAY:
        log.warning(
            "person %d of organisation %d reached the %d profiles of a day", by.pk, by.organisation_id, len(opened)
        )
        return False
    ProfileView.objects.bulk_create([ProfileView(person=by, seen=person, on=today)], ignore_conflicts=True)
    return True
