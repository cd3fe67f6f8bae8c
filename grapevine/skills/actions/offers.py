""" "Ask me about ..." and "I would like to learn ...": both are said by oneself, stand for a while, and are taken back."""

from datetime import timedelta

from django.db import transaction

from grapevine.kernel import clock
from grapevine.kernel.policy import check
from grapevine.kernel.text import clean
from grapevine.people.models import Person
from grapevine.skills.actions.evidence import forget_origin, note_evidence
from grapevine.skills.models import Evidence, Interest, Offer, Skill

STANDS_FOR = timedelta(days=183)
ORIGIN = "offer"


@transaction.atomic
def offer(*, by: Person, words: str, skill: Skill | None = None) -> Offer:
    """Let colleagues ask about this for six months. The same words again begin the six months anew."""
    words = clean(words)
    told = Offer.objects.filter(person=by, words=words, withdrawn_at__isnull=True).first()
    if told is None:
        told = Offer(person=by, words=words)
    told.skill = skill or told.skill
    return _stand(told)


@transaction.atomic
def renew_offer(*, by: Person, offer: Offer) -> Offer:
    """Still right: another six months from today."""
    check(by, "renew", offer)
    return _stand(offer)


@transaction.atomic
def withdraw_offer(*, by: Person, offer: Offer) -> None:
    """Not this any more, from now on."""
    check(by, "withdraw", offer)
    Offer.objects.filter(pk=offer.pk).update(withdrawn_at=clock.now())
    forget_origin(origin_kind=ORIGIN, origin_key=str(offer.pk))


def seek(*, by: Person, words: str, skill: Skill | None = None) -> Interest:
    """Tell what one would like to learn. It is no skill and never counts as one."""
    words = clean(words)
    told = Interest.objects.filter(person=by, words=words, withdrawn_at__isnull=True).first()
    return told or Interest.objects.create(person=by, words=words, skill=skill, at=clock.now())


def withdraw_interest(*, by: Person, interest: Interest) -> None:
    """Not this any more."""
    check(by, "withdraw", interest)
    Interest.objects.filter(pk=interest.pk).update(withdrawn_at=clock.now())


def _stand(told: Offer) -> Offer:
    """Six months from today, and a line of evidence that says so as long."""
    today = clock.today(told.person.timezone)
    told.at, told.expires_on = clock.now(), today + STANDS_FOR
    told.save()
    line = note_evidence(
        person=told.person,
        kind=Evidence.Kind.OFFERED,
        words=told.words,
        skill=told.skill,
        on=today,
        origin_kind=ORIGIN,
        origin_key=str(told.pk),
        until_on=told.expires_on,
        agreed=True,
    )
    Evidence.objects.filter(pk=line.pk).update(on=today, until_on=told.expires_on, skill=told.skill, hidden_at=None)
    return told
