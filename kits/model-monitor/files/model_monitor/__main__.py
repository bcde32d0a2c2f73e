"""The command line: `python -m model_monitor`, with the checks `drift` and `accuracy`."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from model_monitor import accuracy, drift, report
from model_monitor.metrics import Metrics
from model_monitor.settings import Settings, load
from model_monitor.tables import BadInput, read

FINE, FINDING, CANNOT_TELL = 0, 1, 2
CODES = {
    drift.STABLE: FINE,
    drift.DRIFT: FINDING,
    accuracy.DROPPED: FINDING,
    drift.UNKNOWN: CANNOT_TELL,
    drift.BROKEN: CANNOT_TELL,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 fine, 1 drift or a drop found, 2 cannot tell or bad input."""
    options = _parser().parse_args(arguments)
    metrics: Metrics | None = None
    try:
        settings = load(options.config)
        metrics = Metrics(settings.model, options.check, options.now)
        verdict = CHECKS[options.check](options, settings, metrics)
        if options.metrics:
            metrics.write(options.metrics)
    except BadInput as error:
        sys.stderr.write(f"model-monitor: {error}\n")
        _write_failure(metrics, options.metrics)
        return CANNOT_TELL
    return CODES[verdict]


def _drift(options: argparse.Namespace, settings: Settings, metrics: Metrics) -> str:
    files = (options.reference, options.current)
    found = drift.find(read(options.reference), read(options.current), settings.drift)
    sys.stdout.write(report.drift_table(found) + "\n")
    _save(options.json, report.drift_json(found, settings, options.now, files))
    metrics.add_drift(found)
    for one in found.features:
        if one.verdict == drift.BROKEN:
            sys.stderr.write(f'model-monitor: column "{one.name}": {one.note}.\n')
    return found.verdict


def _accuracy(options: argparse.Namespace, settings: Settings, metrics: Metrics) -> str:
    if settings.accuracy is None:
        raise BadInput(f"{options.config} has no [accuracy] part.")
    files = (options.predictions, options.outcomes)
    tables = (read(options.predictions), read(options.outcomes))
    found = accuracy.find(*tables, settings.accuracy, options.now)
    sys.stdout.write(report.accuracy_text(found) + "\n")
    _save(options.json, report.accuracy_json(found, settings, options.now, files))
    metrics.add_accuracy(found)
    return found.verdict


CHECKS = {"drift": _drift, "accuracy": _accuracy}


def _save(path: Path | None, text: str) -> None:
    if path is None:
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


def _write_failure(metrics: Metrics | None, path: Path | None) -> None:
    """Replaces the last run's values, which are no longer true; if that fails, they grow old."""
    if metrics and path:
        metrics.fail()
        with suppress(BadInput):
            metrics.write(path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="model_monitor", description=main.__doc__)
    checks = parser.add_subparsers(dest="check", required=True)
    for check, names in (
        ("drift", ("reference", "current")),
        ("accuracy", ("predictions", "outcomes")),
    ):
        one = checks.add_parser(check)
        for name in names:
            one.add_argument(name, type=Path, help=f"{name}, .csv or .parquet")
        one.add_argument("--config", type=Path, default=Path("monitor.toml"), help="settings")
        one.add_argument("--json", type=Path, help="also write the report to this file")
        one.add_argument("--metrics", type=Path, help="also write metrics to this .prom file")
        one.add_argument(
            "--now", type=_time, default=datetime.now(UTC), help="time of the check, with its zone"
        )
    return parser


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise argparse.ArgumentTypeError("needs a time zone, as in 2026-11-23T09:30:00+01:00")
    return time


if __name__ == "__main__":
    sys.exit(main())
