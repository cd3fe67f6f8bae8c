"""Telling somebody something, letting a mail go, and what a person decides about both. The only place that writes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from grapevine.kernel import clock
from grapevine.kernel.policy import check
from grapevine.notifications.hours import may_leave_at
from grapevine.notifications.kinds import ALL, KINDS, TOPICS, Kind
from grapevine.notifications.models import Letter, Notice, Nudge, Wish
from grapevine.notifications.queries import next_nudge_on, nudges_lately, wants
from grapevine.people.models import Person
from grapevine.people.queries import blocked_pairs, blocks_of

Candidate = tuple[str, str]  # kind of nudge and the id of what it is about


@transaction.atomic
def tell(
    *, person: Person, kind: str, about: object, url: str, by: Person | None = None, alias: str = "", key: str = ""
) -> Notice | None:
    """A line in the inbox, and a letter where one is wanted. None when nothing may reach the person from `by`."""
    if person.left_on or (by and _are_apart(person, by, alias)):
        return None
    notice, _ = Notice.objects.update_or_create(
        person=person,
        kind=kind,
        key=key or str(about),
        # somebody under a pseudonym is not even stored beside it
        defaults={
            "about": str(about),
            "by": None if alias else by,
            "alias": alias,
            "url": url,
            "at": clock.now(),
            "read_at": None,
        },
    )
    _write_letter(notice, KINDS[kind])
    return notice


def read(*, by: Person, notice: Notice) -> Notice:
    """Seen; a letter about it that has not left stays here."""
    check(by, "read", notice)
    notice.read_at = notice.read_at or clock.now()
    notice.save(update_fields=["read_at"])
    return notice


def read_all(*, by: Person) -> None:
    """Everything seen."""
    Notice.objects.filter(person=by, read_at__isnull=True).update(read_at=clock.now())


def settle(*, person: int, kinds: Iterable[str], about: object) -> None:
    """What these notices asked for has been done some other way."""
    mine = Notice.objects.filter(person=person, kind__in=list(kinds), about=str(about), read_at__isnull=True)
    mine.update(read_at=clock.now())


def wish(*, by: Person, topic: str, by_mail: bool) -> Wish:
    """Want a topic by mail, or not; `all` pauses and resumes everything."""
    if topic not in {ALL, *TOPICS}:
        raise ValueError(topic)
    return Wish.objects.update_or_create(person=by, topic=topic, defaults={"by_mail": by_mail, "at": clock.now()})[0]


@transaction.atomic
def wish_for(*, by: Person, wishes: Mapping[str, bool]) -> None:
    """All wishes at once."""
    for topic, by_mail in wishes.items():
        wish(by=by, topic=topic, by_mail=by_mail)


def nudge(*, person: Person, candidates: Iterable[Candidate]) -> Nudge | None:
    """Today's one gentle question, if it is time for one; the same all day, and gone once it is answered."""
    today, candidates, lately = clock.today(person.timezone), list(candidates), nudges_lately(person)
    if lately and lately[0].on >= today:
        return lately[0] if (lately[0].kind, lately[0].key) in candidates and not lately[0].answered_at else None
    if not candidates or today < next_nudge_on(lately):
        return None
    return take_the_day(person=person, kind=candidates[0][0], key=candidates[0][1], on=today)


def take_the_day(*, person: Person, kind: str, key: str, on: date) -> Nudge | None:
    """One nudge a day, whoever comes first; None when the day is taken."""
    try:
        with transaction.atomic():
            return Nudge.objects.create(person=person, kind=kind, key=key, on=on)
    except IntegrityError:
        return None


def answer_nudge(*, by: Person, nudge: Nudge) -> Nudge:
    """Taken up: the next ones may come at their usual pace."""
    check(by, "answer", nudge)
    nudge.answered_at = nudge.answered_at or clock.now()
    nudge.save(update_fields=["answered_at"])
    return nudge


def settle_nudges(*, person: int, kind: str, key: object) -> None:
    """What was nudged at has been done."""
    asked = Nudge.objects.filter(person=person, kind=kind, key=str(key), answered_at__isnull=True)
    asked.update(answered_at=clock.now())


def claim(*, letter: Letter, pause: timedelta) -> bool:
    """Count an attempt and put the next one off by `pause`. Of several workers exactly one gets True."""
    mine = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, sent_at__isnull=True, dropped_at__isnull=True)
    return bool(mine.update(attempts=F("attempts") + 1, due_at=clock.now() + pause))


def mark(*, letter: Letter, **result: object) -> None:
    """Write down what became of an attempt."""
    Letter.objects.filter(pk=letter.pk).update(**result)


def drop_letters(*, person: int) -> None:
    """Nothing more goes to this person."""
    waiting = Letter.objects.filter(notice__person=person, sent_at__isnull=True, dropped_at__isnull=True)
    waiting.update(dropped_at=clock.now())


def _are_apart(person: Person, by: Person, alias: str) -> bool:
    """Whether one blocked the other. Whom a pseudonym hides, a block must not find out by what stops coming."""
    if alias:
        return any(block.blocked_id == person.pk for block in blocks_of(by))
    return by.pk in blocked_pairs(person)


def _write_letter(notice: Notice, kind: Kind) -> None:
    if not kind.is_mailed or not wants(notice.person, kind.topic):
        return
    occasion = f"{kind.key}:{notice.key}:{notice.person_id}"
    if kind.again:  # a talk or a page: whatever is said there, one mail a day
        occasion = f"{kind.topic}:{notice.key}:{notice.person_id}:{clock.today(notice.person.timezone)}"
    due_at = may_leave_at(notice.person, kind, notice.at + kind.after)
    letter, is_new = Letter.objects.get_or_create(key=occasion, defaults={"notice": notice, "due_at": due_at})
    if not is_new:
        _carry_instead(letter, notice, due_at)


def _carry_instead(letter: Letter, notice: Notice, due_at: datetime) -> None:
    """A letter that comes to nothing, because what it told of was read in time, takes this along."""
    for_nothing = Q(dropped_at__isnull=False) | Q(notice__read_at__isnull=False)
    mine = Letter.objects.filter(for_nothing, pk=letter.pk, sent_at__isnull=True)
    mine.update(notice=notice, due_at=due_at, dropped_at=None, attempts=0, trouble="")
