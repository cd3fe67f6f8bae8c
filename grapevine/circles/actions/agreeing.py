"""How they treat each other: written together, signed by each, and where they meet."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.circles import facts
from grapevine.circles.actions import seating
from grapevine.circles.actions.holding import held
from grapevine.circles.models import Agreement, Application, Circle, CircleSeat, Signature
from grapevine.circles.queries.agreed import draft
from grapevine.circles.queries.presence import member_ids
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.kernel.text import clean
from grapevine.people.models import Person
from grapevine.vaults import actions as vaults
from grapevine.vaults.queries import has_seat, read


class ChangedMeanwhileError(ValidationError):
    """There is a newer version than the one somebody had before them. Nothing is lost."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed it meanwhile. Nothing is lost: look at both, then keep one."))


@transaction.atomic
def agree(*, by: Person, circle: Circle, seen: int, words: str) -> Agreement:
    """Another version, made from version `seen`; everybody signs anew. Raises ChangedMeanwhileError."""
    check(by, "agree", circle)
    newest = _held(circle, seen)
    words = clean(words)
    if newest and read(by, newest.words) == words:
        return newest
    made = _write(by, circle, seen + 1, words)
    others = tuple(pk for pk in member_ids(circle) if pk != by.pk)
    emit(facts.AgreementChanged(circle=circle.pk, by=by.pk, people=others))
    return made


@transaction.atomic
def sign(*, by: Person, circle: Circle, seen: int) -> Signature:
    """ "I'm in", for version `seen`. The first time, what one brings and gives is told to the circle."""
    check(by, "agree", circle)
    agreement = _held(circle, seen) or _write(by, circle, 1, draft(circle))
    signature, _is_new = Signature.objects.get_or_create(agreement=agreement, person=by, defaults={"at": clock.now()})
    _tell_own_lines(by, circle)
    live.changed("circle", circle.pk)
    return signature


@transaction.atomic
def settle(*, by: Person, circle: Circle, link: str = "", is_one_room: bool = False) -> Circle:
    """Where they meet: our own call, a link elsewhere, or one room for all."""
    circle = held(circle, circle=circle.pk)
    check(by, "settle", circle)
    circle.link, circle.is_one_room = link, is_one_room
    circle.save(update_fields=["link", "is_one_room"])
    seating.follow(circle=circle)
    live.changed("circle", circle.pk)
    return circle


def forget_signatures(*, circle: Circle) -> None:
    """Other people sit there than those who signed: all sign again."""
    Signature.objects.filter(agreement__circle=circle).delete()
    live.changed("circle", circle.pk)


def forget_earlier(*, circle: Circle) -> None:
    """Who joins reads what counts now, and not what it said before they came."""
    earlier = Agreement.objects.filter(circle=circle).select_related("words")[1:]
    vaults.erase(texts=[each.words for each in earlier])


def _held(circle: Circle, seen: int) -> Agreement | None:
    """The newest version, nobody else changes it now; raises ChangedMeanwhileError unless it is version `seen`."""
    Circle.objects.select_for_update().get(pk=circle.pk)
    newest = Agreement.objects.filter(circle=circle).select_related("words__vault").first()
    if (newest.version if newest else 0) != seen:
        raise ChangedMeanwhileError
    return newest


def _write(by: Person, circle: Circle, version: int, words: str) -> Agreement:
    text = vaults.write(by=by, vault=circle.vault, kind="agreement", words=words)
    live.changed("circle", circle.pk)
    return Agreement.objects.create(circle=circle, version=version, words=text, by=by, at=clock.now())


def _tell_own_lines(by: Person, circle: Circle) -> None:
    """From their own application, which nobody else reads and nobody needs any more."""
    seat = CircleSeat.objects.get(circle=circle, person=by, left_at__isnull=True)
    mine = Application.objects.filter(cohort=circle.cohort, person=by, withdrawn_at__isnull=True)
    application = mine.select_related("bring", "gift", "vault").first()
    if seat.bring_id or application is None or not has_seat(by, application.vault):
        return
    for name in ("bring", "gift"):
        words = read(by, getattr(application, name))
        setattr(seat, name, vaults.write(by=by, vault=circle.vault, kind=name, words=words))
    seat.save(update_fields=["bring", "gift"])
    vaults.shred(vault=application.vault)
