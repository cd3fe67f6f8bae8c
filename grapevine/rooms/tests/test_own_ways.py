"""Our own way: a group copies a format, changes words, minutes and order, and plans with it."""

from grapevine.rooms import actions, queries
from grapevine.rooms.formats import own_copy
from grapevine.rooms.models import FormatCopy, Session
from grapevine.rooms.steps import StepsForm
from grapevine.rooms.tests.meeting import Meeting


def typed_from(page):
    """What a browser would send back of the page as it was served."""
    form = page.context["form"]
    rows = [row for top in form.rows for row in (top, *top.inner)]
    fields = {"was": "was", "place": "place", "title": "title", "say": "say", "m": "minutes", "mode": "mode"}
    sent = {name: [getattr(row, field) for row in rows] for name, field in fields.items()}
    return sent | {"name": form.name, "minutes": form.minutes}


def group(world):
    return Meeting({"mira": world.mira, "sanne": world.sanne}, "coffee").session.vault


def test_a_group_makes_a_format_its_own(world, door):
    vault, mira = group(world), door(world.mira)
    page = mira.post(f"/formats/{vault.pk}/", {"of": "look_back"}, follow=True)
    sent = typed_from(page)
    sent["title"][0] = "What we meant"
    sent["m"][0], sent["m"][1] = str(int(sent["m"][0]) - 1), str(int(sent["m"][1]) + 1)
    own = page.context["way"]
    assert mira.post(f"/formats/own/{own.pk}/", sent | {"keep": "1"}).headers["Location"] == f"/formats/{vault.pk}/"
    own.refresh_from_db()
    kept = own_copy("look_back")["steps"]
    assert own.body["steps"][0]["title"] == "What we meant"
    assert own.body["steps"][0]["say"] == kept[0]["say"]  # not touched: both languages are still there
    assert next(way.key for way in queries.formats_for(world.sanne, vault)) == f"own-{own.pk}"


def test_minutes_that_do_not_add_up_say_so_and_nothing_is_kept(world, door):
    own = actions.copy_format(by=world.mira, vault=group(world), key="trio")
    mira = door(world.mira)
    sent = typed_from(mira.get(f"/formats/own/{own.pk}/"))
    answer = mira.post(f"/formats/own/{own.pk}/", sent | {"minutes": "31", "keep": "1"})
    assert (answer.status_code, answer.context["form"].wrong) == (
        422,
        "trio, minutes: The steps add up to 30 minutes, here it says 31. Change one of them.",
    )
    sent["m"][3] = "no"
    answer = mira.post(f"/formats/own/{own.pk}/", sent | {"keep": "1"})
    assert "trio, step 2.2, m: Here belongs a whole number" in answer.text
    assert FormatCopy.objects.get().body == own_copy("trio")


def test_steps_move_come_and_go_before_anything_is_kept(world, door):
    own = actions.copy_format(by=world.mira, vault=group(world), key="coffee")
    mira, address = door(world.mira), f"/formats/own/{own.pk}/"
    titles = [row.title for row in mira.get(address).context["form"].rows]
    page = mira.post(address, typed_from(mira.get(address)) | {"down": "0"})
    assert [row.title for row in page.context["form"].rows] == [titles[1], titles[0], *titles[2:]]
    page = mira.post(address, typed_from(page) | {"add": "1"})
    page = mira.post(address, typed_from(page) | {"remove": "0"})
    assert [row.title for row in page.context["form"].rows] == [titles[0], "", *titles[2:]]
    assert FormatCopy.objects.get().body == own_copy("coffee")


def test_every_format_of_ours_comes_back_as_it_was():
    from grapevine.rooms.formats import read, shipped  # noqa: PLC0415 - only here

    for key, body in shipped().items():
        form = StepsForm(body, "en")
        assert form.is_valid(), key
        assert read(form.body, "de") == read(body, "de")


def test_a_session_keeps_the_format_it_was_planned_with(world, clock):
    vault = group(world)
    own = actions.copy_format(by=world.mira, vault=vault, key="coffee")
    way = queries.ways_of(world.mira, vault)[0]
    session = actions.plan_session(by=world.mira, format=way.body, planned_at=clock.now(), vault=vault)
    actions.drop_way(by=world.sanne, way=own)
    assert Session.objects.get(pk=session.pk).format == own_copy("coffee")
