"""What only the demo keeps: who has stepped in as whom, and whether the colleagues keep quiet."""

from django.db import models

from grapevine.people.models import Person


class Visitor(models.Model):
    """A visitor stepped in as this person; while that is recent, nobody plays this person's part.

    What the person asked before `since_at` belongs to their story; colleagues leave it as it is.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    since_at = models.DateTimeField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"visitor {self.pk}"


class Hush(models.Model):
    """The colleagues keep quiet as long as this row is there."""

    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"quiet since {self.since_at}"
