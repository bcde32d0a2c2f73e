"""A challenger passes only when it is better beyond chance and harms no group."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mlflow
import pytest
from conftest import INPUTS, LIMITS, customers, enter, log
from sklearn.tree import DecisionTreeClassifier

from gate import verdict
from gate.__main__ import main

Judge = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def judge(server: str, place: Path) -> Judge:
    """Judge a model of the registry: exit code and decision."""

    def run(name: str, *words: str) -> tuple[int, dict[str, Any]]:
        out = place / "decision.json"
        always = ["--model", name, "--data", "held_out.csv", "--server", server]
        code = main([*always, "--out", str(out), *words])
        return code, json.loads(out.read_text())

    return run


def results(decision: dict[str, Any]) -> dict[str, str]:
    return {check["name"]: check["result"] for check in decision["checks"]}


def contest(server: str, models: dict[str, str], name: str, champion: str, challenger: str) -> None:
    enter(server, name, models[champion], "champion")
    enter(server, name, models[challenger], "challenger")


def test_a_better_challenger_passes_and_the_alias_stays(
    server: str, models: dict[str, str], judge: Judge, capsys: pytest.CaptureFixture[str]
) -> None:
    contest(server, models, "better", "weak", "strong")
    code, decision = judge("better")
    assert (code, decision["decision"], decision["promoted"]) == (0, "passed", False)
    assert set(results(decision).values()) == {"pass"}
    assert (
        mlflow.MlflowClient(server).get_model_version_by_alias("better", "champion").version == "1"
    )
    shown = capsys.readouterr().out
    assert "better version 2 against version 1 on 600 rows: passed." in shown
    assert "are answered yes" in shown


def test_promotion_moves_the_alias_and_keeps_the_way_back(
    server: str, models: dict[str, str], judge: Judge
) -> None:
    contest(server, models, "promoted", "weak", "strong")
    code, decision = judge("promoted", "--promote", "--by", "Ada")
    assert (code, decision["promoted"]) == (0, True)
    client = mlflow.MlflowClient(server)
    new = client.get_model_version_by_alias("promoted", "champion")
    assert (new.version, new.tags["gate.promoted_by"]) == ("2", "Ada")
    assert client.get_model_version_by_alias("promoted", "previous-champion").version == "1"


def test_every_decision_is_kept_with_the_run(
    server: str, models: dict[str, str], judge: Judge
) -> None:
    contest(server, models, "kept", "strong", "weak")
    code, decision = judge("kept")
    assert code == 1
    client = mlflow.MlflowClient(server)
    run_id = client.get_model_version("kept", "2").run_id
    kept = [mlflow.artifacts.load_dict(f"runs:/{run_id}/{one.path}")
            for one in client.list_artifacts(run_id, "gate")]  # fmt: skip
    assert decision in kept


@pytest.mark.parametrize("twin", ["strong", "weak"])
def test_an_equal_model_is_no_gain(
    twin: str, server: str, models: dict[str, str], judge: Judge
) -> None:
    contest(server, models, f"equal-{twin}", twin, twin)
    code, decision = judge(f"equal-{twin}", "--promote", "--by", "Ada")
    assert (code, results(decision)["gain"], decision["promoted"]) == (1, "fail", False)
    client = mlflow.MlflowClient(server)
    assert client.get_model_version_by_alias(f"equal-{twin}", "champion").version == "1"


def test_a_written_margin_lets_an_equal_model_pass(
    server: str, models: dict[str, str], judge: Judge, place: Path
) -> None:
    contest(server, models, "margin", "strong", "strong")
    (place / "gate.yaml").write_text(LIMITS + "minimum_gain: -0.01\n")
    assert judge("margin")[0] == 0


def test_a_gain_that_harms_a_group_is_refused(
    server: str, models: dict[str, str], judge: Judge
) -> None:
    contest(server, models, "unfair", "weak", "unfair")
    code, decision = judge("unfair")
    found = results(decision)
    assert (code, found["gain"]) == (1, "pass")
    assert (found["plan=pro"], found["plan: gap"]) == ("fail", "fail")
    assert (found["plan=basic"], found["plan=plus"]) == ("pass", "pass")


def test_groups_too_small_to_judge_decide_nothing(
    server: str, models: dict[str, str], judge: Judge, place: Path
) -> None:
    contest(server, models, "small", "weak", "strong")
    (place / "gate.yaml").write_text(LIMITS + "slice_minimum_rows: 500\n")
    code, decision = judge("small")
    assert (code, decision["decision"], results(decision)["plan: gap"]) == (
        2,
        "cannot tell",
        "unknown",
    )


def test_rows_the_challenger_learned_from_do_not_count(
    server: str, models: dict[str, str], judge: Judge, place: Path
) -> None:
    enter(server, "seen", models["weak"], "champion")
    digest = judge_digest(judge, server, models)
    frame = customers(600, seed=2)
    memory = log(DecisionTreeClassifier(random_state=0), frame[INPUTS], frame["left"], digest)
    enter(server, "seen", memory, "challenger")
    code, decision = judge("seen")
    assert (code, results(decision)["unseen by 2"]) == (1, "fail")
    assert place.exists()


def judge_digest(judge: Judge, server: str, models: dict[str, str]) -> str:
    contest(server, models, "digest", "weak", "strong")
    return str(judge("digest")[1]["data"]).removeprefix("sha256:")


def test_unknown_training_data_passes_only_when_the_owner_vouches(
    server: str, models: dict[str, str], judge: Judge, place: Path
) -> None:
    contest(server, models, "vouched", "weak", "origin unknown")
    code, decision = judge("vouched")
    assert (code, results(decision)["unseen by 2"]) == (2, "unknown")
    (place / "gate.yaml").write_text(LIMITS + "held_out_confirmed: true\n")
    assert judge("vouched")[0] == 0


@pytest.mark.parametrize("metric", ["f1_weighted", "roc_auc"])
def test_other_metrics_tell_the_better_model(
    metric: str, server: str, models: dict[str, str], judge: Judge, place: Path
) -> None:
    contest(server, models, f"by-{metric}", "weak", "strong")
    (place / "gate.yaml").write_text(LIMITS.replace("accuracy", metric))
    assert judge(f"by-{metric}")[0] == 0


def test_a_smaller_loss_is_a_gain(
    server: str, models: dict[str, str], judge: Judge, place: Path
) -> None:
    contest(server, models, "loss", "strong", "weak")
    (place / "gate.yaml").write_text(LIMITS.replace("accuracy", "log_loss"))
    code, decision = judge("loss")
    assert (code, results(decision)["gain"]) == (1, "fail")
    assert "gains -" in next(one["sentence"] for one in decision["checks"] if one["name"] == "gain")


def test_budgets_of_size_and_time(
    server: str, models: dict[str, str], judge: Judge, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contest(server, models, "budget", "weak", "strong")
    (place / "gate.yaml").write_text(LIMITS + "size_mb: 0.0001\nlatency_ms: 50\n")
    ticks = iter(range(10**6))
    monkeypatch.setattr("gate.__main__.time.perf_counter", lambda: next(ticks) / 10)
    code, decision = judge("budget")
    assert (code, results(decision)["size"], results(decision)["latency"]) == (1, "fail", "fail")
    assert next(ticks) >= verdict.TIMED * 2


def test_the_first_champion_needs_no_opponent(
    server: str, models: dict[str, str], judge: Judge, place: Path
) -> None:
    enter(server, "first", models["strong"], "challenger")
    code, decision = judge("first", "--first", "--promote", "--by", "Ada")
    assert (code, decision["champion"], decision["promoted"]) == (0, None, True)
    enter(server, "first-weak", models["weak"], "challenger")
    (place / "gate.yaml").write_text(LIMITS.replace("0.6", "0.99"))
    assert judge("first-weak", "--first")[0] == 1


def test_the_shipped_limits_can_be_read(
    server: str, models: dict[str, str], judge: Judge, place: Path
) -> None:
    contest(server, models, "shipped", "weak", "strong")
    shutil.copy(Path(__file__).parent.parent / "gate.yaml", place / "gate.yaml")
    assert judge("shipped")[1]["decision"] == "passed"
