"""The room in a browser: coming in, the stage that is asked again, what comes too late, guests."""

import pickle
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from grapevine.challenges.models import Commitment, Idea
from grapevine.rooms import actions
from grapevine.rooms.models import Contribution, Event, Participant, Session
from grapevine.rooms.queries import board
from grapevine.rooms.tests.meeting import Meeting
from grapevine.vaults import actions as vaults

PART = {"headers": {"HX-Request": "true"}}


def press(visitor, meeting, verb, **more):
    return visitor.post(meeting.url("do/"), {"verb": verb, **more})


def say(visitor, meeting, kind, words, **more):
    return visitor.post(meeting.url("say/"), {"kind": kind, "words": words, **more})


def test_looking_is_not_coming_in(circle, door):
    luis = door(circle.people["luis"])
    actions.enter(by=circle.aiko)
    page = luis.get(circle.url())
    assert "Come in" in page.text
    assert list(Event.objects.filter(kind="came").values_list("by", flat=True)) == [circle.aiko.pk]
    assert press(luis, circle, "enter").headers["Location"] == circle.url()
    page = luis.get(circle.url())
    assert Event.objects.filter(kind="came").last().by_id == circle.luis.pk
    assert "Before we begin" in page.text
    assert "It begins as soon as the host says so." in page.text


def test_who_has_written_three_lines_need_not_be_told_to(circle, door):
    luis = door(circle.people["luis"])
    actions.enter(by=circle.luis)
    assert "Whoever brings the challenge writes three lines" in luis.get(circle.url()).text
    actions.bring_story(by=circle.dana, role="bringer", title="Nobody reads us", words="The campaign is silent.")
    page = luis.get(circle.url()).text
    assert "Dana has written three lines." in page
    assert "writes three lines" not in page


def test_everybody_sees_who_is_missing_and_nobody_hosts_from_elsewhere(circle, door):
    for who in (circle.aiko, circle.luis, circle.mira):
        actions.enter(by=who)
    actions.leave(by=circle.aiko)
    actions.leave(by=circle.mira)
    shown = door(circle.people["luis"]).get(circle.url()).context["scene"].faces
    assert {face.name: face.on_tile for face in shown} == {
        "Aiko": "not here",
        "Dana": "brings, not here",
        "Luis": "",
        "Priya": "keeps time, not here",
        "Jarek": "not here",
        "Mira": "not here",
    }


def test_a_host_whose_page_is_gone_hosts_no_longer(circle, door, clock):
    circle.begins()
    clock.set_offset(timedelta(minutes=1))
    shown = door(circle.people["luis"]).get(circle.url()).context["scene"].faces
    (aiko,) = [face for face in shown if face.name == "Aiko"]
    assert (aiko.whereabouts, "hosts" in aiko.on_tile) == ("away", False)


def test_who_has_no_javascript_is_there_as_long_as_the_page_is_open(circle, door, clock):
    circle.begins()
    luis = door(circle.people["luis"])
    scene = luis.get(circle.url()).context["scene"]
    clock.set_offset(timedelta(minutes=3))
    assert "Nothing new." not in luis.get(circle.url("here/"), {"seq": scene.mark}).text  # the others are gone
    scene = luis.get(circle.url()).context["scene"]
    answer = luis.get(circle.url("here/"), {"seq": scene.mark})
    assert ("Nothing new." in answer.text, answer.headers["Refresh"]) == (True, "15")
    assert "'self'" in answer.headers["Content-Security-Policy"].split("frame-ancestors ")[1].split(";")[0]
    assert [face.name for face in circle.scene("mira").faces if face.is_here] == ["Luis"]


def test_posting_a_question_by_plain_form(circle, door):
    circle.begins().comes_to("ask")
    luis, mira = door(circle.people["luis"]), door(circle.people["mira"])
    assert say(luis, circle, "question", "Who would notice first?").headers["Location"] == circle.url()
    assert "Who would notice first?" in mira.get(circle.url()).text
    assert "Who would notice first?" in mira.get(circle.url("stage/")).text


def test_a_late_question_is_refused_kindly_and_stays_in_the_box(circle, door):
    circle.begins().comes_to("ideas")
    answer = say(door(circle.people["luis"]), circle, "question", "Who would notice first?")
    assert answer.status_code == 422
    assert "The step has moved on. Your words are still here." in answer.text
    assert 'id="say-words"' in answer.text
    assert "Who would notice first?</textarea>" in answer.text
    assert Contribution.objects.count() == 0


def test_a_page_that_is_there_already_keeps_its_own_box(circle, door):
    """It would lose what is in it if the server filled it now and not the next time."""
    circle.begins().comes_to("ideas")
    luis = door(circle.people["luis"])
    words = {"kind": "question", "words": "Who would notice first?"}
    answer = luis.post(circle.url("say/"), words, **PART)
    assert (answer.status_code, "Who would notice first?" in answer.text) == (422, False)
    assert "Your words are still here." in answer.text
    answer = luis.post(circle.url("say/"), {"kind": "idea", "words": "I might ask them."}, **PART)
    assert (answer.status_code, answer.text.strip()[:11]) == (201, "<room-stage")


def test_what_comes_too_late_for_any_box_is_shown_to_be_copied(circle, door):
    circle.begins().comes_to("quiet")
    answer = say(door(circle.people["luis"]), circle, "question", "Who would notice first?")
    assert answer.status_code == 422
    assert "Who would notice first?" in answer.text


def test_a_stage_that_was_seen_is_not_sent_again(circle, door, django_assert_num_queries):
    circle.begins().comes_to("ask")
    luis = door(circle.people["luis"])
    scene = luis.get(circle.url()).context["scene"]
    with django_assert_num_queries(4):  # two for who it is; the session, who is there and how much happened
        assert luis.get(circle.url("stage/"), {"seq": scene.mark}).status_code == 204
    actions.contribute(by=circle.mira, kind="question", words="Since when?")
    assert luis.get(circle.url("stage/"), {"seq": scene.mark}).status_code == 200


def test_the_stage_costs_the_same_for_one_word_and_for_many(circle, door, django_assert_num_queries):
    circle.begins()
    actions.bring_story(by=circle.dana, role="bringer", title="Nobody reads us", words="The campaign is silent.")
    circle.comes_to("ask")
    luis = door(circle.people["luis"])
    for words in (["One?"], ["Two?", "Three?"]):
        for each in words:
            actions.contribute(by=circle.mira, kind="question", words=each)
        with django_assert_num_queries(13):  # inside a transaction nothing is shared
            assert luis.get(circle.url("stage/")).status_code == 200


@pytest.mark.django_db(transaction=True)  # what may yet be undone is shared with nobody
def test_what_all_look_at_is_read_once_and_opened_by_each(circle, door, django_assert_num_queries):
    """Seven queries are the board's. The others: two for who it is, the session, who is there, the own note, the keys."""
    circle.begins()
    actions.bring_story(by=circle.dana, role="bringer", title="Nobody reads us", words="The campaign is silent.")
    circle.comes_to("ask")
    visitors = [door(circle.people[key]) for key in ("luis", "mira", "jarek")]
    for words in ("Since when?", "Who would notice?"):
        actions.contribute(by=circle.priya, kind="question", words=words)
        shown = []
        for visitor, most in zip(visitors, (13, 6, 6), strict=True):
            with django_assert_num_queries(most):
                shown.append(visitor.get(circle.url("stage/")).text)
        assert [words in page for page in shown] == [True] * 3


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_for_all_is_sealed_still(circle, door):
    circle.begins()
    actions.bring_story(by=circle.dana, role="bringer", title="Nobody reads us", words="The campaign is silent.")
    circle.comes_to("ask")
    actions.contribute(by=circle.mira, kind="question", words="Since when?")
    luis = door(circle.people["luis"])
    page = luis.get(circle.url("stage/")).text
    kept = pickle.dumps([kept for _at, kept in board._kept.values()])
    words = ("Nobody reads us", "The campaign is silent.", "Since when?")
    assert [(said in page, said.encode() in kept) for said in words] == [(True, False)] * 3
    vaults.leave(vault=circle.session.vault, person=circle.people["luis"])
    assert luis.get(circle.url("stage/")).status_code == 404


def test_a_returning_browser_shows_what_the_others_show(circle, door):
    circle.begins().comes_to("ideas")
    actions.contribute(by=circle.mira, kind="idea", words="I might wait.")
    stages = [door(circle.people[key]).get(circle.url("stage/")).context["scene"] for key in ("luis", "jarek")]
    assert stages[0].state == stages[1].state
    assert [[s.words for s in stage.said["idea"]] for stage in stages] == [["I might wait."]] * 2


def test_a_late_step_is_red_and_says_by_how_much(circle, door, clock):
    circle.begins()
    clock.set_offset(timedelta(minutes=4, seconds=20))
    page = door(circle.people["luis"]).get(circle.url()).text
    assert "over by 1:20" in page
    press(door(circle.people["aiko"]), circle, "began_late", minutes=4)
    assert ">2:40<" in door(circle.people["luis"]).get(circle.url()).text


@pytest.fixture
def open_room(world):
    """Mira and Sanne open a brown bag; whoever has the code comes in."""
    return Meeting({"mira": world.mira, "sanne": world.sanne}, "brownbag").begins()


def code_of(meeting):
    code = meeting.session.join_code
    return f"{code[:4]}-{code[4:]}".lower()


def test_a_guest_joins_speaks_and_is_out_after_closing(open_room, door):
    guest = Client()
    answer = guest.post("/join/", {"code": code_of(open_room), "name": "Noor"})
    cookie = answer.cookies["grapevine-room"]
    assert (answer.headers["Location"], cookie["httponly"], cookie["samesite"]) == (open_room.url(), True, "Lax")
    press(guest, open_room, "enter")
    open_room.comes_to("open")
    say(guest, open_room, "line", "We film it.")
    assert "We film it." in door(open_room.people["sanne"]).get(open_room.url()).text
    assert "(guest)" in door(open_room.people["sanne"]).get(open_room.url("stage/")).text
    assert guest.get(open_room.url()).headers["Cache-Control"] == "no-store"
    assert guest.get("/").headers["Location"].startswith("/accounts/login")
    actions.close(by=open_room.mira)
    over = guest.get(open_room.url())
    assert "You were here as a guest" in over.text
    assert "We film it." not in over.text


def test_the_host_can_tell_the_code_all_along(open_room, door):
    code = code_of(open_room).upper()
    pages = [door(open_room.people[key]).get(open_room.url()).text for key in ("mira", "sanne")]
    assert [code in page for page in pages] == [True, False]


def test_a_guest_is_not_taken_for_somebody_else(open_room, world):
    guest = Client()
    code = code_of(open_room)
    answer = guest.post("/join/", {"code": code, "name": f" {world.mira.name.upper()} "})
    assert (answer.status_code, "Somebody of this name is here already." in answer.text) == (422, True)
    assert guest.post("/join/", {"code": code, "name": f"{world.mira.short_name} from the paper"}).status_code == 302


def test_the_code_is_for_members_to_pass_on(open_room, door):
    guest = Client()
    guest.post("/join/", {"code": code_of(open_room), "name": "Noor"})
    member = door(open_room.people["mira"])
    assert ["Whoever has this code" in page.get(open_room.url()).text for page in (guest, member)] == [False, True]


def test_a_guest_is_told_the_time_of_whoever_opened_the_room(open_room, clock):
    guest = Client()
    guest.post("/join/", {"code": code_of(open_room), "name": "Noor"})
    press(guest, open_room, "enter")
    ends = open_room.state.ends_at(clock.now()).astimezone(ZoneInfo("Europe/Oslo"))
    assert f"Ends about {ends:%H:%M} <span>time in Oslo</span>" in guest.get(open_room.url()).text


def test_a_room_that_everybody_left_is_over_and_its_code_opens_nothing(open_room, clock, run_jobs):
    code = code_of(open_room)
    clock.freeze(clock.now() + timedelta(days=7))
    run_jobs()
    assert Client().post("/join/", {"code": code, "name": "Noor"}).status_code == 302
    clock.freeze(clock.now() + timedelta(days=9))
    run_jobs()
    assert Client().post("/join/", {"code": code, "name": "Noor"}).status_code == 422
    assert Session.objects.get(pk=open_room.session.pk).closed_at == clock.now()


def test_a_guest_of_one_session_is_nobody_in_another(open_room, world):
    other = Meeting({"mira": world.mira, "lene": world.lene}, "brownbag")
    guest = Client()
    guest.post("/join/", {"code": code_of(open_room), "name": "Noor"})
    assert guest.get(other.url()).headers["Location"].startswith("/accounts/login")
    assert guest.get(other.url("stage/")).headers["Location"].startswith("/accounts/login")


def test_no_code_is_guessed(open_room):
    stranger = Client()
    wrong = [stranger.post("/join/", {"code": "AAAA-AAAA", "name": "X"}).status_code for _ in range(21)]
    assert wrong == [422] * 20 + [429]
    assert stranger.post("/join/", {"code": code_of(open_room), "name": "X"}).status_code == 429
    assert not Participant.objects.filter(person=None).exists()


def test_a_sealed_session_has_no_code_and_nobody_else_finds_it(circle, world, door):
    assert circle.session.join_code == ""
    for who in (world.sanne, world.eva, world.tomasz):
        for part in ("", "stage/"):
            assert door(who).get(circle.url(part)).status_code == 404
        assert press(door(who), circle, "enter").status_code == 404
        assert say(door(who), circle, "line", "here").status_code == 404


def test_opening_a_room_of_any_format(world, door):
    mira = door(world.mira)
    assert "This format is sealed" in mira.post("/rooms/", {"way": "coffee"}).text
    answer = mira.post("/rooms/", {"way": "coffee", "people": "Sanne Vik"})
    session = Session.objects.get()
    assert answer.headers["Location"] == session.get_absolute_url()
    assert door(world.sanne).get(session.get_absolute_url()).status_code == 200
    assert session.is_sealed


def test_the_card_and_the_powers_are_the_host_s_and_the_clock_is_the_timekeeper_s_too(circle, door):
    circle.begins()
    aiko, priya, luis = (door(circle.people[key]).get(circle.url()).text for key in ("aiko", "priya", "luis"))
    assert ["Only you see this, as host." in page for page in (aiko, priya, luis)] == [True, False, False]
    assert ["Next step: What became of it" in page for page in (aiko, priya, luis)] == [True, False, False]
    assert ["One more minute" in page for page in (aiko, priya, luis)] == [True, True, False]
    assert press(door(circle.people["priya"]), circle, "close").status_code == 422
    press(door(circle.people["priya"]), circle, "extend", step=0)
    assert circle.state.lap.may_take == timedelta(minutes=4)


def test_closing_asks_once_also_without_javascript(circle, door):
    circle.begins()
    aiko = door(circle.people["aiko"])
    page = aiko.get(circle.url()).text
    assert page.index("Close the session now</summary>") < page.index("Yes, close it")
    press(aiko, circle, "close")
    assert circle.state.closed_at


@pytest.fixture
def offered(circle):
    """Dana has told her challenge, Luis and Mira have offered what they might do."""
    circle.begins()
    actions.bring_story(by=circle.dana, role="bringer", title="Nobody reads us", words="The campaign is silent.")
    circle.comes_to("ideas")
    actions.contribute(by=circle.luis, kind="idea", words="I might ask the drivers.")
    actions.contribute(by=circle.mira, kind="idea", words="I might wait.")
    return circle


def test_in_quiet_the_bringer_ticks_and_in_playback_finds_them_once(offered, door):
    offered.comes_to("quiet")
    dana, luis = (door(offered.people[key]).get(offered.url()) for key in ("dana", "luis"))
    assert [page.text.count("I might wait.<") for page in (dana, luis)] == [1, 1]
    assert [page.text.count('name="keeping"') for page in (dana, luis)] == [2, 0]
    offered.comes_to("playback")
    dana, luis = (door(offered.people[key]).get(offered.url()) for key in ("dana", "luis"))
    assert [page.text.count("I might wait.<") for page in (dana, luis)] == [1, 1]
    assert [page.text.count('name="keeping"') for page in (dana, luis)] == [2, 0]


def test_what_is_played_back_is_read_by_everybody_with_a_seat(offered, door, world):
    offered.comes_to("playback")
    kept = Idea.objects.earliest("pk")
    actions.play_back(by=offered.dana, keeping=[kept], when="he asks", will="bring voices.", on=date(2026, 3, 16))
    for who in ("dana", "luis"):
        page = door(offered.people[who]).get(offered.url()).text
        assert ("When he asks, I will bring voices." in page, page.count("I might ask the drivers.")) == (True, 1)
        assert "I might wait." not in page
    assert door(world.sanne).get(offered.url()).status_code == 404


def test_playing_back_by_plain_form(circle, door, clock):
    circle.begins()
    actions.bring_story(by=circle.dana, role="bringer", title="Nobody reads us", words="The campaign is silent.")
    circle.comes_to("ideas")
    actions.contribute(by=circle.luis, kind="idea", words="I might ask the drivers.")
    circle.comes_to("playback")
    dana = door(circle.people["dana"])
    form = dana.get(circle.url()).context["playback_form"]()
    keeping = [pk for pk, _words in form.fields["keeping"].choices]
    typed = {"kind": "playback", "keeping": keeping, "when": "I meet a driver", "will": "ask", "on": "2020-01-01"}
    answer = dana.post(circle.url("say/"), typed)
    assert answer.status_code == 422
    assert "Choose today or a later day, within a year." in answer.text
    assert "I meet a driver</textarea>" in answer.text
    assert dana.post(circle.url("say/"), typed | {"on": "2026-03-16", "may_notice": "Luis Moreno"}).status_code == 302
    commitment = Commitment.objects.get()
    assert [noticing.person.name for noticing in commitment.noticings.all()] == ["Luis Moreno"]
    assert "Dana has played back." in door(circle.people["mira"]).get(circle.url()).text
