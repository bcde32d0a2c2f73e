"""The command line: `python -m delivery`, with validate, smoke, release and rollback."""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from delivery import release, smoke
from delivery.smoke import BadInput

FINE, FINDING, CANNOT_TELL = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 fine, 1 not good enough, 2 cannot tell, bad input or a failed rollback."""
    options = _parser().parse_args(arguments)
    try:
        fine: bool = options.run(options)
    except (BadInput, release.Failed) as error:
        sys.stderr.write(f"delivery: {error}\n")
        return CANNOT_TELL
    return FINE if fine else FINDING


def _validate(options: argparse.Namespace) -> bool:
    from delivery import validate  # its libraries are not installed where releases are made

    limits = validate.load_limits(options.limits)
    found = validate.validate(options.new, options.current, options.holdout, limits)
    for one in found:
        current = "" if one.current is None else f", current {one.current:.4f}"
        verdict = "enough" if one.enough else "NOT ENOUGH"
        _say(f"{one.score}: new {one.new:.4f}{current}, limit {one.limit:g}: {verdict}")
    return all(one.enough for one in found)


def _smoke(options: argparse.Namespace) -> bool:
    faults = _test(options)(options.version)
    for fault in faults:
        _say(f"- {fault}")
    _say(f"{len(faults)} faults." if faults else "All is well.")
    return not faults


def _release(options: argparse.Namespace) -> bool:
    test = _test(options)
    manifests = release.render(options.overlay, options.image, options.version)
    cluster = release.Cluster(options.namespace)
    return release.release(cluster, manifests, options.version, options.url, test, _say)


def _rollback(options: argparse.Namespace) -> bool:
    release.take_back(release.Cluster(options.namespace), options.version, _test(options), _say)
    return True


def _test(options: argparse.Namespace) -> release.Test:
    cases = smoke.load(options.cases)
    again = partial(smoke.faults_in_the_end, tries=options.tries, pause=options.pause)
    return lambda version: again(options.url, version, cases)


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f'"{text}" does not begin with http:// or https://')
    return text.rstrip("/")


def _tries(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f'"{text}" is no whole number above 0')
    return int(text)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="delivery", description=main.__doc__)
    commands = parser.add_subparsers(required=True)
    validate = commands.add_parser(
        "validate", help="compare a new model with limits and the current one"
    )
    validate.set_defaults(run=_validate)
    for name in ("new", "current", "holdout"):
        validate.add_argument(f"--{name}", type=Path, required=True)
    validate.add_argument("--limits", type=Path, default=Path("limits.toml"))
    for name, run in (("smoke", _smoke), ("release", _release), ("rollback", _rollback)):
        _add_live(commands.add_parser(name), name, run)
    return parser


def _add_live(command: argparse.ArgumentParser, name: str, run: object) -> None:
    command.set_defaults(run=run)
    command.add_argument("--url", type=_address, required=True, help="where the service answers")
    command.add_argument(
        "--version", required=name == "release", help="the version that must answer"
    )
    command.add_argument("--cases", type=Path, default=Path("smoke/cases.json"))
    command.add_argument("--tries", type=_tries, default=6)
    command.add_argument("--pause", type=float, default=10.0, help="seconds between tries")
    if name != "smoke":
        command.add_argument("--namespace", required=True)
    if name == "release":
        command.add_argument("--overlay", type=Path, required=True)
        command.add_argument("--image", required=True, help="with its digest: name@sha256:...")


if __name__ == "__main__":
    sys.exit(main())
