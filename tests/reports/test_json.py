import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import reports
from checklist.loader import the_checklist as the_real_checklist
from examples import stories
from reports.document import Report
from reports.formats import json as format_json
from reports.legible import legible
from scoring.model import Answers, Target
from scoring.record import as_record
from tests.reports.builders import a_report
from tests.reports.extremes import (
    EVERY_ANSWER,
    LINKS,
    LONG,
    a_full_report,
    a_hostile_report,
    a_long_report,
    nothing_answered,
    nothing_applies,
)

SCHEMA = json.loads((Path(reports.__file__).parent / "schema" / "report-1.json").read_text(encoding="utf-8"))


def _tree(report: Report) -> Any:
    return json.loads(format_json.write(report))


def _demo() -> list[Report]:
    """The milestones of the example systems."""
    checklist = the_real_checklist()
    told = [stories.story(name, checklist) for name in stories.EXAMPLES]
    return [_of(milestone.step) for story in told for milestone in story.milestones]


def _of(step: stories.Step) -> Report:
    answers = Answers(step.responses, frozenset(step.failures or ()), step.target or Target(), step.health)
    return a_report(checklist=the_real_checklist(), answers=answers)


REPORTS = {
    "full": a_full_report,
    "hostile": a_hostile_report,
    "long": a_long_report,
    "nothing answered": nothing_answered,
    "nothing applies": nothing_applies,
}


def test_the_published_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema"]["const"] == format_json.SCHEMA


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_keeps_the_published_schema(name: str) -> None:
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(_tree(REPORTS[name]()))


def test_the_examples_keep_the_published_schema() -> None:
    for report in _demo():
        Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(_tree(report))


def test_the_schema_refuses_what_is_missing_or_unknown() -> None:
    validator = Draft202012Validator(SCHEMA)
    tree = _tree(a_full_report())
    assert not validator.is_valid({key: value for key, value in tree.items() if key != "result"})
    assert not validator.is_valid(tree | {"more": 1})
    assert not validator.is_valid(tree | {"result": tree["result"] | {"score": 6}})


def test_the_result_is_that_of_the_command_line() -> None:
    report = a_full_report()
    assert _tree(report)["result"] == as_record(report.checklist, report.system, report.result, report.path)


def test_every_fact_of_the_report_is_in_it() -> None:
    tree = _tree(a_full_report())
    answers = {one["item"]: one for one in tree["answers"]}
    assert answers["data-1"]["note"] == "seen in CI"
    assert answers["data-1"]["evidence"] == ["https://ci.example/run"]
    assert answers["data-1"]["valid_until"] == "2027-01-31"
    assert answers["data-2"]["reason"] == "out-of-scope"
    assert tree["work"][1] | {"due": "2026-12-24"} == tree["work"][1]
    assert [one["name"] for one in tree["history"]] == ["Spring review", "Autumn review"]
    assert [one["name"] for one in tree["participants"]] == ["Ola", "Ben"]
    assert tree["disagreements"][0]["choices"][1]["note"] == "every night"
    assert tree["confidentiality"] == "For the board only"
    assert tree["sentences"]["path"]


def test_hostile_text_stays_text_and_whole() -> None:
    answers = {one["item"]: one for one in _tree(a_hostile_report())["answers"]}
    for item, words in EVERY_ANSWER.items():
        assert answers[item]["note"] == legible(words)
    long = _tree(a_long_report())["answers"][0]
    assert (long["note"], long["evidence"]) == (LONG, list(LINKS))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert format_json.write(a_full_report()) == format_json.write(a_full_report())
