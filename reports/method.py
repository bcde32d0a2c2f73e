"""Where do I find how scores come about, in words? Here; every number is taken from the scoring code."""

from fractions import Fraction

from checklist.model import Checklist
from scoring import lenses
from scoring.explain import level_name, number, percent
from scoring.fixes import EFFORT_OF_CLASS, EFFORT_OF_STEP, LOW_EFFORT, MEDIUM_EFFORT
from scoring.levels import COVERAGE_MINIMUM, HIGHEST, HOLD_MARGIN, LOWEST, average, held_level, level_of_score


def paragraphs(checklist: Checklist) -> tuple[tuple[str, str], ...]:
    """The method as pairs of heading and paragraph, in reading order."""
    return (
        ("Answers", _answers(checklist)),
        ("Scores", _scores(checklist)),
        *lenses.told(checklist),
        ("Levels", _levels(checklist)),
        ("Coverage", _coverage()),
        ("What is still possible", _range()),
        ("Health check", _health(checklist)),
        ("Fixes", _fixes(checklist)),
        ("Effort", _effort()),
    )


def bands(checklist: Checklist) -> tuple[tuple[int, str, str, str], ...]:
    """Each level with its name, the scores it covers and its sentence."""
    return tuple((level.number, level.name, _band(level.number), level.about) for level in checklist.levels)


def _band(level: int) -> str:
    return f"exactly {HIGHEST}" if level == HIGHEST else f"{level} to below {level + 1}"


def _answers(checklist: Checklist) -> str:
    return (
        f"The checklist has {len(checklist.items)} questions in {len(checklist.areas)} areas. Each question "
        f"words its own {HIGHEST} answers, and the chosen answer is a rating of {LOWEST} to {HIGHEST}. A "
        "question can also be not applicable, with a reason, or answered with “don’t know”. What is unknown"
        " is never counted as a “no”."
    )


def _scores(checklist: Checklist) -> str:
    same = "each area with the same weight"
    if checklist.lens.item_weights or checklist.lens.area_weights:
        same = "each rating and each area with the weight that the lens gives it, 1 where it names none"
    return (
        "The score of an area is the mean of its ratings; questions that do not apply or are unknown are "
        f"left out. The overall score is the mean of the area scores, {same}. Scores"
        " are computed as exact fractions; rounded for print, a score never shows in a level it has not "
        "reached."
    )


def _levels(checklist: Checklist) -> str:
    scores = [Fraction(4)] * 4 + [Fraction(1)]
    score = average(scores) or Fraction(0)
    held = level_name(checklist, held_level(score, scores))
    return (
        f"A score belongs to the level in whose band it lies. The overall level is at most {HOLD_MARGIN} "
        "above that of the weakest area, so that no strength hides a gap. Four areas at 4 and one at 1 give"
        f" a score of {number(score)}, which is {level_name(checklist, level_of_score(score))}; the weakest "
        f"area holds it at {held}."
    )


def _coverage() -> str:
    return (
        "Coverage is the share of the questions that apply which are rated. A level is provisional while "
        f"coverage is below {percent(COVERAGE_MINIMUM)}, overall or in any area, so that leaving out a weak "
        "area gains nothing."
    )


def _range() -> str:
    return (
        f"The range runs from the score with every unknown question at {LOWEST} to the score with every one "
        f"at {HIGHEST}, each end with its own level. It shows what the open questions can still change."
    )


def _health(checklist: Checklist) -> str:
    asked = len(checklist.health)
    span = HIGHEST - LOWEST
    return (
        f"The health check asks {asked} questions. With y of them answered yes and u not sure, the score is "
        f"{LOWEST} + {span}·y/{asked}, and up to {LOWEST} + {span}·(y + u)/{asked}. The level is that of the lower "
        "end, said as “at least” while an answer is not sure. It is indicative and never mixed into the trend of the "
        "full checklist."
    )


def _fixes(checklist: Checklist) -> str:
    names = ", ".join(priority.name.lower() for priority in checklist.priorities)
    return (
        "A fix is a rated question below its target; without a target set by hand that is one level up. "
        f"Fixes stand in order of priority ({names}). A fix is critical if a failure it prevents hit "
        "production in the last six months. Within a priority the area that holds the level comes first, "
        "then the larger gain for the effort. What another fix needs stands before it and takes over its "
        "priority. The gain is the rise of the overall score when this fix alone reaches its target. An "
        "accepted risk leaves the list but not the score."
    )


def _effort() -> str:
    classes = ", ".join(f"{name} {points}" for name, points in EFFORT_OF_CLASS.items())
    steps = ", ".join(f"{factor} to reach {rating}" for rating, factor in EFFORT_OF_STEP.items())
    return (
        f"Effort is counted in points: those of the question's class ({classes}) times the factor of each "
        f"step ({steps}). Up to {LOW_EFFORT} points are called low, up to {MEDIUM_EFFORT} medium, more high."
        " Points compare fixes with each other; they are not days."
    )
