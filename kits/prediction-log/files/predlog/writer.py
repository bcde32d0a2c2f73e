"""What the service calls: one line per prediction, without the inputs themselves."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from predlog import files
from predlog.entry import checked_id, checked_version, inputs_hash, plain, stamp
from predlog.problem import Problem

SHORTEST_KEY = 16


class WriteProblem(Problem):
    """A prediction is not on record; the service decides whether it may still answer."""


class PredictionLog:
    """The log of one loaded model version in one folder, which several processes may share.

    `key` protects the hash of the inputs: keep it like a password, the same in all processes.
    `fields` names the inputs that may be written as they are; all others leave only their hash.
    """

    def __init__(
        self, folder: Path, model: str, version: str, key: bytes, fields: tuple[str, ...] = ()
    ) -> None:
        if len(key) < SHORTEST_KEY:
            raise Problem(f"The key needs at least {SHORTEST_KEY} bytes.")
        self.folder, self.model = Path(folder), model
        self.version, self.key, self.fields = checked_version(version), key, fields
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise Problem(f"{folder} cannot be used: {fault.strerror}.") from fault

    def predict(
        self,
        function: Callable[[Mapping[str, Any]], Any],
        inputs: Mapping[str, Any],
        request_id: str,
        clock: Callable[[], float] = time.perf_counter,
    ) -> Any:
        """Call the model's function with the inputs, log what it answers, and answer that."""
        started = clock()
        answer = function(inputs)
        took = (clock() - started) * 1000
        self.record(request_id, inputs, answer, took, datetime.now(UTC))
        return answer

    def record(
        self,
        request_id: str,
        inputs: Mapping[str, Any],
        prediction: Any,
        latency_ms: float,
        now: datetime,
    ) -> dict[str, Any]:
        """Write one line and return it; WriteProblem when it could not be written."""
        entry = {
            "request_id": checked_id(request_id),
            "time": stamp(now),
            "model": self.model,
            "version": self.version,
            "inputs_hash": inputs_hash(inputs, self.key),
            "prediction": plain(prediction),
            "latency_ms": plain(round(float(latency_ms), 3)),
        }
        allowed = {name: plain(inputs[name]) for name in self.fields if name in inputs}
        if allowed:
            entry["inputs"] = allowed
        try:
            files.append(self.folder / f"predictions-{entry['time'][:10]}.jsonl", entry)
        except OSError as fault:
            raise WriteProblem(f"The prediction is not on record: {fault.strerror}.") from fault
        return entry
