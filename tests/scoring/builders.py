"""Small made-up checklists and answers: build with defaults, name only what the test is about."""

from collections.abc import Iterable, Mapping

from checklist.model import (
    AntiPattern,
    Area,
    Checklist,
    FailureMode,
    HealthQuestion,
    Item,
    Level,
    Need,
    Priority,
    Remedy,
    Section,
    SummaryLine,
)
from scoring.model import Answers, Response

LEVEL_NAMES = ("Ad hoc", "Basic", "Intermediate", "Advanced", "Expert")
AREA_NAMES = {
    "data": "Data pipeline",
    "development": "Model development",
    "deployment": "Model deployment",
    "monitoring": "Model monitoring",
    "governance": "Model governance",
}
REAL_SIZES = {"data": 8, "development": 8, "deployment": 9, "monitoring": 8, "governance": 8}
FAILURES = {
    "data-drift": "Data drift",
    "model-degradation": "Model degradation",
    "deployment-issues": "Deployment issues",
    "monitoring-gaps": "Monitoring gaps",
    "rollback-failures": "Rollback failures",
}
HEALTH_IDS = (
    "reproduce-old-model",
    "know-degradation",
    "fast-rollback",
    "pipeline-tests",
    "trace-prediction",
)


def an_item(
    item_id: str,
    area: str = "data",
    *,
    needs: Mapping[str, int] | None = None,
    priority: str = "medium",
    effort: str = "low",
    prevents: Iterable[str] = (),
    weight: int = 1,
) -> Item:
    name = item_id.replace("-", " ").capitalize()
    return Item(
        id=item_id,
        name=name,
        area=area,
        section=f"{area}-section",
        question=f"What about {name}?",
        why="It hurts when it is missing.",
        answers=tuple(f"{name} is like {rating}." for rating in range(1, 6)),
        show="Show it.",
        remedy=Remedy("Start.", ("Go to 2.", "Go to 3.", "Go to 4.", "Go to 5."), ()),
        effort=effort,
        prevents=tuple(prevents),
        needs=tuple(Need(needed, rating) for needed, rating in (needs or {}).items()),
        priority=priority,
        priority_reason=f"{name} matters this much.",
        weight=weight,
    )


def a_checklist(
    *items: Item,
    summary: Iterable[SummaryLine] = (),
    anti_patterns: Iterable[AntiPattern] = (),
    area_weights: Mapping[str, int] | None = None,
) -> Checklist:
    """A checklist of these items; its areas in the order in which they first appear."""
    weights = area_weights or {}
    area_ids = tuple(dict.fromkeys(item.area for item in items))
    return Checklist(
        version="1",
        areas=tuple(
            _area(area_id, tuple(i for i in items if i.area == area_id), weights.get(area_id, 1))
            for area_id in area_ids
        ),
        levels=tuple(Level(number, name, "", ()) for number, name in enumerate(LEVEL_NAMES, start=1)),
        health=tuple(HealthQuestion(h, h, f"{h}?", "", f"A no on {h} is a gap.", ()) for h in HEALTH_IDS),
        summary=tuple(summary),
        failures=tuple(FailureMode(f, name, "", "") for f, name in FAILURES.items()),
        anti_patterns=tuple(anti_patterns),
        priorities=tuple(Priority(p, p.capitalize(), "") for p in ("critical", "high", "medium", "low")),
    )


def the_real_shape() -> Checklist:
    """41 items in the real areas (8, 8, 9, 8, 8), called data-1, data-2 and so on; a summary line each."""
    items = [an_item(f"{area}-{n}", area) for area, size in REAL_SIZES.items() for n in range(1, size + 1)]
    lines = [
        SummaryLine(f"{area}-line", "Group", f"{name} line", (f"{area}-1", f"{area}-2", f"{area}-3"))
        for area, name in AREA_NAMES.items()
    ]
    pattern = AntiPattern(
        "black-box",
        "Black box",
        "Nobody sees.",
        "Look.",
        ("monitoring-1", "monitoring-2", "governance-1"),
        at_most=2,
        count=2,
    )
    return a_checklist(*items, summary=lines, anti_patterns=[pattern])


def ratings(**rated: int) -> dict[str, Response]:
    """Responses by item id, with "_" for "-": ratings(data_1=3)."""
    return {item_id.replace("_", "-"): Response.rated(rating) for item_id, rating in rated.items()}


def uniform(checklist: Checklist, **by_area: int) -> dict[str, Response]:
    """Every item of the named areas with the rating given for its area."""
    return {item.id: Response.rated(by_area[item.area]) for item in checklist.items if item.area in by_area}


def all_rated(checklist: Checklist, rating: int) -> Answers:
    return Answers({item.id: Response.rated(rating) for item in checklist.items})


def _area(area_id: str, items: tuple[Item, ...], weight: int) -> Area:
    section = Section(f"{area_id}-section", f"{area_id} section", area_id, "", items)
    return Area(area_id, AREA_NAMES.get(area_id, area_id.capitalize()), "", (section,), weight)
