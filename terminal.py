"""Where do I find how the command line speaks? Here: stdout for results, stderr for sentences, wrong use as one."""

import argparse
import io
import os
import sys
from pathlib import Path
from typing import NoReturn

from data.text import clean_text

STDIN = "-"


class WrongUse(Exception):
    """A command that cannot be carried out as it was given; the message is a sentence."""


def say(text: str) -> None:
    """On stderr, without control characters that could come from a file."""
    sys.stderr.write("".join(f"{clean_text(line)}\n" for line in text.splitlines()))


def write_utf8() -> None:
    """Names may be in any script, and a build machine's locale should not decide what can be printed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def keep_stdout_for_results() -> None:
    """What this program prints goes to stdout alone; what a library in C prints unasked goes to stderr."""
    sys.stdout.flush()
    sys.stdout = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)


def forget_stdout() -> None:
    """Nobody reads it any more: what is left in its buffer must not raise again when the process ends."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def content_of(name: str, most: int) -> bytes:
    """The file's bytes; of one that is larger, one byte more than `most`, which is enough to refuse it."""
    try:
        with open(0 if name == STDIN else name, "rb", closefd=name != STDIN) as file:
            return file.read(most + 1)
    except (OSError, ValueError) as fault:
        raise WrongUse(f'"{name}" cannot be read ({why(fault)}); check its name.') from fault


def write_to(target: Path, content: bytes) -> None:
    """Write the file, or say why that cannot be."""
    try:
        target.write_bytes(content)
    except (OSError, ValueError) as fault:
        raise WrongUse(f'"{target}" cannot be written ({why(fault)}); choose another place.') from fault


def why(fault: Exception) -> str:
    """What the system says about it, or the fault itself."""
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault)


class Parser(argparse.ArgumentParser):
    """Wrong use is a sentence, like every other refusal."""

    def error(self, message: str) -> NoReturn:
        raise WrongUse(f'{message[:1].upper()}{message[1:]}; see "{self.prog} --help".')
