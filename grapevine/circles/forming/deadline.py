"""How much time is left. The clock only ever ends work early, and it is remembered that it did."""

import time
from dataclasses import dataclass, field

SLACK = 0.5
MOMENT = 1e-9


@dataclass(slots=True)
class Memory:
    """Was some work left out? While it was not, any machine would have come to the same answer."""

    was_hurried: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the clock of the machine, in seconds; parts of the time before it share one memory."""

    began: float
    at: float
    memory: Memory = field(default_factory=Memory)

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """So many seconds from now."""
        now = time.monotonic()
        return cls(now, now + seconds)

    def share(self, part: float) -> "Deadline":
        """The end of the first part of the time that is left."""
        now = time.monotonic()
        return Deadline(now, now + self.left * part, self.memory)

    @property
    def left(self) -> float:
        """Seconds until then; never less than 0."""
        return max(0.0, self.at - time.monotonic())

    def allows(self, seconds: float = 0.0) -> bool:
        """More time is left than that; if not, that is remembered."""
        return self._note(enough=self.left > seconds)

    def keeps_pace(self, done: float) -> bool:
        """There is time for one more step when such a share of all steps is behind us; if not, that is remembered.

        A slow machine feels it in the second half only: then steps are left out here and there, up to the last.
        """
        gone = 1 - self.left / max(self.at - self.began, MOMENT)
        return self._note(enough=self.left > 0 and done >= (gone - SLACK) / (1 - SLACK))

    def ended(self) -> None:
        """Remember that something else stopped at this time."""
        self.memory.was_hurried = True

    def _note(self, *, enough: bool) -> bool:
        if not enough:
            self.ended()
        return enough
