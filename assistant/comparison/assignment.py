"""The assignment problem: pairs of rows and columns, each used once, of the greatest sum.

Written out rather than taken from SciPy, whose import costs a second on a small machine, more than a comparison does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.contract import Matrix

Floats = NDArray[np.float64]


def assigned(gains: Matrix) -> list[tuple[int, int]]:
    """The pairs (row, column) of a best assignment that gain anything, in the order of rows.

    Shortest augmenting paths (Kuhn 1955, in the form of Jonker and Volgenant 1987): O(n² m).

    Args:
        gains: at least 0, shape (n, m); 0 for a pair that must not be made.
    """
    rows, columns = gains.shape
    if not rows or not columns:
        return []
    if rows > columns:
        return sorted((row, column) for column, row in assigned(gains.T))
    column_of = _shortest(-gains.astype(np.float64))
    return [(row, column) for row, column in enumerate(column_of) if gains[row, column] > 0]


def _shortest(costs: Floats) -> list[int]:
    """The column of each row in an assignment of least cost; shape (n, m) with n at most m."""
    rows, columns = costs.shape
    of_row, of_column = np.zeros(rows), np.zeros(columns)  # the dual prices
    row_at = np.full(columns, -1)
    for start in range(rows):
        least, seen = np.full(columns, np.inf), np.zeros(columns, dtype=bool)
        via = np.full(columns, -1)
        row, column, path = start, -1, []
        while row >= 0:
            reduced = costs[row] - of_row[row] - of_column
            nearer = ~seen & (reduced < least)
            least[nearer], via[nearer] = reduced[nearer], column
            column = int(np.where(seen, np.inf, least).argmin())
            step = least[column]
            of_row[[start, *(row_at[c] for c in path)]] += step
            of_column[seen] -= step
            least[~seen] -= step
            seen[column] = True
            path.append(column)
            row = int(row_at[column])
        while column >= 0:
            before = int(via[column])
            row_at[column] = row_at[before] if before >= 0 else start
            column = before
    return [int(np.flatnonzero(row_at == row)[0]) for row in range(rows)]
