"""`grapevine circles form`: forming as a command, for trying rules and for comparing; it needs no database."""

import argparse
import json
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from grapevine.circles.forming import form_circles
from grapevine.circles.forming.files import read_cohort, write_proposal


def form(options: argparse.Namespace) -> None:
    """Print the proposal for a cohort as one line of JSON."""
    try:
        applicants, rules = read_cohort(json.loads(Path(options.cohort).read_text(encoding="utf-8")))
        proposal = form_circles(applicants, rules, seed=options.seed, seconds=options.seconds)
    except OSError as reason:
        raise ImproperlyConfigured(f"{options.cohort} cannot be read: {reason.strerror}") from reason
    except KeyError as reason:
        raise ImproperlyConfigured(f"{options.cohort} lacks {reason}") from reason
    except (AttributeError, TypeError, ValueError) as reason:
        raise ImproperlyConfigured(f"{options.cohort} is not a cohort: {reason}") from reason
    json.dump(write_proposal(proposal), sys.stdout)
    print()
