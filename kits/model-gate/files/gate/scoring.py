"""Scores of two models on the same rows, and how far the difference could be chance."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

METRICS = ("accuracy", "f1_weighted", "roc_auc", "log_loss")
NEED_PROBABILITIES = ("roc_auc", "log_loss")
LOWER_IS_BETTER = ("log_loss",)
SMALLEST = 1e-15  # keeps the logarithm of an impossible event finite


@dataclass(frozen=True)
class Guess:
    """What a model says about each row: a label, and per class a probability if it gives any."""

    labels: Any
    probabilities: Any = None
    classes: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Gain:
    """How much better the challenger is (more is better, also for log_loss), with its interval."""

    gain: float
    low: float
    high: float


def score(metric: str, truth: Any, guess: Guess) -> float:
    single = per_row(metric, truth, guess)
    if single is not None:
        return float(single.mean())
    if metric == "roc_auc":
        positive = guess.classes[1]
        return float(roc_auc_score(truth == positive, guess.probabilities[:, 1]))
    return float(f1_score(truth, guess.labels, average="weighted", zero_division=0))


def per_row(metric: str, truth: Any, guess: Guess) -> Any:
    """Scores that are a mean over rows, row by row; None for the others."""
    if metric == "accuracy":
        return (truth == guess.labels).astype("float64")
    if metric == "log_loss":
        column = {label: place for place, label in enumerate(guess.classes)}
        places = np.array([column.get(label, -1) for label in truth])
        chance = guess.probabilities[np.arange(len(truth)), places]
        return -np.log(np.clip(np.where(places < 0, 0.0, chance), SMALLEST, 1.0))
    return None


def gain(
    metric: str, truth: Any, champion: Guess, challenger: Guess, confidence: float, **draw: int
) -> Gain:
    """Paired bootstrap: both models are scored on the same redrawn rows, many times."""
    rng, rows = np.random.default_rng(draw["seed"]), len(truth)
    single = (per_row(metric, truth, champion), per_row(metric, truth, challenger))
    found = []
    for _ in range(draw["resamples"]):
        drawn = rng.integers(0, rows, rows)
        if single[0] is not None:
            found.append(float((single[1][drawn] - single[0][drawn]).mean()))
        elif metric != "roc_auc" or len(set(truth[drawn])) == 2:
            new, old = (
                score(metric, truth[drawn], pick(one, drawn)) for one in (challenger, champion)
            )
            found.append(new - old)
    sign = -1.0 if metric in LOWER_IS_BETTER else 1.0
    whole = score(metric, truth, challenger) - score(metric, truth, champion)
    ends = np.quantile(np.array(found) * sign, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Gain(sign * whole, float(ends[0]), float(ends[1]))


def pick(guess: Guess, drawn: Any) -> Guess:
    chances = None if guess.probabilities is None else guess.probabilities[drawn]
    return Guess(guess.labels[drawn], chances, guess.classes)
