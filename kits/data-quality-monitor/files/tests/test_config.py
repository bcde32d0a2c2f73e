"""A check that is misspelt is refused with a sentence, so that none is lost."""

from pathlib import Path
from typing import Any

import pytest

from data_quality import config
from data_quality.results import BadInput


def test_the_example_that_comes_along_is_whole() -> None:
    # Above this folder, however deep a repository puts it.
    file = next(
        one / "checks.toml" for one in Path(__file__).parents if (one / "checks.toml").exists()
    )
    found = config.read(file)
    assert [column.name for column in found.columns] == [
        "order_id", "created_at", "amount", "country",
    ]  # fmt: skip
    assert found.freshness
    assert found.freshness.max_age_hours == 24


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "names no column"),
        ({"column": {}}, 'unknown key "column"'),
        ({"columns": {"a": {"type": "number", "maxmissing": 0}}}, 'unknown key "maxmissing"'),
        ({"columns": {"a": {"type": "float"}}}, 'type is "float"; use one of integer'),
        ({"columns": {"a": {}}}, "[columns.a] needs type"),
        ({"columns": {"a": 3}}, "columns.a must be a section"),
        ({"columns": {"a": {"type": "text", "min": 3}}}, "are for numbers"),
        ({"columns": {"a": {"type": "number", "min": 3, "max": 2}}}, "min is greater than max"),
        ({"columns": {"a": {"type": "number", "max_missing": 5}}}, "is 5; give 0 to 1"),
        ({"columns": {"a": {"type": "number", "min": "low"}}}, "give a number"),
        ({"columns": {"a": {"type": "number", "min": float("nan")}}}, "give a number"),
        ({"columns": {"a": {"type": "text", "values": []}}}, "values is empty"),
        ({"columns": {"a": {"type": "text", "unique": "yes"}}}, "give true or false"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(content: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as refusal:
        config.parse(content)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"column": "at", "zone": "Berlin"}, 'zone is "Berlin"'),
        ({"column": "at", "zone": "../etc/passwd"}, "zone is"),
        ({"column": "at", "max_age_hours": 0}, "max_age_hours is 0"),
        ({"max_age_hours": 3}, "needs column"),
    ],
)
def test_a_freshness_that_cannot_be_meant_is_refused(section: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as refusal:
        config.parse({"freshness": section, "columns": {"at": {"type": "time"}}})
    assert said in str(refusal.value)
