"""What a file does to the rows, and what the command says about it."""

import json
from argparse import Namespace

import pytest
from django.utils import translation

from grapevine.kernel.policy import visible
from grapevine.skills.actions import load_starter
from grapevine.skills.importing import Outcome, bring_in, main
from grapevine.skills.importing.shapes import FrameworkRead, Rejected, SkillRead
from grapevine.skills.models import Framework, Level, Skill

SHIFT = SkillRead("shift", "Handing over", "Say it.", ("Waits",), ("W.1",), (("First", "with help"), ("Second", "")))
TRACE = SkillRead("trace", "Reading a trace")


def framework(*skills, **more):
    return FrameworkRead("own", "Own", skills=skills, **more)


def test_new_changed_and_unchanged(world):
    assert bring_in(framework(SHIFT, TRACE)) == Outcome(created=2)
    assert bring_in(framework(SHIFT, TRACE)) == Outcome(unchanged=2)
    later = SkillRead("shift", "Handing over well", "Say it.", ("Waits",), ("W.1",), (("First", "alone"),))
    assert bring_in(framework(later, TRACE)) == Outcome(updated=1, unchanged=1)
    skill = Skill.objects.get(key="shift")
    assert (skill.name, skill.signs, skill.also) == ("Handing over well", ["Waits"], "W.1")
    assert [(level.rank, level.name, level.words) for level in skill.levels.all()] == [(1, "First", "alone")]


def test_skills_that_are_not_in_the_file_stay(world):
    bring_in(framework(SHIFT, TRACE))
    assert bring_in(framework(TRACE)) == Outcome(unchanged=1)
    assert Skill.objects.count() == 2


def test_a_rehearsal_writes_nothing(world):
    assert bring_in(framework(SHIFT), dry_run=True) == Outcome(created=1)
    assert (Framework.objects.count(), Skill.objects.count(), Level.objects.count()) == (0, 0, 0)


def test_one_wrong_place_keeps_everything_out(world):
    wrong = Rejected("Nothing here.", 3, "name")
    assert bring_in(framework(SHIFT, rejected=(wrong,))) == Outcome(rejected=[wrong])
    assert not Framework.objects.exists()


def test_an_organisation_has_a_framework_of_its_own(world):
    bring_in(framework(SHIFT), organisation=world.halden)
    bring_in(framework(SHIFT), organisation=world.brigid)
    assert Framework.objects.count() == 2
    assert [s.framework.organisation for s in visible(world.mira, Skill)] == [world.halden]
    assert not visible(world.aiko, Skill).exists()


def test_the_starter_framework_is_everybodys_and_speaks_german(world):
    first = load_starter()
    assert (first.created, first.updated) == (40, 0)
    assert load_starter() == Outcome(unchanged=40)
    skill = visible(world.aiko, Skill).get(key="ask-early")
    with translation.override("de-at"):
        assert (str(skill), str(skill.framework)) == ("Fragen, solange es klein ist", "Zusammen arbeiten")
    with translation.override("fr"):
        assert str(skill) == "Asking while it is still small"


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, capsys):
    """`run(words, json=True)` answers (exit code, what was printed)."""

    def running(words, **options):
        file = tmp_path / "ours.csv"
        file.write_text(words)
        said = {"file": str(file), "format": "csv", "organisation": None, "dry_run": False, "json": False}
        return main(Namespace(**said | options)), capsys.readouterr().out

    return running


def test_the_command_says_what_became_of_the_file(world, run):
    assert run("key,name\na,A\nb,B\n") == (0, "2 created, 0 updated, 0 unchanged.\n")
    assert run("key,name\na,A\nb,C\n") == (0, "0 created, 1 updated, 1 unchanged.\n")
    assert run("key,name\nc,C\n", dry_run=True) == (
        0, "1 created, 0 updated, 0 unchanged.\nThis was a rehearsal: nothing was written.\n",
    )  # fmt: skip
    assert run("key,name\n,A\n") == (1, "line 2, key: There is nothing here.\nNothing was written.\n")
    assert Skill.objects.count() == 2


def test_the_command_as_json(world, run):
    code, words = run("key,name\na,A\n", json=True, organisation="Halden Grid")
    assert (code, json.loads(words)) == (0, {"created": 1, "updated": 0, "unchanged": 0, "rejected": []})
    code, words = run("key,name\n,A\n", json=True)
    place = {"reason": "There is nothing here.", "line": 2, "column": "key", "path": ""}
    assert (code, json.loads(words)) == (1, {"created": 0, "updated": 0, "unchanged": 0, "rejected": [place]})


def test_an_organisation_that_is_not_there(world, run):
    assert run("key,name\na,A\n", organisation="Nowhere") == (
        1, "--organisation: There is no organisation named Nowhere.\nNothing was written.\n",
    )  # fmt: skip
    assert not Skill.objects.exists()
