"""How long does it take to score a full checklist, fixes and all?"""

from benchmarks.line import Line, line_of, repeated
from checklist.loader import the_checklist
from checklist.model import Checklist
from scoring.evaluate import evaluate
from scoring.model import Answers, Response

REPEATS = 200
GOAL_MS = 2.0


def run() -> list[Line]:
    """One line: every item rated, some below target, so that there are fixes to put in order."""
    checklist = the_checklist()
    answers = all_rated(checklist)
    times = repeated(lambda: evaluate(checklist, answers), REPEATS)
    return [line_of(f"scoring {len(answers.responses)} answers", times, GOAL_MS)]


def all_rated(checklist: Checklist) -> Answers:
    """Ratings from 1 to 4 in turn over all items, with a note each."""
    return Answers(
        {item.id: Response.rated(1 + place % 4, f"Note {place}") for place, item in enumerate(checklist.items)}
    )
