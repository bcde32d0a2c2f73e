"""The command: `python -m gate --model NAME --data FILE --limits gate.yaml`."""

import argparse
import json
import logging
import os
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import mlflow

from gate import limits as limits_file
from gate import models, rows, server, verdict
from gate.limits import Limits
from gate.problem import Problem
from gate.scoring import NEED_PROBABILITIES
from gate.server import asking
from gate.verdict import FAIL, UNKNOWN, Check, Contest

FINE, FINDING, CANNOT_TELL = 0, 1, 2
PREVIOUS = "previous-champion"


def main(words: list[str] | None = None) -> int:
    asked = parser().parse_args(words)
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    try:
        decision = decide(asked, datetime.now(UTC))
        if asked.out:
            write(asked.out, decision)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return CANNOT_TELL
    print(table(decision))
    return {"passed": FINE, "refused": FINDING}.get(decision["decision"], CANNOT_TELL)


def decide(asked: argparse.Namespace, now: datetime) -> dict[str, Any]:
    """Judge, put the decision on record with the challenger's run, then move the alias if asked."""
    if asked.promote and not asked.by:
        raise Problem("Promoting needs a name: --by NAME.")
    limits = limits_file.read(asked.limits)
    held_out = rows.read(asked.data, limits)
    client = server.connect(asked.server)
    contest = meet(client, asked, limits, held_out)
    found = verdict.checks(contest, time.perf_counter)
    decision = described(asked, contest, found, now)
    record(client, contest, decision, now)
    if decision["decision"] == "passed" and asked.promote:
        promote(client, asked, contest)
        decision["promoted"] = True
    return decision


def meet(
    client: mlflow.MlflowClient, asked: argparse.Namespace, limits: Limits, held_out: rows.Rows
) -> Contest:
    new = models.version_of(client, asked.model, asked.challenger)
    old = models.version_of(client, asked.model, asked.champion)
    if new is None:
        raise Problem(f"{asked.model} has no version {asked.challenger} to judge.")
    if old is None and not asked.first:
        raise Problem(f"{asked.model} has no {asked.champion}; judge the first one with --first.")
    if old is not None and asked.first:
        raise Problem(f"{asked.model} has a {asked.champion}, version {old}; leave out --first.")
    if old == new:
        raise Problem(f"Version {new} of {asked.model} is the {asked.champion} already.")
    loaded = [models.load(client, asked.model, version) for version in (old, new) if version]
    same_inputs(loaded, limits)
    need = limits.metric in NEED_PROBABILITIES
    both = [(model, models.guess(model, held_out, need)) for model in loaded]
    known_answers(held_out, limits, both[0][1].classes)
    return Contest(held_out, limits, both[-1], both[0] if old else None)


def same_inputs(loaded: list[models.Model], limits: Limits) -> None:
    columns = [set(model.inputs) for model in loaded]
    other = sorted(columns[0] ^ columns[-1])
    if other and limits.same_inputs:
        raise Problem(
            f"The models take different columns ({', '.join(other)} in one only); "
            "same_inputs: false in the limits allows it."
        )


def known_answers(held_out: rows.Rows, limits: Limits, classes: tuple[Any, ...]) -> None:
    answers = set(held_out.truth)
    if limits.positive and limits.positive not in answers:
        raise Problem(f"No row has the answer {limits.positive}; there are {models.some(answers)}.")
    if limits.metric == "roc_auc" and (len(classes) != 2 or answers != set(classes)):
        raise Problem("roc_auc is for two answers; choose log_loss or f1_weighted.")


def described(
    asked: argparse.Namespace, contest: Contest, found: list[Check], now: datetime
) -> dict[str, Any]:
    results = {check.result for check in found}
    word = "refused" if FAIL in results else "cannot tell" if UNKNOWN in results else "passed"
    return {
        "decision": word,
        "at": now.isoformat(),
        "by": asked.by or "",
        "model": asked.model,
        "challenger": contest.challenger[0].version,
        "champion": contest.champion[0].version if contest.champion else None,
        "rows": len(contest.rows.truth),
        "data": f"sha256:{contest.rows.digest}",
        "limits": asdict(contest.limits),
        "checks": [asdict(check) for check in found],
        "promoted": False,
    }


def record(
    client: mlflow.MlflowClient, contest: Contest, decision: dict[str, Any], now: datetime
) -> None:
    run_id = contest.challenger[0].run_id
    if not run_id:
        raise Problem(f"{contest.challenger[0]} has no run, so no decision can be kept with it.")
    with asking("keep the decision with the run"):
        client.log_dict(run_id, decision, f"gate/{now:%Y%m%dT%H%M%S%f}.json")


def promote(client: mlflow.MlflowClient, asked: argparse.Namespace, contest: Contest) -> None:
    """Move the alias, unless it moved meanwhile; the former holder stays known for a rollback."""
    old = contest.champion[0].version if contest.champion else None
    new = contest.challenger[0].version
    if models.version_of(client, asked.model, asked.champion) != old:
        raise Problem(f"{asked.model}@{asked.champion} changed during the comparison; run again.")
    with asking(f"promote version {new}"):
        client.set_model_version_tag(asked.model, new, "gate.promoted_by", asked.by)
        if old:
            client.set_registered_model_alias(asked.model, PREVIOUS, old)
        client.set_registered_model_alias(asked.model, asked.champion, new)


def write(path: Path, decision: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(decision, indent=2) + "\n", encoding="utf-8")
    except OSError as fault:
        raise Problem(f"{path} cannot be written: {fault.strerror}.") from fault


def table(decision: dict[str, Any]) -> str:
    wide = max(len(check["name"]) for check in decision["checks"])
    lines = [
        f"{check['result']:<8}{check['name']:<{wide}}  {check['sentence']}"
        for check in decision["checks"]
    ]
    against = f" against version {decision['champion']}" if decision["champion"] else ""
    what = f"{decision['model']} version {decision['challenger']}{against}"
    end = " and promoted" if decision["promoted"] else ""
    return "\n".join([*lines, f"{what} on {decision['rows']} rows: {decision['decision']}{end}."])


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m gate", description=__doc__)
    top.add_argument("--model", required=True, help="name in the registry")
    top.add_argument("--data", type=Path, required=True, help="held-out rows, .csv or .parquet")
    top.add_argument("--limits", type=Path, default=Path("gate.yaml"))
    top.add_argument("--challenger", default="challenger", help="version or alias")
    top.add_argument("--champion", default="champion", help="the alias that serving loads")
    top.add_argument("--first", action="store_true", help="there is no champion yet")
    top.add_argument("--promote", action="store_true", help="move the alias when passed")
    top.add_argument("--by", help="who promotes")
    top.add_argument("--out", type=Path, help="the decision as JSON")
    top.add_argument("--server", default=os.environ.get("MLFLOW_TRACKING_URI"))
    return top


if __name__ == "__main__":
    sys.exit(main())
