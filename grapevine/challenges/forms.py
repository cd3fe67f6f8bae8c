"""What people type on the page of a challenge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.challenges.actions import SaidAlreadyError
from grapevine.challenges.models import Challenge, Example, Got, Idea, Outcome
from grapevine.challenges.queries import days_to_choose
from grapevine.kernel import clock
from grapevine.kernel.policy import may
from grapevine.kernel.text import WordsField, clean
from grapevine.people.models import Person
from grapevine.people.queries import colleague_meant, colleagues
from grapevine.skills.queries import skills_to_choose
from grapevine.vaults.queries import has_seat, is_masked

TOO_LATE = _("Choose a day within a year.")
TOO_EARLY = _("Choose today or a later day.")
NAMES_FIRST = _("They know you by another name here. Show who you are first, or choose somebody else.")


class WordsForm(forms.Form):
    """One text box."""

    words = WordsField(rows=2)


class CommitmentForm(forms.Form):
    """ "When ..., I will ...", from a day on."""

    when = WordsField(rows=2, max_length=300, label=_("When ..."))
    will = WordsField(rows=2, max_length=600, label=_("I will ..."))
    on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        """`person` decides which day is today."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_on(self) -> Any:
        """One of the days that may be chosen."""
        on, (first, last) = self.cleaned_data["on"], days_to_choose(self.person)
        if on < first:
            raise forms.ValidationError(TOO_EARLY)
        if on > last:
            raise forms.ValidationError(TOO_LATE)
        return on


class PlaybackForm(CommitmentForm):
    """Keep ideas, commit, say what helped, and who may notice."""

    keeping = forms.TypedMultipleChoiceField(
        coerce=int, required=False, label=_("What do you keep?"), widget=forms.CheckboxSelectMultiple
    )
    got = forms.ChoiceField(choices=Got.choices, required=False, label=_("What did you get?"), widget=forms.RadioSelect)
    may_notice = forms.CharField(
        required=False,
        max_length=120,
        label=_("Who may notice?"),
        help_text=_("A colleague's name. They learn only these two lines, nothing of the talk."),
    )
    field_order = ("keeping", "when", "will", "on", "got", "may_notice")

    def __init__(self, *args: Any, challenge: Challenge, ideas: dict[Idea, str], **kwargs: Any) -> None:
        """`challenge` is played back; each of its `ideas` is shown by its words."""
        super().__init__(*args, **kwargs)
        self.challenge = challenge
        self.ideas = {idea.pk: idea for idea in ideas}
        self.fields["keeping"].choices = [(idea.pk, words) for idea, words in ideas.items()]
        self.fields["on"].initial = clock.next_weekday(0, clock.today(self.person.timezone))

    def clean_keeping(self) -> list[Idea]:
        """Those of this talk."""
        return [self.ideas[pk] for pk in self.cleaned_data["keeping"]]

    def clean_may_notice(self) -> Person | None:
        """A colleague by full name, or nobody; nobody of this talk while the bringer is masked in it."""
        person = colleague_meant(self.person, self.cleaned_data["may_notice"])
        if person and is_masked(self.person, self.challenge.vault) and has_seat(person, self.challenge.vault):
            raise forms.ValidationError(NAMES_FIRST)
        return person


class OutcomeForm(forms.Form):
    """What came of it."""

    kind = forms.ChoiceField(choices=Outcome.Kind.choices, widget=forms.RadioSelect, label=_("What came of it?"))
    words = WordsField(rows=2, max_length=600, required=False, label=_("What happened? One line is enough."))


class TopicForm(forms.Form):
    """What others may find a helper for, and whether the bringer learned it."""

    topic = forms.CharField(max_length=120, label=_("In a few words others may see"))
    skill: forms.ModelChoiceField = forms.ModelChoiceField(None, required=False, label=_("Skill"))
    learned = forms.BooleanField(required=False, label=_("I learned this, and colleagues may find me for it too"))

    def __init__(self, *args: Any, person: Person, challenge: Challenge, helpers: list[Person], **kwargs: Any) -> None:
        """`person` says so of `helpers` in `challenge`, those who were not proposed before."""
        super().__init__(*args, **kwargs)
        self.helpers = helpers
        self.may_be_found = may(person, "be_found", challenge)
        self.fields["skill"].queryset = skills_to_choose(person)

    def clean_learned(self) -> bool:
        """Not while one is masked in the talk."""
        is_learned: bool = self.cleaned_data["learned"]
        if is_learned and not self.may_be_found:
            raise forms.ValidationError(NAMES_FIRST)
        return is_learned

    def clean(self) -> dict[str, Any]:
        """There is somebody to ask, or something learned."""
        typed = super().clean() or {}
        if not self.helpers and not typed.get("learned"):
            self.add_error(None, SaidAlreadyError())
        return typed


class ExampleForm(forms.ModelForm):
    """A page of a few lines for everybody."""

    body = WordsField(
        rows=7,
        label=_("Five lines others can use"),
        help_text=_("Leave out names and secrets. A list, a link, **bold** and *italic* work."),
    )

    class Meta:
        model = Example
        fields = ("title", "body", "skill")
        labels = {"title": _("What is it about?"), "skill": _("Skill")}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        """`person` writes it; names of colleagues are found and taken care of."""
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["skill"].required = False
        self.fields["skill"].queryset = skills_to_choose(person)

    def named(self) -> list[Person]:
        """Colleagues whose full name stands in the page."""
        words = _plain(f"{self.cleaned_data['title']}\n{self.cleaned_data['body']}")
        return [p for p in colleagues(self.person).only("name").iterator() if _plain(p.name) in words]


class UseForm(forms.Form):
    """ "I used this"."""

    words = forms.CharField(max_length=200, required=False, label=_("What happened?"))


def _plain(words: str) -> str:
    return " ".join(clean(words).casefold().split())
