"""Session, Participant, Event, Contribution, Note, Story; and a group's own copy of a format."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grapevine.challenges.models import Challenge
from grapevine.people.models import Person
from grapevine.vaults.models import SealedText, Vault

SAFE_LINK = URLValidator(schemes=["https"], message=_("The link has to begin with https://"), code="unsafe")


class FormatCopy(models.Model):
    """A group's own way of doing a format. Whoever has a seat in the group's vault sees and changes it."""

    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="format_copies")
    of = models.CharField(max_length=40, help_text="key of the format it was copied from")
    body = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"copy {self.pk} of {self.of}"


class Session(models.Model):
    """One meeting that runs a format. `format` is the format as it was when the session was planned.

    Sealed sessions have a vault: its seats are who may come. `origin_*` say which practice it belongs to; the slice
    of that practice knows the rest.
    """

    format = models.JSONField()
    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, null=True, related_name="sessions")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    join_code = models.CharField(max_length=12, blank=True, help_text="for guests, open sessions only")
    link = models.URLField(blank=True, help_text="a meeting elsewhere, instead of our own call")
    is_relay_only = models.BooleanField(default=False, help_text="nobody learns the others' network addresses")
    is_one_room = models.BooleanField(default=False, help_text="everybody sits in one room: no call")
    call_secret = models.BinaryField(max_length=32, help_text="for the call of a session without a vault")
    origin_kind = models.CharField(max_length=20, blank=True)
    origin_key = models.CharField(max_length=40, blank=True)
    origin_url = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(vault__isnull=True) | Q(join_code=""), name="no_code_opens_a_sealed_session"
            ),
            models.UniqueConstraint(fields=["join_code"], condition=~Q(join_code=""), name="one_session_a_code"),
        )
        indexes = (models.Index(fields=["origin_kind", "origin_key"], name="sessions_of_a_practice"),)

    def __str__(self) -> str:
        return f"session {self.pk}"

    def get_absolute_url(self) -> str:
        """The room."""
        return reverse("room", args=[self.pk])

    @property
    def is_sealed(self) -> bool:
        """Whether words go into a vault."""
        return self.vault_id is not None


class Participant(models.Model):
    """Somebody in the room: a person, or a guest with a name and a key of their own. `seen_at` is presence."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=60, blank=True, help_text="of a guest")
    key = models.CharField(max_length=64, blank=True, help_text="hash of what the guest's browser keeps")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["session", "person"], name="one_participant_a_person"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="", key="") | Q(person__isnull=True) & ~Q(name="") & ~Q(key=""),
                name="a_person_or_a_guest",
            ),
        )

    def __str__(self) -> str:
        return f"participant {self.pk}"

    @property
    def shown_name(self) -> str:
        """How the others call them here."""
        return self.person.name if self.person else self.name


class Event(models.Model):
    """One thing that happened, in order. Ids and numbers only; words are contributions."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    body = models.JSONField(default=dict)

    class Meta:
        ordering = ("seq",)
        constraints = (models.UniqueConstraint(fields=["session", "seq"], name="one_event_a_number"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Contribution(models.Model):
    """What somebody entered in a step: sealed words, or open ones where the session has no vault."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="contributions")
    by = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="contributions")
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    words = models.OneToOneField(SealedText, on_delete=models.CASCADE, null=True, related_name="+")
    open_words = models.TextField(blank=True)
    to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="answers")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(words__isnull=True) | Q(open_words=""), name="sealed_or_open"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Note(models.Model):
    """What somebody writes for themselves during a session: a vault with one seat, their own."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    vault = models.OneToOneField(Vault, on_delete=models.CASCADE, related_name="+")
    words = models.OneToOneField(SealedText, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["session", "person"], name="one_note_a_person"),)

    def __str__(self) -> str:
        return f"note {self.pk}"


class Story(models.Model):
    """Somebody brings this challenge to a session, in the role the format names (`bringer`, `bringer_a`, `one` ...)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="stories")
    role = models.CharField(max_length=20)
    challenge = models.OneToOneField(Challenge, on_delete=models.CASCADE, related_name="story")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["session", "role"], name="one_story_a_role"),)

    def __str__(self) -> str:
        return f"story {self.pk}"
