"""How rest and hours are said."""

from collections.abc import Sequence
from datetime import date, time

from django.template import Library
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grapevine.kernel import clock
from grapevine.kernel.text import listed
from grapevine.people.models import Rest

register = Library()
WEEK = 7
A_FEW = 3


@register.filter
def rest_in_words(rest: Rest | None) -> str:
    """`resting until Wednesday`, `only short things this week`; nothing for somebody who does not rest."""
    if rest is None:
        return ""
    if rest.until_on is None:
        return _("resting") if rest.kind == Rest.Kind.RESTING else _("only short things just now")
    until = {"day": _day(rest.until_on, clock.today(rest.person.timezone))}
    return (
        _("resting until %(day)s") % until
        if rest.kind == Rest.Kind.RESTING
        else _("only short things until %(day)s") % until
    )


@register.filter
def days_in_words(days: Sequence[int]) -> str:
    """`Monday to Friday`, `Tuesday and Thursday`."""
    names = [str(WEEKDAYS[day]) for day in days]
    if len(days) >= A_FEW and days[-1] - days[0] == len(days) - 1:
        return _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    return listed(names)


@register.filter
def hour(at: time) -> str:
    """`08:00`, as clocks show it here."""
    return time_format(at, pgettext("time format", "H:i"))


def _day(day: date, today: date) -> str:
    near = 0 <= (day - today).days < WEEK
    return date_format(day, "l" if near else pgettext("date format", "j F"))
