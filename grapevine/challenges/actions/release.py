"""The verbs of a released page: release, agree to be named, use, withdraw."""

from collections.abc import Iterable

from django.db import transaction

from grapevine.challenges import facts
from grapevine.challenges.models import Example, ExampleUse, NameInExample
from grapevine.kernel import clock
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.kernel.text import clean
from grapevine.people.models import Person
from grapevine.skills.actions import forget_origin, note_evidence
from grapevine.skills.models import Evidence, Skill


@transaction.atomic
def release_example(
    *, by: Person, title: str, body: str, skill: Skill | None = None, naming: Iterable[Person] = ()
) -> Example:
    """Release a page to the organisation. While somebody named has not agreed it is not shown to others."""
    example = Example.objects.create(
        organisation=by.organisation, by=by, title=clean(title), body=clean(body), skill=skill, released_at=clock.now()
    )
    named = [NameInExample.objects.create(example=example, person=person) for person in naming]
    _let_writer_be_found(example)
    emit(facts.ExampleReleased(example=example.pk, by=by.pk, asked=tuple(n.person_id for n in named)))
    return example


@transaction.atomic
def agree_to_be_named(*, by: Person, example: Example) -> None:
    """Yes, my name may stand there."""
    check(by, "agree", example)
    example.names.filter(person=by).update(agreed_at=clock.now())
    _let_writer_be_found(example)


@transaction.atomic
def withdraw_example(*, by: Person, example: Example) -> None:
    """Take the page back; it counts for nothing any more."""
    check(by, "withdraw", example)
    Example.objects.filter(pk=example.pk).update(withdrawn_at=clock.now())
    forget_origin(origin_kind="example", origin_key=str(example.pk))


@transaction.atomic
def use_example(*, by: Person, example: Example, words: str = "") -> ExampleUse:
    """ "I used this", with a line on what happened if one likes. Said again, the later line stands."""
    check(by, "use", example)
    use, is_new = ExampleUse.objects.update_or_create(
        example=example, person=by, defaults={"words": clean(words), "at": clock.now()}
    )
    if is_new:
        emit(facts.ExampleUsed(example=example.pk, writer=example.by_id, by=by.pk))
    return use


def _let_writer_be_found(example: Example) -> None:
    """By the words of the page, and not before everybody named in them agreed."""
    if example.names.filter(agreed_at__isnull=True).exists():
        return
    note_evidence(
        person=example.by,
        kind=Evidence.Kind.SHARED,
        words=f"{example.title}\n{example.body}",
        skill=example.skill,
        on=clock.today(example.by.timezone),
        origin_kind="example",
        origin_key=str(example.pk),
        url=example.get_absolute_url(),
        agreed=True,
    )
