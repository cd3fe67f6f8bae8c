"""The one door to the solver (HiGHS, by way of scipy)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grapevine.circles.forming.deadline import Deadline

ENDED_EARLY = 1  # says scipy

Entries = tuple[NDArray[Any], tuple[NDArray[Any], NDArray[Any]]]


def solve(
    worth: NDArray[Any],
    entries: Entries,
    limits: NDArray[Any],
    *,
    whole: NDArray[Any],
    most: Any,
    until: Deadline,
    gap: float,
) -> NDArray[Any] | None:
    """How much of each column to take for the most `worth`: rows at most `limits`, columns from 0 to `most`.

    `entries` are (values, (rows, columns)) of the matrix; `whole` is 1 where only whole numbers count. None when no
    answer was found in time. An answer is at most the share `gap` below the best, unless the time has ended the search.
    """
    # scipy takes seconds to come: those who never form circles, and every other start, need not wait for it
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - see above
    from scipy.sparse import coo_array  # noqa: PLC0415 - see above

    matrix = coo_array(entries, shape=(len(limits), len(worth))).tocsr()
    found = milp(
        -worth,
        integrality=whole,
        bounds=Bounds(0, most),
        constraints=LinearConstraint(matrix, -np.inf, limits),
        options={"time_limit": until.left, "mip_rel_gap": gap},
    )
    if found.status == ENDED_EARLY:
        until.ended()
    answer: NDArray[Any] | None = found.x
    return answer
