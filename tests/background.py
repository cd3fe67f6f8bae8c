"""What workers do between two presses, done at once."""

from typing import Any

from django.db import connection

from grapevine.kernel.jobs import run_tasks, run_ticks

MOST_PASSES = 4
LOOKS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def run_due() -> bool:
    """Everything that is due now: ticks, and tasks until none is left. False: nothing was, and nothing will be."""
    changes = Changes()
    with connection.execute_wrapper(changes):
        run_ticks()
        while run_tasks():
            pass
    return changes.any


def run_until_nothing_moves() -> None:
    """A fact, the letter it makes, the letter's way out; whatever goes on for ever is left to itself."""
    for _ in range(MOST_PASSES):
        if not run_due():
            break


class Changes:
    """Whether any row changed."""

    def __init__(self) -> None:
        self.any = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """One statement."""
        answer = execute(sql, params, many, context)
        self.any |= not sql.startswith(LOOKS) and context["cursor"].rowcount > 0
        return answer
