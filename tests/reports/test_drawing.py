import re
from datetime import date
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import pytest

import palette
from reports import drawing
from reports.scene import Box, Dot, Line, Scene, Words, svg
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Result, Target
from scoring.trend import Point
from tests.reports.builders import rated, the_checklist

CHECKLIST = the_checklist()


def result_of(**changes: Response) -> Result:
    return evaluate(CHECKLIST, Answers(rated(2, **changes)))


def texts(scene: Scene) -> list[str]:
    return [shape.text for shape in scene.shapes if isinstance(shape, Words)]


def dots(scene: Scene) -> list[Dot]:
    return [shape for shape in scene.shapes if isinstance(shape, Dot)]


def all_scenes(result: Result) -> list[Scene]:
    points = [Point(date(2026, month, 1), "A <b>", Fraction(month), month) for month in (1, 2)]
    return [
        drawing.score_band(CHECKLIST, result, "Churn <model>"),
        drawing.areas(CHECKLIST, result),
        drawing.area_band(CHECKLIST, result.areas[0]),
        drawing.heat_map(CHECKLIST, result),
        drawing.trend(CHECKLIST, points),
    ]


def test_a_higher_score_stands_further_right() -> None:
    places = [drawing.place(Fraction(score, 4), 400) for score in range(4, 21)]
    assert all(left < right for left, right in pairwise(places))
    assert 0 <= places[0] <= places[-1] <= 400


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_score_stands_in_the_field_of_its_level(level: int) -> None:
    result = evaluate(CHECKLIST, Answers(rated(level)))
    scene = drawing.score_band(CHECKLIST, result, "System")
    (dot,) = dots(scene)
    field = next(
        shape for shape in scene.shapes if isinstance(shape, Box) and shape.fill == palette.LEVELS_LIGHT[level - 1]
    )
    assert field.x <= dot.x <= field.x + field.width


def test_a_result_without_a_score_has_no_dot_and_is_hatched() -> None:
    scene = drawing.score_band(CHECKLIST, evaluate(CHECKLIST, Answers()), "System")
    assert dots(scene) == []
    assert sum(isinstance(shape, Line) for shape in scene.shapes) > 20


def test_unknown_lines_of_the_heat_map_have_no_colour_of_the_scale() -> None:
    scene = drawing.heat_map(CHECKLIST, evaluate(CHECKLIST, Answers()))
    fills = {shape.fill for shape in scene.shapes if isinstance(shape, Box)}
    assert fills == {None}
    assert texts(scene).count("unknown") == len(CHECKLIST.summary)


def test_a_line_that_does_not_apply_is_not_called_unknown() -> None:
    skipped = {f"data_{n}": Response.not_applicable("other") for n in range(1, 9)}
    scene = drawing.heat_map(CHECKLIST, result_of(**skipped))
    assert "not applicable" in texts(scene)
    assert "unknown" not in texts(scene)


def test_areas_keep_the_order_of_the_checklist() -> None:
    shown = [text for text in texts(drawing.areas(CHECKLIST, result_of())) if text.startswith(("Data", "Model"))]
    assert shown == [area.name for area in CHECKLIST.areas]


def test_the_trend_breaks_where_there_was_no_score() -> None:
    points = [
        Point(date(2026, 1, 1), "a", Fraction(1), 1),
        Point(date(2026, 2, 1), "b", None, None),
        Point(date(2026, 3, 1), "c", Fraction(3), 3),
    ]
    scene = drawing.trend(CHECKLIST, points)
    assert len(dots(scene)) == 2
    assert not any(isinstance(shape, Line) for shape in scene.shapes)


def test_the_target_stands_in_the_trend_and_in_every_area() -> None:
    points = [Point(date(2026, month, 1), "m", Fraction(2), 2) for month in (1, 2)]
    plain, aimed = (drawing.trend(CHECKLIST, points, target=target) for target in (None, 3))
    assert "Target: Level 3" in texts(aimed)
    assert "Target: Level 3" not in texts(plain)
    data = {item.id: Response.rated(2) for item in CHECKLIST.area("data").items}
    result = evaluate(CHECKLIST, Answers(data, target=Target(4, {"data": 3})))
    scene = drawing.areas(CHECKLIST, result)
    assert texts(scene).count("target") == 1
    assert scene.description.startswith("Data pipeline: 2 of 5, target 3; ")
    ticks = [shape.x1 for shape in scene.shapes if isinstance(shape, Line) and shape.x1 == shape.x2]
    assert len(set(ticks)) == 2  # one place for Level 3, one for Level 4
    assert len(ticks) == len(CHECKLIST.areas)


def test_labels_of_a_long_trend_do_not_cover_each_other() -> None:
    points = [Point(date(2026, 1, day), f"Milestone {day}", Fraction(2), 2) for day in range(1, 29)]
    named = [text for text in texts(drawing.trend(CHECKLIST, points)) if text.startswith("Milestone")]
    assert 2 <= len(named) <= 5
    assert named[-1] == "Milestone 28"


def test_two_milestones_of_one_day_can_be_drawn() -> None:
    points = [Point(date(2026, 1, 1), name, Fraction(2), 2) for name in "ab"]
    assert len(dots(drawing.trend(CHECKLIST, points))) == 2


@pytest.mark.parametrize("scheme", [palette.LIGHT, palette.DARK])
def test_every_drawing_says_what_it_shows(scheme: palette.Scheme) -> None:
    for scene in all_scenes(result_of()):
        root = ElementTree.fromstring(svg(scene))  # noqa: S314  our own output
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"] == scene.title
        assert root[0].text == scene.title != ""


def test_text_in_a_drawing_is_never_markup() -> None:
    words = Words(0, 0, "<script>alert('x')</script> & \x00 \"quoted\"", 10, "#000000")
    drawn = svg(Scene(10, 10, (words,), "<b>title</b>", "<i>numbers</i>"))
    assert "<script>" not in drawn
    root = ElementTree.fromstring(drawn)  # noqa: S314  our own output
    assert root[2].text == "<script>alert('x')</script> &   \"quoted\""
    assert root[0].text == "<b>title</b>"


def test_numbers_in_svg_are_short() -> None:
    drawn = svg(drawing.areas(CHECKLIST, result_of()))
    assert not re.search(r"\d\.\d{3}", drawn)
