"""Challenge, ClarifyingQuestion, Idea, Playback, Commitment, Outcome, Closing, Example."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grapevine.kernel import clock
from grapevine.people.models import Organisation, Person
from grapevine.skills.models import Skill
from grapevine.vaults.models import SealedText, Vault

HOME = "home"  # kind of the vault in which a challenge lies once its bringer took it home


class Got(models.TextChoices):
    """What one gets from a talk (after Cross, Borgatti and Parker, 2001: five kinds of value)."""

    SOLUTION = "solution", _("a solution")
    POINTER = "pointer", _("a pointer")
    QUESTION = "question", _("a better question")
    SECOND_OPINION = "opinion", _("a second opinion")
    BACKING = "backing", _("backing")
    NOT_THIS_TIME = "nothing", _("not this time")


def sealed(**options: Any) -> models.OneToOneField:
    """Words of this row: one sealed text of the challenge's vault, gone when the text is erased."""
    return models.OneToOneField(SealedText, on_delete=models.CASCADE, related_name="+", **options)


class Challenge(models.Model):
    """Something somebody is trying to do, told to the few who have a seat in its vault."""

    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="challenges")
    vault = models.OneToOneField(Vault, on_delete=models.CASCADE, related_name="challenge")
    title = sealed()
    words = sealed()
    occasion = models.CharField(max_length=20, default="ask", help_text="what kind of practice it was brought to")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"challenge {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("challenge", args=[self.pk])

    @property
    def is_of_two(self) -> bool:
        """Whether it was brought to one colleague, rather than to a group in its room."""
        return self.occasion == "ask"

    @property
    def is_at_home(self) -> bool:
        """Whether its bringer took it home: nobody else reads it any more."""
        return self.vault.kind == HOME


class ClarifyingQuestion(models.Model):
    """A question asked to understand, and the bringer's answer."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="questions")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = sealed()
    answer = sealed(null=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"question {self.pk}"


class Idea(models.Model):
    """An idea offered. It stays when the bringer keeps it, or when both agreed to keep it."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="ideas")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = sealed()
    at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"idea {self.pk}"


class KeepTogether(models.Model):
    """This person agrees that ideas nobody kept stay readable for the two after closing."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="keep_together")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["challenge", "person"], name="one_keep_together"),)

    def __str__(self) -> str:
        return f"keep {self.challenge_id}"


class LetFind(models.Model):
    """The bringer would let others find `person`, who helped. Said once: what became of the line is theirs alone."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="let_find")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["challenge", "person"], name="one_let_find"),)

    def __str__(self) -> str:
        return f"let find {self.challenge_id}"


class Playback(models.Model):
    """The bringer played back: which ideas were kept is on the ideas, what follows is the commitment."""

    challenge = models.OneToOneField(Challenge, on_delete=models.CASCADE, related_name="playback")
    got = models.CharField(max_length=20, choices=Got, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"playback {self.pk}"


class Commitment(models.Model):
    """A promise: "when ..., I will ..." from a day on. `on` and `zone` are a wall date: the nudge comes at 08:30 there."""

    playback = models.OneToOneField(Playback, on_delete=models.CASCADE, related_name="commitment")
    when = sealed()
    will = sealed()
    on = models.DateField()
    zone = models.CharField(max_length=60)
    confirmed_at = models.DateTimeField(null=True, help_text="'still right' was pressed")
    put_off_at = models.DateTimeField(null=True, help_text="'not now' was pressed")

    def __str__(self) -> str:
        return f"commitment {self.pk}"

    @property
    def is_due(self) -> bool:
        """Whether its day has come, where it was made."""
        return self.on <= clock.today(self.zone)


class Noticing(models.Model):
    """The bringer invited `person` to notice. It has its own vault: only the commitment is told, not the talk."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="noticings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="noticings")
    vault = models.OneToOneField(Vault, on_delete=models.CASCADE, related_name="+")
    words = sealed()
    saw = sealed(null=True)
    at = models.DateTimeField()
    saw_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["commitment", "person"], name="noticed_once_a_person"),)

    def __str__(self) -> str:
        return f"noticing {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("noticing", args=[self.pk])


class Outcome(models.Model):
    """What came of it, in one line."""

    class Kind(models.TextChoices):
        USED = "used", pgettext_lazy("what came of it", "used")
        CHANGED = "changed", pgettext_lazy("what came of it", "changed on the way")
        DROPPED = "dropped", pgettext_lazy("what came of it", "dropped")

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, related_name="outcome")
    kind = models.CharField(max_length=10, choices=Kind)
    words = sealed(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind


class Closing(models.Model):
    """The bringer closed it; ideas nobody kept are gone."""

    challenge = models.OneToOneField(Challenge, on_delete=models.CASCADE, related_name="closing")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"closing {self.pk}"


class Example(models.Model):
    """A page of a few lines released to the organisation: could others use this?

    Open words on purpose: its writer wrote them for everybody. Names of others only where they agreed.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="examples")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="examples")
    title = models.CharField(max_length=120)
    body = models.TextField()
    skill = models.ForeignKey(Skill, on_delete=models.SET_NULL, null=True, blank=True, related_name="examples")
    released_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-released_at",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("example", args=[self.pk])


class NameInExample(models.Model):
    """The page would name this person; it does so only once they agreed."""

    example = models.ForeignKey(Example, on_delete=models.CASCADE, related_name="names")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["example", "person"], name="named_once_in_an_example"),)

    def __str__(self) -> str:
        return f"name in {self.example_id}"


class ExampleUse(models.Model):
    """Somebody used the page, and may say what happened."""

    example = models.ForeignKey(Example, on_delete=models.CASCADE, related_name="uses")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["example", "person"], name="used_once_a_person"),)

    def __str__(self) -> str:
        return f"use of {self.example_id}"
