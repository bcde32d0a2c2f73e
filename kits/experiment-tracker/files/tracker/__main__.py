"""The commands: `python -m tracker train`, `send` and `repeat`."""

import argparse
import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tracker import champion, origin, recording, repeating, server
from tracker.data import Dataset, Origin, read
from tracker.problem import Problem, ServerProblem
from tracker.run import Plan, train

FINE, FINDING, CANNOT_TELL = 0, 1, 2


def main(words: list[str] | None = None) -> int:
    asked = parser().parse_args(words)
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    try:
        answer, code = asked.command(asked)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return CANNOT_TELL
    print(json.dumps(answer, indent=2))
    return int(code)


def train_command(asked: argparse.Namespace) -> tuple[dict[str, Any], int]:
    code = origin.code(asked.repository, asked.allow_dirty)
    frame, digest = read(asked.data)
    where = origin.data_origin(asked.data, asked.data_source, asked.data_version)
    plan = Plan(asked.target, tuple(asked.drop), tuple(asked.text), dict(asked.param), asked.seed)
    dataset = Dataset(asked.data.name, frame, digest, where)
    trained = train(plan, dataset, code, origin.packages(), datetime.now(UTC))
    try:
        client = server.connect(asked.server)
        run_id, uri = recording.send(client, asked.experiment, trained)
    except ServerProblem as problem:
        place = recording.keep(asked.kept, asked.experiment, trained)
        raise ServerProblem(
            f"{problem} The training is kept in {place}; python -m tracker send {place}"
        ) from problem
    if uri is None:
        raise Problem(f"Run {run_id} is recorded as failed: {trained.record['failure']}")
    answer = {"run_id": run_id, "metrics": trained.record["metrics"]}
    if not asked.model:
        return answer, FINE
    if asked.challenger:
        outcome = champion.nominate(client, asked.model, trained, uri)
    else:
        outcome = champion.settle(client, asked.model, asked.alias, asked.metric, trained, uri)
    version = {"version": outcome.version, "alias": outcome.alias, "because": outcome.sentence}
    return {**answer, "model": {"name": asked.model, **version}}, FINE


def send_command(asked: argparse.Namespace) -> tuple[dict[str, Any], int]:
    experiment, trained = recording.kept(asked.folder)
    client = server.connect(asked.server)
    run_id, _ = recording.send(client, experiment, trained)
    recording.forget(asked.folder)
    return {"run_id": run_id, "metrics": trained.record.get("metrics", {})}, FINE


def repeat_command(asked: argparse.Namespace) -> tuple[dict[str, Any], int]:
    server.connect(asked.server)
    record = repeating.recorded(asked.run)
    code = origin.code(asked.repository, allow_dirty=False)
    frame, digest = read(asked.data)
    dataset = Dataset(asked.data.name, frame, digest, Origin(**record["data"]["origin"]))
    repeating.need_same(asked.run, record, code, dataset, asked.data)
    plan = Plan.from_record(record["plan"])
    again = train(plan, dataset, code, origin.packages(), datetime.now(UTC))
    if again.model is None:
        raise Problem(f"The repeat failed: {again.record['failure']}")
    found = repeating.differences(record, again, asked.tolerance)
    return {"run_id": asked.run, **found}, FINDING if found["moved"] else FINE


def parameter(text: str) -> tuple[str, Any]:
    """name=value, where the value is JSON or else plain text."""
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not name=value")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m tracker", description=__doc__)
    commands = top.add_subparsers(required=True)
    one = commands.add_parser("train", help="train, record the run, register a better model")
    one.set_defaults(command=train_command)
    one.add_argument("--data", type=Path, required=True, help=".csv or .parquet")
    one.add_argument("--target", required=True, help="the column to learn")
    one.add_argument("--drop", action="append", default=[], help="a column not to use")
    one.add_argument("--text", action="append", default=[], help="a column to read as text")
    one.add_argument("--param", action="append", default=[], type=parameter, metavar="NAME=VALUE")
    one.add_argument("--seed", type=int, default=0)
    one.add_argument("--experiment", default="training")
    one.add_argument("--model", help="register under this name when better than the champion")
    one.add_argument("--alias", default="champion")
    one.add_argument("--challenger", action="store_true", help="register without comparing")
    one.add_argument("--metric", choices=champion.METRICS, default="accuracy")
    one.add_argument("--data-source", help="address of the data, when git does not hold it")
    one.add_argument("--data-version", help="its version there: snapshot, object version, DVC hash")
    one.add_argument("--allow-dirty", action="store_true", help="a trial with uncommitted code")
    one.add_argument("--kept", type=Path, default=Path("unsent"), help="for runs not sent")
    two = commands.add_parser("send", help="send a run that was kept while the server was down")
    two.set_defaults(command=send_command)
    two.add_argument("folder", type=Path)
    three = commands.add_parser("repeat", help="train a recorded run again and compare")
    three.set_defaults(command=repeat_command)
    three.add_argument("run", help="run id")
    three.add_argument("--data", type=Path, required=True)
    three.add_argument("--tolerance", type=float, default=0.001)
    for command in (one, three):
        command.add_argument("--repository", type=Path, default=Path(), help="folder of the code")
    for command in (one, two, three):
        command.add_argument("--server", default=os.environ.get("MLFLOW_TRACKING_URI"))
    return top


if __name__ == "__main__":
    sys.exit(main())
