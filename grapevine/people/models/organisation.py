"""Organisations, their units, those who run them, and the lists of people they bring in."""

from django.db import models


class Organisation(models.Model):
    """An employer or association. Several live in one installation and know nothing of each other's people."""

    name = models.CharField(max_length=120, unique=True)
    timezone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=10, default="en")

    class Meta:
        constraints = (models.CheckConstraint(condition=~models.Q(name=""), name="organisation_has_a_name"),)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of an organisation; units form a tree."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=models.Q(parent__isnull=True),
                name="unit_name_once_at_the_top",
            ),
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_in_its_parent"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="unit_is_not_its_own_parent"),
        )

    def __str__(self) -> str:
        return self.name


class Administrator(models.Model):
    """This person runs the organisation's place: people and settings, never words."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="administrator")
    since_at = models.DateTimeField()
    by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, related_name="+", help_text="empty: from the server"
    )

    def __str__(self) -> str:
        return f"{self.person} runs the place"


class PeopleList(models.Model):
    """A file of people that an administrator looked at and has not brought in yet. Forgotten after a day."""

    by = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="people_list")
    name = models.CharField(max_length=120)
    body = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"list {self.pk}"
