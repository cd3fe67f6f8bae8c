"""The skills there are, and who offers them."""

from django.db.models import Q, QuerySet

from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.people.models import Person
from grapevine.skills.models import STARTER, Level, Offer, Skill, language_here

OFFERS_SHOWN = 20


def skills_to_choose(asker: Person) -> "QuerySet[Skill]":
    """A list short enough to choose from: our own skills and those of the asker's organisation."""
    near = Q(framework__key=STARTER) | Q(framework__organisation=asker.organisation_id)
    return visible(asker, Skill).filter(near)


def skills_named(asker: Person, *names: str) -> dict[str, list[Skill]]:
    """For each name the skills that are called exactly so, whatever case, in English or the reader's language. One query."""
    language = language_here()
    called = Q()
    for name in filter(None, names):
        called |= Q(name__iexact=name) | Q(**{f"others__{language}__name__iexact": name})
    found = list(visible(asker, Skill).filter(called)) if called else []
    return {name: [skill for skill in found if _is_called(skill, name, language)] for name in names}


def levels_of(skill: Skill) -> list[Level]:
    """The steps of which the framework says something."""
    return [level for level in skill.levels.all() if level.words]


def who_offers(asker: Person, skill: Skill) -> list[Offer]:
    """Offers of this skill that stand, latest first, each with its person and unit. One's own is among them."""
    today = clock.today(asker.timezone)
    standing = visible(asker, Offer).filter(skill=skill, withdrawn_at__isnull=True, expires_on__gte=today)
    return list(standing.select_related("person__unit")[:OFFERS_SHOWN])


def _is_called(skill: Skill, name: str, language: str) -> bool:
    return name.casefold() in (skill.name.casefold(), skill.others.get(language, {}).get("name", "").casefold())
