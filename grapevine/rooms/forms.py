"""What people type in a session, to open one, and to come in as a guest."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.challenges.models import Got, Idea
from grapevine.challenges.queries import days_to_choose
from grapevine.kernel import clock
from grapevine.kernel.text import WordsField
from grapevine.people.models import Person
from grapevine.people.queries import colleague_meant
from grapevine.rooms.formats import SEALED
from grapevine.rooms.models import SAFE_LINK, Session
from grapevine.rooms.queries import Said, Scene, Way

LONGEST_TEXT, LONGEST_TITLE = 4000, 120
MOST_MINUTES = 60
KINDS = ("question", "idea", "line", "sentence", "option")


class SayForm(forms.Form):
    """The one box of a step."""

    words = WordsField(rows=2, max_length=1000)


class NoteForm(forms.Form):
    """For oneself."""

    words = WordsField(rows=3, label=_("For yourself"))


class TextForm(forms.Form):
    """A text written together; `seen` is the version it was made from."""

    words = WordsField(rows=8, max_length=LONGEST_TEXT, label=_("The text we share"))
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class StoryForm(forms.Form):
    """What somebody brings."""

    role = forms.CharField(max_length=40, widget=forms.HiddenInput)
    title = forms.CharField(max_length=LONGEST_TITLE, label=_("In a few words"))
    words = WordsField(rows=4, label=_("What is going on, and what would help?"))


class AnswerForm(forms.Form):
    """An answer in words, or none: answered aloud."""

    question = forms.IntegerField(widget=forms.HiddenInput)
    words = WordsField(rows=1, max_length=1000, required=False, label=_("Your answer"))


class VoteForm(forms.Form):
    """For one of the options."""

    option = forms.IntegerField()


class PickForm(forms.Form):
    """One line of the others, a few words of one's own, or both."""

    line = forms.TypedChoiceField(
        coerce=int, empty_value="", required=False, widget=forms.RadioSelect, label=_("Which line do you take?")
    )
    words = WordsField(rows=2, max_length=1000, required=False, label=_("What you make of it"))

    def __init__(self, *args: Any, lines: list[Said], **kwargs: Any) -> None:
        """`lines` are those that may be picked."""
        super().__init__(*args, **kwargs)
        self.lines = {said.entry.pk: said.entry for said in lines}
        self.fields["line"].choices = [(said.entry.pk, said.words) for said in lines]

    def clean(self) -> dict[str, Any]:
        """Something of the two."""
        typed = super().clean() or {}
        if not self.errors and not typed.get("line") and not typed.get("words"):
            raise forms.ValidationError(_("Choose a line or write some words."))
        return typed


class PlaybackForm(forms.Form):
    """What the bringer keeps, and "when ..., I will ..."."""

    title = forms.CharField(max_length=LONGEST_TITLE, label=_("What was it about, in a few words?"))
    keeping = forms.TypedMultipleChoiceField(
        coerce=int, required=False, label=_("What do you keep?"), widget=forms.CheckboxSelectMultiple
    )
    when = WordsField(rows=1, max_length=300, label=_("When ..."))
    will = WordsField(rows=2, max_length=600, label=_("I will ..."))
    on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    got = forms.ChoiceField(choices=Got.choices, required=False, label=_("What did you get?"), widget=forms.RadioSelect)

    may_notice = forms.CharField(
        required=False,
        max_length=120,
        label=_("Who may notice?"),
        help_text=_("A colleague's name. They learn only these two lines, nothing of the talk."),
    )

    def __init__(self, *args: Any, scene: Scene, **kwargs: Any) -> None:
        """`scene` says whose it is, which ideas there are, and whether it has a title already."""
        super().__init__(*args, **kwargs)
        self.person = scene.me.person
        self.ideas: dict[int, Idea] = {s.idea.pk: s.idea for s in scene.said.get("idea", []) if s.idea}
        self.fields["keeping"].choices = [(s.idea.pk, s.words) for s in scene.said.get("idea", []) if s.idea]
        if scene.told:
            del self.fields["title"]
        if self.person:
            self.fields["on"].initial = clock.next_weekday(0, clock.today(self.person.timezone))

    def clean_keeping(self) -> list[Idea]:
        """Those of this story."""
        return [self.ideas[pk] for pk in self.cleaned_data["keeping"]]

    def clean_may_notice(self) -> Person | None:
        """A colleague by full name, or nobody."""
        return colleague_meant(self.person, self.cleaned_data["may_notice"]) if self.person else None

    def clean_on(self) -> Any:
        """One of the days that may be chosen."""
        on = self.cleaned_data["on"]
        first, last = days_to_choose(self.person) if self.person else (on, on)
        if not first <= on <= last:
            raise forms.ValidationError(_("Choose today or a later day, within a year."))
        return on


class VerbForm(forms.Form):
    """A press in the dock: what, and what the presser saw."""

    verb = forms.CharField(max_length=20)
    step = forms.IntegerField(required=False)
    to: forms.ModelChoiceField = forms.ModelChoiceField(None, required=False)
    role = forms.CharField(max_length=40, required=False)
    minutes = forms.IntegerField(required=False, min_value=1, max_value=MOST_MINUTES)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        """`to` is somebody of this session."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = session.participants.all()


class OpenForm(forms.Form):
    """A session of any format."""

    way = forms.ChoiceField(label=_("Which format?"), widget=forms.RadioSelect)
    people = forms.CharField(
        required=False,
        label=_("Who comes?"),
        help_text=_("Full names of colleagues, one a line. They get a seat; you have one already."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    planned_at = forms.DateTimeField(
        required=False,
        label=_("When?"),
        help_text=_("Empty means now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    link = forms.URLField(
        required=False,
        assume_scheme="https",
        validators=[SAFE_LINK],
        label=_("Link of a meeting elsewhere"),
        help_text=_("If you would rather talk in Jitsi, Teams or the like. The steps and the words stay here."),
    )
    is_one_room = forms.BooleanField(required=False, label=_("We sit in one room: no call"))

    def __init__(self, *args: Any, person: Person, ways: list[Way], **kwargs: Any) -> None:
        """`person` opens it, by one of the `ways`."""
        super().__init__(*args, **kwargs)
        self.person = person
        self.ways = {way.key: way for way in ways}
        self.fields["way"].choices = [(way.key, way.format.name) for way in ways]

    def clean_way(self) -> Way:
        """The format itself."""
        return self.ways[self.cleaned_data["way"]]

    def clean_people(self) -> list[Person]:
        """Colleagues by their full names."""
        names = [line.strip() for line in self.cleaned_data["people"].replace(",", "\n").splitlines() if line.strip()]
        return [found for name in names if (found := colleague_meant(self.person, name))]

    def clean_planned_at(self) -> datetime:
        """Now, where nothing was said."""
        found: datetime | None = self.cleaned_data["planned_at"]
        return found or clock.now()

    def clean(self) -> dict[str, Any]:
        """A sealed session needs somebody to sit in it with."""
        typed = super().clean() or {}
        way = typed.get("way")
        if way and way.format.words == SEALED and not typed.get("people") and "people" not in self.errors:
            self.add_error("people", _("This format is sealed: say who else has a seat."))
        return typed


class JoinForm(forms.Form):
    """A code and a name."""

    code = forms.CharField(max_length=20, label=_("Code"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(max_length=60, label=_("Your name"), help_text=_("The others see it."))

    def __init__(self, *args: Any, person: Person | None, **kwargs: Any) -> None:
        """A `person` comes as themselves."""
        super().__init__(*args, **kwargs)
        if person:
            del self.fields["name"]
