"""Aiko proposes, people of three houses apply: said short, for tests."""

from datetime import date

from grapevine.circles.actions.applying import Answers, apply_for_circle
from grapevine.circles.actions.cohort import Terms, propose_cohort
from tests.personas import make_person

THEME = "Saying difficult things plainly"
WORDS = "For people who have to tell others what they do not want to hear."
BRING, GIFT, HELP = "How to tell the board", "Ask me about frames", "I listen until the end"
STARTS, UNTIL = date(2026, 4, 7), date(2026, 3, 20)


def terms(**other):
    return Terms(**{"theme": THEME, "words": WORDS, "starts_on": STARTS, "apply_until": UNTIL} | other)


def propose(by, **other):
    return propose_cohort(by=by, terms=terms(**{"is_across": True} | other))


def answers(**other):
    said = {"bring": BRING, "gift": GIFT, "help": HELP, "languages": ("en",), "never": []}
    return Answers(**said | other)


def apply(person, cohort, **other):
    return apply_for_circle(by=person, cohort=cohort, answers=answers(**other))


def crowd(organisation, count):
    """So many people more, each in a unit of their own."""
    return [make_person(organisation, f"crowd{n}", f"Nora Number {n}", f"Unit {n}") for n in range(count)]


def again(row):
    """The row as it is now, with nothing known of it."""
    return type(row).objects.get(pk=row.pk)
