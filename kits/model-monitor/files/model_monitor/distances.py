"""How far two samples lie apart, how likely that is by chance, and what would have shown.

Both distances run from 0 to 1 and mean the same: the largest difference in probability that the two
samples give to an event. For numbers these events are "at most x" (Kolmogorov-Smirnov), for
categories any set of them (total variation). So one limit serves both.
"""

from dataclasses import dataclass
from math import log, sqrt
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import stats

Numbers: TypeAlias = npt.NDArray[np.floating[Any]]
Counts: TypeAlias = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Distance:
    """What was measured; a distance of `detectable(alpha)` would be significant at alpha."""

    size: float
    p_value: float
    effective_rows: float
    degrees: int = 0  # of the chi-squared test; 0 for Kolmogorov-Smirnov

    def detectable(self, alpha: float) -> float:
        if self.degrees:
            # By Cauchy-Schwarz, total variation d means a chi-squared of at least 4 d^2 times rows.
            return sqrt(float(stats.chi2.isf(alpha, self.degrees)) / self.effective_rows) / 2
        # The bound of Dvoretzky, Kiefer and Wolfowitz, which large samples reach.
        return sqrt(-log(alpha / 2) / 2 / self.effective_rows)


def between_numbers(reference: Numbers, current: Numbers) -> Distance:
    """Kolmogorov-Smirnov by the formula for large samples, which in small ones alarms less."""
    result = stats.ks_2samp(reference, current, method="asymp")
    rows = _effective(reference.size, current.size)
    return Distance(float(result.statistic), float(result.pvalue), rows)


def between_counts(reference: Counts, current: Counts) -> Distance | None:
    """Total variation with the chi-squared test; categories too rare for the test count as one.

    None when all are rare.
    """
    table = np.vstack([reference, current]).astype(np.int64)
    expected_in_smaller = table.sum(axis=0) * table.sum(axis=1).min() / table.sum()
    common = expected_in_smaller >= 5
    if not common.any():
        return None
    rest = table[:, ~common].sum(axis=1, keepdims=True)
    table = np.hstack([table[:, common], rest]) if rest.any() else table[:, common]
    rows = _effective(int(table[0].sum()), int(table[1].sum()))
    if table.shape[1] == 1:
        return Distance(0.0, 1.0, rows, degrees=1)
    shares = table / table.sum(axis=1, keepdims=True)
    size = float(np.abs(shares[0] - shares[1]).sum() / 2)
    test = stats.chi2_contingency(table, correction=False)
    return Distance(size, float(test.pvalue), rows, degrees=table.shape[1] - 1)


def _effective(first: int, second: int) -> float:
    """Comparing n rows with m is as exact as comparing this many with a known distribution."""
    return first * second / (first + second)
