"""The meetings of a season: when, who does what, who comes, and how it was."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grapevine.challenges.models import Challenge
from grapevine.circles import season
from grapevine.circles.models.circle import Circle
from grapevine.kernel import clock
from grapevine.people.models import Person
from grapevine.rooms.models import Session
from grapevine.vaults.models import SealedText, Vault

DOOR_OPENS = timedelta(minutes=15)  # before it begins
GRACE = timedelta(days=7)  # after a last meeting that nobody held, before its season ends


class Meeting(models.Model):
    """One meeting. `on`, `hour` and the circle's zone are the truth; `at` is the instant they mean, to ask the database.

    `sequence` counts the calendar invitations sent out for it.
    """

    class Kind(models.TextChoices):
        KICKOFF = "kickoff", _("first meeting")
        CHALLENGE = "challenge", _("a challenge")
        CLOSING = "closing", _("last meeting")

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    format = models.CharField(max_length=40, help_text="key of one of our formats, or own-<id> of a copy")
    on = models.DateField()
    hour = models.TimeField()
    at = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)
    session = models.OneToOneField(Session, on_delete=models.SET_NULL, null=True, related_name="meeting")
    held_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["circle", "number"], name="one_meeting_a_number"),)
        indexes = (models.Index(fields=["at"], name="meetings_by_time", condition=Q(held_at__isnull=True)),)

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    def get_absolute_url(self) -> str:
        """Its part of the circle's page."""
        return reverse("meeting", args=[self.pk])

    @property
    def instant(self) -> datetime:
        """When it begins, from its wall time."""
        return season.starts_at(self.on, self.hour, self.circle.zone)

    @property
    def over_at(self) -> datetime | None:
        """When its room closed; noted as held a moment later."""
        return self.held_at or (self.session.closed_at if self.session else None)

    @property
    def is_a_turn(self) -> bool:
        """A challenge meeting that was not called off: the order of turns is made of these."""
        return self.kind == self.Kind.CHALLENGE and self.called_off_at is None

    @property
    def is_ahead(self) -> bool:
        """Neither held nor called off, and it can still begin: a day late at most."""
        is_open = self.held_at is None and self.called_off_at is None
        return is_open and clock.now() < self.at + season.CAUGHT_UP_WITHIN

    @property
    def is_to_come(self) -> bool:
        """Ahead, and its hour has not struck: until then one may still say whether one comes."""
        return self.is_ahead and clock.now() < self.at

    @property
    def was_not_held(self) -> bool:
        """Its day went by, and nobody had called it off. What is noted a day later is no calling off."""
        return self.held_at is None and (self.called_off_at or clock.now()) >= self.at + season.CAUGHT_UP_WITHIN

    @property
    def can_catch_up(self) -> bool:
        """The last meeting, which nobody held: as long as the season runs it may still find another day."""
        is_alone = self.session_id is None and self.called_off_at is None
        return self.kind == self.Kind.CLOSING and is_alone and self.was_not_held

    @property
    def can_catch_up_until(self) -> datetime:
        """When its season ends without it."""
        return self.at + GRACE

    @property
    def is_door_open(self) -> bool:
        """Whether one may come in now."""
        return self.is_ahead and clock.now() >= self.at - DOOR_OPENS


class Duty(models.Model):
    """Somebody's turn at a meeting: `role` as in `turns.Role`."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="duties")
    role = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="duties")

    class Meta:
        ordering = ("meeting", "role", "pk")
        constraints = (models.UniqueConstraint(fields=["meeting", "role", "person"], name="one_duty"),)

    def __str__(self) -> str:
        return f"duty {self.pk}"


class Brought(models.Model):
    """What somebody brings to a meeting: a challenge in a vault of its own, told before the room opens."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="brought")
    challenge = models.OneToOneField(Challenge, on_delete=models.CASCADE, related_name="brought")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"brought {self.pk}"


class Brief(models.Model):
    """What the bringer takes along from it, to show to whom they like: a vault with one seat."""

    brought = models.OneToOneField(Brought, on_delete=models.CASCADE, related_name="brief")
    vault = models.OneToOneField(Vault, on_delete=models.CASCADE, related_name="+")
    words: Any = models.OneToOneField(SealedText, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"brief {self.pk}"


class CalendarFeed(models.Model):
    """The address of somebody's own calendar of meetings. Its secret is made from `nonce` and a key outside the database."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    nonce = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed {self.pk}"


class Swap(models.Model):
    """The holder of `mine` asks the holder of `theirs` to change turns. It happens with their yes."""

    mine = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="+")
    theirs = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    is_agreed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["mine", "theirs"], condition=Q(answered_at__isnull=True), name="one_open_swap"
            ),
        )

    def __str__(self) -> str:
        return f"swap {self.pk}"


class Rsvp(models.Model):
    """Whether somebody comes. No row: nothing was said."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="rsvps")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    comes = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "person"], name="one_rsvp_a_person"),)

    def __str__(self) -> str:
        return f"rsvp {self.pk}"


class PulseGiven(models.Model):
    """Somebody said how it was. What they said is a `MeetingPulse`, which does not know them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="pulses_given")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "person"], name="one_pulse_a_person"),)

    def __str__(self) -> str:
        return f"pulse given {self.pk}"


class MeetingPulse(models.Model):
    """One answer after a meeting, nobody's: worth the hour, heard, safe. Its key is random, so that order tells nothing."""

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        SO_SO = "so-so", _("so-so")
        NO = "no", _("no")

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="pulses")
    worth = models.CharField(max_length=10, choices=Answer)
    heard = models.CharField(max_length=10, choices=Answer)
    safe = models.CharField(max_length=10, choices=Answer)

    def __str__(self) -> str:
        return f"pulse {self.pk}"


class Tally(models.Model):
    """What somebody practised at a meeting (listening, strategic thinking, leading), for themselves alone: one sealed line."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tallies")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    vault = models.OneToOneField(Vault, on_delete=models.CASCADE, related_name="+")
    words = models.OneToOneField(SealedText, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "person"], name="one_tally_a_person"),)

    def __str__(self) -> str:
        return f"tally {self.pk}"
