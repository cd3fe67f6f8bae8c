"""What colleagues may be told about somebody: noted by other slices, decided by the person alone."""

from datetime import date

from django.db import transaction

from grapevine.kernel import clock
from grapevine.kernel.policy import check
from grapevine.kernel.text import clean
from grapevine.people.models import Person
from grapevine.skills.models import Evidence, Offer, Skill
from grapevine.skills.queries.oneself import offers_about, told_about


def note_evidence(  # noqa: PLR0913 - a line has this many sides, each with its own word
    *,
    person: Person,
    kind: str,
    words: str,
    on: date,
    origin_kind: str,
    origin_key: str,
    skill: Skill | None = None,
    got: str = "",
    url: str = "",
    until_on: date | None = None,
    agreed: bool = False,
    by: Person | None = None,
) -> Evidence:
    """One line about `person`, once for each kind and origin. It counts for nothing until they agree.

    `agreed` is for what they said themselves, in these words, in the open. `by` is who would let others find them; it
    is told to `person`, so leave it out where somebody asked under another name.
    """
    line, _ = Evidence.objects.get_or_create(
        person=person,
        kind=kind,
        origin_kind=origin_kind,
        origin_key=origin_key,
        defaults={
            "organisation_id": person.organisation_id,
            "words": clean(words),
            "skill": skill,
            "on": on,
            "until_on": until_on,
            "got": got,
            "url": url,
            "by": by,
            "agreed_at": clock.now() if agreed else None,
        },
    )
    return line


def agree_evidence(*, by: Person, evidence: Evidence) -> None:
    """Fine, others may find me for this."""
    check(by, "agree", evidence)
    Evidence.objects.filter(pk=evidence.pk).update(agreed_at=clock.now(), hidden_at=None)


def reword_evidence(*, by: Person, evidence: Evidence, words: str, skill: Skill | None = None) -> None:
    """Say in other words what one has said of oneself."""
    check(by, "reword", evidence)
    Evidence.objects.filter(pk=evidence.pk).update(words=clean(words), skill=skill)


def hide_evidence(*, by: Person, evidence: Evidence) -> None:
    """Keep this line to oneself for now."""
    check(by, "hide", evidence)
    Evidence.objects.filter(pk=evidence.pk).update(hidden_at=clock.now())


def show_evidence(*, by: Person, evidence: Evidence) -> None:
    """Let it be told again."""
    check(by, "show", evidence)
    Evidence.objects.filter(pk=evidence.pk).update(hidden_at=None)


@transaction.atomic
def delete_evidence(*, by: Person, evidence: Evidence) -> None:
    """Rather not, for good. What was offered is not offered any more either."""
    check(by, "delete", evidence)
    if evidence.kind == Evidence.Kind.OFFERED:
        Offer.objects.filter(pk=evidence.origin_key, person=by).update(withdrawn_at=clock.now())
    Evidence.objects.filter(pk=evidence.pk).delete()


@transaction.atomic
def no_longer_me(*, by: Person, skill: Skill | None = None, words: str = "") -> int:
    """Nobody finds me by this topic any more: every line about it is hidden, every offer of it withdrawn, at once.

    The topic is a skill, or the words of an offer or a line. Answers how many lines were hidden.
    """
    offers = [row.pk for row in offers_about(by, skill=skill, words=words)]
    lines = [row.pk for row in told_about(by, skill=skill, words=words)]
    Offer.objects.filter(pk__in=offers).update(withdrawn_at=clock.now())
    return Evidence.objects.filter(pk__in=lines).update(hidden_at=clock.now())


def mark_used(*, origin_kind: str, origin_key: str) -> None:
    """What somebody helped with here turned out to be used. That this may be told is said where they agree."""
    helped = Evidence.objects.filter(kind=Evidence.Kind.HELPED, origin_kind=origin_kind, origin_key=origin_key)
    used = Evidence.objects.filter(kind=Evidence.Kind.USED, origin_kind=origin_kind, origin_key=origin_key)
    helped.exclude(person__in=used.values("person")).update(kind=Evidence.Kind.USED)


def forget_origin(*, origin_kind: str, origin_key: str) -> int:
    """Where it came from is withdrawn: nobody is told of it any more. Answers how many lines went."""
    return Evidence.objects.filter(origin_kind=origin_kind, origin_key=origin_key).delete()[0]
