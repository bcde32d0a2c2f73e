from datetime import date
from fractions import Fraction

import pytest

from checklist.model import Checklist
from scoring import explain
from scoring.evaluate import evaluate
from scoring.model import Answers, Result
from scoring.trend import Point
from tests.scoring.builders import (
    a_checklist,
    all_rated,
    an_item,
    the_real_shape,
    uniform,
)

CHECKLIST = the_real_shape()
HOUSE = a_checklist(an_item("roof", priority="high"), an_item("wall"), an_item("doors"), an_item("windows"))


def result_of(checklist: Checklist = CHECKLIST, /, **by_area: int) -> Result:
    return evaluate(checklist, Answers(uniform(checklist, **by_area)))


HELD = result_of(data=4, development=4, deployment=4, monitoring=4, governance=1)
UNANSWERED_AREA = result_of(data=4, development=4, deployment=4, monitoring=4)
EMPTY = evaluate(CHECKLIST, Answers())


@pytest.mark.parametrize(
    ("result", "title"),
    [
        (HELD, "Model governance is furthest behind, at 1 of 5"),
        (
            result_of(data=4, development=4, deployment=4, monitoring=2, governance=2),
            "Model monitoring and Model governance are furthest behind, at 2 of 5",
        ),
        (evaluate(CHECKLIST, all_rated(CHECKLIST, 3)), "All five areas are at 3 of 5"),
        (UNANSWERED_AREA, "All four rated areas are at 4 of 5"),
        (result_of(data=2), "Only Data pipeline has a score so far: 2 of 5"),
        (EMPTY, "No area has a score yet"),
    ],
)
def test_the_title_of_the_areas_says_the_finding(result: Result, title: str) -> None:
    assert explain.areas_title(CHECKLIST, result) == title


@pytest.mark.parametrize(
    ("result", "title"),
    [
        (HELD, "Lowest: Model governance line, at 1 of 5"),
        (
            result_of(data=5, development=5, deployment=2, monitoring=2, governance=2),
            "Lowest: 3 of 5 lines, at 2 of 5",
        ),
        (evaluate(CHECKLIST, all_rated(CHECKLIST, 3)), "All five lines are at 3 of 5"),
        (UNANSWERED_AREA, "All four rated lines are at 4 of 5"),
        (result_of(data=2), "Only Data pipeline line has a score so far: 2 of 5"),
        (EMPTY, "No line has a score yet"),
    ],
)
def test_the_title_of_the_summary_says_the_finding(result: Result, title: str) -> None:
    assert explain.summary_title(CHECKLIST, result) == title


def points(*scores: str | None) -> list[Point]:
    values = [None if score is None else Fraction(score) for score in scores]
    return [Point(date(2026, 1, day), f"Day {day}", v, v and int(v)) for day, v in enumerate(values, start=1)]


@pytest.mark.parametrize(
    ("scores", "title"),
    [
        (["2.4", "2.2", "3.1"], "Up from 2.4 to 3.1 of 5: Level 3, Intermediate"),
        ([None, "3.1", "2.4", None], "Down from 3.1 to 2.4 of 5: Level 2, Basic"),
        (["3", "2", "3"], "Unchanged at 3 of 5: Level 3, Intermediate"),
        (["3.4", None], "One score so far: 3.4 of 5: Level 3, Intermediate"),
        ([None], "No milestone has a score yet"),
        ([], "No milestone has a score yet"),
    ],
)
def test_the_title_of_the_trend_says_where_it_goes(scores: list[str | None], title: str) -> None:
    assert explain.trend_title(CHECKLIST, points(*scores)) == title


def test_a_chart_can_be_read_without_being_seen() -> None:
    assert explain.areas_alt(CHECKLIST, UNANSWERED_AREA) == (
        "Score of 5 by area: Data pipeline 4, Model development 4, Model deployment 4, Model monitoring 4, "
        "Model governance no score. The target is Level 5, Expert."
    )
    assert explain.summary_alt(CHECKLIST, HELD).startswith("Score of 5 by line: Data pipeline line 4, ")
    assert explain.trend_alt(points("2.4", None)) == "Score of 5 by milestone: Day 1 2.4, Day 2 no score."
    assert explain.trend_alt([]) == "No milestone to show yet."
