"""The decision: one check per limit, each with a sentence; one that fails refuses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gate import scoring
from gate.limits import Limits
from gate.models import Model, inputs
from gate.rows import Rows, groups
from gate.scoring import LOWER_IS_BETTER, Guess

PASS, FAIL, UNKNOWN = "pass", "fail", "unknown"
TIMED = 50


@dataclass(frozen=True)
class Check:
    """One limit and whether it is kept."""

    name: str
    result: str
    sentence: str


@dataclass(frozen=True)
class Contest:
    """Both models with their answers on the same rows; without a champion for the very first."""

    rows: Rows
    limits: Limits
    challenger: tuple[Model, Guess]
    champion: tuple[Model, Guess] | None

    @property
    def models(self) -> list[Model]:
        return [one[0] for one in (self.champion, self.challenger) if one]


def kept(holds: bool) -> str:
    return PASS if holds else FAIL


def checks(contest: Contest, clock: Callable[[], float]) -> list[Check]:
    """Every check of the limits, none hidden by another."""
    found = [*unseen(contest), minimum(contest)]
    if contest.champion:
        found.append(gain(contest, contest.champion[1]))
    for column in contest.limits.slices:
        found += slices(contest, column)
    return [*found, *budgets(contest, clock)]


def unseen(contest: Contest) -> Iterator[Check]:
    for model in contest.models:
        name, digest = f"unseen by {model.version}", contest.rows.digest
        if any(digest.startswith(known) for known in model.digests if len(known) >= 16):
            yield Check(name, FAIL, f"{model} was trained on this very file.")
        elif model.digests:
            yield Check(name, PASS, f"{model} was trained on another file.")
        elif contest.limits.held_out_confirmed:
            yield Check(name, PASS, f"{contest.limits.owner} vouches for it.")
        else:
            yield Check(name, UNKNOWN, f"{model}: no run says on which data it was trained.")


def minimum(contest: Contest) -> Check:
    limits, (_, guess) = contest.limits, contest.challenger
    reached = scoring.score(limits.metric, contest.rows.truth, guess)
    lower = limits.metric in LOWER_IS_BETTER
    holds = reached <= limits.minimum if lower else reached >= limits.minimum
    sentence = f"{limits.metric} is {reached:.4f}, the limit {limits.minimum:.4f}."
    return Check("minimum", kept(holds), sentence)


def gain(contest: Contest, champion: Guess) -> Check:
    limits = contest.limits
    found = scoring.gain(
        limits.metric,
        contest.rows.truth,
        champion,
        contest.challenger[1],
        limits.confidence,
        seed=limits.seed,
        resamples=limits.resamples,
    )
    sentence = (
        f"{limits.metric} gains {found.gain:+.4f} ({limits.confidence:.0%} interval "
        f"{found.low:+.4f} to {found.high:+.4f}); it has to lie above {limits.minimum_gain:+.4f}."
    )
    return Check("gain", kept(found.low > limits.minimum_gain), sentence)


def slices(contest: Contest, column: str) -> list[Check]:
    """Per group the share of right answers against the champion's, and the gap between groups."""
    named, limits, errors = groups(contest.rows, column), contest.limits, {}
    found = []
    for group in sorted(set(named)):
        inside = named == group
        new = 1 - error(contest, contest.challenger[1], inside)
        old = 1 - error(contest, contest.champion[1], inside) if contest.champion else None
        judged = int(inside.sum()) >= limits.slice_minimum_rows
        errors.update({group: 1 - new} if judged else {})
        before = "" if old is None else f" after {old:.4f}"
        sentence = f"accuracy {new:.4f}{before} on {inside.sum()} rows{share(contest, inside)}"
        holds = old is None or old - new <= limits.slice_max_loss
        result, why = (kept(holds), ".") if judged else (PASS, "; too few to judge.")
        found.append(Check(f"{column}={group}", result, sentence + why))
    return [*found, gap(column, errors, limits)]


def gap(column: str, errors: dict[str, float], limits: Limits) -> Check:
    if len(errors) < 2:
        few = f"Fewer than two groups have {limits.slice_minimum_rows} rows."
        return Check(f"{column}: gap", UNKNOWN, few)
    worst, best = max(errors, key=lambda one: errors[one]), min(errors, key=lambda one: errors[one])
    wide = errors[worst] - errors[best]
    sentence = (
        f"Error rates differ by {wide:.4f} ({worst} worst), the limit {limits.slice_max_gap:.4f}."
    )
    return Check(f"{column}: gap", kept(wide <= limits.slice_max_gap), sentence)


def error(contest: Contest, guess: Guess, inside: Any) -> float:
    return float((guess.labels[inside] != contest.rows.truth[inside]).mean())


def share(contest: Contest, inside: Any) -> str:
    """How often a group gets the answer that matters, if the limits name one."""
    if not contest.limits.positive:
        return ""
    given = (contest.challenger[1].labels[inside] == contest.limits.positive).mean()
    return f", {given:.1%} are answered {contest.limits.positive}"


def budgets(contest: Contest, clock: Callable[[], float]) -> Iterator[Check]:
    limits, (model, _) = contest.limits, contest.challenger
    if limits.size_mb:
        size = model.size / 1e6
        sentence = f"The model has {size:.1f} MB, the limit {limits.size_mb:.1f} MB."
        yield Check("size", kept(size <= limits.size_mb), sentence)
    if limits.latency_ms:
        slow = latency(model, contest.rows, clock)
        sentence = f"95 % of single rows take {slow:.1f} ms, the limit {limits.latency_ms:.1f} ms."
        yield Check("latency", kept(slow <= limits.latency_ms), sentence)


def latency(model: Model, rows: Rows, clock: Callable[[], float]) -> float:
    """Milliseconds for one row at a time, 95th percentile; the first call only warms up."""
    table = inputs(model, rows.frame.head(TIMED))
    model.loaded.predict(table.iloc[[0]])
    spent = []
    for place in range(len(table)):
        started = clock()
        model.loaded.predict(table.iloc[[place]])
        spent.append((clock() - started) * 1000)
    return float(np.quantile(spent, 0.95))
