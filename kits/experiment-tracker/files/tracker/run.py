"""One training from plan to result, before anything is sent anywhere."""

import random
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from tracker import data, training
from tracker.data import Dataset
from tracker.origin import Code
from tracker.problem import Problem


@dataclass(frozen=True)
class Plan:
    """What a person decides about a training; the same plan on the same data repeats it."""

    target: str
    drop: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    params: dict[str, Any] = field(default_factory=dict)
    seed: int = 0
    one_in: int = 5

    @classmethod
    def from_record(cls, kept: dict[str, Any]) -> "Plan":
        return cls(**{**kept, "drop": tuple(kept["drop"]), "text": tuple(kept["text"])})


@dataclass(frozen=True)
class Trained:
    """A finished training: its record (plain values, ready for JSON), its model and its rows."""

    record: dict[str, Any]
    model: Any
    example: Any
    evaluation: Any


def train(
    plan: Plan, dataset: Dataset, code: Code, packages: tuple[str, ...], now: datetime
) -> Trained:
    """Fit on the training rows, score on the held-out rows. A failed fit is a result, too."""
    frame = data.table(dataset, plan.target, plan.drop, plan.text)
    learn, held_out = data.split(frame, plan.one_in)
    if held_out.empty or learn[plan.target].nunique() < 2:
        raise Problem(
            f"{dataset.name} has too few rows ({len(frame)}) to learn and to hold some out."
        )
    record = {
        "started": now.isoformat(),
        "plan": asdict(plan),
        "code": asdict(code),
        "data": dataset.as_record(),
        "rows": {"training": len(learn), "evaluation": len(held_out)},
        "packages": list(packages),
    }
    model, example = training.build(plan.params, plan.seed), learn.drop(columns=plan.target).head(5)
    # Parts of a model that take no random_state draw from these two.
    random.seed(plan.seed)
    np.random.seed(plan.seed % 2**32)
    try:
        model.fit(learn.drop(columns=plan.target), learn[plan.target])
        predicted = model.predict(held_out.drop(columns=plan.target))
    except Exception as fault:  # the failure belongs on record, whatever it was
        reason = (str(fault).splitlines() or [""])[0]
        failed = {**record, "failure": f"{type(fault).__name__}: {reason}"}
        return Trained(failed, None, example, held_out)
    labels = held_out[plan.target]
    record["metrics"] = training.scores(labels, predicted)
    record["report"] = training.report(labels, predicted)
    return Trained(record, model, example, held_out)
