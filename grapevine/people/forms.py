"""What people say about themselves, and what those who run the place bring in."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from grapevine.kernel import clock
from grapevine.kernel.text import clean, listed
from grapevine.people import choices, queries
from grapevine.people.models import Person, Rest

LIST_BYTES_MAX = 5_000_000
WEEKS_MAX = 12
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


def day_input() -> forms.DateInput:
    """A day, as the browser asks for one."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def time_input() -> forms.TimeInput:
    """A time of day, as the browser asks for one."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class IntroduceForm(forms.Form):
    """What colleagues may know."""

    title = forms.CharField(
        label=_("What do you do?"), max_length=120, required=False, help_text=_("A few words, as you would say them.")
    )
    location = forms.CharField(label=_("Where do you work?"), max_length=120, required=False)
    timezone = forms.ChoiceField(label=_("Your time zone"), choices=choices.zones)
    languages = forms.MultipleChoiceField(
        label=_("Languages you are happy to talk in"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        spoken = {row.code for row in by.languages.all()}
        said = {"title": by.title, "location": by.location, "timezone": by.timezone, "languages": sorted(spoken)}
        super().__init__(*args, **{"initial": said, **options})
        self.fields["languages"].choices = choices.languages(also=spoken)

    @property
    def spoken(self) -> str:
        """The chosen languages in words, for the line one opens to change them."""
        chosen = set(self["languages"].value() or ())
        return listed(name for code, name in self.fields["languages"].choices if code in chosen)

    def clean_title(self) -> str:
        """Clean words."""
        return clean(self.cleaned_data["title"])

    def clean_location(self) -> str:
        """Clean words."""
        return clean(self.cleaned_data["location"])


class LookForm(forms.Form):
    """How Grapevine looks, and what it speaks."""

    scheme = forms.ChoiceField(label=_("How it looks"), choices=choices.SCHEMES, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Grapevine speaks"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class HoursForm(forms.Form):
    """The usual week: from and to on each weekday, empty on days off."""

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        usual = queries.hours_of([by])[by.pk].usual
        for weekday, name in WEEKDAYS.items():
            spans = usual.get(weekday, ())
            for part, at in (
                ("from", min((s for s, _e in spans), default=None)),
                ("to", max((e for _s, e in spans), default=None)),
            ):
                label = _("%(day)s from") if part == "from" else _("%(day)s to")
                self.fields[f"{part}_{weekday}"] = forms.TimeField(
                    label=label % {"day": name}, required=False, initial=at, widget=time_input()
                )

    @property
    def days(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField]]:
        """(Monday, from, to) ... for the template."""
        return ((str(name), self[f"from_{weekday}"], self[f"to_{weekday}"]) for weekday, name in WEEKDAYS.items())

    def clean(self) -> dict[str, Any]:
        """Both or neither, and the end after the beginning."""
        for weekday in WEEKDAYS:
            starts, ends = (self.cleaned_data.get(f"{part}_{weekday}") for part in ("from", "to"))
            if bool(starts is None) != bool(ends is None):
                self.add_error(f"to_{weekday}", _("Say both, or neither on a day off."))
            elif starts is not None and starts >= ends:
                self.add_error(f"to_{weekday}", _("The end comes after the beginning. Nights go in as shifts."))
        return self.cleaned_data

    @property
    def hours(self) -> list[tuple[int, time, time]]:
        """(weekday, starts, ends) for the action."""
        said = self.cleaned_data
        return [(n, said[f"from_{n}"], said[f"to_{n}"]) for n in WEEKDAYS if said[f"from_{n}"] is not None]


class ShiftForm(forms.Form):
    """One shift, or the same one for some weeks. An end before the beginning is on the next day."""

    on = forms.DateField(label=_("Day"), widget=day_input())
    starts = forms.TimeField(label=_("From"), widget=time_input())
    ends = forms.TimeField(label=_("To"), widget=time_input())
    weeks = forms.IntegerField(label=_("For how many weeks?"), min_value=1, max_value=WEEKS_MAX, initial=1)

    def shifts(self, zone: str) -> list[tuple[datetime, datetime]]:
        """The shifts as instants in the person's zone."""
        said = self.cleaned_data
        over_night = DAY if said["ends"] <= said["starts"] else timedelta(0)
        days = [said["on"] + n * WEEK for n in range(said["weeks"])]
        return [
            (clock.instant(day, said["starts"], zone), clock.instant(day + over_night, said["ends"], zone))
            for day in days
        ]


class RestForm(forms.Form):
    """How much, and until when."""

    kind = forms.ChoiceField(
        label=_("How much can you take just now?"),
        widget=forms.RadioSelect,
        choices=((Rest.Kind.SHORT, _("Only short things")), (Rest.Kind.RESTING, _("Nothing new"))),
    )
    until_on = forms.DateField(
        label=_("Back on"),
        required=False,
        widget=day_input(),
        help_text=_("Without a day, short lasts until next Monday, and nothing new until you say so."),
    )

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by

    def clean_until_on(self) -> date | None:
        """A day to come, by the calendar of whoever rests."""
        until = self.cleaned_data["until_on"]
        if until is not None and until <= clock.today(self.by.timezone):
            raise ValidationError(_("Choose a day that is still to come."))
        return until


class ColleagueForm(forms.Form):
    """A colleague by full name or mail address: no list of everybody is shown for it."""

    who = forms.CharField(label=_("Full name or mail address"), max_length=254)

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by

    def clean_who(self) -> Person:
        """The one colleague who is meant."""
        found = queries.colleague_named(self.by, self.cleaned_data["who"])
        if not found:
            raise ValidationError(_("Nobody here has this full name or mail address. Please look at the spelling."))
        if len(found) > 1:
            raise ValidationError(_("Several colleagues have this name. Please take the mail address."))
        return found[0]


class LeaverForm(ColleagueForm):
    """A colleague who has left."""

    def clean_who(self) -> Person:
        """The one colleague who is meant, with a word of their own for who means themselves."""
        words = " ".join(self.cleaned_data["who"].split())
        is_own = words.casefold() in {self.by.name.casefold(), self.by.email.casefold()}
        if is_own and not queries.colleague_named(self.by, words):
            raise ValidationError(_("You cannot see yourself off; somebody else who runs the place can."))
        return super().clean_who()


class ListForm(forms.Form):
    """A file of people."""

    file = forms.FileField(
        label=_("A CSV file of your people"),
        help_text=_(
            "The first line names the columns: id, name, email, and if you like unit, manager, title, timezone, languages, location, joined_on."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> Any:
        """Small enough for a browser; larger ones are brought in on the server."""
        file = self.cleaned_data["file"]
        if file.size > LIST_BYTES_MAX:
            raise ValidationError(
                _(
                    "This file is larger than 5 MB. Leave out other columns, or ask whoever runs the server to bring it in."
                )
            )
        return file
