"""Where is the cheapest set of moves found? An integer program for SciPy's HiGHS, in whole numbers throughout."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, inf, lcm
from typing import Any

# Powers of two up to here stay far above the solver's tolerance of a millionth, and well inside exact floats.
PLACES_AT_ONCE = 16
TOLERANCE = 1e-7


def warm_up() -> None:
    """Import SciPy, which takes half a second, before somebody waits for it."""
    import scipy.optimize
    import scipy.sparse  # noqa: F401


class SolverFailed(RuntimeError):
    """The solver gave up on a program that has a solution; the message is its own."""


@dataclass(frozen=True, slots=True)
class Move:
    """An item one level up, to `rating`; `first` is its lowest move here, the next ones follow it in the list."""

    item: str
    rating: int
    effort: int
    first: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """What the chosen moves have to lift together: the sum of the `lifts` of their items must reach `height`."""

    lifts: Mapping[str, Fraction]
    height: Fraction


@dataclass(frozen=True, slots=True)
class Row:
    """`low` ≤ the sum of coefficient × variable ≤ `high`, as far as they are given."""

    coefficients: Mapping[int, int]
    low: int | None
    high: int | None = None


def cheapest(
    moves: Sequence[Move], bars: Sequence[Bar], needs: Sequence[tuple[Move, tuple[str, int]]]
) -> tuple[Move, ...]:
    """The moves with the least effort over every bar; a move needs the one below it, and `needs` name others.

    Each of these is a move, and the item with the rating that has to be reached with it.

    Of equally cheap choices those with the fewest items, and of these the one whose items stand first in `moves`,
    and move highest in that order. Such moves must exist.
    """
    places = {(move.item, move.rating): place for place, move in enumerate(moves)}
    rows = [_over(bar, moves) for bar in bars]
    rows += [Row({place - 1: 1, place: -1}, 0) for place, move in enumerate(moves) if not move.first]
    rows += [Row({places[needed]: 1, places[one.item, one.rating]: -1}, 0) for one, needed in needs]
    # An effort point outweighs every item, so one program settles both.
    cost = [move.effort * (sum(move.first for move in moves) + 1) + move.first for move in moves]
    relaxed = _relaxed(cost, rows)
    found = _solve(cost, rows, relaxed.known(sum(cost[place] for place in _rounded_up(relaxed, cost, rows))))
    rows.append(_at_most([move.effort for move in moves], found))
    rows.append(_at_most([int(move.first) for move in moves], found))
    known = relaxed.known(sum(cost[place] for place in found))
    items = sum(moves[place].first for place in found)
    chosen = _first_in_order(moves, rows, items, known)
    return tuple(moves[place] for place in sorted(chosen))


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The cheapest solution in fractions of moves, what it costs, and how much dearer 0 or 1 would make it."""

    shares: Sequence[float]
    cost: float
    dearer_with: Sequence[float]
    dearer_without: Sequence[float]

    def known(self, at_most: int) -> dict[int, int]:
        """The variables that have the same value in every solution that costs no more than that."""
        room = at_most - self.cost + 0.5
        out = {place: 0 for place, dearer in enumerate(self.dearer_with) if dearer > room}
        return out | {place: 1 for place, dearer in enumerate(self.dearer_without) if dearer > room}


def _relaxed(cost: Sequence[int], rows: Sequence[Row]) -> Relaxed:
    from scipy.optimize import linprog

    matrix, lows, _ = _matrix(rows, len(cost))
    answer = linprog(cost, A_ub=-matrix, b_ub=[-low for low in lows], bounds=(0, 1), method="highs")
    if answer.status != 0:
        raise SolverFailed(f"The cheapest path could not be computed: {answer.message}")
    return Relaxed(answer.x, answer.fun, answer.lower.marginals, -answer.upper.marginals)


def _rounded_up(relaxed: Relaxed, cost: Sequence[int], rows: Sequence[Row]) -> set[int]:
    """A good solution: every move that the relaxed one makes in part, without those that it can do without."""
    chosen = {place for place, share in enumerate(relaxed.shares) if share > TOLERANCE}
    for place in sorted(chosen, key=lambda place: (relaxed.shares[place], -cost[place])):
        if relaxed.shares[place] < 1 - TOLERANCE and all(_holds(row, chosen - {place}) for row in rows):
            chosen.remove(place)
    return chosen


def _holds(row: Row, chosen: Collection[int]) -> bool:
    return row.low is None or sum(value for place, value in row.coefficients.items() if place in chosen) >= row.low


def _at_most(costs: Sequence[int], found: Iterable[int]) -> Row:
    return Row(dict(enumerate(costs)), None, sum(costs[place] for place in found))


def _over(bar: Bar, moves: Sequence[Move]) -> Row:
    """A bar in whole numbers: all its fractions over one denominator, and that without common factors."""
    scale = lcm(bar.height.denominator, *(lift.denominator for lift in bar.lifts.values()))
    lifts = {place: int(bar.lifts[move.item] * scale) for place, move in enumerate(moves) if bar.lifts.get(move.item)}
    low, common = int(bar.height * scale), gcd(*lifts.values()) or 1
    return Row({place: lift // common for place, lift in lifts.items()}, -(-low // common))


def _first_in_order(moves: Sequence[Move], rows: Sequence[Row], items: int, known: Mapping[int, int]) -> frozenset[int]:
    """Among the solutions of `rows` the one that has the earliest first moves, and then the earliest others."""
    settled = dict(known)
    firsts = [place for place, move in enumerate(moves) if move.first]
    while block := [place for place in firsts if place not in settled][:PLACES_AT_ONCE]:
        settled |= _earliest(block, len(moves), rows, settled)
        if sum(settled.get(place, 0) for place in firsts) == items:
            settled |= dict.fromkeys([place for place in firsts if place not in settled], 0)
    moving = {moves[place].item for place in firsts if settled[place]}
    settled |= {place: 0 for place, move in enumerate(moves) if move.item not in moving}
    while block := [place for place in range(len(moves)) if place not in settled][:PLACES_AT_ONCE]:
        settled |= _earliest(block, len(moves), rows, settled)
    return frozenset(place for place, value in settled.items() if value)


def _earliest(block: Sequence[int], size: int, rows: Sequence[Row], known: Mapping[int, int]) -> dict[int, int]:
    """The values of these variables in the solution that makes the first of them 1 if it can, then the second ..."""
    weights = [0] * size
    for power, place in enumerate(reversed(block)):
        weights[place] = -(2**power)
    found = _solve(weights, rows, known)
    return {place: int(place in found) for place in block}


def _solve(cost: Sequence[int], rows: Sequence[Row], known: Mapping[int, int]) -> frozenset[int]:
    """The variables that are 1 in the cheapest solution; those that are `known` keep their value."""
    # SciPy takes as long to import as the rest of the app's start together, and most commands never need it.
    from scipy.optimize import Bounds, LinearConstraint, milp

    matrix, lows, highs = _matrix(rows, len(cost))
    places = range(len(cost))
    bounds = Bounds([known.get(place, 0) for place in places], [known.get(place, 1) for place in places])
    answer = milp(
        cost,
        constraints=LinearConstraint(matrix, lows, highs),
        integrality=[1] * len(cost),
        bounds=bounds,
        options={"mip_rel_gap": 0},
    )
    if answer.x is None or answer.status != 0:
        raise SolverFailed(f"The cheapest path could not be computed: {answer.message}")
    return frozenset(place for place, value in enumerate(answer.x) if value > 0.5)


def _matrix(rows: Sequence[Row], width: int) -> tuple[Any, list[float], list[float]]:
    """The rows as a sparse matrix with their lower and upper bounds."""
    from scipy.sparse import csr_array

    entries = [(value, line, place) for line, row in enumerate(rows) for place, value in row.coefficients.items()]
    values, lines, columns = zip(*entries, strict=True)
    lows = [-inf if row.low is None else row.low for row in rows]
    highs = [inf if row.high is None else row.high for row in rows]
    return csr_array((values, (lines, columns)), shape=(len(rows), width), dtype=float), lows, highs
