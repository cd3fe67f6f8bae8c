"""Parts of the stage that a page has already are not made again; what a page keeps is what it would have been sent."""

import re
from datetime import timedelta

from grapevine.rooms import actions

PART = re.compile(r'<room-kept id="([\w-]+)" data-key="(\w+)"( hx-morph-skip-children)?>(.*?)</room-kept>', re.DOTALL)
FRESH = re.compile(r'(name="(?:once|csrfmiddlewaretoken)" value=")[^"]*')
LOOK = {"HTTP_HX_REQUEST": "true"}


def parts(visitor, circle, has=""):
    """What each part says, by its name and key; None where the page is told to keep it."""
    page = visitor.get(circle.url("stage/"), {"has": has}, **LOOK).text
    return {(name, key): None if is_kept else FRESH.sub(r"\1", said) for name, key, is_kept, said in PART.findall(page)}


def names_of(found):
    return sorted(name for name, _key in found)


def named(found):
    return ".".join(f"{name}-{key}" for name, key in found)


def test_what_a_page_has_is_not_made_again(circle, door):
    circle.begins().comes_to("ask")
    luis = door(circle.people["luis"])
    first = parts(luis, circle)
    assert names_of(first) == ["kept-dock", "kept-note", "kept-people", "kept-say"]
    assert all(first.values())
    actions.contribute(by=circle.mira, kind="question", words="Since when?")
    page = luis.get(circle.url("stage/"), {"has": named(first)}, **LOOK).text
    assert "Since when?" in page
    assert [said for _name, _key, _is_kept, said in PART.findall(page)] == [""] * 4
    assert "Since when?" in luis.get(circle.url()).text


def test_another_step_brings_what_it_changes(circle, door):
    circle.begins().comes_to("ask")
    luis = door(circle.people["luis"])
    has = parts(luis, circle)
    circle.comes_to("ideas")
    after = parts(luis, circle, named(has))
    assert {name: said is None for (name, _key), said in after.items()} == {
        "kept-dock": False,
        "kept-note": False,
        "kept-people": False,
        "kept-say": False,
    }
    assert 'value="idea"' in next(said for (name, _key), said in after.items() if name == "kept-say")


def test_what_somebody_made_up_is_kept_by_nobody(circle, door):
    circle.begins().comes_to("ask")
    luis = door(circle.people["luis"])
    assert all(parts(luis, circle, "kept-dock-1.kept-say-<b>").values())


def test_through_a_whole_session_the_same_key_says_the_same(circle, door, clock):
    """What is kept under a key reads the same whenever it is made, to each of those who look in."""
    visitors = {key: door(circle.people[key]) for key in ("aiko", "dana", "luis", "mira")}
    known = {}
    circle.begins()

    def look():
        for key, visitor in visitors.items():
            for part, said in parts(visitor, circle).items():
                assert known.setdefault((key, part), said) == said

    look()
    actions.bring_story(by=circle.dana, role="bringer", title="Nobody reads us", words="The campaign is silent.")
    for step in range(len(circle.state.format.steps) - 1):
        for kind in ("line", "question", "idea"):
            if kind in circle.scene("mira").allowed:
                actions.contribute(by=circle.mira, kind=kind, words="What would you change about it?")
                actions.contribute(by=circle.jarek, kind=kind, words="And when?")
                look()
        actions.stop(by=circle.aiko)
        look()
        actions.resume(by=circle.aiko)
        clock.set_offset(timedelta(minutes=3 * step))
        look()  # after minutes without a look each is there again with their own
        look()
        actions.advance(by=circle.aiko, step=step)
        look()
    assert len({part for _key, part in known}) > 30
