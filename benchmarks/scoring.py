"""How long does it take to score a full checklist, fixes and all, and to find its cheapest path?"""

import time
from random import Random

from benchmarks.line import Line, line_of, repeated
from checklist.loader import the_checklist
from checklist.model import Checklist
from scoring.evaluate import evaluate
from scoring.model import Answers, Response
from scoring.path import cheapest_path

REPEATS = 200
GOAL_MS = 2.0
PATHS = 60
PATH_MS = 50.0


def run() -> list[Line]:
    """Two lines: every item rated, some below target, so that there are fixes to order; and paths of many kinds."""
    checklist = the_checklist()
    answers = all_rated(checklist)
    times = repeated(lambda: evaluate(checklist, answers), REPEATS)
    return [
        line_of(f"scoring {len(answers.responses)} answers", times, GOAL_MS),
        line_of("cheapest path to the next level", _paths(checklist), PATH_MS),
    ]


def _paths(checklist: Checklist) -> list[float]:
    """Seconds for a path from each of many made-up assessments, weak and strong, even and uneven."""
    chance = Random(7)
    cheapest_path(checklist, all_rated(checklist))
    seconds = []
    for number in range(PATHS):
        low, high = ((1, 3), (1, 5), (2, 4), (1, 4))[number % 4]
        answers = Answers({item.id: Response.rated(chance.randint(low, high)) for item in checklist.items})
        began = time.perf_counter()
        cheapest_path(checklist, answers)
        seconds.append(time.perf_counter() - began)
    return seconds


def all_rated(checklist: Checklist) -> Answers:
    """Ratings from 1 to 4 in turn over all items, with a note each."""
    return Answers(
        {item.id: Response.rated(1 + place % 4, f"Note {place}") for place, item in enumerate(checklist.items)}
    )
