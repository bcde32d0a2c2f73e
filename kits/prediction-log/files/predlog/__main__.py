"""The commands: `python -m predlog trace`, `deployed` and `check`."""

import argparse
import json
import logging
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from predlog import files, reader, server, trail
from predlog.entry import checked_version, stamp
from predlog.problem import Problem

FINE, FINDING, CANNOT_TELL = 0, 1, 2
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def main(words: list[str] | None = None, now: datetime | None = None) -> int:
    asked = parser().parse_args(words)
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    try:
        return int(asked.command(asked, now or datetime.now(UTC)))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return CANNOT_TELL


def trace_command(asked: argparse.Namespace, _: datetime) -> int:
    log = reader.predictions(asked.log)
    for one in log.damage:
        print(one, file=sys.stderr)
    found = [entry for entry in log.entries if entry["request_id"] == asked.request_id]
    if not found:
        raise Problem(f"No prediction with the request id {asked.request_id} is on record.")
    client = server.connect(asked.server)
    ways = [followed(entry, reader.deployments(asked.log), client) for entry in found]
    print(json.dumps(ways if len(ways) > 1 else ways[0], indent=2))
    ends = sorted({name for way in ways for name in trail.broken(way["origin"])})
    if ends:
        print(f"The trail ends: {', '.join(ends)} not on record.", file=sys.stderr)
    return FINDING if ends or len(ways) > 1 else FINE


def followed(entry: dict[str, Any], deployed: reader.Log, client: Any) -> dict[str, Any]:
    """A prediction with where its model came from and who had put it live by then."""
    live = [
        one
        for one in deployed.entries
        if (one["model"], one["version"]) == (entry["model"], entry["version"])
        and datetime.fromisoformat(one["time"]) <= datetime.fromisoformat(entry["time"])
    ]
    origin = trail.origin(client, entry["model"], entry["version"])
    return {"prediction": entry, "deployment": live[-1] if live else None, "origin": origin}


def deployed_command(asked: argparse.Namespace, now: datetime) -> int:
    """Put a deployment on record, or refuse: a deployment script calls this before it goes on."""
    version = checked_version(asked.version)
    run_id = trail.need_run(server.connect(asked.server), asked.model, version)
    entry = {"time": stamp(now), "model": asked.model, "version": version, "by": asked.by}
    entry["run_id"] = run_id
    try:
        asked.log.mkdir(parents=True, exist_ok=True)
        files.append(asked.log / files.DEPLOYMENTS, entry)
    except OSError as fault:
        raise Problem(f"The deployment is not on record: {fault.strerror}.") from fault
    print(json.dumps(entry, indent=2))
    return FINE


def check_command(asked: argparse.Namespace, now: datetime) -> int:
    log, deployed = reader.predictions(asked.log), reader.deployments(asked.log)
    found = reader.complaints(log, deployed, asked.model, asked.silence, now)
    print("\n".join(found) or f"{len(log.entries)} predictions are in order.")
    return FINDING if found else FINE


def span(text: str) -> timedelta:
    """Such as 90s, 15m, 2h or 1d."""
    number, unit = text[:-1], text[-1:]
    if unit not in UNITS or not number.isdigit() or number == "0":
        raise argparse.ArgumentTypeError(f"{text!r} is not such as 90s, 15m, 2h or 1d")
    return timedelta(**{UNITS[unit]: int(number)})


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m predlog", description=__doc__)
    commands = top.add_subparsers(required=True)
    one = commands.add_parser("trace", help="from a prediction to the training data")
    one.set_defaults(command=trace_command)
    one.add_argument("request_id")
    two = commands.add_parser("deployed", help="put on record that a version goes live")
    two.set_defaults(command=deployed_command)
    two.add_argument("--version", required=True, help="a number, no alias")
    two.add_argument("--by", required=True, help="who deploys")
    three = commands.add_parser("check", help="whether something is missing in the log")
    three.set_defaults(command=check_command)
    three.add_argument("--silence", type=span, default=timedelta(hours=1), help="such as 15m")
    for command in (two, three):
        command.add_argument("--model", required=True)
    for command in (one, two):
        command.add_argument("--server", default=os.environ.get("MLFLOW_TRACKING_URI"))
    for command in (one, two, three):
        command.add_argument("--log", type=Path, default=Path("prediction-log"), help="the folder")
    return top


if __name__ == "__main__":
    sys.exit(main())
