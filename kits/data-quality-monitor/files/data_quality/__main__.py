"""The command: python -m data_quality TABLE --checks checks.toml [--json FILE]."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from data_quality import config, freshness, results, suite, tables
from data_quality.results import BadInput


class Parser(argparse.ArgumentParser):
    """Wrong use is one sentence, too."""

    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message[:1].upper()}{message[1:]}.")


def main(argv: Sequence[str] | None = None) -> int:
    """Check a table; 0: all passed, 1: something failed, 2: something cannot be told."""
    try:
        return check(_options(argv))
    except BadInput as fault:
        print(fault, file=sys.stderr)
        return results.CANNOT_TELL


def check(options: argparse.Namespace) -> int:
    """Read, check, print the table and write the JSON."""
    now = _moment(options.now)
    wanted = config.read(options.checks)
    frame = tables.read(options.table, wanted)
    outcomes = suite.run(frame, wanted, options.examples)
    if wanted.freshness:
        outcomes.append(freshness.check(frame, wanted.freshness, now))
    print(results.table(outcomes))
    print(results.summary(outcomes))
    if options.json:
        _write(options.json, results.as_json(str(options.table), len(frame), now, outcomes))
    return results.exit_code(outcomes)


def _write(target: Path, text: str) -> None:
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise BadInput(f"{target} cannot be written ({fault.strerror}).") from fault


def _moment(given: str | None) -> datetime:
    if given is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as fault:
        raise BadInput(f'--now is "{given}"; write it as in 2026-11-23T08:00+00:00.') from fault
    if moment.tzinfo is None:
        raise BadInput(f'--now is "{given}", without an offset; add one, as in +00:00.')
    return moment


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser(prog="data_quality", description=__doc__, allow_abbrev=False)
    parser.add_argument("table", type=Path, help="a .parquet or .csv file")
    parser.add_argument("--checks", type=Path, default=Path("checks.toml"))
    parser.add_argument("--json", type=Path, help="write the outcomes here as well")
    parser.add_argument(
        "--examples", action="store_true", help="show values that failed; they may be personal data"
    )
    parser.add_argument("--now", help="the present time, with an offset; for tests and old tables")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
