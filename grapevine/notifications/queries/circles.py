"""What waits around my circles, beside the meetings themselves: a list to look at, a call, a yes, a room."""

from datetime import timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from grapevine.circles.models import Agreement, Call, Circle, InTouch, Proposal, Signature
from grapevine.circles.policies.circle import IN_TOUCH_AFTER
from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.notifications.models import Notice
from grapevine.people.models import Person

NEWS_FOR = timedelta(days=7)  # a call that nobody takes up, a question nobody answers
AS_TEXT: Any = CharField()


def news(person: Person) -> "QuerySet[Notice]":
    """Told and not looked at yet: with whom one would sit (`until` when one may object), and calls that are open."""
    shown = Proposal.objects.filter(veto_until__gt=clock.now(), cohort__called_off_at__isnull=True)
    shown = shown.annotate(key=Concat(Cast("cohort", AS_TEXT), Value(":"), Cast("pk", AS_TEXT))).filter(
        key=OuterRef("key")
    )
    calls = Call.objects.filter(ended_at__isnull=True, circle__in=visible(person, Circle))
    is_called = Exists(calls.annotate(key=Cast("pk", AS_TEXT)).filter(key=OuterRef("about")))
    rows = visible(person, Notice).filter(read_at__isnull=True, at__gt=clock.now() - NEWS_FOR)
    rows = rows.annotate(until=Subquery(shown.values("veto_until")[:1]))
    return rows.filter(Q(kind="circle-shown", until__isnull=False) | Q(is_called, kind="circle-call")).order_by("at")


def yeses_due(person: Person) -> "QuerySet[Circle]":
    """Circles whose agreement, as it stands, I have not signed; and those of which it is asked: still in touch?"""
    newest = Agreement.objects.filter(circle=OuterRef(OuterRef("pk"))).order_by("-version").values("pk")[:1]
    signed = Exists(Signature.objects.filter(person=person, agreement=Subquery(newest)))
    said = Exists(InTouch.objects.filter(person=person, circle=OuterRef("pk")))
    asked = clock.now() - IN_TOUCH_AFTER - NEWS_FOR, clock.now() - IN_TOUCH_AFTER
    waits = Q(~signed, ended_at__isnull=True) | Q(~said, ended_at__range=asked)
    return visible(person, Circle).filter(waits).select_related("cohort").order_by("pk")


def rooms_of_calls(person: Person) -> "QuerySet[Call]":
    """I have an hour, and the room is open."""
    mine = visible(person, Call).filter(answers__person=person, session__isnull=False, session__closed_at__isnull=True)
    return mine.select_related("by", "session").order_by("ended_at")


IS_THERE = """
    EXISTS (SELECT 1 FROM notifications_notice n WHERE n.person_id = %(me)s AND n.read_at IS NULL
            AND n.kind IN ('circle-shown', 'circle-call') AND n.at > %(circle_news)s),
    EXISTS (SELECT 1 FROM circles_circleseat s JOIN circles_circle c ON c.id = s.circle_id
            WHERE s.person_id = %(me)s AND s.left_at IS NULL AND c.ended_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM circles_signature g JOIN circles_agreement a ON a.id = g.agreement_id
                            WHERE g.person_id = %(me)s AND a.circle_id = c.id AND NOT EXISTS
                            (SELECT 1 FROM circles_agreement l WHERE l.circle_id = c.id AND l.version > a.version)))
    OR EXISTS (SELECT 1 FROM circles_circleseat s JOIN circles_circle c ON c.id = s.circle_id
               WHERE s.person_id = %(me)s AND s.left_at IS NULL
               AND c.ended_at BETWEEN %(touch_since)s AND %(touch_until)s),
    EXISTS (SELECT 1 FROM circles_callanswer w JOIN circles_call k ON k.id = w.call_id
            JOIN rooms_session o ON o.id = k.session_id WHERE w.person_id = %(me)s AND o.closed_at IS NULL)
"""


def around_now() -> dict[str, Any]:
    """The moments `IS_THERE` asks about."""
    touch = clock.now() - IN_TOUCH_AFTER
    return {"circle_news": clock.now() - NEWS_FOR, "touch_since": touch - NEWS_FOR, "touch_until": touch}
