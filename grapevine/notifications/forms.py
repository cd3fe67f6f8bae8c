"""What people choose about mail, and what they say on Today."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.challenges.queries import days_to_choose
from grapevine.kernel import clock
from grapevine.notifications.kinds import ALL, TOPICS
from grapevine.people.models import Person


class WishesForm(forms.Form):
    """One box a topic, and one that pauses everything."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The boxes come from the table of topics."""
        super().__init__(*args, **kwargs)
        for topic in TOPICS.values():
            self.fields[topic.key] = forms.BooleanField(required=False, label=topic.label, help_text=topic.hint)
        self.fields["pause"] = forms.BooleanField(
            required=False,
            label=_("Pause all mail"),
            help_text=_("Until you take the tick away. Today and the inbox go on."),
        )

    @property
    def topics(self) -> list[forms.BoundField]:
        """The boxes without the pause."""
        return [self[key] for key in TOPICS]

    def wishes(self) -> dict[str, bool]:
        """As `actions.wish_for` takes them."""
        said = dict(self.cleaned_data)
        return {ALL: not said.pop("pause")} | said


class DayForm(forms.Form):
    """Another day for what one wants to do."""

    on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        """`person` decides which day is today."""
        super().__init__(*args, **kwargs)
        self.first, self.last = days_to_choose(person)
        self.fields["on"].initial = clock.next_weekday(0, self.first)

    def clean_on(self) -> Any:
        """One of the days that may be chosen."""
        on = self.cleaned_data["on"]
        if not self.first <= on <= self.last:
            raise forms.ValidationError(_("Choose a day within a year from today."))
        return on
