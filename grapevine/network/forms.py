"""The five-second note: I went to ... about ..."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.kernel import clock
from grapevine.kernel.text import clean
from grapevine.people.models import Person
from grapevine.people.queries import colleague_named


class VisitForm(forms.Form):
    """A name, chosen or typed, a topic, and today unless another day is said."""

    name = forms.CharField(
        max_length=120,
        label=_("I went to"),
        widget=forms.TextInput(attrs={"list": "names-at-hand", "autocomplete": "off"}),
    )
    words = forms.CharField(max_length=200, label=_("about"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    on = forms.DateField(label=_("on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, typed: Any = None, *, person: Person, initial: dict[str, Any] | None = None) -> None:
        self.person = person
        self.today = clock.today(person.timezone)
        super().__init__(typed, initial={"on": self.today} | (initial or {}))
        self.fields["on"].widget.attrs["max"] = self.today.isoformat()

    def clean_name(self) -> str:
        """The name without what nobody can see."""
        return clean(self.cleaned_data["name"])

    def clean_words(self) -> str:
        """The topic in the same way."""
        return clean(self.cleaned_data["words"])

    def clean_on(self) -> Any:
        """A note is about something that was."""
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return self.cleaned_data["on"]

    def said(self) -> dict[str, Any]:
        """What `log_visit` needs: a colleague where exactly one has this name, otherwise the name alone."""
        found = colleague_named(self.person, self.cleaned_data["name"])
        return self.cleaned_data | {"to": found[0] if len(found) == 1 else None}
