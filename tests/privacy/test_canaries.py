"""A marked word in every sealed field, then everybody else looks everywhere: no hits.

Pages and fragments of every address, mails, logs, and every row of every table.
"""

import re
from datetime import timedelta

from django.core import mail
from django.db import connection, transaction

from grapevine.challenges import actions as challenges
from grapevine.config.logs import Discreet
from tests.privacy.everything import MARK, marked
from tests.privacy.test_table import LEFT, TABLE, WHO, _address

FOUND = re.compile(rf"{MARK}-([a-z-]+)-7f3a")
TALK = {"ask", "message", "time", "question", "answer", "idea", "idea-let-go", "when", "will", "outcome", "thanks"}
TALK_TWO = {"ask-two", "message-two", "time-two", "question-two"}
TALK_OF_ONE_WHO_LEFT = {"ask-six", "message-six", "time-six", "question-six", "idea-six"}
ROOM = {"room-title", "room-story", "room-sentence", "room-question"}
CIRCLE = {"circle-bring", "circle-gift", "agreement", "circle-situation", "circle-why-now", "circle-would-help"}
CIRCLE |= {"circle-idea", "circle-when", "circle-will", "call"}
MAY_READ = {
    "mira": TALK
    | ROOM
    | CIRCLE
    | {"tally"}
    | TALK_TWO
    | TALK_OF_ONE_WHO_LEFT
    | {"visit", "saw", "ask-three", "ask-four", "ask-five", "message-four", "time-four", "when-four", "will-four"},
    "sanne": TALK | TALK_TWO | ROOM | CIRCLE | {"room-note", "brief", "cohort-bring", "cohort-gift", "cohort-help"},
    "lene": {"message-three"},
}


def test_nobody_else_reads_a_word(everything, door, client):
    read = {who: set() for who in WHO}
    for who in WHO:
        visitor = client if who == "anonymous" else door(getattr(everything.world, who))
        for address in _addresses(everything):
            with transaction.atomic():
                answer = visitor.get(address)
                read[who] |= set(FOUND.findall(answer.content.decode()))
                transaction.set_rollback(True)
    strays = {who: words - MAY_READ.get(who, set()) for who, words in read.items()}
    assert strays == {who: set() for who in WHO}
    assert {"ask", "answer", "idea", "outcome"} <= read["mira"] & read["sanne"]  # the sweep does see words
    assert (
        TALK_OF_ONE_WHO_LEFT - {"message-six"} <= read["mira"]
    )  # and those that somebody read who is not here any more


def test_no_table_holds_a_word(everything):
    with connection.cursor() as cursor:
        hits = {table for table in connection.introspection.table_names(cursor) if _speaks(cursor, table)}
    assert hits == set()


def test_no_mail_holds_the_words_of_somebody_else(everything, clock, run_jobs):
    for days in (0.2, 1, 3, 6, 11, 15):
        clock.set_offset(timedelta(days=days))
        run_jobs()
    said = {(message.to[0], word) for message in mail.outbox for word in _words_of(message)}
    assert len(mail.outbox) > 5
    assert {(who, word) for who, word in said if "mira@" not in who} == set()
    assert {word for _, word in said} <= {"when", "will", "when-four", "will-four"}  # her own Monday


LETTER, SUBSCRIBER, ROW, PAGE = "could not be written", "stumbled over", "failed: Challenge", "Internal Server Error"


def test_no_log_holds_a_word(request, door, clock, caplog, monkeypatch):
    """Everything is visited, and whatever can stumble stumbles over a marked word, which stands in its exception."""
    caplog.set_level("DEBUG")
    everything = request.getfixturevalue("everything")
    _visit_everything(everything, door)
    monkeypatch.setattr("grapevine.notifications.letters.written", _stumble)
    monkeypatch.setattr("grapevine.notifications.telling.tell", _stumble)
    monkeypatch.setattr("grapevine.challenges.tasks.let_end", _stumble)
    challenges.offer_idea(by=everything.world.sanne, challenge=everything.things.challenge, words=marked("idea-two"))
    clock.set_offset(timedelta(days=120))
    request.getfixturevalue("run_jobs")()
    monkeypatch.setattr("grapevine.challenges.queries.words_in", _stumble)
    visitor = door(everything.world.mira)
    visitor.raise_request_exception = False
    assert visitor.get(everything.things.done.get_absolute_url()).status_code == 500
    lines = [Discreet().format(record) for record in caplog.records]
    stumbled = [line for line in lines if "builtins.ValueError" in line]
    assert [any(says in line for line in stumbled) for says in (LETTER, SUBSCRIBER, ROW, PAGE)] == [True] * 4
    assert FOUND.findall("\n".join(lines)) == []


def _visit_everything(everything, door):
    for visitor in (door(everything.world.mira), door(everything.world.sanne)):  # those who read words
        for address in _addresses(everything):
            with transaction.atomic():
                visitor.get(address)
                transaction.set_rollback(True)


def _stumble(*_, **__):
    raise ValueError(marked("stumbled"))


def _addresses(everything):
    """Every address of the table, and the page of every talk."""
    rows = [*TABLE.items(), *LEFT.items()]
    talks = [everything.things.done, everything.things.played]
    return [_address(name, key, everything) for name, (key, _) in rows] + [talk.get_absolute_url() for talk in talks]


def _speaks(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')
    return any(MARK in _plain(cell) for row in cursor.fetchall() for cell in row)


def _plain(cell):
    return bytes(cell).decode("latin-1") if isinstance(cell, (bytes, memoryview)) else str(cell)


def _words_of(message):
    parts = [message.subject, message.body, *(str(part[0]) for part in message.alternatives)]
    return set(FOUND.findall("\n".join(parts)))
