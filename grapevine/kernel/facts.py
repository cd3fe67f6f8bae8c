"""How slices talk. A fact is a frozen dataclass in the past tense: ids and dates, never words people wrote.

`emit` writes a row in the transaction of the action that made it true; a job then hands it to everybody who
`hears` it. Delivery is at least once, hearing is exactly once: each subscriber leaves a receipt in the
transaction in which it acted.
"""

import dataclasses
import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar, dataclass_transform, get_type_hints

from django.db import transaction

from grapevine.kernel import clock

F = TypeVar("F")
log = logging.getLogger(__name__)
Subscriber = Callable[[Any], None]

_kinds: dict[str, type] = {}
_subscribers: dict[type, dict[str, Subscriber]] = {}


class NotHeardError(RuntimeError):
    """Somebody who should have heard a fact stumbled; it is delivered again."""


class OutsideTransactionError(RuntimeError):
    """A fact was emitted outside the transaction that makes it true."""


@dataclass_transform(frozen_default=True)
def fact(kind: type[F]) -> type[F]:
    """Class decorator: a frozen dataclass that may be emitted, known as `slice.Name`."""
    kind = dataclasses.dataclass(frozen=True)(kind)
    _kinds[name_of(kind)] = kind
    return kind


def hears(kind: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Decorator: call this function once for each fact of `kind`."""

    def subscribe(subscriber: Callable[[F], None]) -> Callable[[F], None]:
        name = f"{subscriber.__module__}.{subscriber.__qualname__}"
        _subscribers.setdefault(kind, {})[name] = subscriber
        return subscriber

    return subscribe


def emit(happened: Any) -> None:
    """Write the fact down and queue its delivery. Raises OutsideTransactionError outside `atomic`."""
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(name_of(type(happened)))
    from grapevine.kernel.models import Fact  # noqa: PLC0415 - facts are declared before the models are ready
    from grapevine.kernel.tasks import deliver_fact  # noqa: PLC0415 - the same

    row = Fact.objects.create(kind=name_of(type(happened)), body=_to_json(happened), at=clock.now())
    if _subscribers.get(type(happened)):
        deliver_fact.enqueue(row.pk)


def deliver(pk: int) -> None:
    """Hand the fact to each subscriber that has not heard it yet. Raises NotHeardError when one stumbled.

    One that stumbles does not keep the others from hearing.
    """
    from grapevine.kernel.models import Fact  # noqa: PLC0415 - see emit

    row = Fact.objects.get(pk=pk)
    kind = _kinds[row.kind]
    happened = _from_json(kind, row.body)
    stumbled = [name for name, hear in _subscribers.get(kind, {}).items() if not _heard(row, name, hear, happened)]
    if stumbled:
        raise NotHeardError(f"{row} by {', '.join(stumbled)}")
    Fact.objects.filter(pk=pk).update(delivered_at=clock.now())


def _heard(row: Any, name: str, hear: Subscriber, happened: Any) -> bool:
    from grapevine.kernel.models import Receipt  # noqa: PLC0415 - see emit

    try:
        with transaction.atomic():
            _, is_new = Receipt.objects.get_or_create(fact=row, subscriber=name, defaults={"at": clock.now()})
            if is_new:
                hear(happened)
    except Exception:
        log.exception("%s stumbled over %s", name, row)
        return False
    return True


def name_of(kind: type) -> str:
    """`grapevine.people.facts.HelpGiven` is known as `people.HelpGiven`."""
    return f"{kind.__module__.split('.')[1]}.{kind.__name__}"


def kinds() -> dict[str, type]:
    """Every fact there is, by name."""
    return dict(_kinds)


def _to_json(happened: Any) -> dict[str, Any]:
    plain = dataclasses.asdict(happened)
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in plain.items()}


def _from_json(kind: type, body: dict[str, Any]) -> Any:
    hints = get_type_hints(kind)
    return kind(**{k: _read(v, hints[k]) for k, v in body.items()})


def _read(value: Any, hint: Any) -> Any:
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
