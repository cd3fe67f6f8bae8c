"""One rule, four askers: list, page, template and socket all ask the policy of the model.

A policy states *visibility as a Q* (`visible_to`) and *each verb as a predicate* (`may_<verb>`). What is
not visible does not exist (404); what is visible but not allowed is refused (403). There is no bypass for
anybody, administrators included.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Protocol, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponseBase]


class Member(Protocol):
    """What a policy needs to know of the person who asks."""

    pk: int


class Policy(Protocol):
    """Base of every policy: who sees a row of the model.

    `related` may name what the verbs and the page look at besides, so that it comes in the same query.
    """

    def visible_to(self, person: Any) -> Q:
        """Which rows of the model exist for `person`."""
        ...


_policies: dict[type[Model], Policy] = {}


def policy_for(model: type[Model]) -> Callable[[type], type]:
    """Class decorator: this class is the one policy of `model`."""

    def register(policy: type) -> type:
        if model in _policies:
            message = f"{model.__name__} has a policy already"
            raise ValueError(message)
        _policies[model] = policy()
        return policy

    return register


def policy_of(model: type[Model]) -> Policy:
    """The policy of `model`. Raises LookupError when nobody declared one."""
    try:
        return _policies[model]
    except KeyError:
        message = f"no policy for {model.__name__}: declare one with @policy_for"
        raise LookupError(message) from None


def visible(person: Member | None, model: type[M]) -> "QuerySet[M]":
    """The rows of `model` that exist for `person`; none for somebody who is not signed in."""
    rows, rule = model._default_manager.all(), policy_of(model)
    return rows.filter(rule.visible_to(person)) if person else rows.none()


def get_visible_or_404(person: Member | None, model: type[M], **lookup: Any) -> M:
    """The one row that `person` may see, or 404 in the same words as for a row that is not there."""
    rows = visible(person, model).select_related(*getattr(policy_of(model), "related", ())).filter(**lookup)
    row = one_or_none(rows)
    if row is None or person is None:
        raise Http404
    seen(person, row)
    return row


def one_or_none(rows: "QuerySet[M]") -> M | None:
    """The row, where there can be only one: without the cost of putting rows in order."""
    return next(iter(rows.order_by()[:1]), None)


def seen(person: Member, row: Model) -> None:
    """Say that `row` came to `person` with something they see, so that `may` need not look for it again."""
    row._seen_by = person.pk  # type: ignore[attr-defined]


def may(person: Member | None, verb: str, row: Model) -> bool:
    """Whether `person` may do `verb` to `row`. Visibility first: a verb never tells what a list hides."""
    if person is None or not _sees(person, row):
        return False
    return bool(getattr(policy_of(type(row)), f"may_{verb}")(person, row))


def check(person: Member | None, verb: str, row: Model) -> None:
    """Refuse with 404 what is not visible and with 403 what is visible but not allowed."""
    if person is None or not _sees(person, row):
        raise Http404
    if not may(person, verb, row):
        raise PermissionDenied


def _sees(person: Member, row: Model) -> bool:
    if getattr(row, "_seen_by", None) == person.pk:
        return True
    return visible(person, type(row)).filter(pk=row.pk).exists()


def for_members(view: View) -> View:
    """Only people who belong here; everybody else is led to the door. One press, one effect."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = getattr(request, "person", None)
        if person is None:
            return redirect_to_login(request.get_full_path())
        from grapevine.kernel import presses  # noqa: PLC0415 - policies are declared before the models are ready

        act = partial(view, request, *args, **kwargs)
        return act() if getattr(view, "looks_first", False) else presses.once(request, person.pk, act)

    gate.policy = "members"  # type: ignore[attr-defined]
    return gate


def for_administrators(view: View) -> View:
    """Only those who run an organisation. Being one opens settings, never anybody's words."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.person.is_administrator:  # type: ignore[attr-defined]
            raise Http404
        return view(request, *args, **kwargs)

    closed = for_members(gate)
    closed.policy = "administrators"  # type: ignore[attr-defined]
    return closed


def for_everyone(reason: str) -> Callable[[View], View]:
    """Open to the world, with the reason written where the view is."""

    def mark(view: View) -> View:
        view.policy = f"everyone: {reason}"  # type: ignore[attr-defined]
        return view

    return mark
