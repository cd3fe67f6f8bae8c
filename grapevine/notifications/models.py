"""Notices, letters, wishes and nudges."""

from django.db import models
from django.db.models import Q

from grapevine.people.models import Person


class Notice(models.Model):
    """One line of the inbox: what happened (`kind`), to which thing (`about`, `url`), by whom.

    `by` is empty and `alias` filled while somebody is still under a pseudonym. What happens again to the same thing
    makes the line fresh instead of adding one, unless `key` tells the occurrences apart.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=40, help_text="id of the thing it is about")
    key = models.CharField(max_length=60, help_text="which occurrence; the thing's id where it happens once")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    alias = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=["person", "kind", "key"], name="notice_once"),)
        indexes = (models.Index(fields=["person", "at"], name="notices_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def who(self) -> str:
        """The name its reader may know; empty when nobody in particular did it."""
        return self.alias or (self.by.name if self.by else "")


class Letter(models.Model):
    """One mail that carries a notice. Due at a moment, tried until it is sent, dropped when it is not wanted any more.

    Claiming it counts an attempt and puts the next one off, so a worker that dies loses nothing.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="letters")
    key = models.CharField(max_length=120, unique=True, help_text="one effect, one key")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="not wanted any more when its time came")
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["due_at"], name="letters_waiting", condition=Q(sent_at__isnull=True, dropped_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Wish(models.Model):
    """Whether a person wants a topic by mail. No row: as `kinds.py` says. The topic `all` pauses everything."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wishes")
    topic = models.CharField(max_length=30)
    by_mail = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "topic"], name="one_wish_a_topic"),)

    def __str__(self) -> str:
        return self.topic


class Nudge(models.Model):
    """A gentle question asked on a day: at most one a day, and half as often after two that were let pass."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="nudges")
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    on = models.DateField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-on",)
        constraints = (models.UniqueConstraint(fields=["person", "on"], name="one_nudge_a_day"),)

    def __str__(self) -> str:
        return self.kind
