"""What would bring more people in: said of five and more, never of anybody."""

import pytest

from grapevine.circles.actions import proposing
from grapevine.circles.forming import Applicant, Rules
from grapevine.circles.forming.easing import Easing, easing, favourite
from grapevine.circles.queries.proposal import table
from grapevine.circles.tests.applying import apply, crowd, propose
from grapevine.circles.tests.test_proposing import SIX, at, formed, page
from grapevine.people.models import Language

NOTHING = Easing(0, 0)
EVENINGS = [(day, "00:00", "15:00") for day in range(5)]


def apart(count, **told):
    """So many people; nobody has a time of anybody else."""
    return [Applicant(**{"id": n, "slots": 1 << n, "languages": frozenset({("en", 0)})} | told) for n in range(count)]


def test_one_hour_more_is_what_people_without_a_common_one_need():
    assert easing(apart(6), Rules()) == Easing(hours=6, languages=0)
    assert easing(apart(13), Rules()) == Easing(hours=13, languages=0)


def test_one_language_more_is_what_people_without_a_common_one_need():
    strangers = [Applicant(n, 1, frozenset({(f"language {n}", 0)})) for n in range(7)]
    assert easing(strangers, Rules()) == Easing(hours=0, languages=7)


def test_a_language_more_does_not_change_with_whom_somebody_would_sit():
    """Three want to stay inside their organisation, three want others."""
    inside, across = (frozenset({("en", place)}) for place in (7, 0))
    people = [Applicant(n, 1, inside if n < 3 else across) for n in range(6)]
    assert easing(people, Rules()) == NOTHING


def test_fewer_than_a_circle_are_not_spoken_of():
    assert easing(apart(4), Rules()) == NOTHING
    assert easing([], Rules()) == NOTHING


def test_nothing_is_eased_where_they_could_sit_as_it_is():
    assert easing([Applicant(n, 1, frozenset({"en"})) for n in range(6)], Rules()) == NOTHING


def test_no_number_tells_who_keeps_away_from_whom():
    people = apart(6)
    wishes = Rules(apart=tuple((0, n) for n in range(1, 6)), moved=((1, frozenset(range(6))),))
    assert easing(people, wishes) == easing(people, Rules())


def test_the_favourite_hour_is_one_of_five():
    assert favourite(apart(6), 5) is None
    people = [Applicant(n, 0b110 if n < 5 else 0b100, frozenset()) for n in range(6)]
    assert (favourite(people, 5), favourite(people, 7)) == (2, None)


# --- on the cards -----------------------------------------------------------------------------------


@pytest.fixture
def late(world, run_jobs):
    """Six who fit, and six more who speak a language each of their own and want nobody else's."""
    cohort = propose(world.aiko)
    for number, person in enumerate(crowd(world.halden, 6)):
        code = ("pl", "cs", "hu", "fi", "et", "lv")[number]
        Language.objects.create(person=person, code=code)
        apply(person, cohort, languages=(code,))
    return formed(world, run_jobs, SIX, cohort=cohort)


def test_a_proposer_reads_it_beside_those_who_wait(late, world, door):
    told = page(door(world.aiko).get(at("proposal", late)))
    assert "With one language more each, 6 of those who wait could sit in a circle." in told
    assert "With one hour more each" not in told


def test_with_four_who_wait_it_is_not_said(late, world, door):
    waiting = [application for application, _reason in table(late).waiting]
    for application in waiting[:2]:
        proposing.move(by=world.aiko, proposal=late, application=application, to=late.circles.get())
    assert table(late).hint is None
    assert "What would bring more people in" not in page(door(world.aiko).get(at("proposal", late)))


def test_once_it_is_shown_it_is_not_said_any_more(late, world):
    shown = proposing.show(by=world.aiko, proposal=late)
    assert table(shown).hint is None


def test_the_hour_is_one_that_suits_most(world, run_jobs, door):
    """Each of five has an hour a week in which nobody else can come, and in London it is not afternoon yet."""
    cohort = propose(world.aiko)
    for day, person in enumerate(crowd(world.halden, 5)):
        never = [(other, "00:00", "23:59") for other in range(5) if other != day]
        hour = 8 + day
        never += [(day, "00:00", f"{hour:02}:00"), (day, f"{hour + 2:02}:00", "23:59")]
        apply(person, cohort, never=never)
    proposal = formed(world, run_jobs, SIX, cohort=cohort, **{name: {"never": EVENINGS} for name in SIX})
    told = page(door(world.aiko).get(at("proposal", proposal)))
    assert "With one hour more each, 6 of those who wait could sit in a circle." in told
    assert "Most who applied can come on Monday 15:00." in told
