"""What the forming engine proposes, before anything is said to anybody."""

from django.db import models

from grapevine.circles.models.cohort import Application, Cohort
from grapevine.kernel import clock
from grapevine.people.models import Person


class Proposal(models.Model):
    """One seating of a cohort. Its proposer moves people and locks circles, then shows it; members may ask to be moved.

    The latest one counts. A `seed` is never used twice in a cohort.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="proposals")
    seed = models.PositiveIntegerField()
    at = models.DateTimeField()
    formed_at = models.DateTimeField(null=True, help_text="empty while the engine works")
    shown_at = models.DateTimeField(null=True)
    veto_until = models.DateTimeField(null=True)
    is_to_show = models.BooleanField(default=False, help_text="as soon as it is formed: its proposer has said so")
    settled_at = models.DateTimeField(null=True, help_text="its circles were founded")

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=["cohort", "seed"], name="one_proposal_a_seed"),)

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    @property
    def is_veto_over(self) -> bool:
        """Shown, and nobody can ask to be moved any more."""
        return self.veto_until is not None and self.veto_until <= clock.now()


class ProposedCircle(models.Model):
    """One circle of it: a slot of the week on the wall of the cohort's zone, and a language. None until a slot fits."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="circles")
    number = models.PositiveSmallIntegerField()
    slot = models.PositiveSmallIntegerField(null=True, help_text="weekday * 24 + hour")
    language = models.CharField(max_length=10, blank=True)
    is_locked = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["proposal", "number"], name="one_circle_a_number"),)

    def __str__(self) -> str:
        return f"proposed circle {self.pk}"


class ProposedSeat(models.Model):
    """An applicant in a proposed circle."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="seats")
    circle = models.ForeignKey(ProposedCircle, on_delete=models.CASCADE, related_name="seats")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["proposal", "application"], name="one_proposed_seat"),)

    def __str__(self) -> str:
        return f"proposed seat {self.pk}"


class Unplaced(models.Model):
    """An applicant without a circle, with the reason (`forming.reasons`), which tells nothing of others."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="unplaced")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["proposal", "application"], name="unplaced_once"),)

    def __str__(self) -> str:
        return f"unplaced {self.pk}"


class Move(models.Model):
    """ "Please move me, no reason needed." Only the engine is told: it seats them with nobody of that circle again.

    Once a person in a cohort. `proposal` is the one they were shown.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="moves")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["proposal", "person"], name="one_move_a_person"),)

    def __str__(self) -> str:
        return f"move {self.pk}"
