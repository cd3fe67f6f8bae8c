"""Ask, Request, Reply, Introduction, Reveal, HelperLimits."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grapevine.challenges.models import Challenge, Example
from grapevine.people.models import Person
from grapevine.vaults.models import SealedText, Vault


class KindOfHelp(models.TextChoices):
    """What would help."""

    SECOND_PAIR_OF_EYES = "think", _("Think it through with me")
    KNOW_HOW = "show", _("Show me how")
    STORY = "story", _("A story like mine")
    INTRODUCTION = "intro", _("An introduction")
    LISTEN = "listen", _("Just listen")


class Ask(models.Model):
    """What `by` is trying to do. `vault` has one seat: the asker's."""

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="asks")
    vault = models.OneToOneField(Vault, on_delete=models.CASCADE, related_name="+")
    words = models.OneToOneField(SealedText, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=KindOfHelp, default=KindOfHelp.SECOND_PAIR_OF_EYES)
    alias = models.CharField(max_length=60, blank=True, help_text="the name shown instead of the asker's")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"ask {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ask-sent", args=[self.pk])


class Request(models.Model):
    """The ask, put to one person. `vault` has two seats. `next_to` are the people to go on to, in order."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="requests")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    vault = models.OneToOneField(Vault, on_delete=models.CASCADE, related_name="+")
    message = models.OneToOneField(SealedText, on_delete=models.SET_NULL, null=True, related_name="+")
    reasons = models.JSONField(default=list, help_text="why this person was suggested, in words they agreed to")
    next_to = models.JSONField(default=list, help_text="ids of persons to go on to when nobody answers")
    sent_at = models.DateTimeField()
    answer_by = models.DateTimeField(help_text="48 working hours after it was sent")
    went_on_at = models.DateTimeField(null=True, help_text="no answer in time: the next person was asked")
    taken_back_at = models.DateTimeField(null=True)
    challenge = models.OneToOneField(Challenge, on_delete=models.SET_NULL, null=True, related_name="request")

    class Meta:
        ordering = ("sent_at", "pk")
        constraints = (models.UniqueConstraint(fields=["ask", "to"], name="one_request_a_person"),)
        indexes = (
            models.Index(fields=["to", "sent_at"], name="requests_to_a_person"),
            models.Index(fields=["answer_by"], name="requests_that_wait", condition=Q(went_on_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"request {self.pk}"

    def get_absolute_url(self) -> str:
        """The page on which it is answered."""
        return reverse("request", args=[self.pk])


class Reply(models.Model):
    """One tap. Only `yes` (and what a helper chose to point to) is ever told to the asker."""

    class Kind(models.TextChoices):
        YES = "yes", _("Yes, with a time")
        NOT_NOW = "not_now", _("Not now")
        NOT_MY_FIELD = "not_my_field", _("Not my field, ask ...")
        THIS_PAGE = "this_page", _("This page may help")
        PASS = "pass", _("Pass")

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="reply")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.OneToOneField(
        SealedText, on_delete=models.SET_NULL, null=True, related_name="+", help_text="the time offered"
    )
    ask_instead = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    page = models.ForeignKey(Example, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reply {self.pk}"


class Introduction(models.Model):
    """`through` knows both and is asked to introduce `ask.by` to `to`; the words pass only with both yeses.

    Without them it ends at `answer_by`, after a no as after a silence, and the ask goes on to `next_to`.
    """

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="introductions")
    to = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    through = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    message = models.OneToOneField(
        SealedText,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="in the asker's own vault until both said yes",
    )
    hint = models.OneToOneField(
        SealedText,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="what both may read before their yes: a vault with two seats, the asker's and whose turn it is",
    )
    next_to = models.JSONField(default=list, help_text="ids of persons to go on to when nobody is introduced")
    at = models.DateTimeField()
    answer_by = models.DateTimeField(help_text="48 working hours after it was proposed, for both sides together")
    through_agreed_at = models.DateTimeField(null=True)
    to_agreed_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True, help_text="somebody would rather not; nobody is told who")
    went_on_at = models.DateTimeField(null=True, help_text="nobody was introduced in time: the next person was asked")
    taken_back_at = models.DateTimeField(null=True)
    request = models.OneToOneField(Request, on_delete=models.SET_NULL, null=True, related_name="introduction")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["ask", "to"], name="one_introduction_a_person"),)
        indexes = (
            models.Index(fields=["answer_by"], name="introductions_that_wait", condition=Q(went_on_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"introduction {self.pk}"


class Reveal(models.Model):
    """This side of a request under a pseudonym would show who they are. Both: the names are shown."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="reveals")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["request", "person"], name="one_reveal_a_person"),)

    def __str__(self) -> str:
        return f"reveal {self.pk}"


class HelperLimits(models.Model):
    """How much somebody can carry, chosen by themselves, and to whom and what they point when it is full."""

    OPEN_AT_ONCE = 3
    PER_WEEK = 2

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="helper_limits")
    per_week = models.PositiveSmallIntegerField(default=PER_WEEK)
    colleagues = models.ManyToManyField(Person, related_name="+", blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(per_week__lte=20), name="limits_are_human"),)

    def __str__(self) -> str:
        return f"limits of {self.person}"
