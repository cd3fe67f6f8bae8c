"""Forming circles: who sits with whom, as a pure function of applicants, rules and a seed.

    proposal = form_circles(applicants, rules, seed=1, seconds=10)

Promises
- Every circle keeps every hard rule of `Rules`, however little time there was; less time means fewer or plainer circles.
- First as many people as can be, nobody behind others for a rare language or zone; then the best company.
- Everybody else has a reason (`reasons`) that `all_hold` confirms, and that never tells who keeps away from whom.
- The same applicants, rules and seed give the same circles where the time is enough. The clock only leaves work out, and
  then `Proposal.was_hurried` says that another run may come to other circles, as valid and explained as these.

How
`cohort` says what comes in and goes out; `numbered` counts people and turns sets into bit masks; `exact` tries all
circles of a small cohort; `placing` and `filling` seat the most people, rarest first; `improving` exchanges them on the
tables of `seating`, with `values` for what pairs bring each other and `fairness` for whose turn it is; `reasons` explains
who waits, `easing` what would bring in more of them; `judging` tells a hand-made circle what it breaks and shares; `files`
reads and writes JSON; `deadline` knows how much time is left, and whether it was felt.
Nothing here knows Django, a database or a name.
"""

from grapevine.circles.forming.cohort import Applicant, Proposal, Rules, Waiting
from grapevine.circles.forming.form import LockedError, form_circles
from grapevine.circles.forming.judging import BROKEN, Common, broken_rules, common
from grapevine.circles.forming.reasons import all_hold, holds

__all__ = [
    "BROKEN",
    "Applicant",
    "Common",
    "LockedError",
    "Proposal",
    "Rules",
    "Waiting",
    "all_hold",
    "broken_rules",
    "common",
    "form_circles",
    "holds",
]
