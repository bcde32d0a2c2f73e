"""How tests give commands to the command line, and what a command that ends well or not leaves behind."""

import pytest

import cli


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """The one line on stderr of a command that ends with 2 and leaves stdout empty."""
    assert cli.main(argv) == 2
    out, said = capsys.readouterr()
    assert out == ""
    assert said.count("\n") == 1
    assert said[-2] in ".?"
    assert "Traceback" not in said
    return said


def done(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[str, str]:
    """Stdout and stderr of a command that ends with 0."""
    code = cli.main(argv)
    out, said = capsys.readouterr()
    assert code == 0, said
    return out, said
