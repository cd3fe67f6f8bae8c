"""Tie, the consents to it, the helps it is made of, and private visits."""

from django.db import models
from django.db.models import F, Q

from grapevine.people.models import Person
from grapevine.vaults.models import SealedText


class Tie(models.Model):
    """`helper` helped `helped`: directed, strength grows by `Help` rows."""

    helper = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties_given")
    helped = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties_received")
    since_on = models.DateField()
    last_on = models.DateField()
    thanked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["helper", "helped"], name="one_tie_a_direction"),
            models.CheckConstraint(condition=~Q(helper=F("helped")), name="nobody_is_tied_to_themselves"),
        )

    def __str__(self) -> str:
        return f"tie {self.pk}"


class Help(models.Model):
    """One help behind a tie: when and how the value was received."""

    tie = models.ForeignKey(Tie, on_delete=models.CASCADE, related_name="helps")
    kind = models.CharField(max_length=20)
    on = models.DateField()

    class Meta:
        ordering = ("on",)

    def __str__(self) -> str:
        return self.kind


class TieConsent(models.Model):
    """This person agrees that what is between the two appears on the map. One yes covers both directions.

    A no from the start is a yes withdrawn in the same moment: the question does not come up again by itself.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tie_consents")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "other"], condition=Q(withdrawn_at__isnull=True), name="one_open_tie_consent"
            ),
        )

    def __str__(self) -> str:
        return f"tie consent {self.pk}"


class Visit(models.Model):
    """ "I went to ...": `person`'s private log. To whom and about what: both are sealed in a vault with one seat."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="visits")
    words = models.OneToOneField(SealedText, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-pk")
        indexes = (models.Index(fields=["person", "-on"], name="visits_of_a_person"),)

    def __str__(self) -> str:
        return f"visit {self.pk}"
