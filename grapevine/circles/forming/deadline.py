"""How much time is left. Only ever ends work early: what is done in what order never depends on the clock."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the clock of the machine, in seconds."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """So many seconds from now."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds until then; never less than 0."""
        return max(0.0, self.at - time.monotonic())

    @property
    def is_over(self) -> bool:
        """No time is left."""
        return not self.left

    def share(self, part: float) -> "Deadline":
        """The end of the first part of the time that is left."""
        return Deadline.after(self.left * part)
