"""The one loop, end to end, with the clock moved: Mira asks, one declines unseen, Sanne helps, Monday, outcome, tie.

Practice 8.1 E1-E9, E11-E14, E18; the steps of the loop i, ii, v, vi, viii, ix.
"""

from datetime import date, timedelta

import pytest

from grapevine.asks import actions as asks
from grapevine.asks.actions import Asked
from grapevine.asks.models import Ask, Request
from grapevine.asks.queries import suggest_people
from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge, Idea
from grapevine.network import actions as network
from grapevine.network.models import Tie
from grapevine.network.queries import my_map
from grapevine.notifications.models import Letter, Notice
from grapevine.people import actions as people
from grapevine.recognition import actions as recognition
from grapevine.recognition.models import HelperStory
from grapevine.skills import actions as skills
from grapevine.skills.models import Evidence

BENCH = (
    "A test bench drops every third frame. The trace looks clean until the second device answers. "
    "I am stuck at telling whose clock is wrong."
)
WHEN, WILL = "the second device answers", "check both time sources before I touch a cable."


@pytest.fixture
def known(world):
    """What people shared, offered and agreed to before the story begins."""
    lately = date(2026, 1, 20)
    for key, kind, words, on in (
        ("sanne", "learned", "Whose clock is wrong on a test bench", lately),
        ("olav", "shared", "Clock drift in ten pictures\nframes and clocks", date(2025, 11, 3)),
        ("olav", "used", "Frames that a second device drops on the bench", lately),
        ("dev", "shared", "When two clocks disagree\nframes in metering", lately),
    ):
        skills.note_evidence(
            person=getattr(world, key),
            kind=kind,
            words=words,
            skill=None,
            on=on,
            origin_kind="test",
            origin_key=key,
            agreed=True,
        )
    skills.offer(by=world.kari, words="Ask me about frames on a bench")
    return world


def ask_sanne(world, **options):
    return asks.ask(by=world.mira, words=BENCH, kind="think", to=[Asked(world.sanne, "Hi Sanne, ...")], **options)


def talk_of(world, run_jobs):
    request = Request.objects.get(ask=ask_sanne(world))
    asks.reply(by=world.sanne, request=request, kind="yes", words="11:00, bring the trace.")
    run_jobs()
    return Challenge.objects.get(request=request)


def test_five_people_with_reasons_in_words_and_no_lead(known):
    """E4, E5, (i): reasons from offered or shared facts only; a recent learner, a border, a new face; never Jonas."""
    five = suggest_people(known.mira, BENCH)
    names = [s.person.short_name for s in five]
    places = {s.place for s in five}
    assert len(five) == 5
    assert {"Sanne", "Olav", "Dev", "Kari"} < set(names)
    assert "Jonas" not in names
    assert {"recent", "deep", "border", "new"} <= places
    assert any(s.person.unit_id != known.mira.unit_id for s in five)
    assert all(s.reasons and not any(char == "%" for reason in s.reasons for char in reason) for s in five)


def test_the_lead_comes_only_when_asked_for(known):
    skills.offer(by=known.jonas, words="Ask me about frames on a test bench and clocks")
    names = {s.person.short_name for s in suggest_people(known.mira, BENCH, with_lead=True)}
    assert "Jonas" in names
    assert "Jonas" not in {s.person.short_name for s in suggest_people(known.mira, BENCH)}


def test_a_blocked_colleague_is_not_suggested_and_nobody_can_tell(known):

    people.block(by=known.olav, person=known.mira)
    names = {s.person.short_name for s in suggest_people(known.mira, BENCH)}
    assert ("Olav" in names, len(names)) == (False, 5)


def test_the_capped_expert_is_protected_and_not_hidden(known):
    """E6: at the limit the card says when Olav is free again and points to his page and his colleagues."""
    asks.set_limits(by=known.olav, per_week=1, colleagues=[known.lene, known.ravi])
    asks.ask(by=known.kari, words=BENCH, kind="think", to=[Asked(known.olav, "Hi")])
    [olav] = [s for s in suggest_people(known.mira, BENCH) if s.person == known.olav]
    assert (olav.is_free, olav.colleagues) == (False, [known.lene, known.ravi])
    assert olav.state == "carries many asks just now, free again from 17 March"
    with pytest.raises(asks.NotNowError):
        asks.ask(by=known.mira, words=BENCH, kind="think", to=[Asked(known.olav, "Hi")])
    assert [made.by for made in Ask.objects.all()] == [known.kari]
    asks.set_limits(by=known.olav, per_week=0)
    [olav] = [s for s in suggest_people(known.mira, BENCH) if s.person == known.olav]
    assert olav.state == "has no room for asks at the moment"  # and no day, for none would be true


def test_a_no_looks_like_silence_and_the_next_person_is_asked_after_two_working_days(known, clock, run_jobs):
    """E8, E9, (ii): the first declines, another stays silent; both asks look the same to Mira, and go on alike."""
    declined = Request.objects.get(ask=ask_sanne(known, next_to=[known.kari.pk]))
    asks.reply(by=known.sanne, request=declined, kind="not_now")
    silent = Request.objects.get(
        ask=asks.ask(by=known.mira, words=BENCH, kind="think", to=[Asked(known.dev, "Hi")], next_to=[known.lene.pk])
    )
    run_jobs()
    assert not Notice.objects.filter(person=known.mira).exists()

    clock.freeze(clock.now() + timedelta(hours=47))
    run_jobs()
    assert Request.objects.count() == 2
    clock.freeze(clock.now() + timedelta(hours=2))
    run_jobs()
    sent_on = {r.ask_id: r.to.short_name for r in Request.objects.exclude(pk__in=[declined.pk, silent.pk])}
    assert sent_on == {declined.ask_id: "Kari", silent.ask_id: "Lene"}
    kinds = sorted(Notice.objects.filter(person=known.mira).values_list("kind", flat=True))
    assert len(kinds) == 2
    assert len(set(kinds)) == 1


def test_the_asker_sees_the_same_page_for_a_no_and_for_silence(known, door):
    pages = []
    for to, answer in ((known.sanne, "pass"), (known.dev, None)):
        made = asks.ask(by=known.mira, words=BENCH, kind="think", to=[Asked(to, "Hi")])
        request = Request.objects.get(ask=made)
        if answer:
            asks.reply(by=to, request=request, kind=answer)
        page = door(known.mira).get(f"/asks/{made.pk}/answers/").content.decode()
        for one, two in (
            (to.name, "NAME"),
            (to.initials, "II"),
            (f"/people/{to.pk}/", "/people/0/"),
            (f"back-{request.pk}", "back-0"),
            (f"/requests/{request.pk}/", "/requests/0/"),
        ):
            page = page.replace(one, two)
        pages.append(
            [line for line in page.splitlines() if "once" not in line and "csrf" not in line and "hue" not in line]
        )
    assert pages[0] == pages[1]


def test_the_whole_story(known, clock, run_jobs):
    """Ask, talk, playback, Monday, outcome, story, thanks, tie after both, better rank with that reason."""
    challenge = talk_of(known, run_jobs)
    keep, drop = advice(known, challenge)
    playback = challenges.play_back(
        by=known.mira, challenge=challenge, keeping=[keep], when=WHEN, will=WILL, got="question"
    )
    run_jobs()
    assert playback.commitment.on == date(2026, 3, 16)

    monday_comes(known, clock, run_jobs)
    challenges.confirm_commitment(by=known.mira, commitment=playback.commitment)

    clock.freeze(clock.now() + timedelta(days=10))
    challenges.report(by=known.mira, commitment=playback.commitment, kind="used", words="Two clocks, one bench.")
    run_jobs()
    [story] = HelperStory.objects.all()
    assert (story.person, story.outcome, story.is_public) == (known.sanne, "used", False)
    only_mira_reads_that_it_helped_her(known)

    let_sanne_be_found(known, challenge)
    thanks = recognition.thank(by=known.mira, person=known.sanne, challenge=challenge, words="You saved me a week.")
    run_jobs()
    assert not thanks.is_public

    challenges.close(by=known.mira, challenge=challenge)
    assert list(Idea.objects.filter(challenge=challenge)) == [keep]
    assert not Idea.objects.filter(pk=drop.pk).exists()

    first = suggest_people(known.ravi, "Two clocks on my test bench disagree")[0]
    assert first.person == known.sanne
    assert any("it was used" in reason for reason in first.reasons)


def advice(known, challenge):
    """A question with its answer, and two ideas: one to keep and one to drop."""
    question = challenges.ask_clarifying(by=known.sanne, challenge=challenge, words="What if only one is powered?")
    challenges.answer(by=known.mira, question=question, words="Nothing drops.")
    return [
        challenges.offer_idea(by=known.sanne, challenge=challenge, words=words)
        for words in ("Power them one at a time.", "Ask Lene for the wiring plan.")
    ]


def monday_comes(known, clock, run_jobs):
    """08:31 in Oslo: one letter, with her own words."""
    clock.freeze(clock.instant(date(2026, 3, 16), clock.local(clock.now(), "UTC").time().replace(8, 31), "Europe/Oslo"))
    run_jobs()
    assert Letter.objects.filter(notice__person=known.mira, notice__kind__contains="monday").count() == 1


def only_mira_reads_that_it_helped_her(known):
    """A reason from her own talk, before Sanne has agreed to be found for it."""
    again = suggest_people(known.mira, "Two clocks on my test bench disagree")[0]
    assert (again.person, again.reasons[0]) == (
        known.sanne,
        "Helped you with “A test bench drops every third frame” in March: it was used.",
    )
    assert not any(
        "Helped" in r for s in suggest_people(known.ravi, BENCH) for r in s.reasons if s.person == known.sanne
    )


def let_sanne_be_found(known, challenge):
    """Mira proposes it; it counts when Sanne agrees."""
    line = challenges.let_others_find(
        by=known.mira, challenge=challenge, helper=known.sanne, topic="clocks on test benches"
    )
    assert Evidence.objects.filter(pk=line.pk, agreed_at__isnull=False).count() == 0
    skills.agree_evidence(by=known.sanne, evidence=line)


def test_the_tie_is_drawn_only_after_both_agree(known, run_jobs):
    """(ix)"""

    challenge = talk_of(known, run_jobs)
    idea = challenges.offer_idea(by=known.sanne, challenge=challenge, words="Power them one at a time.")
    challenges.play_back(by=known.mira, challenge=challenge, keeping=[idea], when=WHEN, will=WILL)
    run_jobs()

    def drawn():
        return [sorted(n.short_name for n in my_map(p).nodes if n.is_tie) for p in (known.mira, known.sanne)]

    assert drawn() == [[], []]
    network.agree_tie(by=known.mira, other=known.sanne)
    assert drawn() == [[], []]
    network.agree_tie(by=known.sanne, other=known.mira)
    assert drawn() == [["Sanne"], ["Mira"]]


def test_under_a_pseudonym_nothing_is_told_until_both_reveal(known, run_jobs):
    """Feature 19."""
    request = Request.objects.get(ask=ask_sanne(known, alias="a blue heron"))
    asks.reply(by=known.sanne, request=request, kind="yes", words="Come by.")
    request.refresh_from_db()
    idea = challenges.offer_idea(by=known.sanne, challenge=request.challenge, words="Power them one at a time.")
    challenges.play_back(by=known.mira, challenge=request.challenge, keeping=[idea], when=WHEN, will=WILL)
    run_jobs()

    assert Tie.objects.count() == 0
    assert not Notice.objects.filter(person=known.sanne, by=known.mira).exists()
    asks.reveal(by=known.mira, request=request)
    run_jobs()
    assert Tie.objects.count() == 0
    asks.reveal(by=known.sanne, request=request)
    run_jobs()
    assert [(t.helper, t.helped) for t in Tie.objects.all()] == [(known.sanne, known.mira)]


def test_an_introduction_needs_both(known, run_jobs):
    made = asks.ask(by=known.mira, words=BENCH, kind="intro", to=[Asked(known.kari, "Hi Kari", through=known.ravi)])
    introduction = made.introductions.get()
    assert Request.objects.count() == 0
    asks.agree_to_introduce(by=known.ravi, introduction=introduction)
    assert Request.objects.count() == 0
    asks.agree_to_introduce(by=known.kari, introduction=introduction)
    run_jobs()
    assert Request.objects.get().to == known.kari


def test_the_lead_is_refused_everywhere_in_the_talk(known, door, run_jobs):
    """E18"""
    challenge = talk_of(known, run_jobs)
    visitor = door(known.jonas)
    paths = [
        f"/challenges/{challenge.pk}/",
        f"/challenges/{challenge.pk}/story/",
        f"/asks/{challenge.request.ask_id}/",
        f"/requests/{challenge.request.pk}/",
    ]
    assert [visitor.get(path).status_code for path in paths] == [404] * 4
