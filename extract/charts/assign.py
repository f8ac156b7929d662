"""Pairing as one problem: every label to at most one place, every place to at most one label."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment


def assign(costs: NDArray[np.float64], limit: float) -> list[tuple[int, int]]:
    """The pairs (row, column) of least total cost; a pair dearer than ``limit`` is not made.

    Leaving a row and a column unpaired costs ``limit``, so the pairing is the best over all labels
    at once and does not depend on their order.
    """
    rows, columns = costs.shape
    if not rows or not columns:
        return []
    # Square by dummies: each row may take its own dummy column at the price of the limit.
    padded = np.full((rows, columns + rows), limit * 1e3)
    padded[:, :columns] = np.minimum(costs, limit * 1e3)
    padded[np.arange(rows), columns + np.arange(rows)] = limit
    chosen_rows, chosen_columns = linear_sum_assignment(padded)
    return [
        (int(r), int(c)) for r, c in zip(chosen_rows, chosen_columns, strict=True)
        if c < columns and costs[r, c] < limit
    ]  # fmt: skip
