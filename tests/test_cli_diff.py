"""What `diff` says about two answers files: one line a value, in words or as JSON, and an exit code for builds."""

import json
from pathlib import Path

import pytest

import cli
from tests.commands import done, refused

BEFORE = """\
system: Churn model
checklist: "1"
target: 3
responses:
  data-validation: {rating: 3, note: GX suite in CI}
  rollback: 2
  model-registry: 4
  data-catalog: {rating: 1, note: same}
"""
AFTER = """\
system: Churn model
checklist: "1"
target: {overall: 3, data: 4}
failures: [data-drift]
responses:
  data-validation: {rating: 3, note: Pandera in CI}
  rollback: 4
  model-registry: unknown
  ab-testing: {not_applicable: out-of-scope}
  data-catalog: {note: same, rating: 1}
health: {fast-rollback: "yes"}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(BEFORE, encoding="utf-8")
    Path("b.yaml").write_text(AFTER, encoding="utf-8")


def found(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """Stdout of a command that found something and has nothing else to say."""
    assert cli.main(("diff", *argv)) == 1
    out, said = capsys.readouterr()
    assert said == ""
    return out


def test_each_difference_is_one_line_in_the_order_of_the_checklist(capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys, "a.yaml", "b.yaml").splitlines() == [
        "Data validation: 3 in both; “GX suite in CI” in a.yaml, “Pandera in CI” in b.yaml.",
        "A/B testing: no answer in a.yaml, not applicable (out of scope) in b.yaml.",
        "Rollback: 2 in a.yaml, 4 in b.yaml.",
        "Model registry: 4 in a.yaml, don’t know in b.yaml.",
        "Data drift: not seen lately in a.yaml, seen lately in b.yaml.",
        "Roll back fast: no answer in a.yaml, yes in b.yaml.",
        "Target: Level 3, Intermediate in a.yaml, Level 3, Intermediate; Data pipeline at 4 in b.yaml.",
    ]


def test_json_holds_both_values_as_the_files_write_them(capsys: pytest.CaptureFixture[str]) -> None:
    said = json.loads(found(capsys, "a.yaml", "b.yaml", "--format", "json"))
    assert said["schema"] == "mlops-checkup/diff/1"
    by_id = {one["id"]: one for one in said["differences"]}
    assert by_id["rollback"] == {"part": "item", "id": "rollback", "kind": "different", "before": 2, "after": 4}
    assert by_id["model-registry"]["kind"] == "unknown-after"
    assert (by_id["ab-testing"]["before"], by_id["ab-testing"]["after"]) == (None, {"not_applicable": "out-of-scope"})
    assert by_id["data-drift"]["kind"] == "only-after"
    assert (by_id[None]["before"], by_id[None]["after"]) == (3, {"overall": 3, "data": 4})


def test_files_that_say_the_same_in_other_words_do_not_differ(capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.json").write_text(
        json.dumps({
            "checklist": "1", "system": "Churn model", "target": 3,
            "responses": {"model-registry": {"rating": 4}, "rollback": 2, "data-catalog": {"rating": 1, "note": "same"},
                          "data-validation": {"note": "GX suite in CI", "rating": 3}},
        }),
        encoding="utf-8",
    )  # fmt: skip
    assert done(capsys, "diff", "a.yaml", "c.json") == ("", "")


def test_files_about_two_systems_are_compared_and_the_reader_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.yaml").write_text(BEFORE.replace("Churn model", "Fraud scoring"), encoding="utf-8")
    out, said = done(capsys, "diff", "a.yaml", "b.yaml")
    assert (out, said) == ("", "The files are about two systems: “Churn model” and “Fraud scoring”.\n")


def test_a_faulty_file_is_refused_and_nothing_is_compared(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.yaml").write_text(AFTER.replace("rollback: 4", "rollback: 9"), encoding="utf-8")
    assert refused(capsys, "diff", "a.yaml", "b.yaml").startswith('b.yaml:7: "rollback" is answered with 9')
