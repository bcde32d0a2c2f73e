"""What each rating weighs: in its area's score and, through it, in the overall score; exact."""

from collections.abc import Mapping
from fractions import Fraction

from checklist.model import Area, Checklist
from scoring.model import Answers


def shares(checklist: Checklist, answers: Answers) -> Mapping[str, Fraction]:
    """By how much the overall score rises when the rating of an item rises by one, for each rated item.

    The shares of all rated items add up to 1; without weights each is 1 / (rated items of its area × scored areas).
    """
    rated = {area.id: rated_weight(area, answers) for area in checklist.areas}
    overall = sum(area.weight for area in checklist.areas if rated[area.id])
    return {
        item.id: Fraction(item.weight * area.weight, rated[area.id] * overall)
        for area in checklist.areas
        for item in area.items
        if answers.response(item.id).rating is not None
    }


def rated_weight(area: Area, answers: Answers) -> int:
    """The weights of an area's rated items together; without weights their number."""
    return sum(item.weight for item in area.items if answers.response(item.id).rating is not None)
