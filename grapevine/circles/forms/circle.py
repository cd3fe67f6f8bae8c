"""What people type around a circle and its meetings."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grapevine.challenges.models import Outcome
from grapevine.circles.actions.meeting import why_not_at
from grapevine.circles.models import Duty, Meeting, MeetingPulse
from grapevine.circles.queries.agreed import GAP
from grapevine.circles.queries.meeting import PRACTISED
from grapevine.circles.queries.ways import line_of
from grapevine.circles.queries.welcome import Free
from grapevine.circles.season import starts_at
from grapevine.kernel.text import WordsField
from grapevine.rooms.models import SAFE_LINK
from grapevine.rooms.queries import Way

KINDS_OF_HELP = (
    ("ideas", _("ideas")),
    ("questions", _("only questions")),
    ("stories", _("stories like mine")),
    ("holes", _("holes in my plan")),
)


class AgreementForm(forms.Form):
    """The agreement, and the version it was made from. A contact goes into the gap of the words."""

    words = WordsField(rows=16, label=_("How we treat each other"))
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    contact = forms.CharField(
        required=False, max_length=200, label=_("Whom do you call if somebody is in serious danger?")
    )

    def clean(self) -> dict[str, Any]:
        """With the gap filled."""
        typed = super().clean() or {}
        if contact := typed.pop("contact", ""):
            if GAP not in typed.get("words", GAP):
                self.add_error("contact", _("There is no gap for it in the words any more. Write it there."))
            typed["words"] = typed.get("words", "").replace(GAP, contact, 1)
        return typed


class PlaceForm(forms.Form):
    """Where they meet."""

    PLACES = (
        ("call", _("here, face to face in the browser")),
        ("link", _("a meeting elsewhere, with a link")),
        ("room", _("all in one room")),
    )
    where = forms.ChoiceField(choices=PLACES, widget=forms.RadioSelect, label=_("Where do you meet?"))
    link = forms.URLField(required=False, assume_scheme="https", validators=[SAFE_LINK], label=_("The link"))

    def clean(self) -> dict[str, Any]:
        """A meeting elsewhere has a link; no other has."""
        typed = super().clean() or {}
        if typed.get("where") == "link" and not typed.get("link") and "link" not in self.errors:
            self.add_error("link", _("Paste the link of the meeting."))
        return typed


class MoveForm(forms.Form):
    """Another day or hour, on the wall of the circle."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        """`meeting` is moved."""
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean(self) -> dict[str, Any]:
        """Ahead, and between its neighbours."""
        typed = super().clean() or {}
        if {"on", "hour"} <= typed.keys() and (trouble := why_not_at(self.meeting, self._at(typed))):
            self.add_error("on", trouble)
        return typed

    def _at(self, typed: dict[str, Any]) -> datetime:
        return starts_at(typed["on"], typed["hour"], self.meeting.circle.zone)


class WayForm(forms.Form):
    """How a meeting goes."""

    def __init__(self, *args: Any, ways: list[Way], **kwargs: Any) -> None:
        """`ways` suit it."""
        super().__init__(*args, **kwargs)
        self.told = [(way, line_of(way)) for way in ways]
        choices = [(way.key, way.format.name) for way in ways]
        self.fields["way"] = forms.ChoiceField(
            choices=choices, widget=forms.RadioSelect, label=_("How do you want to meet?")
        )


class BringForm(forms.Form):
    """Three lines before the meeting, and the kind of help."""

    situation = WordsField(rows=3, max_length=1_000, label=_("The situation"))
    why_now = WordsField(rows=2, max_length=600, label=_("Why it matters now"))
    would_help = WordsField(rows=2, max_length=600, label=_("What would help"))
    help_kind = forms.ChoiceField(
        choices=KINDS_OF_HELP, widget=forms.RadioSelect, initial="ideas", label=_("The kind of help")
    )

    def clean_help_kind(self) -> str:
        """In words, as the others read it."""
        said = dict(KINDS_OF_HELP)[self.cleaned_data["help_kind"]]
        return str(_("Kind of help: %(kind)s") % {"kind": said})


class ToldForm(forms.Form):
    """What was told before a meeting, in other words."""

    words = WordsField(rows=12, label=_("What I bring"))


class SwapForm(forms.Form):
    """Whose turn one would take for one's own."""

    theirs: forms.ModelChoiceField = forms.ModelChoiceField(None, widget=forms.RadioSelect, label=_("Change with"))

    def __init__(self, *args: Any, turns: list[Duty], **kwargs: Any) -> None:
        """`turns` may be asked for."""
        super().__init__(*args, **kwargs)
        self.turns = {turn.pk: turn for turn in turns}
        self.fields["theirs"] = forms.TypedChoiceField(
            coerce=int, choices=[(turn.pk, str(turn.person.name)) for turn in turns], widget=forms.RadioSelect
        )

    def clean_theirs(self) -> Duty:
        """The turn itself."""
        return self.turns[self.cleaned_data["theirs"]]


class PulseForm(forms.Form):
    """Three taps."""

    worth = forms.ChoiceField(
        choices=MeetingPulse.Answer.choices, widget=forms.RadioSelect, label=_("Was it worth the hour?")
    )
    heard = forms.ChoiceField(choices=MeetingPulse.Answer.choices, widget=forms.RadioSelect, label=_("Were you heard?"))
    safe = forms.ChoiceField(
        choices=MeetingPulse.Answer.choices, widget=forms.RadioSelect, label=_("Could you say what you wanted to say?")
    )


class TallyForm(forms.Form):
    """What I practised."""

    practised = forms.MultipleChoiceField(
        choices=PRACTISED, required=False, widget=forms.CheckboxSelectMultiple, label=_("What did you practise?")
    )
    words = WordsField(rows=2, max_length=300, required=False, label=_("A line for yourself"))


class HappenedForm(forms.Form):
    """What came of a promise, told in the round."""

    kind = forms.ChoiceField(choices=Outcome.Kind.choices, widget=forms.RadioSelect, label=_("What came of it?"))
    words = WordsField(rows=1, max_length=600, required=False, label=_("One line is enough"))


class BriefForm(forms.Form):
    """My own text of it."""

    words = WordsField(rows=14, label=_("My brief"))


class CallForm(forms.Form):
    """A new challenge for those one knows."""

    words = WordsField(rows=3, max_length=1_500, label=_("What are you trying to do?"))


class WelcomeForm(forms.Form):
    """Who is asked for which free chair."""

    def __init__(self, *args: Any, chairs: list[Free], **kwargs: Any) -> None:
        """`chairs` are free for somebody who waits."""
        super().__init__(*args, **kwargs)
        self.chairs = {f"{each.application.pk}-{each.circle.pk}": each for each in chairs}
        self.fields["chair"] = forms.ChoiceField(
            choices=[(key, _in_words(each)) for key, each in self.chairs.items()],
            widget=forms.RadioSelect,
            label=_("Whom do you ask?"),
        )

    def clean_chair(self) -> Free:
        """The chair itself."""
        return self.chairs[self.cleaned_data["chair"]]


def _in_words(free: Free) -> str:
    circle = free.circle
    said = {"number": circle.number, "day": WEEKDAYS[circle.weekday], "hour": f"{circle.hour:%H:%M}"}
    return gettext("%(name)s: circle %(number)s, %(day)s at %(hour)s") % (said | {"name": free.application.person.name})
