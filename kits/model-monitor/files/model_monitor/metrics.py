"""The findings as Prometheus metrics, in a file for the node exporter's textfile collector."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from model_monitor.accuracy import DROPPED, Accuracy
from model_monitor.accuracy import UNKNOWN as ACCURACY_UNKNOWN
from model_monitor.drift import BROKEN, DRIFT, UNKNOWN, Drift, Feature
from model_monitor.tables import BadInput


class Metrics:
    """One run's metrics, each with the model's name; without a finding the check has failed."""

    def __init__(self, model: str, check: str, now: datetime) -> None:
        self.model = model
        self.check = check
        self.now = now
        self.fail()

    def fail(self) -> None:
        """Forgets what was found, and says that the check could not be carried out."""
        self.registry = CollectorRegistry()
        self.gauges: dict[str, Gauge] = {}
        self._set(
            "last_run_seconds", "When the check last ran.", self.now.timestamp(), check=self.check
        )
        self._set("failed", "1 if the check could not be carried out.", 1, check=self.check)

    def add_drift(self, drift: Drift) -> None:
        self._set("failed", "", 0, check=self.check)
        self._set("drift_rows", "Rows that were compared.", drift.current_rows)
        values: dict[str, tuple[str, Callable[[Feature], float]]] = {
            "drift_limit": ("Distance from which on it matters.", lambda one: one.limit),
            "drift_found": ("1 if the input drifted.", lambda one: one.verdict == DRIFT),
            "drift_unknown": ("1 if it cannot be told.", lambda one: one.verdict == UNKNOWN),
            "drift_broken": ("1 if the input is unusable.", lambda one: one.verdict == BROKEN),
        }
        for feature in drift.features:
            for name, (help_text, value) in values.items():
                self._set(name, help_text, value(feature), input=feature.name)
            if feature.distance is not None:
                self._set("drift_distance", "0 to 1.", feature.distance, input=feature.name)

    def add_accuracy(self, found: Accuracy) -> None:
        self._set("failed", "", 0, check=self.check)
        self._set("accuracy_dropped", "1 if less often right.", found.verdict == DROPPED)
        unknown = found.verdict == ACCURACY_UNKNOWN
        self._set("accuracy_unknown", "1 if it cannot be told.", unknown)
        self._set("accuracy_release_ratio", "Share right at release.", found.release.value)
        self._set("accuracy_outcomes", "Known outcomes.", found.now.total if found.now else 0)
        if found.now and found.drop is not None and found.interval:
            self._set("accuracy_ratio", "Share of predictions that were right.", found.now.value)
            self._set("accuracy_drop_ratio", "Drop since release.", found.drop)
            self._set("accuracy_drop_low_ratio", "Lower end, 95 %.", found.interval[0])
            self._set("accuracy_drop_high_ratio", "Upper end, 95 %.", found.interval[1])

    def write(self, path: Path) -> None:
        """Replaces the file in one step, so that it is never read half written."""
        try:
            write_to_textfile(str(path), self.registry)
        except OSError as error:
            raise BadInput(f"{path} cannot be written: {error.strerror}.") from error

    def _set(self, name: str, help_text: str, value: float, **labels: str) -> None:
        if name not in self.gauges:
            named = ["model", *labels]
            self.gauges[name] = Gauge(
                f"model_monitor_{name}", help_text, named, registry=self.registry
            )
        self.gauges[name].labels(model=self.model, **labels).set(float(value))
