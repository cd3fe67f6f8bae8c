"""What people type when they ask and when they answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.asks.models import HelperLimits, KindOfHelp, Reply
from grapevine.challenges.models import Example
from grapevine.challenges.queries import pages_to_point_to
from grapevine.kernel.text import WordsField
from grapevine.people.models import Person
from grapevine.people.queries import colleague_meant


class AskForm(forms.Form):
    """What are you trying to do?"""

    words = WordsField(
        rows=4,
        max_length=1_500,
        label=_("What are you trying to do?"),
        error_messages={"required": _("Write two or three sentences first. Everything else follows from them.")},
    )
    kind = forms.ChoiceField(
        choices=KindOfHelp.choices,
        label=_("What would help?"),
        widget=forms.RadioSelect,
        initial=KindOfHelp.SECOND_PAIR_OF_EYES,
    )
    masked = forms.BooleanField(required=False, label=_("Ask under a pseudonym"))
    with_lead = forms.BooleanField(required=False, label=_("My own lead may be among them"))
    only = forms.BooleanField(required=False, label=_("Only these for now"))


class MessageForm(forms.Form):
    """The message to one person."""

    words = WordsField(rows=5, max_length=2_500)


class IntroductionForm(MessageForm):
    """And what both may know before they say yes."""

    hint = WordsField(rows=2, max_length=300, required=False, label=_("What it is about"))


class ReplyForm(forms.Form):
    """One tap, and a time when it is a yes."""

    kind = forms.ChoiceField(choices=Reply.Kind.choices)
    words = WordsField(rows=2, max_length=600, required=False, label=_("When suits you?"))
    ask_instead = forms.CharField(max_length=120, required=False, label=_("Who may know more?"))
    page = forms.ModelChoiceField(
        Example.objects.none(), required=False, label=_("Which page?"), empty_label=_("Choose a page")
    )

    def __init__(self, *args: Any, person: Person, asked: str = "", **kwargs: Any) -> None:
        """`person` is the one who was asked, `asked` are the words they read."""
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["page"].queryset = pages_to_point_to(person, asked)

    def clean_ask_instead(self) -> Person | None:
        """A colleague by full name, or nobody."""
        return colleague_meant(self.person, self.cleaned_data["ask_instead"])

    def clean(self) -> dict[str, Any]:
        """A page needs to be chosen."""
        typed = super().clean() or {}
        if typed.get("kind") == Reply.Kind.THIS_PAGE and not typed.get("page"):
            self.add_error("page", _("Choose the page you mean."))
        return typed


class YesForm(ReplyForm):
    """A yes needs a time."""

    words = WordsField(
        rows=2,
        max_length=600,
        label=_("When suits you?"),
        error_messages={"required": _("Say when, or where to find you: “11:00, bring the trace” is enough.")},
    )


class LimitsForm(forms.Form):
    """How much I can carry, and to whom I point."""

    per_week = forms.IntegerField(min_value=0, max_value=20, initial=HelperLimits.PER_WEEK, label=_("Asks a week"))
    first = forms.CharField(max_length=120, required=False, label=_("When it is full, ask ..."))
    second = forms.CharField(max_length=120, required=False, label=_("... or ..."))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        """`person` sets their own limits."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_first(self) -> Person | None:
        """A colleague by full name, or nobody."""
        return colleague_meant(self.person, self.cleaned_data["first"])

    def clean_second(self) -> Person | None:
        """A colleague by full name, or nobody."""
        return colleague_meant(self.person, self.cleaned_data["second"])
