"""What the ground keeps: facts and their receipts, effects done, presses answered."""

from django.db import models

from grapevine.kernel import clock


class Fact(models.Model):
    """Something that happened, in ids and dates."""

    kind = models.CharField(max_length=80)
    body = models.JSONField()
    at = models.DateTimeField()
    tried_at = models.DateTimeField(default=clock.now)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["tried_at"], name="fact_left", condition=models.Q(delivered_at__isnull=True)),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Receipt(models.Model):
    """This subscriber has acted on this fact."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="receipts")
    subscriber = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["fact", "subscriber"], name="one_receipt_per_subscriber"),)

    def __str__(self) -> str:
        return f"{self.subscriber} heard {self.fact_id}"


class Effect(models.Model):
    """Something done to the world that must not be done twice, by its key."""

    key = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Press(models.Model):
    """A form that has been answered, by its key."""

    key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField(db_index=True)
    led_to = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.key
