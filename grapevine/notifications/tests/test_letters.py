"""A letter waits for a good hour, is tried until it leaves, leaves once, and says nothing of what others wrote."""

import re
import smtplib
import socket
import threading
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import connection
from django_tasks_db.models import DBTaskResult

from grapevine.asks import actions as asks
from grapevine.challenges import actions as challenges
from grapevine.kernel import clock as the_clock
from grapevine.kernel import jobs
from grapevine.notifications import actions, letters, tasks
from grapevine.notifications.models import Letter
from grapevine.notifications.tests.conftest import moment, summary
from grapevine.notifications.tests.stories import agreed, asked, played_back, reported
from grapevine.people import actions as people
from grapevine.people.models import Person, Shift
from grapevine.recognition import actions as recognition
from tests.background import run_due

RAVI_ASKS = [("Mira Lindqvist", "Ravi Berg asks for your help")]


def test_at_work_it_comes_within_a_minute(world, post):
    asked(world.ravi, world.mira)
    assert summary(post()) == RAVI_ASKS


def test_in_the_evening_it_waits_for_the_morning(world, at, post):
    at(2026, 3, 10, "19:00")
    asked(world.ravi, world.mira)
    assert post() == []
    at(2026, 3, 11, "07:59")
    assert post() == []
    at(2026, 3, 11, "08:00")
    assert summary(post()) == RAVI_ASKS


def test_who_works_by_shifts_gets_it_in_the_shift(world, at, post):
    Shift.objects.create(person=world.mira, starts_at=moment("2026-03-11T21:00"), ends_at=moment("2026-03-12T05:00"))
    asked(world.ravi, world.mira)
    assert post() == []
    at(2026, 3, 11, "12:00")
    assert post() == []
    at(2026, 3, 11, "22:00")
    assert summary(post()) == RAVI_ASKS


def test_a_yes_with_a_time_comes_at_once(world, at, post):
    request = asked(world.ravi, world.mira)
    post()
    at(2026, 3, 10, "21:00")
    asks.reply(by=world.mira, request=request, kind="yes", words="at 22:00")
    assert summary(post()) == [("Ravi Berg", "Mira Lindqvist says yes")]


def test_rest_holds_everything_but_ones_own_monday(world, at, post):
    played_back(world.mira, world.sanne)
    post()
    asked(world.ravi, world.mira)
    people.rest(by=world.mira, kind="resting", until_on=date(2026, 3, 18))
    at(2026, 3, 11, "09:00")
    assert post() == []
    at(2026, 3, 16, "08:30")
    assert [s for _, s in summary(post()) if "spoke of" in s] == ["The day you spoke of has come"]
    at(2026, 3, 17, "09:00")
    assert [who for who, _ in summary(post()) if who == "Mira Lindqvist"] == []


def test_what_waited_for_the_end_of_a_rest_comes_then(world, at, post):
    people.rest(by=world.sanne, kind="resting", until_on=date(2026, 3, 12))
    recognition.thank(by=world.mira, person=world.sanne, words="canary")
    assert post() == []
    at(2026, 3, 12, "08:00")
    assert summary(post()) == [("Sanne Vik", "Mira Lindqvist thanks you")]


def test_what_is_done_or_gone_before_its_hour_is_dropped(world, at, post):
    at(2026, 3, 10, "19:00")
    done, gone = asked(world.ravi, world.mira), asked(world.kari, world.mira)
    post()
    asks.reply(by=world.mira, request=done, kind="yes")
    asks.take_back(by=world.kari, request=gone)
    at(2026, 3, 11, "09:00")
    assert [m for m in post() if "Mira" in m.to[0]] == []
    mine = Letter.objects.filter(notice__person=world.mira)
    assert [(letter.sent_at, bool(letter.dropped_at)) for letter in mine] == [(None, True), (None, True)]


def test_what_was_read_in_the_inbox_is_not_mailed(world, at, post):
    at(2026, 3, 10, "19:00")
    asked(world.ravi, world.mira)
    post()
    actions.read_all(by=world.mira)
    at(2026, 3, 11, "09:00")
    assert post() == []


def test_who_speaks_in_a_talk_gets_no_mail_about_it(world, at, clock, post):
    challenge = agreed(world.mira, world.sanne)
    post()
    question = challenges.ask_clarifying(by=world.sanne, challenge=challenge, words="which clock?")
    post()
    challenges.answer(by=world.mira, question=question, words="the second")
    post()
    clock.freeze(clock.now() + timedelta(minutes=20))
    assert summary(post()) == [("Sanne Vik", "Mira Lindqvist answered you")]


def test_a_talk_makes_one_mail_a_day_however_much_is_said(world, clock, post):
    challenge = agreed(world.mira, world.sanne)
    challenges.ask_clarifying(by=world.sanne, challenge=challenge, words="which clock?")
    challenges.offer_idea(by=world.sanne, challenge=challenge, words="look at both")
    post()
    clock.freeze(clock.now() + timedelta(minutes=20))
    assert summary(post()) == [("Mira Lindqvist", "Sanne Vik has a question for you")]
    challenges.offer_idea(by=world.sanne, challenge=challenge, words="and at the cable")
    post()
    clock.freeze(clock.now() + timedelta(minutes=20))
    assert post() == []
    clock.freeze(clock.now() + timedelta(days=1))
    challenges.offer_idea(by=world.sanne, challenge=challenge, words="and at the fuse")
    post()
    clock.freeze(clock.now() + timedelta(minutes=20))
    assert summary(post()) == [("Mira Lindqvist", "Sanne Vik has an idea for you")]


IDEA_FROM_SANNE = [("Mira Lindqvist", "Sanne Vik has an idea for you")]


def after(clock, minutes):
    clock.freeze(clock.now() + timedelta(minutes=minutes))


def test_what_is_said_after_a_letter_was_dropped_is_mailed_the_same_day(world, clock, post):
    challenge = agreed(world.mira, world.sanne)
    challenges.ask_clarifying(by=world.sanne, challenge=challenge, words="which clock?")
    post()
    actions.read_all(by=world.mira)
    after(clock, 20)
    assert post() == []
    challenges.offer_idea(by=world.sanne, challenge=challenge, words="look at both")
    post()
    after(clock, 14)
    assert post() == []
    after(clock, 2)
    assert summary(post()) == IDEA_FROM_SANNE
    challenges.offer_idea(by=world.sanne, challenge=challenge, words="and at the cable")
    post()
    after(clock, 20)
    assert post() == []  # one mail a day all the same


def test_what_is_said_while_a_letter_for_something_read_waits_is_mailed(world, clock, post):
    challenge = agreed(world.mira, world.sanne)
    challenges.ask_clarifying(by=world.sanne, challenge=challenge, words="which clock?")
    post()
    after(clock, 5)
    actions.read_all(by=world.mira)
    challenges.offer_idea(by=world.sanne, challenge=challenge, words="look at both")
    post()
    after(clock, 20)
    assert summary(post()) == IDEA_FROM_SANNE
    assert Letter.objects.filter(notice__person=world.mira, notice__kind__in=("question", "idea")).count() == 1


def test_it_is_written_in_the_language_of_its_reader(world, post):
    Person.objects.filter(pk=world.mira.pk).update(language="de")
    asked(world.ravi, world.mira)
    [letter] = post()
    assert '<html lang="de">' in letter.alternatives[0].content


@pytest.mark.parametrize(
    ("language", "ends"),
    [
        ("en", {"Ravi Berg asks for your help.", "May colleagues find you for this?"}),
        ("de", {"Ravi Berg bittet dich um Hilfe.", "Dürfen andere dich dafür finden?"}),
    ],
)
def test_a_sentence_ends_once_and_a_question_is_a_question(world, post, language, ends):
    Person.objects.filter(pk=world.mira.pk).update(language=language)
    asked(world.ravi, world.mira)
    talk = played_back(world.kari, world.mira).playback.challenge
    challenges.let_others_find(by=world.kari, challenge=talk, helper=world.mira, topic="clocks")
    to_mira = [letter for letter in post() if "Mira" in letter.to[0]]
    html = [re.findall("<h1>(.*?)</h1>", letter.alternatives[0].content)[0] for letter in to_mira]
    assert ends <= set(html)
    assert html == [letter.body.split("\n\n")[1] for letter in to_mira]


def test_every_mail_names_its_way_out(world, post):
    asked(world.ravi, world.mira)
    [letter] = post()
    headers = letter.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    stop = headers["List-Unsubscribe"].strip("<>")
    assert letter.body.count(stop) == 1
    assert letter.alternatives[0].content.count(f'href="{stop}"') == 1
    assert letter.body.count("http") == 3  # one way in, one to stop, one to the settings
    assert not re.search(r"\sstyle=|\son\w+=|<img|<script", letter.alternatives[0].content)


def test_a_post_office_that_is_closed_is_tried_for_72_hours_and_nothing_is_lost(world, clock, post, monkeypatch):
    def closed(self):
        raise smtplib.SMTPConnectError(421, b"try again canary")

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", closed)
    asked(world.sanne, world.mira)
    start, tried_after = clock.now(), []
    while jobs.run_tasks():
        pass
    letter = Letter.objects.get()
    for _ in range(12):
        before = letter.attempts
        run_due()
        letter.refresh_from_db()
        if letter.attempts > before:
            tried_after.append(clock.now() - start)
        monkeypatch.setattr(tasks.letters, "is_wanted", lambda _: True)
        monkeypatch.setattr(tasks.letters, "may_leave_at", lambda _person, _kind, at: at)
        clock.freeze(letter.due_at)
    minutes = [round(pause.total_seconds() / 60) for pause in tried_after]
    assert minutes == [0, 5, 20, 60, 240, 720, 1440, 2880, 4320]
    assert (letter.sent_at, letter.dropped_at, letter.attempts) == (None, None, letters.TRIES)
    assert letter.trouble.startswith("SMTPConnectError 421 at ")


def test_after_trouble_it_leaves_under_the_same_name(world, clock, post, monkeypatch):
    asked(world.ravi, world.mira)
    send = mail.EmailMessage.send
    names = []

    def first_fails(self):
        names.append(self.message()["Message-ID"])
        if len(names) == 1:
            raise OSError
        return send(self)

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", first_fails)
    assert post() == []
    clock.freeze(clock.now() + timedelta(minutes=5))
    assert summary(post()) == RAVI_ASKS
    assert (len(names), len(set(names))) == (2, 1)
    assert Letter.objects.get().trouble == ""


def test_of_two_workers_one_sends(world, run_jobs):
    asked(world.ravi, world.mira)
    while jobs.run_tasks():
        pass
    letter = Letter.objects.get()
    assert [actions.claim(letter=letter, pause=timedelta(minutes=5)) for _ in range(2)] == [True, False]
    for _ in range(2):
        tasks.send_letter.func(letter.pk, 1)
    assert summary(mail.outbox) == RAVI_ASKS


def test_a_worker_that_died_before_sending_loses_nothing(world, clock, post):
    asked(world.ravi, world.mira)
    while jobs.run_tasks():
        pass
    tasks.send_due_letters()  # claimed, and then the machine stops
    DBTaskResult.objects.all().delete()
    clock.freeze(clock.now() + timedelta(minutes=5))
    assert summary(post()) == RAVI_ASKS


@pytest.mark.django_db(transaction=True)
def test_many_workers_and_many_ticks_send_one_mail(world, mailoutbox):
    asked(world.ravi, world.mira)

    def work():
        for _ in range(3):
            run_due()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert summary(mailoutbox) == RAVI_ASKS


class Box:
    """A post office that keeps what it gets."""

    def __init__(self):
        self.got = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.got.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


def test_over_a_real_wire(world, run_jobs, settings):
    box = Box()
    office = Controller(box, hostname="127.0.0.1", port=free_port())
    office.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    try:
        asked(world.ravi, world.mira)
        for _ in range(3):
            run_jobs()
    finally:
        office.stop()
    [(to, letter)] = box.got
    assert to == ["mira@halden.example"]
    assert letter["Subject"] == "Ravi Berg asks for your help"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert Letter.objects.get().sent_at == the_clock.now()


def test_no_mail_carries_a_word_that_somebody_else_wrote(world, at, post):
    reported(world.mira, world.sanne)
    recognition.thank(by=world.mira, person=world.sanne, words="canary-thanks")
    asked(world.kari, world.mira)
    played_back(world.mira, world.lene)
    mails = post()
    for day in (16, 17, 26, 30):
        at(2026, 3, day, "08:31")
        mails += post()
    assert len(mails) >= 6
    own = re.compile(r"canary-w(hen|ill)")
    for letter in mails:
        all_of_it = letter.message().as_string() + letter.body + letter.alternatives[0].content
        found = set(re.findall(r"canary-\w+", all_of_it))
        assert not {word for word in found if not own.match(word)}
        assert not found or letter.to == ["Mira Lindqvist <mira@halden.example>"]
