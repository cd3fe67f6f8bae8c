"""Today: a short letter."""

import re
from datetime import timedelta

import pytest

from grapevine.asks import actions as asks
from grapevine.asks import limits
from grapevine.asks.actions import Asked
from grapevine.asks.drafts import draft
from grapevine.asks.models import HelperLimits
from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Example
from grapevine.notifications import actions, queries
from grapevine.notifications.lines import beginning
from grapevine.notifications.models import Notice, Nudge
from grapevine.notifications.tests.stories import advised, agreed, asked, played_back, reported
from grapevine.notifications.today import greeting, today_for
from grapevine.people import actions as people
from grapevine.recognition import actions as recognition
from grapevine.recognition.models import HelperStory
from tests.background import run_due


def kinds(person):
    return [line.kind for line in today_for(person).lines]


@pytest.mark.parametrize(
    ("hour", "words", "lead"),
    [
        ("03:59", "Good evening", "the evening"),
        ("04:00", "Good morning", "the day"),
        ("11:59", "Good morning", "the day"),
        ("12:00", "Good afternoon", "the day"),
        ("18:00", "Good evening", "the evening"),
    ],
)
def test_it_greets_by_the_hour_on_ones_own_wall(world, at, hour, words, lead):
    at(2026, 3, 10, hour)
    assert greeting(world.mira) == f"{words}, Mira."
    assert today_for(world.mira).lead == f"Nothing waits; {lead} is yours."


def test_a_quiet_day_has_one_button(world, door):
    page = door(world.mira).get("/today/").content.decode()
    assert page.count('class="button main"') == 1
    assert re.search(r'class="button main" href="/ask/">Ask<', page)
    assert 'class="line"' not in page


def test_the_order_of_a_full_day(world, at, run_jobs):
    reported(world.sanne, world.mira)
    run_jobs()
    story = HelperStory.objects.get()
    recognition.propose_showing(by=world.sanne, recognition=story)
    recognition.thank(by=world.jonas, person=world.mira, words="thanks")
    played_back(world.mira, world.lene)
    at(2026, 3, 13, "16:00")
    asked(world.ravi, world.mira)
    agreed(world.mira, world.kari)
    run_jobs()
    assert kinds(world.mira) == ["request", "heard", "heard", "yes"]
    recognition.hear(by=world.mira, recognition=story)
    assert kinds(world.mira) == ["request", "heard", "show", "yes"]
    at(2026, 3, 16, "08:30")
    today = today_for(world.mira)
    assert [line.kind for line in today.lines] == ["monday", "request", "heard", "show", "yes"]
    assert today.lead == "Five things, then the day is yours."


def test_at_most_five_and_it_says_that_more_can_wait(world, door):
    for somebody in (world.ravi, world.kari, world.dev, world.lene, world.olav, world.jonas):
        asked_directly(somebody, world.mira)
    recognition.thank(by=world.sanne, person=world.mira, words="thanks")
    assert kinds(world.mira) == ["request"] * 5
    page = door(world.mira).get("/today/").content.decode()
    assert (page.count('class="line"'), "More waits, and it can." in page) == (5, True)


def asked_directly(by, to):
    """Past the limit that protects helpers: rows as they may lie there from before."""
    HelperLimits.objects.update_or_create(person=to, defaults={"per_week": 20})
    before, limits.HelperLimits.OPEN_AT_ONCE = limits.HelperLimits.OPEN_AT_ONCE, 20
    try:
        return asked(by, to)
    finally:
        limits.HelperLimits.OPEN_AT_ONCE = before


def test_still_right_from_today_leads_back_to_today(world, at, door):
    commitment = played_back(world.mira, world.sanne)
    at(2026, 3, 16, "08:31")
    mira = door(world.mira)
    page = mira.get("/today/").content.decode()
    assert "It is the Monday you spoke of. You said:" in page
    assert "When canary-when the review goes quiet, I will canary-will ask my question first" in page
    once = re.search(r'confirm/">.*?name="once" value="([^"]+)"', page, re.DOTALL)[1]
    for _ in range(2):  # an offline tap may be sent twice
        answer = mira.post(f"/commitments/{commitment.pk}/confirm/", {"once": once, "next": "today"})
        assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert kinds(world.mira) == []


@pytest.mark.parametrize(
    ("day", "there"), [(15, []), (16, ["monday"]), (22, ["monday"]), (24, []), (26, ["happened"]), (31, ["happened"])]
)
def test_ones_own_words_come_on_their_days(world, at, day, there):
    played_back(world.mira, world.sanne)
    at(2026, 3, day, "08:31")
    assert kinds(world.mira) == there


def test_what_happened_is_told_in_the_line_itself(world, at, door):
    commitment = played_back(world.mira, world.sanne)
    at(2026, 3, 26, "08:31")
    mira = door(world.mira)
    page = mira.get("/today/").content.decode()
    assert f'action="/commitments/{commitment.pk}/outcome/"' in page
    assert page.count('type="radio" name="kind"') == 3
    mira.post(f"/commitments/{commitment.pk}/outcome/", {"kind": "changed", "words": "a different question"})
    commitment.refresh_from_db()
    assert commitment.outcome.kind == "changed"


def test_two_that_are_asked_about_have_a_form_each(world, at, door):
    told = [played_back(world.mira, helper) for helper in (world.sanne, world.ravi)]
    at(2026, 3, 26, "08:31")
    mira = door(world.mira)
    page = mira.get("/today/").content.decode()
    assert [page.count(f'action="/commitments/{one.pk}/outcome/"') for one in told] == [1, 1]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    talk = mira.get(told[0].playback.challenge.get_absolute_url()).content.decode()
    assert choices(talk) == choices(page)


def choices(page):
    """What one may tick."""
    return set(re.findall(r'name="kind" value="(\w+)"', page))


def test_a_pseudonym_is_all_one_sees(world, door):
    asked(world.mira, world.sanne, alias="a green heron")
    page = door(world.sanne).get("/today/").content.decode()
    assert "<b>A green heron</b> asks for your help." in page
    assert "Mira" not in page
    assert "Lindqvist" not in page


def test_a_prepared_ask_begins_in_two_sentences_and_leads_to_the_rest(world, door):
    why, words = (
        "Wrote the page “Two clocks”.",
        "The bench drops frames. The trace looks clean.\nA third thing. And a fourth.",
    )
    message = draft(first_name="Sanne", words=words, kind="think", reason=why)
    made = asks.ask(by=world.mira, words=words, kind="think", to=[Asked(world.sanne, message, (why,))])
    page = door(world.sanne).get("/today/").content.decode()
    assert "The bench drops frames. The trace looks clean.</p>" in page
    assert [text in page for text in ("Hi Sanne", "A third thing", "15 minutes")] == [False] * 3
    assert page.count(why) == 1
    assert f'<a href="{made.requests.get().get_absolute_url()}">Read it all</a>' in page


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Could you look?", "Could you look?"),
        ("Hi Sanne,\n\nOne. Two! Three?", "One. Two!"),
        ("Hallo Sanne!\n\nEins. Zwei. Drei.", "Eins. Zwei."),
        ("word " * 60, "word " * 46 + "word word…"),
        ("", ""),
    ],
)
def test_how_a_message_begins(message, shown):
    assert beginning(message) == shown


def test_a_short_ask_stands_there_whole(world, door):
    asks.ask(by=world.mira, words="w", kind="think", to=[Asked(world.sanne, "Could you look at it?")])
    page = door(world.sanne).get("/today/").content.decode()
    assert ("Could you look at it?" in page, "Read it all" in page) == (True, False)


def test_whoever_left_asks_nothing_any_more(world, run_jobs):
    asked(world.ravi, world.mira)
    asks.ask(by=world.ravi, words="w", kind="think", to=[Asked(world.kari, "m", through=world.jonas)])
    asked_to_meet = asks.ask(by=world.ravi, words="w", kind="think", to=[Asked(world.olav, "m", through=world.sanne)])
    asks.agree_to_introduce(by=world.sanne, introduction=asked_to_meet.introductions.get())
    everybody = (world.mira, world.jonas, world.olav)
    assert [kinds(who) for who in everybody] == [["request"], ["introduction"], ["introduction"]]
    people.leave(by=world.ravi, person=world.ravi)
    assert [kinds(who) for who in everybody] == [[]] * 3
    run_jobs()
    assert [kinds(who) for who in everybody] == [[]] * 3


def test_news_in_a_talk_is_a_line_until_it_is_read(world, run_jobs):
    challenge = agreed(world.mira, world.sanne)
    challenges.ask_clarifying(by=world.sanne, challenge=challenge, words="which clock?")
    run_jobs()
    assert kinds(world.mira) == ["talk"]
    actions.read(by=world.mira, notice=Notice.objects.get(person=world.mira, kind="question"))
    assert kinds(world.mira) == []


def test_what_is_worth_reading_shows_its_whole_first_line(world, door):
    body = "- **1-3:** a straight slope. Look for a lost antenna.\n- **4-5:** steps."
    challenges.release_example(by=world.olav, title="Clock drift in ten pictures", body=body)
    page = door(world.mira).get("/today/").content.decode()
    assert "<p>1-3: a straight slope. Look for a lost antenna.</p>" in page


def test_one_nudge_a_day_and_half_as_often_after_two_let_pass(world, at):
    for helper in (world.sanne, world.ravi):
        advised(world.mira, helper)
    nudged = []
    for day in range(11, 32):
        at(2026, 3, day, "12:00")
        lines = [line for line in today_for(world.mira).lines if line.kind == "nudge"]
        assert len(lines) <= 1
        nudged += [day] if lines else []
        assert [line.kind for line in today_for(world.mira).lines if line.kind == "nudge"] == ["nudge"] * len(lines)
    assert nudged == [11, 12, 14, 16, 20, 24]


def test_a_nudge_that_is_taken_up_leads_on_and_is_gone(world, at, door):
    challenge = advised(world.mira, world.sanne)
    at(2026, 3, 12, "12:00")
    mira = door(world.mira)
    mira.get("/today/")
    nudge = Nudge.objects.get()
    assert mira.post(f"/today/nudges/{nudge.pk}/")["Location"] == f"/challenges/{challenge.pk}/#playback"
    assert kinds(world.mira) == []
    assert door(world.sanne).post(f"/today/nudges/{nudge.pk}/").status_code == 404


def test_what_is_in_the_margin(world, door, clock):
    reported(world.sanne, world.mira)
    run_due()
    recognition.hear(by=world.mira, recognition=HelperStory.objects.get())
    Example.objects.create(
        organisation=world.halden, by=world.olav, title="Two clocks", body="One line.", released_at=clock.now()
    )
    page = door(world.mira).get("/today/").content.decode()
    assert "Two clocks" in page
    assert "Sanne Vik used your idea." in page
    assert "canary-outcome: it took half the time" in page
    assert "Only you see this page" in page


def test_there_are_no_counts_streaks_or_points(world, door, run_jobs):
    reported(world.sanne, world.mira)
    run_jobs()
    page = re.sub(r"<script.*?</script>", "", door(world.mira).get("/today/").content.decode(), flags=re.DOTALL)
    assert not re.search(r"(?i)\bstreak|\bpoints?\b|\bscore|\bbadge|\brank", page)
    assert 'class="count"' not in page


def monday_alone(world):
    played_back(world.mira, world.sanne)


def one_request(world):
    asked(world.ravi, world.mira)


def three_requests(world):
    for somebody in (world.ravi, world.kari, world.dev):
        asked_directly(somebody, world.mira)


def three_things(world):
    played_back(world.mira, world.sanne)
    recognition.thank(by=world.jonas, person=world.mira, words="thanks")
    asked(world.ravi, world.mira)


def five_things(world):
    three_things(world)
    reported(world.sanne, world.mira)
    run_due()
    recognition.propose_showing(by=world.sanne, recognition=HelperStory.objects.get())
    recognition.hear(by=world.mira, recognition=HelperStory.objects.get())
    agreed(world.mira, world.kari)


@pytest.mark.parametrize(
    ("story", "lines", "most"),
    [(monday_alone, 1, 7), (one_request, 1, 8), (three_requests, 3, 8), (three_things, 3, 10), (five_things, 5, 11)],
)
def test_what_it_asks_the_database(world, at, clock, door, django_assert_num_queries, story, lines, most):
    Example.objects.create(organisation=world.halden, by=world.olav, title="t", body="b", released_at=clock.now())
    at(2026, 3, 13, "16:00")
    story(world)
    at(2026, 3, 16, "08:31")
    mira = door(world.mira)
    with django_assert_num_queries(most):
        page = mira.get("/today/").content.decode()
    assert page.count('class="line"') == lines


def test_the_rhythm_of_nudges(world, clock):
    def nudges(*answered):
        day = clock.today("UTC")
        return [
            Nudge(
                person=world.mira,
                kind="k",
                key="1",
                on=day - timedelta(days=place),
                answered_at=clock.now() if yes else None,
            )
            for place, yes in enumerate(answered)
        ]

    day = clock.today("UTC")
    for answered, pause in (
        ((0,), 1),
        ((0, 0), 2),
        ((0, 0, 0), 2),
        ((0, 0, 0, 0), 4),
        ((1, 0, 0, 0), 1),
        ((0, 1, 0, 0), 1),
    ):
        assert queries.next_nudge_on(nudges(*answered)) == day + timedelta(days=pause)
