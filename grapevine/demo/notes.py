"""What people were told in the last weeks: one line for each fact that would have told it, read or new."""

from datetime import date, datetime, timedelta
from typing import Any

from grapevine.challenges.demo import Told
from grapevine.challenges.models import Commitment
from grapevine.demo.days import NUDGE_AT, Days, minutes
from grapevine.demo.ledger import Ledger, Lived, Unanswered
from grapevine.demo.traces import helped
from grapevine.kernel import clock
from grapevine.notifications.demo import Rows
from grapevine.people.models import Person

WEEKS = timedelta(days=21)
NEW = timedelta(hours=40)
TENTH_DAY = timedelta(days=10)
THINGS_READ_AFTER = 140  # minutes


def write(ledger: Ledger, days: Days) -> None:
    """The inboxes of everybody."""
    notes = Notes(days)
    for lived in ledger.lived:
        notes.of_request(lived)
        if lived.told:
            notes.of_talk(lived, lived.told)
            notes.of_return(lived)
    for unanswered in ledger.unanswered:
        notes.of_unanswered(unanswered)
    for noticing in ledger.challenges.noticings:
        bringer = noticing.commitment.playback.challenge.brought_by
        notes.ask(noticing.person, "notice", noticing.pk, "noticing", noticing.at, noticing.saw_at, by=bringer)
    for row in ledger.asks.introductions:
        if row.through_agreed_at is None:
            notes.ask(row.through, "introduce", row.pk, "introduction", row.at, None, by=row.ask.by)
    for person, other, at in ledger.network.agreed():
        notes.tell(person, "tied", other.pk, "network", at, by=other)
    notes.rows.store(days.now, days.now - NEW)


class Notes:
    """Turns what happened into lines."""

    def __init__(self, days: Days) -> None:
        self.days, self.rows = days, Rows()

    def tell(self, person: Person, kind: str, about: object, page: str, at: datetime | None, **more: Any) -> None:
        """A line that is read in passing; the newest are not read yet."""
        if at and self.days.now - at > NEW:
            more.setdefault("read_at", at + minutes(THINGS_READ_AFTER))
        if at and self.days.now - at <= WEEKS:
            self.rows.tell(person, kind, about, page, at, **more)

    def ask(
        self,
        person: Person,
        kind: str,
        about: object,
        page: str,
        at: datetime | None,
        done_at: datetime | None,
        **more: Any,
    ) -> None:
        """A line that waits for something, and is read when that was done."""
        self.tell(person, kind, about, page, at, read_at=done_at, **more)

    def of_request(self, lived: Lived) -> None:
        """Somebody asks; somebody says yes."""
        course, request = lived.course, lived.request
        self.ask(lived.helper, "asked", request.pk, "request", request.sent_at, course.said_at, **_asker(lived))
        if lived.told:
            self.ask(
                lived.asker,
                "accepted",
                lived.told.challenge.pk,
                "challenge",
                course.said_at,
                course.talked_at,
                by=lived.helper,
            )

    def of_talk(self, lived: Lived, told: Told) -> None:
        """Questions, answers, ideas, and the playback."""
        course, pk = lived.course, told.challenge.pk
        if not course.talked_at:
            return
        asked = min(course.answered + 1, len(lived.scenario.questions))
        last = course.talked_at + minutes(3 * (asked - 1))
        over_at = course.played_at or (last + minutes(2) if course.answered >= asked else None)
        self.ask(lived.asker, "question", pk, "challenge", last, over_at, by=lived.helper)
        if over_at:
            self.ask(lived.helper, "answer", pk, "challenge", last + minutes(2), last + minutes(5), **_asker(lived))
            self.ask(lived.asker, "idea", pk, "challenge", last + minutes(5), course.played_at, by=lived.helper)
        if course.played_at and helped(lived.scenario):
            self.tell(lived.helper, "kept", pk, "challenge", course.played_at, **_asker(lived))
        if told.commitment and course.on:
            self._of_day(lived, told.commitment, course.on)

    def _of_day(self, lived: Lived, commitment: Commitment, on: date) -> None:
        """The day somebody spoke of, and ten days later."""
        course = lived.course
        moment = clock.instant(on, NUDGE_AT, commitment.zone)
        page, key = {"page_of": commitment.playback.challenge.pk}, f"{commitment.pk}:{on}"
        if moment <= self.days.now:
            done_at = course.confirmed_at or course.told_at
            self.ask(lived.asker, "monday", commitment.pk, "challenge", moment, done_at, key=key, **page)
        tenth = moment + TENTH_DAY
        if tenth <= self.days.now and not (course.told_at and course.told_at < tenth):
            key = f"{commitment.pk}:{TENTH_DAY.days}:{on}"
            self.ask(
                lived.asker,
                "happened",
                commitment.pk,
                "challenge",
                tenth,
                course.told_at,
                key=key,
                part="outcome",
                **page,
            )

    def of_return(self, lived: Lived) -> None:
        """The story, the thanks, what may be shown, and what somebody may be found for."""
        course = lived.course
        if lived.story:
            self.ask(lived.helper, "story", lived.story.pk, "thanks", course.told_at, course.heard_at, **_asker(lived))
        if lived.thanks:
            self.ask(
                lived.helper,
                "thanked",
                lived.thanks.pk,
                "thanks",
                course.thanked_at,
                course.thanks_heard_at,
                **_asker(lived),
            )
        if lived.proposed:
            self.ask(
                lived.helper, "found", lived.proposed.pk, "mine", course.proposed_at, course.agreed_at, by=lived.asker
            )
        said, kind = (lived.story, "show-story") if course.shows == "story" else (lived.thanks, "show")
        if course.shown_at and said:
            self.ask(lived.helper, kind, said.pk, "thanks", course.shown_at, course.agreed_to_show_at, by=lived.asker)
            for person, other in ((lived.asker, lived.helper), (lived.helper, lived.asker)):
                about = f"{said.kind}:{said.pk}"
                self.tell(person, "shown", about, "thanks", course.agreed_to_show_at, by=other)

    def of_unanswered(self, unanswered: Unanswered) -> None:
        """A request that went nowhere, as each side was told of it."""
        request, ask = unanswered.request, unanswered.request.ask
        asker = {"by": ask.by, "alias": ask.alias}
        over_at = unanswered.no.at or request.taken_back_at or request.went_on_at
        self.ask(request.to, "asked", request.pk, "request", request.sent_at, over_at, **asker)
        page: dict[str, Any] = {"page_of": ask.pk}
        if unanswered.no.kind in {"this_page", "not_my_field"}:
            self.tell(ask.by, "pointed", request.pk, "ask-sent", unanswered.no.at, by=request.to, **page)
        if request.went_on_at:
            self._of_going_on(unanswered, asker, page)

    def _of_going_on(self, unanswered: Unanswered, asker: dict[str, Any], page: dict[str, Any]) -> None:
        request = unanswered.request
        onward = unanswered.next_person
        self.tell(
            request.ask.by,
            "went-on" if onward else "elsewhere",
            request.pk,
            "ask-sent",
            request.went_on_at,
            by=onward or request.to,
            **page,
        )
        if onward and not unanswered.no.kind:
            self.tell(request.to, "released", request.pk, "request", request.went_on_at, **asker)


def _asker(lived: Lived) -> dict[str, Any]:
    alias = "" if lived.course.revealed_at else lived.course.alias
    return {"by": lived.asker, "alias": alias}
