"""A picture of what a result looks like, for the first visit; computed from made-up answers, not drawn by hand."""

from checklist.model import Checklist
from scoring import explain
from scoring.evaluate import evaluate
from scoring.model import Answers, Response
from ui import marks, services

# A believable mix: delivery and monitoring ahead, governance behind.
RATINGS = {"data": 3, "development": 3, "deployment": 4, "monitoring": 4, "governance": 1}
WOBBLE = (0, 1, 0, 0, -1, 0, 1, 0, 0)


def picture() -> str:
    """A result in miniature: headline, band and heat map, as HTML."""
    checklist = services.checklist()
    result = evaluate(checklist, _answers(checklist))
    return (
        '<div class="mc-picture" aria-hidden="true">'
        + marks.headline(checklist, "Churn model", result).replace("<h1", "<div").replace("</h1>", "</div>")
        + marks.text(explain.rule(checklist, result), "mc-rule")
        + marks.band(checklist, result.score)
        + marks.heat_map(checklist, result.summary)
        + "</div>"
    )


def _answers(checklist: Checklist) -> Answers:
    responses = {}
    for area in checklist.areas:
        for place, item in enumerate(area.items):
            base = RATINGS[area.id]
            rating = min(5, max(1, base + (WOBBLE[place] if base > 1 else 0)))
            responses[item.id] = Response.rated(rating)
    return Answers(responses)
