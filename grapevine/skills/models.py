"""Frameworks, skills and levels; offers, interests and evidence."""

import re
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from grapevine.people.models import Organisation, Person

STARTER = "starter"  # the key of our own framework


class Framework(models.Model):
    """A published list of skills. Conversation starters, never a rating of anybody."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, help_text="empty: for every organisation here"
    )
    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    others = models.JSONField(default=dict, help_text='its name in other languages: {"de": ...}')
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.others.get(language_here(), self.name)


class Skill(models.Model):
    """Something people can get better at.

    `others` holds the words in other languages: {"de": {"name": ..., "sentence": ..., "signs": [...]}}.
    """

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="skills")
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    sentence = models.TextField(blank=True)
    signs = models.JSONField(default=list, help_text="signs of good practice, one sentence each")
    also = models.TextField(blank=True, help_text="other names it goes by, one a line; only to be found by")
    others = models.JSONField(default=dict)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["framework", "key"], name="skill_key_once_in_a_framework"),)

    def __str__(self) -> str:
        return self.here.get("name", self.name)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("skill", args=[self.pk])

    @property
    def here(self) -> dict[str, Any]:
        """Its words in the reader's language, as far as there are any: name, sentence, signs."""
        return self.others.get(language_here(), {})


class Level(models.Model):
    """What a skill looks like at one step of a published framework. Empty words: the framework does not say."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="levels")
    rank = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("rank",)
        constraints = (models.UniqueConstraint(fields=["skill", "rank"], name="level_once_a_skill"),)

    def __str__(self) -> str:
        return self.name

    @property
    def lines(self) -> list[str]:
        """What one does at this step, a line each, without the "You can:" before them."""
        lines = re.split(r"\n+", re.sub(r"\A\s*You can:?\s*\n", "", self.words))
        return [line.lstrip("-•* ").strip() for line in lines if line.strip("-•* \t")]


class Offer(models.Model):
    """ "Ask me about ...": open to the organisation, until it expires or is withdrawn."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offers")
    words = models.CharField(max_length=160)
    skill = models.ForeignKey(Skill, on_delete=models.SET_NULL, null=True, blank=True, related_name="offers")
    at = models.DateTimeField()
    expires_on = models.DateField(help_text="the last day on which it stands")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.words


class Interest(models.Model):
    """What somebody would like to learn. Apart from skill on purpose."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interests")
    words = models.CharField(max_length=160)
    skill = models.ForeignKey(Skill, on_delete=models.SET_NULL, null=True, blank=True, related_name="interests")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.words


class Evidence(models.Model):
    """One line about `person` that colleagues of `organisation` may be given as a reason.

    `words` are the topic in the open words its owner agreed to; `kind` says how it came about; `count` > 1 never
    appears: each help is its own line. `origin_kind` and `origin_key` point to where it came from.
    """

    class Kind(models.TextChoices):
        OFFERED = "offered", gettext_lazy("offers this")
        SHARED = "shared", gettext_lazy("shared a page about it")
        LEARNED = "learned", gettext_lazy("learned this")
        HELPED = "helped", gettext_lazy("helped somebody with it")
        USED = "used", gettext_lazy("helped, and it was used")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField()
    got = models.CharField(max_length=20, blank=True, help_text="what the helped person got, see challenges.Got")
    skill = models.ForeignKey(Skill, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="the last day on which it counts")
    origin_kind = models.CharField(max_length=20)
    origin_key = models.CharField(max_length=60)
    url = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="who would let others find `person` for it; told to `person` alone",
    )
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="nothing counts before its owner agreed")
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["person", "kind", "origin_kind", "origin_key"], name="evidence_once"),
        )
        indexes = (
            models.Index(
                fields=["organisation", "person"],
                name="evidence_in_use",
                condition=Q(hidden_at__isnull=True, agreed_at__isnull=False),
            ),
            models.Index(
                fields=["organisation", "skill", "person", "until_on"],
                name="evidence_by_skill",
                condition=Q(hidden_at__isnull=True, agreed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.words[:40]}"


class ProfileView(models.Model):
    """`person` opened the page of `seen` on this day. Counted against copying out everybody, forgotten after a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seen = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "on", "seen"], name="profile_seen_once_a_day"),)

    def __str__(self) -> str:
        return f"view {self.pk}"


def language_here() -> str:
    """The reader's language, without its country."""
    return (get_language() or "").split("-")[0]
