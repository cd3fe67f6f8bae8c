"""What holds for every story of circles."""

import pytest

from grapevine.circles.actions import proposing


@pytest.fixture(autouse=True)
def think_fast(monkeypatch):
    """So few people need no more than a second."""
    monkeypatch.setattr(proposing, "seconds_for", lambda people: 1.0)
