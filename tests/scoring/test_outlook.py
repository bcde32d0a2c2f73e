from fractions import Fraction

import pytest

from checklist.model import Checklist
from scoring import outlook
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Target
from scoring.path import Path, cheapest_path
from tests.scoring.builders import a_checklist, all_rated, an_item, ratings, the_real_shape, uniform

SHAPE = the_real_shape()
HELD = uniform(SHAPE, data=4, development=4, deployment=4, monitoring=4, governance=1)


def said(answers: Answers, to: int | None = None, checklist: Checklist = SHAPE) -> str:
    return outlook.path_sentence(checklist, cheapest_path(checklist, answers, to))


def test_a_path_says_its_steps_its_effort_and_how_far_the_score_rises() -> None:
    assert said(Answers(HELD)) == (
        "Eight steps, 8 effort points in all, bring you from Basic to Intermediate. "
        "The score rises from 3.4 to 3.6 of 5."
    )


def test_a_path_says_on_how_many_items_where_some_move_twice() -> None:
    checklist = a_checklist(an_item("one"), an_item("two"))
    assert said(Answers(ratings(one=1, two=1)), 3, checklist).startswith(
        "Four steps on 2 items, 6 effort points in all, bring you from Ad hoc to Intermediate."
    )


def test_a_path_of_one_step_says_so() -> None:
    checklist = a_checklist(an_item("one"))
    assert said(Answers(ratings(one=1)), None, checklist) == (
        "One step, 1 effort point, brings you from Ad hoc to Basic. The score rises from 1 to 2 of 5."
    )


def test_where_there_is_no_path_the_reason_is_told() -> None:
    assert said(Answers()) == "A path appears here as soon as the first question of the checklist is rated."
    assert said(all_rated(SHAPE, 5)) == "This is Level 5, Expert: there is no higher level to reach."
    assert said(all_rated(SHAPE, 3), 2) == "Level 2, Basic is reached already. Choose a higher level."


def test_what_keeps_a_level_out_of_reach_is_named() -> None:
    checklist = a_checklist(
        an_item("stays"), an_item("waits", needs={"open": 2}), an_item("open"), an_item("moves", "development")
    )
    answers = Answers({**ratings(stays=1, waits=1, moves=1), "open": Response()}, accepted=frozenset({"stays"}))
    assert said(answers, 3, checklist) == (
        "No path leads to Level 3, Intermediate: with every item that can move at 5 it is Level 2, Basic. "
        "Accepted risks stay as they are: Stays. Answer this question first: Open; Waits waits for it."
    )


def test_the_title_of_the_staircase_says_where_the_quick_wins_end() -> None:
    path = cheapest_path(SHAPE, Answers(HELD))
    assert isinstance(path, Path)
    assert outlook.path_title(path) == "Half of the rise costs 4 of 8 points"
    assert outlook.path_alt(path) == "Score against effort: 8 steps from 3.4 to 3.6 of 5 for 8 effort points."
    assert outlook.after_step(SHAPE, path.steps[-1]) == "3.6 of 5, Level 3, Intermediate"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target(), "Target: Level 3, Intermediate (one level up)."),
        (Target(4), "Target: Level 4, Advanced."),
        (Target(4, {"data": 5, "governance": 4}), "Target: Level 4, Advanced; Data pipeline Level 5."),
    ],
)
def test_the_target_is_told_with_the_areas_that_have_their_own(target: Target, words: str) -> None:
    assert outlook.target_words(SHAPE, evaluate(SHAPE, Answers(HELD, target=target)), target) == words


def test_a_target_below_the_present_level_is_told() -> None:
    low = Target(1, {"data": 3, "governance": 4})
    assert outlook.low_target_sentence(SHAPE, evaluate(SHAPE, Answers(HELD, target=low)), low) == (
        "There are targets below the present level, for the whole (Level 1, now 2) and Data pipeline (Level 3, now 4). "
        "Nothing has to be done for that; aim higher, or leave it."
    )
    fair = Target(2, {"data": 4})
    assert outlook.low_target_sentence(SHAPE, evaluate(SHAPE, Answers(HELD, target=fair)), fair) == ""


def test_the_area_that_is_furthest_from_its_target_is_named() -> None:
    held = evaluate(SHAPE, Answers(HELD))
    assert outlook.gap_sentence(SHAPE, held) == "Model governance is furthest from its target, by 2 levels."
    assert outlook.gap_sentence(SHAPE, evaluate(SHAPE, Answers(HELD, target=Target(1)))) == (
        "Every rated area has reached its target."
    )
    assert outlook.gap_sentence(SHAPE, evaluate(SHAPE, Answers())) == ""


def test_a_what_if_is_told_before_and_after() -> None:
    before = evaluate(SHAPE, Answers(HELD))
    after = evaluate(SHAPE, Answers({**HELD, **uniform(SHAPE, governance=2)}))
    assert outlook.level_change(SHAPE, before, after) == ("2 Basic", "3 Intermediate")
    assert outlook.holder_change(SHAPE, before, after) == ("Model governance", "no area")
    assert outlook.score_change(before, after) == ("3.4", "3.6")
    assert after.score == Fraction(18, 5)
