"""The staircase of the path page: its numbers and names stand clear of its dots and of the target's rule."""

from itertools import pairwise
from typing import Any

import pytest

from scoring.model import Answers, Response
from scoring.path import Path, cheapest_path
from tests.e2e.stories import checklist
from ui import charts, state

# Half of a number's height, in pixels.
HALF = 6


@pytest.fixture(autouse=True)
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "is_dark", lambda: False)


def a_long_path(to: int = 4) -> Path:
    """From 3 everywhere: many steps, of which the last ones end just below the target."""
    path = cheapest_path(checklist(), Answers({item.id: Response("rated", 3) for item in checklist().items}), to)
    assert isinstance(path, Path)
    return path


def drawn(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The drawing, and the dots in it."""
    chart = charts.staircase(checklist(), path).to_dict()
    return chart, next(rows for rows in chart["datasets"].values() if "under" in rows[0])


@pytest.mark.parametrize("to", [4, 5])
def test_no_number_stands_in_the_target_s_rule(to: int) -> None:
    path = a_long_path(to)
    low, high = charts._window(path)
    chart, dots = drawn(path)
    over, under = (
        next(layer["mark"] for layer in chart["layer"] if layer.get("transform") == [{"filter": where}])
        for where in ("!datum.under", "datum.under")
    )
    assert any(dot["under"] for dot in dots)
    for dot in dots:
        to_the_rule = (to - dot["score"]) / (high - low) * charts.STAIRS_HEIGHT
        number = under["dy"] if dot["under"] else over["dy"]
        assert abs(number + to_the_rule) > HALF, f"The number of “{dot['step']}” is crossed by the target's rule."


@pytest.mark.parametrize("kind", ["wide", "narrow"])
def test_numbers_that_would_stand_in_each_other_are_left_out_and_the_last_one_stays(kind: str) -> None:
    path = a_long_path()
    steps = drawn(path)[1][1:]
    shown = [dot for dot in steps if dot[kind]]
    assert shown[-1]["number"] == str(len(path.steps))
    assert all(
        (after["spent"] - before["spent"]) * charts.NUMBERS_ACROSS[kind] >= path.effort
        for before, after in pairwise(shown)
    )
    assert len(shown) <= charts.NUMBERS_ACROSS[kind] + 1


def test_the_bands_are_named_right_of_the_drawing_where_no_dot_can_be() -> None:
    ground = drawn(a_long_path())[0]["layer"][0]["layer"]
    names = [layer for layer in ground if layer["mark"]["type"] == "text"]
    assert [layer["encoding"]["x"] for layer in names] == [{"value": "width"}]
    assert names[0]["mark"]["align"] == "left"
