"""Worked examples of the method: made-up answers in words, and what the scoring code makes of them."""

from collections.abc import Mapping

from checklist.model import Checklist
from scoring import explain
from scoring.evaluate import evaluate, health_result
from scoring.model import Answers, Response


def worked(checklist: Checklist) -> tuple[tuple[str, str], ...]:
    """Pairs of answers and outcome; each outcome is computed when this is called."""
    last = checklist.areas[-1]
    high, low = {area.id: 4 for area in checklist.areas} | {last.id: 1}, {area.id: 3 for area in checklist.areas}
    unanswered = {area.id: 4 for area in checklist.areas if area.id != last.id}
    return (
        ("Every question rated 3.", _outcome(checklist, low)),
        (f"Every question rated 4, only {last.name} 1.", _outcome(checklist, high)),
        (f"Every question rated 4, {last.name} not answered.", _outcome(checklist, unanswered)),
        ("Health check: three yes, two no.", _health(checklist, ("yes", "yes", "yes", "no", "no"))),
        ("Health check: three yes, one no, one not sure.", _health(checklist, ("yes", "yes", "yes", "no", "unsure"))),
    )


def _outcome(checklist: Checklist, ratings: Mapping[str, int]) -> str:
    rated = {
        item.id: Response.rated(ratings[area.id])
        for area in checklist.areas
        if area.id in ratings
        for item in area.items
    }
    result = evaluate(checklist, Answers(rated))
    parts = [explain.headline(checklist, "The system", result), explain.rule(checklist, result)]
    if result.provisional:
        parts += [explain.standing(checklist, result), explain.possible(checklist, result)]
    return " ".join(parts)


def _health(checklist: Checklist, choices: tuple[str, ...]) -> str:
    given = {question.id: choice for question, choice in zip(checklist.health, choices, strict=True)}
    result = health_result(checklist, given)
    return f"{explain.health_headline(checklist, result)} {explain.health_rule(checklist, result)}"
