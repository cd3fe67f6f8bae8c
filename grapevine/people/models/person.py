"""A person, whom they report to, what they speak, what they agreed to, whom they would rather not hear from."""

from hashlib import blake2b

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from grapevine.people.models.account import Account
from grapevine.people.models.organisation import Organisation, Unit

TONES, DEGREES = 24, 15
FACES = b"grape1"  # any would do; under this one the six faces one meets first are far from each other


class Person(models.Model):
    """Somebody who belongs to an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="people")
    account = models.OneToOneField(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="person")
    number = models.CharField(max_length=64, help_text="the id in the organisation's own list of people")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="people")
    title = models.CharField(max_length=120, blank=True)
    location = models.CharField(max_length=120, blank=True)
    timezone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=10, default="en", help_text="the language Grapevine speaks to them")
    scheme = models.CharField(max_length=10, default="auto", help_text="auto, light, dark or contrast")
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    opened_vaults: dict[object, bytes] | None = None  # while one page is made, see vaults.queries

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "number"], name="person_number_once_in_an_organisation"),
            # an address may come to somebody new once its old bearer has left; it brings nothing of theirs along
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(left_on__isnull=True),
                name="person_email_once_in_an_organisation",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "name"], name="people_by_name"),
            models.Index(fields=["organisation", "unit"], name="people_by_unit"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Their page."""
        return reverse("person", args=[self.pk])

    @property
    def short_name(self) -> str:
        """How a colleague calls them."""
        return self.name.split()[0]

    @property
    def initials(self) -> str:
        """One or two letters for the face."""
        names = self.name.split()
        return (names[0][:1] + names[-1][:1] if len(names) > 1 else names[0][:2]).upper()

    @property
    def hue(self) -> int:
        """The same face colour everywhere: one of 24 around the circle, from the name."""
        return int.from_bytes(blake2b(self.name.encode(), digest_size=2, salt=FACES).digest()) % TONES * DEGREES

    @cached_property
    def is_administrator(self) -> bool:
        """Whether they run their organisation's place. Opens settings, never words."""
        return hasattr(self, "administrator")


class ReportingLine(models.Model):
    """Who leads whom. One lead a person."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="reporting_line")
    lead = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reports")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(person=models.F("lead")), name="nobody_leads_themselves"),
        )

    def __str__(self) -> str:
        return f"{self.person} reports to {self.lead}"


class Language(models.Model):
    """A language somebody is happy to talk in (ISO 639 code)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=10)

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=["person", "code"], name="language_once_a_person"),)

    def __str__(self) -> str:
        return self.code


class Consent(models.Model):
    """What a person agreed to, when, and until when. No row means no."""

    class About(models.TextChoices):
        FOUND = "found", _("colleagues may find me by what I offered, shared or agreed to")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    about = models.CharField(max_length=20, choices=About)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "about"], condition=models.Q(withdrawn_at__isnull=True), name="one_open_consent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} agreed to {self.about}"


class Block(models.Model):
    """`person` does not want to be reached by `blocked`, who is never told."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocked_by")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "blocked"], name="one_block_a_pair"),)

    def __str__(self) -> str:
        return f"block {self.pk}"


class NewAddress(models.Model):
    """The organisation's list has another address for this person. It opens nothing until they take it.

    They do so behind the door they have. Where that address was wrong from the start, nobody can: then the list comes
    in on the server, which moves the door at once.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="new_address")
    email = models.EmailField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"new address {self.pk}"
