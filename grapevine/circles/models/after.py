"""What stays when a season is over: names and dates, and a way to call each other."""

from django.db import models

from grapevine.circles.models.circle import Circle
from grapevine.people.models import Person
from grapevine.rooms.models import Session
from grapevine.vaults.models import SealedText, Vault


class Call(models.Model):
    """ "I have a new challenge, who has an hour?" to the alumni of a circle, in a vault of its own."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="calls")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    vault = models.OneToOneField(Vault, on_delete=models.CASCADE, related_name="+")
    words = models.OneToOneField(SealedText, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    session = models.OneToOneField(Session, on_delete=models.SET_NULL, null=True, related_name="call")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"call {self.pk}"


class CallAnswer(models.Model):
    """ "I have an hour." Only a yes is ever kept."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["call", "person"], name="one_answer_a_call"),)

    def __str__(self) -> str:
        return f"answer {self.pk}"


class InTouch(models.Model):
    """Ninety days later: still in touch with somebody of the circle?"""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="in_touch")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    is_in_touch = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["circle", "person"], name="in_touch_once"),)

    def __str__(self) -> str:
        return f"in touch {self.pk}"
