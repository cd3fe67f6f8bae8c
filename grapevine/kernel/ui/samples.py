"""Made-up people and one form, for the page that shows every component. English only: it is for builders."""

from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator

from grapevine.kernel import clock


def person(name: str, initials: str, hue: int) -> SimpleNamespace:
    """Somebody who is nobody."""
    first = name.split(maxsplit=1)[0]
    return SimpleNamespace(pk=0, name=name, short_name=first, initials=initials, hue=hue, get_absolute_url="#people")


PEOPLE = {
    "mira": person("Mira Lund", "ML", 330),
    "sanne": person("Sanne Vik", "SV", 160),
    "olav": person("Olav Haug", "OH", 30),
    "long": person("Wolfgang-Maximilian Freiherr von Oberbruckmeier-Schnellenbach", "WO", 250),
    "rtl": person("نور الهدى", "نا", 95),
}
KINDS = [("think", "Think it through with me"), ("show", "Show me how"), ("story", "A story like mine")]
DAYS = [("mon", "Monday"), ("wed", "Wednesday"), ("fri", "Friday")]


class SampleForm(forms.Form):
    """One field of each kind."""

    words = forms.CharField(label="What are you trying to do?", help_text="Two or three sentences.")
    words.widget = forms.Textarea()
    kind = forms.ChoiceField(label="What would help?", widget=forms.RadioSelect, choices=KINDS)
    days = forms.MultipleChoiceField(
        label="When are you free?", widget=forms.CheckboxSelectMultiple, required=False, initial=["wed"], choices=DAYS
    )
    on = forms.DateField(label="From which day?", required=False, widget=forms.DateInput({"type": "date"}))
    zone = forms.ChoiceField(label="Time zone", required=False, choices=[("no", "Oslo"), ("de", "Berlin")])
    agree = forms.BooleanField(label="Jonas may notice", help_text="He sees the sentence, nothing else.")


def shown(*, wrong: bool) -> dict[str, object]:
    """What the page needs besides people."""
    form = SampleForm({"words": ""}) if wrong else SampleForm(initial={"kind": "think"})
    return {"form": form, "page": Paginator(range(163), 20).page(2), "now": clock.now()}
