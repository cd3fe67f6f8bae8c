"""Who sees what of circles: applicants their own, the proposer the cards, a seat the circle, nobody anything else."""

from grapevine.circles.policies import circle, cohort, meeting  # noqa: F401 - declares them
