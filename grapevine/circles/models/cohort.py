"""Somebody proposes a round of circles; people apply."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grapevine.people.models import Organisation, Person
from grapevine.rooms.models import Session
from grapevine.vaults.models import SealedText, Vault


class Cohort(models.Model):
    """A call for circles around a theme. Open words: everybody who may apply reads them.

    Dates and hours are on the wall of `zone`; `weeks` and `every` are those of `season.Rule`.
    """

    theme = models.CharField(max_length=120)
    words = models.TextField(help_text="what it is for, and for whom")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cohorts")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="cohorts")
    is_across = models.BooleanField(default=False, help_text="people of every organisation here may apply")
    weeks = models.PositiveSmallIntegerField(default=13)
    every = models.PositiveSmallIntegerField(default=2, help_text="weeks from meeting to meeting")
    minutes = models.PositiveSmallIntegerField(default=90, help_text="to keep free for a meeting")
    is_whole_chain = models.BooleanField(default=False, help_text="nobody with anybody above them, not only their lead")
    zone = models.CharField(max_length=60)
    starts_on = models.DateField(help_text="a day of the first week")
    apply_until = models.DateField()
    preview_at = models.DateTimeField(null=True)
    preview = models.OneToOneField(Session, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(condition=Q(weeks__gte=3, every__gte=1), name="a_season_has_meetings"),
            models.CheckConstraint(condition=Q(apply_until__lte=models.F("starts_on")), name="apply_before_it_starts"),
        )

    def __str__(self) -> str:
        return self.theme

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("cohort", args=[self.pk])


class Application(models.Model):
    """Somebody would sit in a circle of this cohort. The three answers lie in a vault with one seat, the applicant's.

    The answers are gone when the vault is shredded: on taking the application back, and once a circle was founded.
    `never` are times on the wall of the applicant's zone: [[weekday, "08:00", "12:00"], ...].
    """

    class Reach(models.TextChoices):
        EITHER = "either", _("either")
        INSIDE = "inside", _("with people of my organisation")
        ACROSS = "across", _("with people of other organisations")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="applications")
    vault = models.OneToOneField(Vault, on_delete=models.CASCADE, related_name="+")
    bring = models.OneToOneField(SealedText, on_delete=models.SET_NULL, null=True, related_name="+")
    gift = models.OneToOneField(SealedText, on_delete=models.SET_NULL, null=True, related_name="+")
    help = models.OneToOneField(SealedText, on_delete=models.SET_NULL, null=True, related_name="+")
    never = models.JSONField(default=list)
    languages = models.JSONField(default=list, help_text="ISO codes")
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.EITHER)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["cohort", "person"], condition=Q(withdrawn_at__isnull=True), name="one_application_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"application {self.pk}"


class PairMark(models.Model):
    """Somebody with whom the applicant would rather not (`apart`) or gladly (`together`) sit: a keyed hash, no name.

    Only the key outside the database tells whom it means, and only by trying (`vaults.queries.marks`). `together`
    counts when both said so. When circles are founded only what concerns somebody who still waits is kept, for ninety days:
    who takes a free chair then sits with nobody they would rather not sit with, nor the other way round.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10, choices=[("apart", "apart"), ("together", "together")])
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["application", "kind", "mark"], name="one_mark_a_pair"),)
        indexes = (models.Index(fields=["mark"], name="marks_of_pairs"),)

    def __str__(self) -> str:
        return f"mark {self.pk}"
