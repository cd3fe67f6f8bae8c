"""What people type to propose a cohort and to apply for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grapevine.circles.actions.applying import Answers
from grapevine.circles.actions.cohort import AGREED_TO, TASTE, Terms
from grapevine.circles.models import Application, Cohort
from grapevine.circles.queries import cohort as cohorts
from grapevine.circles.queries.turns import ONE_CHALLENGE
from grapevine.kernel import clock
from grapevine.kernel.text import WordsField, clean
from grapevine.people.models import Person
from grapevine.people.queries import colleague_meant, languages_to_choose, monday_of
from grapevine.rooms.queries import minutes_of

FARTHEST = timedelta(days=365)
ROWS, AT_ONCE = 8, 3  # times that never work: as many can be said, as many are seen at once
TIME_TO_FORM = timedelta(days=7)  # to form, to look, and twice the time in which one may ask to be moved
NAMES_MAX = 20
LINE_MAX = 600


def day_input() -> forms.DateInput:
    """A day, as the browser asks for one."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def time_input() -> forms.TimeInput:
    """A time of day, as the browser asks for one."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class CohortForm(forms.Form):
    """A call for circles."""

    theme = forms.CharField(
        max_length=120, label=_("What is it about?"), help_text=_("A few words. Everybody who may apply reads them.")
    )
    words = WordsField(rows=4, max_length=2000, label=_("What is it for, and for whom?"))
    is_across = forms.TypedChoiceField(
        label=_("Who may apply?"),
        coerce=lambda said: said == "across",
        choices=(("inside", _("my organisation")), ("across", _("every organisation here"))),
        initial="inside",
        widget=forms.RadioSelect,
    )
    starts_on = forms.DateField(label=_("Starts in the week of"), widget=day_input())
    apply_until = forms.DateField(label=_("Apply until"), widget=day_input())
    weeks = forms.IntegerField(label=_("Weeks"), min_value=3, max_value=52, initial=13)
    every = forms.IntegerField(label=_("Every how many weeks?"), min_value=1, max_value=8, initial=2)
    minutes = forms.IntegerField(
        label=_("Minutes to keep free"),
        max_value=240,
        initial=90,
        widget=forms.NumberInput(attrs={"aria-describedby": "id_minutes_hint"}),
    )
    is_whole_chain = forms.BooleanField(
        required=False,
        label=_("Nobody sits with anybody above them"),
        help_text=_("Without this: nobody sits with their own lead."),
    )
    taste_on = forms.DateField(label=_("Day of the taste"), required=False, widget=day_input())
    taste_at = forms.TimeField(label=_("Begins at"), required=False, widget=time_input())

    def __init__(self, *args: Any, person: Person, cohort: Cohort | None = None, **options: Any) -> None:
        """`person` proposes, or changes `cohort`; days and hours are on their wall."""
        super().__init__(*args, **{"initial": _said(cohort) if cohort else None, **options})
        self.person, self.zone = person, cohort.zone if cohort else person.timezone
        self.fields["minutes"].widget.attrs["min"] = self.fewest_minutes
        self.agreed = cohort if cohort and cohorts.has_applicants(cohort) else None
        self.kept = {name: self.fields.pop(name) for name in AGREED_TO} if self.agreed else {}
        if cohort and cohort.preview:
            del self.fields["taste_on"], self.fields["taste_at"]

    def clean_apply_until(self) -> date:
        """Still to come, and time enough to form circles before the first week."""
        until, starts = self.cleaned_data["apply_until"], self._first_day()
        if until < clock.today(self.zone):
            raise ValidationError(_("Choose today or a later day."))
        if starts and until > starts - TIME_TO_FORM:
            raise ValidationError(
                _("Choose a day at least a week before the Monday of the first week: forming circles takes its time.")
            )
        return until

    def clean_starts_on(self) -> date:
        """The Monday of that week, within a year."""
        starts = monday_of(self.cleaned_data["starts_on"])
        if not clock.today(self.zone) < starts <= clock.today(self.zone) + FARTHEST:
            raise ValidationError(_("Choose a week to come, within a year."))
        return starts

    def clean_minutes(self) -> int:
        """As long as one challenge takes."""
        minutes: int = self.cleaned_data["minutes"]
        if minutes < self.fewest_minutes:
            takes = {"minutes": self.fewest_minutes}
            raise ValidationError(_("One challenge takes %(minutes)s minutes: keep at least so many free.") % takes)
        return minutes

    def clean(self) -> dict[str, Any]:
        """A rhythm within the weeks, a taste to come; what people agreed to when they applied stays."""
        typed = super().clean() or {}
        if any(self._is_other(name, field) for name, field in self.kept.items()):
            self.add_error(None, _("Somebody has applied meanwhile: who may apply, the dates and the rule stay."))
        weeks, every = typed.get("weeks"), typed.get("every")
        if weeks and every and every >= weeks:
            said = {"weeks": weeks}
            self.add_error(
                "every", _("That is as long as the %(weeks)s weeks themselves, or longer. Say a smaller number.") % said
            )
        self._check_taste(typed.get("taste_on"), typed.get("taste_at"))
        return typed

    def _check_taste(self, day: date | None, hour: time | None) -> None:
        """A day and an hour, still to come."""
        if (day is None) != (hour is None):
            self.add_error("taste_on" if hour else "taste_at", _("Say the day and the hour, or neither."))
        if day and clock.instant(day, hour or time.max, self.zone) < clock.now():
            self.add_error("taste_on", _("Choose an hour that is still to come."))

    def _first_day(self) -> date | None:
        """The Monday of the first week as it was typed, also where it cannot be."""
        try:
            starts = self.fields["starts_on"].clean(self.data.get("starts_on"))
        except ValidationError:
            return None
        return monday_of(starts)

    def _is_other(self, name: str, field: forms.Field) -> bool:
        """A field that is not offered any more was sent all the same, from a page that was open for long."""
        if name not in self.data:
            return False
        try:
            return bool(field.clean(self.data[name]) != getattr(self.agreed, name))
        except ValidationError:
            return True

    @property
    def fewest_minutes(self) -> int:
        """How long a challenge takes."""
        return minutes_of(ONE_CHALLENGE)

    @property
    def taste_minutes(self) -> int:
        """How long a taste takes."""
        return minutes_of(TASTE)

    @property
    def terms(self) -> Terms:
        """For the action."""
        said = dict(self.cleaned_data) | {name: getattr(self.agreed, name) for name in self.kept}
        day, hour = said.pop("taste_on", None), said.pop("taste_at", None)
        return Terms(**said, preview_at=clock.instant(day, hour, self.zone) if day and hour else None)


@dataclass(frozen=True)
class NeverRow:
    """A time of the week that never works, as the `number`-th row of the form."""

    number: int
    day: forms.BoundField
    starts: forms.BoundField
    ends: forms.BoundField

    @property
    def fields(self) -> tuple[tuple[Any, forms.BoundField], ...]:
        """With what stands above each."""
        return (_("Day"), self.day), (_("From"), self.starts), (_("To"), self.ends)


class ApplicationForm(forms.Form):
    """Two minutes, one page."""

    bring = WordsField(
        rows=2,
        max_length=LINE_MAX,
        label=_("What would you like to bring?"),
        help_text=_("A line or two. A real question of the next three months."),
    )
    gift = WordsField(rows=2, max_length=LINE_MAX, label=_("What can others come to you for?"))
    help = WordsField(rows=2, max_length=LINE_MAX, label=_("How will you help the others get where they want to go?"))
    languages = forms.MultipleChoiceField(
        label=_("Languages for a circle"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those you would talk in for an hour."),
    )
    reach = forms.ChoiceField(
        label=_("With whom?"), choices=Application.Reach, initial=Application.Reach.EITHER, widget=forms.RadioSelect
    )
    apart = forms.CharField(
        required=False,
        label=_("Whom would you rather not sit with?"),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_(
            "Full names of colleagues of your own organisation, one a line; nobody else can be named. "
            "Never shown to anybody, not to you either. No reason needed."
        ),
    )
    together = forms.CharField(
        required=False,
        label=_("With whom gladly?"),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("Again colleagues of your own organisation. It counts when they say the same of you."),
    )
    forgets_names = forms.BooleanField(required=False, label=_("Forget the names kept so far"))
    comes = forms.BooleanField()

    def __init__(self, *args: Any, person: Person, cohort: Cohort, kept: int = 0, **options: Any) -> None:
        """`person` applies for `cohort`; `kept` names are there already."""
        super().__init__(*args, **options)
        self.person, self.cohort = person, cohort
        spoken = {row.code for row in person.languages.all()} | set(self.initial.get("languages", ()))
        chosen: Any = self.fields["languages"]
        chosen.choices = [one for one in languages_to_choose(also=spoken) if one[0] in spoken]
        chosen.initial = sorted(spoken)
        if not cohort.is_across:
            del self.fields["reach"]
        if not kept:
            del self.fields["forgets_names"]
        count = cohorts.turns(cohort) + 2
        promise = _("I can come to %(most)s of %(all)s meetings")
        self.fields["comes"].label = promise % {"most": count - 1, "all": count}
        self._add_never(self.initial.get("never", ()))

    def _add_never(self, never: Any) -> None:
        for row in range(max(ROWS, len(never) + 1)):
            day, starts, ends = never[row] if row < len(never) else ("", None, None)
            self.fields[f"day_{row}"] = forms.TypedChoiceField(
                choices=[("", "–"), *WEEKDAYS.items()],
                coerce=int,
                empty_value=None,
                required=False,
                initial=day,
                label=_named(row, _("Day")),
            )
            for part, label, at in (("from", _("From"), starts), ("to", _("To"), ends)):
                self.fields[f"{part}_{row}"] = forms.TimeField(
                    required=False, initial=at, label=_named(row, label), widget=time_input()
                )

    @property
    def never_rows(self) -> Iterator[NeverRow]:
        """In order."""
        rows = sum(name.startswith("day_") for name in self.fields)
        return (NeverRow(row + 1, self[f"day_{row}"], self[f"from_{row}"], self[f"to_{row}"]) for row in range(rows))

    @property
    def never_first(self) -> list[NeverRow]:
        """The rows seen at once."""
        return list(islice(self.never_rows, AT_ONCE))

    @property
    def never_more(self) -> list[NeverRow]:
        """The others."""
        return list(islice(self.never_rows, AT_ONCE, None))

    @property
    def says_more(self) -> bool:
        """Something stands in the others, or is wrong there."""
        return any(field.value() or field.errors for row in self.never_more for _label, field in row.fields)

    def clean_apart(self) -> list[Person]:
        """Colleagues by full name."""
        return self._colleagues("apart")

    def clean_together(self) -> list[Person]:
        """Colleagues by full name."""
        return self._colleagues("together")

    def _colleagues(self, name: str) -> list[Person]:
        lines = [line for line in map(str.strip, clean(self.cleaned_data[name]).splitlines()) if line]
        if len(lines) > NAMES_MAX:
            raise ValidationError(_("No more than %(most)s names, please.") % {"most": NAMES_MAX})
        try:
            return [found for line in lines if (found := colleague_meant(self.person, line))]
        except ValidationError as unknown:
            only = _("Only colleagues of your own organisation can be named here.")
            raise ValidationError([*unknown.error_list, only]) from unknown

    def clean(self) -> dict[str, Any]:
        """Each row of times is whole or empty; one that ends earlier than it begins ends on the next day."""
        typed = super().clean() or {}
        for row in self.never_rows:
            named = [field.name for _label, field in row.fields]
            missing = [name for name in named if typed.get(name) is None and name not in self.errors]
            for name in missing if len(missing) < len(named) else ():
                self.add_error(name, _("Say the day, from and to, or leave all three empty."))
            if not missing and typed.get(row.starts.name) == typed.get(row.ends.name) is not None:
                self.add_error(row.ends.name, _("From and to are the same."))
        return typed

    @property
    def answers(self) -> Answers:
        """For the action."""
        said = self.cleaned_data
        rows = [[said[field.name] for _label, field in row.fields] for row in self.never_rows]
        return Answers(
            bring=said["bring"],
            gift=said["gift"],
            help=said["help"],
            languages=tuple(said["languages"]),
            never=[(day, f"{starts:%H:%M}", f"{ends:%H:%M}") for day, starts, ends in rows if day is not None],
            reach=said.get("reach") or Application.Reach.EITHER,
            apart=tuple(said["apart"]),
            together=tuple(said["together"]),
            forgets_names=said.get("forgets_names", False),
        )


def _named(row: int, label: Any) -> str:
    """A field of a row, told apart from the others."""
    return gettext("Row %(number)s, %(field)s") % {"number": row + 1, "field": label}


def _said(cohort: Cohort) -> dict[str, Any]:
    """What a cohort says, for its form."""
    names = ("theme", "words", "starts_on", "apply_until", "weeks", "every", "minutes", "is_whole_chain")
    said = {name: getattr(cohort, name) for name in names}
    return said | {"is_across": "across" if cohort.is_across else "inside"}
