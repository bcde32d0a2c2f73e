"""What leaves the program: table, JSON, metrics, and alert rules that fit them."""

import json
import re
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from conftest import FOLDER, normal
from prometheus_client.parser import text_string_to_metric_families

from model_monitor.__main__ import main

RULES = FOLDER / "alerts" / "model-monitor.rules.yml"
NOW = "2026-11-23T09:00:00+01:00"


@pytest.fixture
def run(config: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """A run with one drifted, one stable and one broken column: its exit code and all it wrote."""
    folder = config.parent
    current = normal(2, 5_000, 3)
    current["x01"] += 0.5
    current["x02"] = float("inf")
    normal(1, 5_000, 3).to_parquet(folder / "train.parquet")
    current.to_parquet(folder / "today.parquet")
    files = [str(folder / "train.parquet"), str(folder / "today.parquet")]
    written = {"json": folder / "drift.json", "metrics": folder / "drift.prom"}
    options = [part for name, path in written.items() for part in (f"--{name}", str(path))]
    code = main(["drift", *files, "--config", str(config), "--now", NOW, *options])
    return {"code": code, "table": capsys.readouterr().out.splitlines(), **written}


def accuracy_metrics(config: Path) -> str:
    folder = config.parent
    (folder / "p.csv").write_text("id,prediction\n1,yes\n2,no\n", encoding="utf-8")
    outcomes = f"id,outcome,time\n1,yes,{NOW}\n2,no,{NOW}\n"
    (folder / "o.csv").write_text(outcomes, encoding="utf-8")
    files = [str(folder / "p.csv"), str(folder / "o.csv")]
    target = folder / "accuracy.prom"
    options = ["--config", str(config), "--now", NOW, "--metrics", str(target)]
    assert main(["accuracy", *files, *options]) == 2
    return target.read_text(encoding="utf-8")


def test_the_table_begins_with_what_needs_attention(run: dict[str, Any]) -> None:
    assert run["code"] == 2
    assert [line.split()[0] for line in run["table"][1:4]] == ["x02", "x01", "x00"]


def test_the_report_names_data_owner_and_time(run: dict[str, Any]) -> None:
    report = json.loads(run["json"].read_text(encoding="utf-8"))
    assert (report["owner"], report["time"]) == ("name@example.org", NOW)
    assert [len(file["sha256"]) for file in report["files"]] == [64, 64]
    assert report["rows"] == {"reference": 5_000, "current": 5_000}
    assert {one["name"]: one["verdict"] for one in report["features"]} == {
        "x00": "stable",
        "x01": "drift",
        "x02": "broken",
    }
    assert report["plain_rule"]["alarms"] == ["x01"]


def test_metrics_say_what_the_report_says(run: dict[str, Any]) -> None:
    text = run["metrics"].read_text(encoding="utf-8")
    values = {
        (sample.name, sample.labels.get("input", "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert values["model_monitor_drift_found", "x01"] == 1
    assert values["model_monitor_drift_found", "x00"] == 0
    assert values["model_monitor_drift_broken", "x02"] == 1
    assert values["model_monitor_failed", ""] == 0
    assert values["model_monitor_last_run_seconds", ""] == 1795420800
    assert ("model_monitor_drift_distance", "x02") not in values


def rules() -> list[dict[str, Any]]:
    document = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return [rule for group in document["groups"] for rule in group["rules"]]


def test_rules_ask_only_for_metrics_that_are_written(run: dict[str, Any], config: Path) -> None:
    text = run["metrics"].read_text(encoding="utf-8") + accuracy_metrics(config)
    written = set(re.findall(r"^(model_monitor_\w+)\{", text, re.MULTILINE))
    asked = {name for rule in rules() for name in re.findall(r"model_monitor_\w+", rule["expr"])}
    assert asked
    assert asked <= written


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_each_rule_is_valid_and_says_who_acts_and_how(rule: dict[str, Any]) -> None:
    promql_parser.parse(rule["expr"])
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"\d+[smhdw]", rule.get("for", "0s"))
    assert rule["labels"]["severity"] in ("critical", "warning", "info")
    assert rule["labels"]["owner"]
    assert set(rule["annotations"]) == {"summary", "action"}


def test_each_kind_of_finding_has_a_rule() -> None:
    findings = ("drift_found", "drift_unknown", "drift_broken", "accuracy_dropped")
    for finding in (*findings, "accuracy_unknown", "failed", "last_run_seconds"):
        assert any(f"model_monitor_{finding}" in rule["expr"] for rule in rules()), finding
