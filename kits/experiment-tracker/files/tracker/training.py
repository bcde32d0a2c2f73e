"""The model itself: replace `build` with your own; the rest of the kit stays as it is."""

from typing import Any

import numpy as np
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    accuracy_score,
    classification_report,
    confusion_matrix,
    precision_score,
    recall_score,
)
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from tracker.problem import Problem


def build(params: dict[str, Any], seed: int) -> Any:
    """An unfitted classifier with its preprocessing, so that both are stored as one model."""
    numbers = make_pipeline(SimpleImputer(), StandardScaler())
    texts = make_pipeline(
        gap_filler(np.nan),  # a gap read from a file
        gap_filler(None),  # a gap sent as JSON
        OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=50),
    )
    columns = ColumnTransformer(
        [
            ("numbers", numbers, make_column_selector(dtype_include="number")),
            ("texts", texts, make_column_selector(dtype_exclude="number")),
        ]
    )
    settings = {"max_iter": 1000, **params, "random_state": seed}
    try:
        return Pipeline([("columns", columns), ("model", LogisticRegression(**settings))])
    except TypeError as fault:
        raise Problem(f"The model does not know a parameter: {fault}.") from fault


def gap_filler(gap: float | None) -> Any:
    return SimpleImputer(missing_values=gap, strategy="constant", fill_value="(missing)")


def scores(labels: Any, predicted: Any) -> dict[str, float]:
    """Accuracy, and precision and recall weighted by how often each label occurs."""
    weighted = {"average": "weighted", "zero_division": 0.0}
    return {
        "accuracy": float(accuracy_score(labels, predicted)),
        "precision_weighted": float(precision_score(labels, predicted, **weighted)),
        "recall_weighted": float(recall_score(labels, predicted, **weighted)),
    }


def report(labels: Any, predicted: Any) -> dict[str, Any]:
    """Per label: precision, recall, rows; and which label was taken for which."""
    names = sorted(set(map(str, labels)) | set(map(str, predicted)))
    truth, guess = [str(label) for label in labels], [str(label) for label in predicted]
    by_label = classification_report(truth, guess, labels=names, output_dict=True, zero_division=0)
    confusion = confusion_matrix(truth, guess, labels=names).tolist()
    return {"labels": names, "by_label": by_label, "confusion": confusion}
