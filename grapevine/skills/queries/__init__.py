"""What people offer, seek and may be found for; the directory; the skills there are."""

from grapevine.skills.queries.directory import (
    PAGES_MOST,
    Filters,
    Found,
    directory,
    names_like,
    working_together,
    zones_and_languages,
)
from grapevine.skills.queries.finding import evidence_matching
from grapevine.skills.queries.frameworks import levels_of, skills_named, skills_to_choose, who_offers
from grapevine.skills.queries.oneself import (
    evidence_of,
    interests_of,
    offers_about,
    offers_by,
    offers_of,
    told_about,
)
from grapevine.skills.queries.portraits import Portrait, portrait, portrayed

__all__ = [
    "PAGES_MOST",
    "Filters",
    "Found",
    "Portrait",
    "directory",
    "evidence_matching",
    "evidence_of",
    "interests_of",
    "levels_of",
    "names_like",
    "offers_about",
    "offers_by",
    "offers_of",
    "portrait",
    "portrayed",
    "skills_named",
    "skills_to_choose",
    "told_about",
    "who_offers",
    "working_together",
    "zones_and_languages",
]
