"""Thanks, HelperStory, and the yes of both that makes one public."""

from django.db import models
from django.db.models import Q

from grapevine.challenges.models import Challenge, Outcome
from grapevine.people.models import Person
from grapevine.vaults.models import SealedText


class Showing(models.TextChoices):
    """How far the two are with showing it to colleagues, as one of them sees it."""

    BETWEEN_US = "between_us"
    WAITING = "waiting"
    ASKED = "asked"
    PUBLIC = "public"


class Recognition(models.Model):
    """Words from `by` to `person`, sealed to the two until both agree to show them."""

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(SealedText, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, help_text="the helper has seen it")
    by_agrees_at = models.DateTimeField(null=True)
    person_agrees_at = models.DateTimeField(null=True)
    by_keeps_at = models.DateTimeField(null=True, help_text="asked, and would rather keep it between the two")
    person_keeps_at = models.DateTimeField(null=True, help_text="the same")
    open_words = models.TextField(blank=True, help_text="only when both agreed to show it")

    kind = ""

    class Meta:
        abstract = True
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"

    @property
    def is_public(self) -> bool:
        """Both agreed."""
        return bool(self.by_agrees_at and self.person_agrees_at)

    def side_of(self, person: Person) -> str:
        """`by` or `person`: which of the two this one is."""
        return "by" if person.pk == self.by_id else "person"

    def side_opposite(self, person: Person) -> str:
        """The other of the two."""
        return "person" if person.pk == self.by_id else "by"

    def showing_to(self, person: Person) -> Showing:
        """How far they are, for this one of the two."""
        mine, others = self.side_of(person), self.side_opposite(person)
        other_agrees = getattr(self, f"{others}_agrees_at")
        if getattr(self, f"{mine}_agrees_at"):
            return Showing.PUBLIC if other_agrees else Showing.WAITING
        return Showing.ASKED if other_agrees and not getattr(self, f"{mine}_keeps_at") else Showing.BETWEEN_US


class Thanks(Recognition):
    """Thanks in words, once for each helper of a challenge, and whenever somebody feels like it outside one."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, null=True, related_name="thanks")

    kind = "thanks"

    class Meta(Recognition.Meta):
        constraints = (
            models.UniqueConstraint(fields=["challenge", "by", "person"], name="one_thanks_a_helper"),
            models.CheckConstraint(
                condition=Q(open_words="") | Q(by_agrees_at__isnull=False, person_agrees_at__isnull=False),
                name="open_thanks_need_both",
            ),
        )


class HelperStory(Recognition):
    """ "Your idea was used, and this happened": told to the helper before anybody else."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="helper_stories")
    outcome = models.CharField(max_length=10, choices=Outcome.Kind)

    kind = "story"

    class Meta(Recognition.Meta):
        constraints = (
            models.UniqueConstraint(fields=["challenge", "person"], name="one_story_a_helper"),
            models.CheckConstraint(
                condition=Q(open_words="") | Q(by_agrees_at__isnull=False, person_agrees_at__isnull=False),
                name="open_story_needs_both",
            ),
        )


KINDS: dict[str, type[Thanks] | type[HelperStory]] = {Thanks.kind: Thanks, HelperStory.kind: HelperStory}
