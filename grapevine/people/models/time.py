"""When people work and when they rest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.people.models.person import Person


class WorkingHours(models.Model):
    """Usual hours on one weekday (Monday is 0), on the wall of the person's own zone.

    Nobody has to fill this in: without any row, Monday to Friday from 8 to 17 is assumed.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="working_hours")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ("weekday", "starts")
        constraints = (
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_is_a_day"),
            models.CheckConstraint(condition=models.Q(starts__lt=models.F("ends")), name="hours_end_after_they_start"),
        )

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts}-{self.ends}"


class Shift(models.Model):
    """One shift, when somebody works by a rota. Where shifts are known they replace the usual hours."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at",)
        constraints = (
            models.CheckConstraint(condition=models.Q(starts_at__lt=models.F("ends_at")), name="shift_ends_later"),
        )

    def __str__(self) -> str:
        return f"{self.starts_at}"


class Rest(models.Model):
    """Not to be asked just now: `short` means only quick things, `resting` means nothing, until a day (or open)."""

    class Kind(models.TextChoices):
        SHORT = "short", _("this week only short")
        RESTING = "resting", _("resting")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rests")
    kind = models.CharField(max_length=10, choices=Kind)
    since_at = models.DateTimeField()
    until_on = models.DateField(null=True, blank=True, help_text="the first day on which they are back")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at__isnull=True), name="one_rest_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.kind}"
