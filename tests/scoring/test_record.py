import json
from dataclasses import replace

import pytest
from hypothesis import given

from checklist.model import Checklist
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Target
from scoring.path import cheapest_path
from scoring.record import as_record
from tests.scoring.builders import (
    HEALTH_IDS,
    a_checklist,
    all_rated,
    an_item,
    ratings,
    the_real_shape,
    uniform,
)
from tests.scoring.strategies import cases, promise

CHECKLIST = the_real_shape()
KEYS = [
    "schema",
    "system",
    "checklist",
    "lens",
    "target",
    "score",
    "level",
    "level_name",
    "level_of_score",
    "held_by",
    "coverage",
    "provisional",
    "range",
    "range_levels",
    "areas",
    "summary",
    "health",
    "fixes",
    "unknown",
    "not_applicable",
    "anti_patterns",
    "path",
]


def record_of(answers: Answers, checklist: Checklist = CHECKLIST) -> dict[str, object]:
    return as_record(checklist, "churn-model", evaluate(checklist, answers), cheapest_path(checklist, answers))


def test_a_record_has_the_fields_of_the_contract_in_their_order() -> None:
    record = record_of(all_rated(CHECKLIST, 3))
    assert list(record) == KEYS
    assert (record["schema"], record["system"], record["checklist"]) == (
        "mlops-checkup/result/1",
        "churn-model",
        "1",
    )


def test_a_held_level_is_recorded_with_its_rule() -> None:
    responses = uniform(CHECKLIST, data=4, development=4, deployment=4, monitoring=4, governance=1)
    record = record_of(Answers(responses))
    expected = {
        "score": 3.4,
        "level": 2,
        "level_name": "Basic",
        "level_of_score": 3,
        "held_by": "governance",
        "coverage": 1.0,
        "provisional": False,
        "range": [3.4, 3.4],
        "range_levels": [2, 2],
        "target": 3,
    }
    assert {key: record[key] for key in expected} == expected


def test_an_area_and_a_summary_line_are_recorded_by_id() -> None:
    record = record_of(all_rated(CHECKLIST, 4))
    area = {"id": "data", "score": 4.0, "level": 4, "coverage": 1.0, "range": [4.0, 4.0]}
    assert record["areas"][0] == area  # type: ignore[index]
    assert record["summary"][0] == {"id": "data-line", "score": 4.0}  # type: ignore[index]


def test_numbers_are_rounded_to_four_decimals() -> None:
    record = record_of(Answers(ratings(data_1=2, data_2=2, data_3=3)))
    assert record["score"] == 2.3333
    assert record["coverage"] == 0.0732


def test_what_does_not_exist_is_null() -> None:
    record = record_of(Answers())
    nulls = [
        "target",
        "score",
        "level",
        "level_name",
        "level_of_score",
        "held_by",
        "range",
        "range_levels",
        "health",
    ]
    assert [key for key in nulls if record[key] is not None] == []
    assert (record["coverage"], record["fixes"], len(record["unknown"])) == (0.0, [], 41)  # type: ignore[arg-type]


def test_a_fix_is_recorded_with_its_worth_and_what_blocks_it() -> None:
    checklist = a_checklist(an_item("roof", needs={"wall": 2, "door": 2}), an_item("wall"), an_item("door"))
    record = record_of(Answers(ratings(roof=1, wall=1), target=Target(3)), checklist)
    assert record["fixes"] == [
        {
            "item": "wall",
            "priority": "medium",
            "rating": 1,
            "target": 3,
            "gain": 1.0,
            "effort": 3,
            "blocked_by": [],
        },
        {
            "item": "roof",
            "priority": "medium",
            "rating": 1,
            "target": 3,
            "gain": 1.0,
            "effort": 3,
            "blocked_by": ["wall", "door"],
        },
    ]


def test_one_target_is_a_number_and_several_are_named_by_area() -> None:
    answers = all_rated(CHECKLIST, 2)
    mixed = record_of(replace(answers, target=Target(3, {"data": 4})))["target"]
    assert record_of(replace(answers, target=Target(3)))["target"] == 3
    assert mixed == {"data": 4, "development": 3, "deployment": 3, "monitoring": 3, "governance": 3}


def test_a_target_of_one_area_before_anything_is_rated_is_not_told_as_that_of_all() -> None:
    assert record_of(Answers(target=Target(None, {"data": 3})))["target"] == {"data": 3}


def test_states_are_recorded_apart() -> None:
    responses = {"data-1": Response.not_applicable("other"), "data-2": Response.unknown()}
    record = record_of(Answers(all_rated(CHECKLIST, 3).responses | responses))
    assert (record["not_applicable"], record["unknown"]) == (["data-1"], ["data-2"])


def test_a_complete_quick_check_is_recorded_with_its_range() -> None:
    choices = dict(zip(HEALTH_IDS, ("yes", "no", "yes", "unsure", "yes"), strict=True))
    assert record_of(Answers(health=choices))["health"] == {
        "score": 3.4,
        "range": [3.4, 4.2],
        "level": 3,
        "yes": 3,
        "no": [HEALTH_IDS[1]],
        "unsure": [HEALTH_IDS[3]],
    }


def test_an_incomplete_quick_check_has_its_answers_but_no_score() -> None:
    health = record_of(Answers(health={HEALTH_IDS[0]: "no"}))["health"]
    assert health == {
        "score": None,
        "range": None,
        "level": None,
        "yes": 0,
        "no": [HEALTH_IDS[0]],
        "unsure": [],
    }


@promise
@given(cases())
def test_every_record_survives_json(case: tuple[Checklist, Answers]) -> None:
    checklist, answers = case
    record = record_of(answers, checklist)
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_the_path_to_the_next_level_stands_step_by_step() -> None:
    answers = Answers(uniform(CHECKLIST, data=4, development=4, deployment=4, monitoring=4, governance=1))
    path = record_of(answers)["path"]
    assert isinstance(path, dict)
    assert (path["from"], path["to"], path["effort"], len(path["steps"])) == (2, 3, 8, 8)
    assert path["steps"][0] == {
        "item": "governance-1", "from": 1, "to": 2, "effort": 1, "score": 3.425, "level": 2,
    }  # fmt: skip
    assert path["steps"][-1]["level"] == 3


@pytest.mark.parametrize("answers", [Answers(), all_rated(CHECKLIST, 5)], ids=["nothing rated", "highest level"])
def test_where_there_is_no_path_it_is_null(answers: Answers) -> None:
    assert record_of(answers)["path"] is None
