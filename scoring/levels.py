"""Where the levels are cut: the scale, its bands, the holding rule and the coverage that a level needs."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import repeat

from checklist.model import RATINGS

SCALE = RATINGS
LOWEST, HIGHEST = SCALE[0], SCALE[-1]
COVERAGE_MINIMUM = Fraction(4, 5)
HOLD_MARGIN = 1


def mean(total: int, count: int) -> Fraction | None:
    """The exact mean, None of nothing: no answers is no score, neither 0 nor 1."""
    return Fraction(total, count) if count else None


def average(scores: Iterable[Fraction | None], weights: Iterable[int] = repeat(1)) -> Fraction | None:
    """The mean of the scores that exist, each with its weight (the same if none is given); None when there is none."""
    existing = [(score, weight) for score, weight in zip(scores, weights, strict=False) if score is not None]
    total = sum((score * weight for score, weight in existing), Fraction(0))
    return total / sum(weight for _, weight in existing) if existing else None


def level_of_score(score: Fraction) -> int:
    """The level (1 to 5) in whose band a score of 1 to 5 lies; 5 only at exactly 5."""
    return score.numerator // score.denominator


def held_level(score: Fraction, area_scores: Iterable[Fraction | None]) -> int:
    """The level of an overall score, held at one above the weakest scored area.

    Nobody is Advanced with an Ad hoc area.
    """
    weakest = min(level_of_score(area) for area in area_scores if area is not None)
    return min(level_of_score(score), weakest + HOLD_MARGIN)


def holders(score: Fraction, area_scores: Mapping[str, Fraction | None]) -> tuple[str, ...]:
    """The areas that hold the level below the level of the score, weakest first, then in the order given."""
    level = held_level(score, area_scores.values())
    if level == level_of_score(score):
        return ()
    scored = [(area_score, area) for area, area_score in area_scores.items() if area_score is not None]
    holding = [pair for pair in scored if level_of_score(pair[0]) + HOLD_MARGIN == level]
    return tuple(area for _, area in sorted(holding, key=lambda pair: pair[0]))


def is_thin(coverage: Fraction | None) -> bool:
    """Whether so little of what applies is rated that a level is provisional; never where nothing applies."""
    return coverage is not None and coverage < COVERAGE_MINIMUM
