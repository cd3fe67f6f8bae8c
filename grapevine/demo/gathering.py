"""A meeting of a circle as it was held: through its room, step by step, by the actions everybody uses."""

from collections.abc import Mapping
from typing import Any

from grapevine.challenges.models import Challenge
from grapevine.circles.actions.meeting import bring
from grapevine.circles.actions.session import open_room
from grapevine.circles.models import Meeting
from grapevine.demo.days import DAY, minutes
from grapevine.demo.replay import Past
from grapevine.people.models import Person
from grapevine.rooms import actions as rooms
from grapevine.rooms.models import Participant, Session

People = dict[str, Person]
Told = Mapping[str, Any]
THREE_LINES = ("situation", "why_now", "would_help", "help_kind")
COME_EARLY, ASK, IDEAS, PLAYBACK, A_STEP = 6, "ask", "ideas", "playback", 5


def write_three_lines(past: Past, meeting: Meeting, told: Told, people: People, *, days_before: int) -> Challenge:
    """Whoever brings tells the others before what it is about."""
    with past.at(meeting.at - days_before * DAY - minutes(95)):
        return bring(by=people[told["brings"]], meeting=meeting, **{name: told[name] for name in THREE_LINES})


def kick_off(past: Past, meeting: Meeting) -> None:
    """The first meeting: they come, and it is held."""
    with past.at(meeting.at - minutes(COME_EARLY)):
        room = Room(past, meeting)
        room.open()
        past.wait(meeting.circle.minutes - A_STEP)
        room.close()


def hold(past: Past, meeting: Meeting, told: Told, people: People, *, on: Any = None) -> Challenge:
    """A challenge meeting: three lines, questions, ideas, playback. `on` is the day of the promise, Monday by default."""
    challenge = write_three_lines(past, meeting, told, people, days_before=2)
    with past.at(meeting.at - minutes(COME_EARLY)):
        room = Room(past, meeting)
        room.open()
        _ask(room, told, people)
        _offer(room, told, people)
        room.go_to(PLAYBACK)
        kept = [idea for n, idea in enumerate(challenge.ideas.order_by("pk")) if n in told["keeps"]]
        words = {name: told[name] for name in ("when", "will")}
        rooms.play_back(by=room.place(people[told["brings"]]), keeping=kept, on=on, **words)
        past.wait(A_STEP)
        room.close()
    return challenge


def _ask(room: "Room", told: Told, people: People) -> None:
    room.go_to(ASK)
    for asker, question, answer in told["questions"]:
        asked = rooms.contribute(by=room.place(people[asker]), kind="question", words=question)
        room.past.wait(1)
        rooms.answer(by=room.place(people[told["brings"]]), question=asked, words=answer)
        room.past.wait(1)


def _offer(room: "Room", told: Told, people: People) -> None:
    room.go_to(IDEAS)
    for who, idea in told["ideas"]:
        rooms.contribute(by=room.place(people[who]), kind="idea", words=idea)
        room.past.wait(1)


class Room:
    """The room of a meeting while it is held. The host has the chair and moves on."""

    def __init__(self, past: Past, meeting: Meeting) -> None:
        host = meeting.duties.select_related("person").get(role="host").person
        self.past, self.step = past, 0
        self.session: Session = open_room(by=host, meeting=meeting)
        self._places = {one.person_id: one for one in self.session.participants.select_related("person")}
        self.host = self.place(host)
        self.modes = [step["mode"] for step in self.session.format["steps"]]

    def place(self, person: Person) -> Participant:
        """Where somebody sits."""
        return self._places[person.pk]

    def open(self) -> None:
        """All come in, and it begins on time."""
        for one in self._places.values():
            rooms.enter(by=one)
        self.past.wait(COME_EARLY)
        rooms.open_session(by=self.host)

    def go_to(self, mode: str) -> None:
        """On to the next step of this kind, each a few minutes long."""
        while self.modes[self.step] != mode:
            self.past.wait(A_STEP)
            rooms.advance(by=self.host, step=self.step)
            self.step += 1

    def close(self) -> None:
        """It is over."""
        rooms.close(by=self.host)
