"""The card says what people and the run know, and the check finds where it no longer does."""

from pathlib import Path

import mlflow
import pytest
from conftest import FACTS, MODEL, Printed, Run, train, write_facts


def card() -> str:
    return Path("MODEL_CARD.md").read_text(encoding="utf-8")


def test_a_card_holds_what_people_know_and_what_the_run_knows(run: Run, printed: Printed) -> None:
    assert run("write") == 0
    assert "MODEL_CARD.md is about version 1 of churn." in printed().out
    text = card()
    for name in ("owner", "purpose", "data", "affected"):
        assert str(FACTS[name]) in text
    assert "- Any decision without a person" in text
    assert "| accuracy | 0.8100 |" in text
    assert "| age | double |" in text
    assert f"| customers | sha256:{'ab' * 32} | s3://shop/customers.parquet |" in text
    assert "| Code | c0ffee |" in text


def test_a_card_that_was_just_written_is_true(run: Run, printed: Printed) -> None:
    run("write")
    assert run("check") == 0
    assert "complete and true of version 1 of churn" in printed().out


def test_a_version_can_be_named(run: Run) -> None:
    assert run("write", "--version", "2", "--card", "two.md") == 0
    assert "| accuracy | 0.8400 |" in Path("two.md").read_text(encoding="utf-8")


def test_a_card_about_the_version_before_fails(run: Run, registry: str, printed: Printed) -> None:
    run("write")
    client = mlflow.MlflowClient(registry)
    client.set_registered_model_alias(MODEL, "champion", "2")
    try:
        assert run("check") == 1
    finally:
        client.set_registered_model_alias(MODEL, "champion", "1")
    told = printed().out
    assert "The card is about version 1; churn champion is version 2." in told
    assert "accuracy is 0.8100 on the card and 0.8400 now." in told
    assert "To be put right by Ada Example" in told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("| accuracy | 0.8100 |", "| accuracy | 0.9900 |", "accuracy is 0.9900 on the card"),
        ("| accuracy | 0.8100 |\n", "", "accuracy is missing on the card and 0.8100 now."),
        ("## Limits", "## Our limits", 'The section "Limits" is missing.'),
        ("## Limits", "## Our limits", 'The section "Our limits" stands neither in'),
        ("Prices for single", "Gifts for single", 'The section "Ruled-out uses" is not what'),
        ("| Code | c0ffee |", "| Code | decaf |", "Code is decaf on the card and c0ffee now."),
    ],
)
def test_a_card_that_was_changed_by_hand_fails(
    before: str, after: str, told: str, run: Run, printed: Printed
) -> None:
    run("write")
    assert before in card()
    Path("MODEL_CARD.md").write_text(card().replace(before, after), encoding="utf-8")
    assert run("check") == 1
    assert told in printed().out


def test_a_text_that_changed_since_fails_until_the_card_is_written_again(run: Run) -> None:
    run("write")
    write_facts(purpose="Chooses who gets a letter.")
    assert run("check") == 1
    assert run("write") == 0
    assert run("check") == 0


def test_a_heading_within_a_text_stays_text(run: Run) -> None:
    write_facts(limits="One:\n## Purpose\nTwo")
    assert run("write") == 0
    assert card().count("\n## Purpose\n") == 1
    assert run("check") == 0


def test_a_bar_within_a_name_does_not_break_the_table(run: Run) -> None:
    write_facts(owner="Ada | Example")
    assert run("write") == 0
    assert "| Owner | Ada \\| Example |" in card()
    assert run("check") == 0


def test_what_the_run_does_not_know_is_said(run: Run) -> None:
    train("bare", {"accuracy": 0.5, "precision_weighted": 0.5}, with_data=False)
    assert run("write", "--model", "bare", "--version", "1") == 0
    assert card().count("not on record") >= 4
