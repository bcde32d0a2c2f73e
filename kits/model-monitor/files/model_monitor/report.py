"""The two findings as a table for people and as JSON for programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from model_monitor.accuracy import Accuracy
from model_monitor.drift import PLAIN_ALPHA, WORST_FIRST, Drift, Feature
from model_monitor.settings import Settings
from model_monitor.tables import fingerprint

HEAD = ("input", "kind", "distance", "limit", "adjusted p", "verdict", "note")


def drift_table(drift: Drift) -> str:
    """Every input in a line, the worst first, and what the plain rule would have said."""
    features = sorted(drift.features, key=lambda one: (WORST_FIRST.index(one.verdict), one.name))
    rows = [HEAD, *(_row(one) for one in features)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([*lines, "", *_closing(drift)])


def accuracy_text(found: Accuracy) -> str:
    """The figure at release, today's, and the drop between them."""
    lines = [f"At release {_share(found.release.value)} right ({found.release.total} predictions)."]
    if found.now and found.interval and found.drop is not None:
        low, high = found.interval
        lines += [
            f"Now {_share(found.now.value)} right"
            f" ({found.now.total} outcomes for {found.predictions} predictions).",
            f"Drop {_points(found.drop)} points, with 95 % confidence"
            f" {_points(low)} to {_points(high)}; the limit is {_points(found.limit)} points.",
        ]
    reason = f" ({found.note})" if found.note else ""
    return "\n".join([*lines, f"Verdict: {found.verdict}{reason}."])


def drift_json(drift: Drift, settings: Settings, now: datetime, files: Sequence[Path]) -> str:
    found = {
        "verdict": drift.verdict,
        "rows": {"reference": drift.reference_rows, "current": drift.current_rows},
        "plain_rule": {"alpha": PLAIN_ALPHA, "alarms": list(drift.plain_alarms)},
        "unchecked": list(drift.unchecked),
        "features": [asdict(one) for one in drift.features],
    }
    return _json("drift", settings, now, files, found)


def accuracy_json(found: Accuracy, settings: Settings, now: datetime, files: Sequence[Path]) -> str:
    return _json("accuracy", settings, now, files, asdict(found))


def _json(
    check: str, settings: Settings, now: datetime, files: Sequence[Path], found: dict[str, Any]
) -> str:
    document = {
        "check": check,
        "model": settings.model,
        "owner": settings.owner,
        "time": now.isoformat(),
        "files": [{"name": path.name, "sha256": fingerprint(path)} for path in files],
        **found,
    }
    # No number may be one that JSON does not know, such as NaN.
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _row(one: Feature) -> tuple[str, ...]:
    numbers = (_number(one.distance, ".3f"), f"{one.limit:g}", _number(one.adjusted_p, ".3g"))
    return (one.name, one.kind, *numbers, one.verdict, "; ".join(_notes(one)))


def _notes(one: Feature) -> Iterator[str]:
    if one.note:
        yield one.note
    for word, names in (("new", one.new_categories), ("gone", one.gone_categories)):
        if names:
            rest = len(names) - 5
            yield f"{word}: {', '.join(names[:5])}{f' and {rest} more' if rest > 0 else ''}"


def _closing(drift: Drift) -> Iterator[str]:
    counted = len(drift.features)
    rows = f"{drift.reference_rows} reference rows, {drift.current_rows} current rows"
    yield f"{rows}: {drift.verdict}."
    yield (
        f'The plain rule "p below {PLAIN_ALPHA}" would raise {len(drift.plain_alarms)} alarms on'
        f" {counted} inputs. With many rows any difference gets a small p, and one in twenty"
        " unchanged inputs does so by chance; here p is adjusted for that, and distance counts."
    )
    if drift.unchecked:
        yield f"Not in the reference, so not checked: {', '.join(drift.unchecked)}."


def _number(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)


def _share(value: float) -> str:
    return f"{value:.1%}".replace("%", " %")


def _points(value: float) -> str:
    return f"{value * 100:.1f}"
