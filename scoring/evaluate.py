"""From answers to a result: area scores, overall score and level, what is still possible, and what to fix."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checklist.model import HEALTH_CHOICES, AntiPattern, Checklist, Item, SummaryLine, UnknownItem
from scoring.fixes import below_target, fixes_in_order
from scoring.levels import HIGHEST, LOWEST, SCALE, average, held_level, holders, is_thin, level_of_score, mean
from scoring.model import (
    Answers,
    AreaResult,
    HealthResult,
    Range,
    Response,
    Result,
    SummaryScore,
    Target,
)

STATES = ("rated", "not-applicable", "unknown", "unanswered")
OPEN_STATES = ("unknown", "unanswered")


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in some items: how many are rated, how many unknown, and what their weights amount to.

    `total` is the sum of the ratings, each times the weight of its item; `weight` and `open_weight` are the weights
    of the rated and of the unknown items.
    """

    rated: int
    unknown: int
    total: int
    weight: int
    open_weight: int

    @property
    def score(self) -> Fraction | None:
        return mean(self.total, self.weight)

    def score_if(self, unknown_at: int) -> Fraction | None:
        """The score if every unknown item had this rating; None when nothing is applicable."""
        return mean(self.total + self.open_weight * unknown_at, self.weight + self.open_weight)


def evaluate(checklist: Checklist, answers: Answers) -> Result:
    """What these answers mean; exact, and the same for the same answers in any order.

    `UnknownItem` for an id that the checklist does not have; `ValueError` for a rating, target or choice off
    its scale.
    """
    check(checklist, answers)
    tallies = {area.id: _tally(area.items, answers) for area in checklist.areas}
    weights = [area.weight for area in checklist.areas]
    areas = tuple(_area_result(area_id, tally) for area_id, tally in tallies.items())
    scores = {area.id: area.score for area in areas}
    score = average(scores.values(), weights)
    level = None if score is None else held_level(score, scores.values())
    holding = () if score is None else holders(score, scores)
    target = effective_target(checklist, answers.target, level)
    rated, applicable = sum(area.rated for area in areas), sum(area.applicable for area in areas)
    thin = tuple(area.id for area in areas if is_thin(area.coverage))
    return Result(
        checklist=checklist.version,
        score=score,
        level=level,
        level_of_score=None if score is None else level_of_score(score),
        holders=holding,
        rated=rated,
        applicable=applicable,
        coverage=mean(rated, applicable),
        # Overall coverage lies between those of the areas: it is never too low without an area that is.
        provisional=bool(thin),
        thin_areas=thin,
        absent_areas=tuple(area.id for area in areas if not area.applicable),
        range=None if score is None else _overall_range(tallies.values(), weights),
        areas=areas,
        summary=tuple(_summary_score(checklist, line, answers) for line in checklist.summary),
        health=health_result(checklist, answers.health),
        target=target,
        fixes=fixes_in_order(checklist, answers, target, holding),
        find_out=_in_state(checklist, answers, OPEN_STATES),
        not_applicable=_in_state(checklist, answers, ("not-applicable",)),
        accepted=tuple(item.id for item in below_target(checklist, answers, target) if item.id in answers.accepted),
        anti_patterns=tuple(pattern.id for pattern in checklist.anti_patterns if _shows(pattern, answers)),
        lens=checklist.lens.id,
    )


def check(checklist: Checklist, answers: Answers) -> None:
    """Refuse answers that do not fit the checklist, with a sentence that says what is wrong and where."""
    for item_id, response in answers.responses.items():
        checklist.item(item_id)
        _check_response(item_id, response)
    for item_id in sorted(answers.accepted):
        checklist.item(item_id)
    for failure_id in sorted(answers.failures):
        checklist.failure(failure_id)
    for area_id, level in answers.target.areas.items():
        _check_target(f"of {checklist.area(area_id).name}", level)
    if answers.target.overall is not None:
        _check_target("of the assessment", answers.target.overall)


def health_result(checklist: Checklist, choices: Mapping[str, str]) -> HealthResult:
    """The health check from "yes", "no" and "unsure" by question id; no score until each question is answered.

    The score counts each "not sure" as no, `high` counts it as yes; the level is that of the low end.
    """
    _check_choices(checklist, choices)
    yes, no, unsure = (
        tuple(question.id for question in checklist.health if choices.get(question.id) == choice)
        for choice in HEALTH_CHOICES
    )
    asked = len(checklist.health)
    if not asked or len(yes) + len(no) + len(unsure) < asked:
        return HealthResult(False, None, None, None, yes, no, unsure)
    low, high = (LOWEST + Fraction((HIGHEST - LOWEST) * count, asked) for count in (len(yes), len(yes) + len(unsure)))
    return HealthResult(True, low, high, level_of_score(low), yes, no, unsure)


def effective_target(checklist: Checklist, wanted: Target, level: int | None) -> Target:
    """The level aimed at, overall and in every area: as wanted, else one above `level` and at most 5.

    Without a level and without a wish there is nothing to aim at: `overall` is None, `areas` has only wishes.
    """
    overall = wanted.overall
    if overall is None and level is not None:
        overall = min(level + 1, HIGHEST)
    targets = {area.id: wanted.areas.get(area.id, overall) for area in checklist.areas}
    return Target(overall, {area: target for area, target in targets.items() if target is not None})


def _check_response(item_id: str, response: Response) -> None:
    if response.state not in STATES:
        raise ValueError(f'Item "{item_id}" has the state "{response.state}"; use one of {", ".join(STATES)}.')
    if response.state != "rated":
        if response.rating is not None:
            raise ValueError(f'Item "{item_id}" is {response.state} and rated {response.rating}; keep one of the two.')
    elif type(response.rating) is not int or response.rating not in SCALE:
        raise ValueError(f'Item "{item_id}" is rated {response.rating!r}; a rating is a whole number from 1 to 5.')


def _check_target(of_what: str, level: int) -> None:
    if type(level) is not int or level not in SCALE:
        raise ValueError(f"The target {of_what} is {level!r}; a target is a whole number from 1 to 5.")


def _check_choices(checklist: Checklist, choices: Mapping[str, str]) -> None:
    known = [question.id for question in checklist.health]
    for question_id, choice in choices.items():
        if question_id not in known:
            raise UnknownItem("health question", question_id, known)
        if choice not in HEALTH_CHOICES:
            allowed = ", ".join(HEALTH_CHOICES)
            raise ValueError(f'Health question "{question_id}" is answered "{choice}"; use one of {allowed}.')


def _tally(items: Iterable[Item], answers: Answers) -> Tally:
    rated = unknown = total = weight = open_weight = 0
    for item in items:
        response = answers.response(item.id)
        if response.rating is not None:
            rated, total, weight = rated + 1, total + item.weight * response.rating, weight + item.weight
        elif response.state in OPEN_STATES:
            unknown, open_weight = unknown + 1, open_weight + item.weight
    return Tally(rated, unknown, total, weight, open_weight)


def _area_result(area_id: str, tally: Tally) -> AreaResult:
    score, applicable = tally.score, tally.rated + tally.unknown
    low, high = tally.score_if(LOWEST), tally.score_if(HIGHEST)
    possible = None
    if score is not None and low is not None and high is not None:
        possible = Range(low, high, level_of_score(low), level_of_score(high))
    level = None if score is None else level_of_score(score)
    return AreaResult(area_id, score, level, tally.rated, applicable, mean(tally.rated, applicable), possible)


def _overall_range(tallies: Iterable[Tally], weights: Sequence[int]) -> Range | None:
    """What is possible overall; areas without a rating count too, as their questions are still open."""
    tallies = tuple(tallies)
    lows, highs = ([tally.score_if(rating) for tally in tallies] for rating in (LOWEST, HIGHEST))
    low, high = average(lows, weights), average(highs, weights)
    if low is None or high is None:
        return None
    return Range(low, high, held_level(low, lows), held_level(high, highs))


def _summary_score(checklist: Checklist, line: SummaryLine, answers: Answers) -> SummaryScore:
    tally = _tally(map(checklist.item, line.items), answers)
    score = tally.score
    return SummaryScore(line.id, score, None if score is None else level_of_score(score), tally.unknown)


def _in_state(checklist: Checklist, answers: Answers, states: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item.id for item in checklist.items if answers.response(item.id).state in states)


def _shows(pattern: AntiPattern, answers: Answers) -> bool:
    ratings = (answers.response(item_id).rating for item_id in pattern.items)
    return sum(rating is not None and rating <= pattern.at_most for rating in ratings) >= pattern.count
