"""A result as the JSON that scripts, the API and the store keep; the only place where scores are rounded."""

from fractions import Fraction
from typing import Any

from checklist.model import Checklist
from scoring.model import AreaResult, Fix, HealthResult, Range, Result, Target
from scoring.path import NoPath, Path

SCHEMA = "mlops-checkup/result/1"
DECIMALS = 4


def as_record(
    checklist: Checklist, system_name: str, result: Result, path: Path | NoPath | None = None
) -> dict[str, Any]:
    """The result as plain JSON values, with the path to the next level; what does not exist is null."""
    return {
        "schema": SCHEMA,
        "system": system_name,
        "checklist": result.checklist,
        "lens": result.lens,
        "target": _target(result.target),
        "score": _rounded(result.score),
        "level": result.level,
        "level_name": None if result.level is None else checklist.level(result.level).name,
        "level_of_score": result.level_of_score,
        "held_by": result.held_by,
        "coverage": _rounded(result.coverage),
        "provisional": result.provisional,
        "range": _range(result.range),
        "range_levels": None if result.range is None else [result.range.low_level, result.range.high_level],
        "areas": [_area(area) for area in result.areas],
        "summary": [{"id": line.id, "score": _rounded(line.score)} for line in result.summary],
        "health": _health(result.health),
        "fixes": [_fix(fix) for fix in result.fixes],
        "unknown": list(result.find_out),
        "not_applicable": list(result.not_applicable),
        "anti_patterns": list(result.anti_patterns),
        "path": _path(path) if isinstance(path, Path) else None,
    }


def _rounded(value: Fraction | None) -> float | None:
    return None if value is None else float(round(value, DECIMALS))


def _target(target: Target) -> int | dict[str, int] | None:
    """One number where every area aims at it, else a number per area; null where there is none."""
    levels = set(target.areas.values())
    if not levels:
        return target.overall
    return levels.pop() if len(levels) == 1 and target.overall is not None else dict(target.areas)


def _range(possible: Range | None) -> list[float | None] | None:
    return None if possible is None else [_rounded(possible.low), _rounded(possible.high)]


def _area(area: AreaResult) -> dict[str, Any]:
    return {
        "id": area.id,
        "score": _rounded(area.score),
        "level": area.level,
        "coverage": _rounded(area.coverage),
        "range": _range(area.range),
    }


def _health(health: HealthResult) -> dict[str, Any] | None:
    if not (health.yes or health.no or health.unsure):
        return None
    return {
        "score": _rounded(health.score),
        "range": [_rounded(health.score), _rounded(health.high)] if health.complete else None,
        "level": health.level,
        "yes": len(health.yes),
        "no": list(health.no),
        "unsure": list(health.unsure),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "item": fix.item,
        "priority": fix.priority,
        "rating": fix.rating,
        "target": fix.target,
        "gain": _rounded(fix.gain),
        "effort": fix.effort,
        "blocked_by": [blocker.item for blocker in fix.blocked_by],
    }


def _path(path: Path) -> dict[str, Any]:
    steps = [
        {
            "item": step.item,
            "from": step.start,
            "to": step.end,
            "effort": step.effort,
            "score": _rounded(step.score),
            "level": step.level,
        }
        for step in path.steps
    ]
    return {"from": path.start, "to": path.to, "effort": path.effort, "steps": steps}
