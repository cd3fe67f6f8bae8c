"""What else a step may be: pairs, picking, notes of all, the chair given on, leaving and coming back."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from grapevine.challenges.models import Challenge
from grapevine.rooms import actions
from grapevine.rooms.actions import NotNowError
from grapevine.rooms.calls import participants_of
from grapevine.rooms.guests import COOKIE
from grapevine.rooms.models import Contribution, Session
from grapevine.rooms.tests.meeting import Meeting

NODE = shutil.which("node")
STATIC = Path(__file__).parents[1] / "static/rooms/js"


@pytest.fixture
def four(world):
    """`four("brownbag")` is an open session of Mira, Sanne, Kari and Olav that has begun."""
    people = {key: getattr(world, key) for key in ("mira", "sanne", "kari", "olav")}
    return lambda key, **how: Meeting(people, key, **how).begins()


def test_who_sits_with_whom_changes_with_the_round(world, clock):
    people = {key: getattr(world, key) for key in ("mira", "sanne", "kari", "olav")}
    meeting = Meeting(people, "feedforward_round").begins().comes_to("pairs")
    scene = meeting.scene("mira")
    first, (number, rounds) = scene.pair_names, scene.pair_round
    assert (scene.mark, number, rounds) == ("", 1, 3)
    clock.set_offset(timedelta(minutes=scene.state.current.minutes / 3, seconds=5))
    later = meeting.scene("mira")
    assert later.pair_round == (2, 3)
    assert later.pair_names != first
    assert [other.name for other in meeting.scene("sanne").pair if other.name == "Mira"] in ([], ["Mira"])


def test_a_line_of_somebody_is_taken_along(four):
    week = four("brownbag_week").comes_to("write")
    line = actions.contribute(by=week.sanne, kind="line", words="They ask before they tell.")
    week.comes_to("pick")
    actions.pick(by=week.mira, line=line, words="On Monday.")
    assert [(s.picked, s.words, s.face.name) for s in week.scene("kari").said["pick"]] == [
        ("They ask before they tell.", "On Monday.", "Mira")
    ]


def test_in_an_open_session_a_story_has_its_own_vault(four, world):
    look = Meeting({"mira": world.mira, "sanne": world.sanne}, "trio")
    look.all_come()
    actions.open_session(by=look.mira)
    actions.give_role(by=look.mira, role="one", to=look.sanne)
    look.comes_to("bringer")
    with pytest.raises(NotNowError):
        actions.bring_story(by=look.mira, role="one", title="Mine", words="Not my turn.")
    actions.bring_story(by=look.sanne, role="one", title="Shifts", words="Nights fall to the same two.")
    challenge = Challenge.objects.get()
    assert challenge.vault_id != look.session.vault_id
    assert challenge.occasion == "room"


def test_a_story_told_aloud_gets_its_title_when_it_is_played_back(world, clock):
    trio = Meeting({"mira": world.mira, "sanne": world.sanne}, "trio").begins()
    actions.give_role(by=trio.mira, role="one", to=trio.mira)
    trio.comes_to("playback")
    day = clock.today("Europe/Oslo") + timedelta(days=1)
    actions.play_back(by=trio.mira, keeping=[], when="the phone rings", will="wait", on=day, title="Phones")
    assert [s.face.name for s in trio.scene("sanne").said["playback"]] == ["Mira"]
    assert trio.scene("sanne").told.title == "Phones"


def test_whoever_goes_may_come_back_to_their_place(four):
    room = four("brownbag")
    actions.leave(by=room.kari)
    assert room.kari.pk not in room.state.present
    assert not room.scene("kari").is_in
    actions.enter(by=room.kari)
    assert [face.name for face in room.scene("mira").faces if face.is_here] == ["Mira", "Sanne", "Kari", "Olav"]


def test_the_word_goes_from_hand_to_hand(four):
    room = four("brownbag").comes_to("open")
    for who in (room.sanne, room.kari):
        actions.hand_up(by=who)
    assert [face.name for face in (room.scene("mira").turn, *room.scene("mira").next_turns)] == ["Sanne", "Kari"]
    actions.turn_done(by=room.sanne)
    assert room.scene("mira").turn.name == "Kari"
    actions.end_turn(by=room.mira)
    assert room.scene("mira").turn is None
    with pytest.raises(NotNowError):
        actions.call_on(by=room.sanne, to=room.olav)
    actions.call_on(by=room.mira, to=room.olav)
    assert room.scene("mira").turn.name == "Olav"


def test_after_closing_nothing_is_entered_any_more(circle):
    circle.begins()
    actions.close(by=circle.aiko)
    actions.close(by=circle.aiko)
    for attempt in (
        lambda: actions.contribute(by=circle.luis, kind="line", words="late"),
        lambda: actions.advance(by=circle.aiko, step=0),
        lambda: actions.enter(by=circle.luis),
    ):
        with pytest.raises((NotNowError, PermissionDenied)):
            attempt()
    assert Contribution.objects.count() == 0


def test_after_closing_the_page_is_calm(circle, door):
    circle.begins()
    actions.keep_note(by=circle.luis, words="Call the drivers.")
    actions.close(by=circle.aiko)
    page = door(circle.people["luis"]).get(circle.url()).text
    assert "That was it. Thank you." in page
    assert "Call the drivers." in page
    assert "<live-call" not in page


def test_a_guest_has_a_socket_and_no_vault_and_does_not_take_the_chair(four):
    room = four("brownbag")
    guest = Client()
    guest.post("/join/", {"code": room.session.join_code, "name": "Noor"})
    guest.post(room.url("do/"), {"verb": "enter"})
    scope = {"account": None, "cookies": {COOKIE: guest.cookies[COOKIE].value}}
    (noor,) = participants_of([(scope, room.session.pk)])
    assert noor.shown_name == "Noor"
    for who in (room.mira, room.sanne, room.kari, room.olav):
        actions.leave(by=who)
    with pytest.raises(NotNowError):
        actions.take_chair(by=noor)
    with pytest.raises(NotNowError):
        actions.keep_note(by=noor, words="mine")
    assert "Take the chair" not in guest.get(room.url()).text


def test_camera_and_microphone_may_be_asked_for_in_the_room_alone(circle, door):
    luis = door(circle.people["luis"])
    assert "camera=(self)" in luis.get(circle.url())["Permissions-Policy"]
    assert "camera=()" in luis.get("/rooms/")["Permissions-Policy"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_step_of_every_format_has_a_page(world, door, language):
    """A bringer, somebody else and the host look at each mode once."""
    world.mira.language = language
    world.mira.save()
    mira, people, seen = door(world.mira), {"mira": world.mira, "sanne": world.sanne}, set()
    for key in (
        "circle_challenge",
        "circle_pick_a_method",
        "brownbag",
        "experiment_start",
        "concierge_hour",
        "plan_talk",
    ):
        meeting = Meeting(people, key).begins()
        for step in range(len(meeting.state.format.steps)):
            mode = meeting.state.mode
            if mode not in seen:
                assert mira.get(meeting.url()).status_code == 200
            seen.add(mode)
            if step + 1 < len(meeting.state.format.steps):
                actions.advance(by=meeting.mira, step=step)
    assert Session.objects.count() == 6


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_the_clock_counts_like_the_server(tmp_path):
    shutil.copy(STATIC / "room-stage.js", tmp_path / "time.mjs")
    script = """
import { ahead, done, leftNow, shown } from "./time.mjs";
const clock = { left: 338, since: 0, runs: true };
console.log([
  shown(leftNow(clock, 0), "over by {time}"),
  shown(leftNow(clock, 3500), "over by {time}"),
  shown(leftNow(clock, 418000), "over by {time}"),
  shown(leftNow({ ...clock, runs: false }, 418000), "over by {time}"),
  shown(3900, ""),
  done(9, 10, 300),
  done(9, 9, -60),
  ahead(Infinity, 120), // the first answer is all there is
  ahead(120, 1900), // a late one
  ahead(1900, 90), // a quick one
  ahead(90, 60000), // somebody turned a clock
].join("|"));
"""
    (tmp_path / "run.mjs").write_text(script)
    told = subprocess.run([NODE, str(tmp_path / "run.mjs")], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "5:38|5:35|over by 1:20|5:38|1:05:00|4.5|9|120|120|90|60000"
