"""What workers do between two presses, done at once."""

from grapevine.kernel.jobs import run_tasks, run_ticks


def run_due() -> None:
    """Everything that is due now: ticks, and tasks until none is left."""
    run_ticks()
    while run_tasks():
        pass
