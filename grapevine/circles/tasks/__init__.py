"""Jobs of circles."""

from grapevine.circles.tasks import circle, cohort  # noqa: F401 - declares them
