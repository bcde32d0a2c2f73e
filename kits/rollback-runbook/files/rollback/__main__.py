"""The command line: `python -m rollback`, with run, drill, check and log."""

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from rollback import drills, readiness
from rollback.carry_out import DONE, INTERRUPTED, NOT_BEGUN, Clock, Done, carry_out, outcome
from rollback.plan import BadInput, Plan, load

FINE, FINDING, CANNOT_TELL = 0, 1, 2


def main(arguments: Sequence[str] | None = None, clock: Clock = time.monotonic) -> int:
    """Exit codes: 0 fine, 1 failed, late or not ready, 2 bad input or a drill left half undone."""
    options = _parser().parse_args(arguments)
    try:
        plan = load(options.config)
        if options.command == "check":
            return _check(plan, options.now)
        if options.command == "log":
            return _log(plan)
        return _go(plan, options, clock)
    except BadInput as error:
        sys.stderr.write(f"rollback: {error}\n")
        return CANNOT_TELL


def _go(plan: Plan, options: argparse.Namespace, clock: Clock) -> int:
    """A drill or a real rollback, recorded however it ends."""
    drills.check_writable(plan.log)
    saved: dict[str, str] = {}
    steps = carry_out(plan.steps, plan.folder, saved, clock, _say)
    after: list[Done] = []
    if options.command == "drill":
        after = _put_back(plan, steps, saved, clock)
    kind = drills.DRILL if options.command == "drill" else drills.REAL
    entry = drills.entry(kind, options.now, options.by, steps, plan.goal_minutes)
    drills.append(plan.log, entry, steps, after)
    _say(_verdict(entry))
    if outcome(after) != DONE:
        sys.stderr.write("rollback: the drill is over and not cleared up; see the steps above.\n")
        return CANNOT_TELL
    return FINE if entry.met else FINDING


def _put_back(plan: Plan, steps: Sequence[Done], saved: dict[str, str], clock: Clock) -> list[Done]:
    """After a drill, the newest version again. After a failed one a person decides what is safe."""
    if outcome(steps) == DONE:
        return carry_out(plan.after_drill, plan.folder, saved, clock, _say)
    if plan.after_drill:
        _say("The steps after the drill were not begun, since it failed: see what serves now.")
    return [Done(step.name, NOT_BEGUN, 0.0) for step in plan.after_drill]


def _verdict(entry: drills.Entry) -> str:
    if entry.outcome != DONE:
        was = "was interrupted" if entry.outcome == INTERRUPTED else "failed"
        return f"It {was} after {entry.minutes:g} min."
    goal = f"the goal of {entry.goal_minutes:g} min was {'met' if entry.met else 'missed'}"
    return f"It took {entry.minutes:g} min; {goal}."


def _check(plan: Plan, now: datetime) -> int:
    found = readiness.findings(plan, drills.read(plan.log), now)
    for sentence in found:
        _say(sentence)
    if not found:
        _say("Ready: the last drill is recent and met its goal, and the runbook has no blanks.")
    return FINDING if found else FINE


def _log(plan: Plan) -> int:
    for one in drills.read(plan.log):
        start = one.start.isoformat(timespec="minutes")
        met = "met" if one.met else "missed"
        _say(f"{start}  {one.kind:5}  {one.outcome:11}  {one.minutes:7.2f} min  {met:6}  {one.by}")
    return FINE


def _say(text: str) -> None:
    """Prints at once; whoever stops reading stops no rollback, and it is recorded all the same."""
    with suppress(BrokenPipeError):
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rollback", description=main.__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_text in (
        ("run", "put the version before back, now"),
        ("drill", "the same as a rehearsal, and the newest version again afterwards"),
        ("check", "whether the last drill is recent enough and the runbook filled in"),
        ("log", "every drill and rollback"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("--config", type=Path, default=Path("rollback.toml"))
        command.add_argument("--now", type=_time, default=datetime.now(UTC), help="with its zone")
        if name in ("run", "drill"):
            command.add_argument("--by", type=_name, required=True, help="who does it")
    return parser


def _time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError("needs a time zone, as in 2026-11-23T09:30:00+01:00")
    return found


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("must be a name")
    return " ".join(text.split())


if __name__ == "__main__":
    # Whoever closes the terminal interrupts a drill too, and that is recorded.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    sys.exit(main())
