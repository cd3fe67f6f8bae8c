"""A circle, who sits in it, and what they agreed."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from grapevine.circles.models.cohort import Application, Cohort
from grapevine.people.models import Person
from grapevine.vaults.models import SealedText, Vault


class Circle(models.Model):
    """A few peers for a season. Its vault holds what lasts through the season; each meeting has one of its own.

    `weekday`, `hour` and `zone` are the wall time of its meetings. It is over with `ended_at`, and its words are
    destroyed with `shredded_at`, thirty days later; names and dates stay.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="circles")
    number = models.PositiveSmallIntegerField()
    vault = models.OneToOneField(Vault, on_delete=models.CASCADE, related_name="circle")
    starts_on = models.DateField(help_text="from which on its season runs: never before it was founded")
    weekday = models.PositiveSmallIntegerField()
    hour = models.TimeField()
    zone = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    is_across = models.BooleanField(default=False, help_text="its members come from several organisations")
    link = models.URLField(blank=True, help_text="a meeting elsewhere, instead of our own call")
    is_one_room = models.BooleanField(default=False)
    formed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    shredded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-formed_at",)
        constraints = (
            models.UniqueConstraint(fields=["cohort", "number"], name="one_circle_a_number_of_the_cohort"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="circle_meets_on_a_weekday"),
        )

    def __str__(self) -> str:
        return f"circle {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page; later its alumni room."""
        return reverse("circle", args=[self.pk])


class CircleSeat(models.Model):
    """Somebody sits in a circle. Who stepped out reads nothing any more; who stayed to the end is an alumnus."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="circle_seats")
    bring = models.OneToOneField(SealedText, on_delete=models.SET_NULL, null=True, related_name="+")
    gift = models.OneToOneField(SealedText, on_delete=models.SET_NULL, null=True, related_name="+")
    since_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["circle", "person"], name="one_seat_a_person_in_a_circle"),)

    def __str__(self) -> str:
        return f"circle seat {self.pk}"


class Chair(models.Model):
    """A free chair that somebody who waited was asked to take. They have answered, or not yet: nobody else can tell."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="chairs")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="chairs")
    at = models.DateTimeField()
    left_free_at = models.DateTimeField(null=True, help_text="not this one")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["circle", "application"], name="asked_once_for_a_chair"),)

    def __str__(self) -> str:
        return f"chair {self.pk}"


class Agreement(models.Model):
    """How they treat each other, in their own words: one version. Who changes it makes the next."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    words: Any = models.OneToOneField(SealedText, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=["circle", "version"], name="one_agreement_a_version"),)

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class Signature(models.Model):
    """ "I'm in." It counts for this version and for those who sat there then: when members change, all sign again."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agreement", "person"], name="one_signature_a_person"),)

    def __str__(self) -> str:
        return f"signature {self.pk}"
