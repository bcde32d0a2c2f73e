from collections.abc import Mapping
from itertools import pairwise

import pytest

from checklist.loader import the_checklist
from reports.scene import Dot, Words, svg
from reports.staircase import staircase
from scoring import explain
from scoring.model import Answers, Response
from scoring.path import Path, cheapest_path

CHECKLIST = the_checklist()


def a_path(to: int | None = None, **ratings: int) -> Path:
    answers: Mapping[str, Response] = {item.id: Response.rated(2) for item in CHECKLIST.items}
    changed = {name.replace("_", "-"): Response.rated(rating) for name, rating in ratings.items()}
    path = cheapest_path(CHECKLIST, Answers({**answers, **changed}), to)
    assert isinstance(path, Path)
    return path


@pytest.mark.parametrize("to", [3, 4, 5])
def test_every_step_is_a_stair_that_leads_up_and_to_the_right(to: int) -> None:
    path = a_path(to)
    dots = [shape for shape in staircase(CHECKLIST, path).shapes if isinstance(shape, Dot)]
    assert len(dots) == len(path.steps) + 1
    for before, after in pairwise(dots):
        assert after.x > before.x
        assert after.y < before.y


@pytest.mark.parametrize("to", [3, 4, 5])
def test_all_words_stand_inside_the_drawing(to: int) -> None:
    scene = staircase(CHECKLIST, a_path(to))
    for words in (shape for shape in scene.shapes if isinstance(shape, Words)):
        assert 0 <= words.x <= scene.width
        assert words.size - 2 <= words.y <= scene.height


def test_the_level_to_reach_and_the_whole_effort_are_named() -> None:
    path = a_path(3)
    words = [shape.text for shape in staircase(CHECKLIST, path).shapes if isinstance(shape, Words)]
    assert explain.level_name(CHECKLIST, 3) in words
    assert str(path.effort) in words
    assert str(len(path.steps)) in words


def test_who_does_not_see_the_drawing_reads_every_step() -> None:
    path = a_path(3)
    scene = staircase(CHECKLIST, path)
    for number, step in enumerate(path.steps, start=1):
        assert f"{number}. {CHECKLIST.item(step.item).name}, from {step.start} to {step.end}" in scene.description
    assert svg(scene).count("<desc>") == 1
