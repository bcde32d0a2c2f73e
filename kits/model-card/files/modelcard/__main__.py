"""The commands: `python -m modelcard write` and `check`."""

import argparse
import logging
import os
import sys
from pathlib import Path

from modelcard import checking, facts, page, server, source
from modelcard.problem import Problem

FINE, FINDING, CANNOT_TELL = 0, 1, 2


def main(words: list[str] | None = None) -> int:
    asked = parser().parse_args(words)
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    try:
        return int(asked.command(asked))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return CANNOT_TELL


def write_command(asked: argparse.Namespace) -> int:
    said, missing = facts.read(asked.facts)
    if missing:
        return tell(missing, said)
    version = source.version(server.connect(asked.server), asked.model, asked.version)
    text = page.write(said, version)
    try:
        asked.card.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Problem(f"{asked.card} cannot be written: {fault.strerror}.") from fault
    print(f"{asked.card} is about version {version.number} of {asked.model}.")
    return FINE


def check_command(asked: argparse.Namespace) -> int:
    """All faults at once; the owner is named, so that whoever reads them knows whom to remind."""
    said, missing = facts.read(asked.facts)
    client = server.connect(asked.server)
    version = source.version(client, asked.model, asked.version)
    expected = page.write(said, version)
    try:
        card = asked.card.read_text(encoding="utf-8")
    except FileNotFoundError:
        return tell([*missing, f"There is no {asked.card}."], said)
    except (OSError, UnicodeDecodeError) as fault:
        raise Problem(f"{asked.card} cannot be read.") from fault
    found = [*missing, *checking.faults(card, expected, f"{asked.model} {asked.version}")]
    if found:
        return tell(found, said)
    print(f"{asked.card} is complete and true of version {version.number} of {asked.model}.")
    return FINE


def tell(found: list[str], said: facts.Facts) -> int:
    print("\n".join(found))
    if not facts.hollow(said.texts["owner"]):
        print(f"To be put right by {said.owner}: python -m modelcard write")
    return FINDING


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m modelcard", description=__doc__)
    commands = top.add_subparsers(required=True)
    one = commands.add_parser("write", help="write the card of a registered version")
    one.set_defaults(command=write_command)
    two = commands.add_parser("check", help="whether the card is complete and still true")
    two.set_defaults(command=check_command)
    for command in (one, two):
        command.add_argument("--model", required=True, help="name in the registry")
        command.add_argument("--version", default="champion", help="version or alias")
        command.add_argument("--facts", type=Path, default=Path("card.yaml"))
        command.add_argument("--card", type=Path, default=Path("MODEL_CARD.md"))
        command.add_argument("--server", default=os.environ.get("MLFLOW_TRACKING_URI"))
    return top


if __name__ == "__main__":
    sys.exit(main())
