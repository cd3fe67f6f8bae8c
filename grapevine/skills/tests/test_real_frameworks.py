"""Two published frameworks come in whole, and a second time change nothing."""

from pathlib import Path

import pytest

from grapevine.skills.importing import Outcome, bring_in, read_framework
from grapevine.skills.models import Framework, Level, Skill


def shared(name):
    file = Path(__file__).resolve().parents[4] / "shared" / "data" / name
    if not file.exists():
        pytest.skip(f"{file} is not here: published frameworks are not part of the project")
    return file


def test_the_british_framework_has_188_skills_of_four_levels_each(world):
    read = read_framework(shared("uk-gdad/skills.csv"), "gdad")
    assert bring_in(read) == Outcome(created=188)
    assert Level.objects.count() == 4 * 188
    skill = Skill.objects.get(key="accessibility")
    first = skill.levels.first()
    assert (skill.name, first.name, first.rank) == ("Accessibility", "Awareness", 1)
    assert first.words.startswith("You can:\n- understand accessibility")
    assert [len(level.lines) for level in skill.levels.all()] == [2, 2, 4, 5]
    assert [level.name for level in skill.levels.all()] == ["Awareness", "Working", "Practitioner", "Expert"]


def test_levels_that_the_british_framework_leaves_open_are_empty(world):
    bring_in(read_framework(shared("uk-gdad/skills.csv"), "gdad"))
    assert not Level.objects.filter(words__contains="not defined").exists()
    assert Level.objects.exclude(words="").count() == 604
    senior = Skill.objects.get(key="capability-building-for-digital-data-and-technology")
    assert senior.sentence == ""
    assert senior.signs[0].startswith("guide the organisation")


def test_the_british_framework_again_changes_nothing(world):
    read = read_framework(shared("uk-gdad/skills.csv"), "gdad")
    bring_in(read)
    assert bring_in(read) == Outcome(unchanged=188)


def test_esco_has_877_skills_that_are_found_by_their_other_names(world):
    read = read_framework(shared("esco/esco_ict_skills.json"), "esco")
    assert bring_in(read) == Outcome(created=877)
    assert bring_in(read) == Outcome(unchanged=877)
    skill = Skill.objects.get(name="develop terminology databases")
    assert skill.key == "http://data.europa.eu/esco/skill/0121ac3b-775b-4faf-b86d-0078623674bc"
    assert "compile terminology databases" in skill.also.split("\n")
    assert skill.name not in skill.also.split("\n")
    assert Framework.objects.get().licence == "This service uses the ESCO classification of the European Commission."
