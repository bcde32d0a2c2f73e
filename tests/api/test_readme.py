"""The commands that the README shows work as they stand there."""

import re
import shlex
from pathlib import Path

from httpx import Response
from starlette.testclient import TestClient

from api.openapi import EXAMPLE
from api.pace import PER_ADDRESS, PER_TOKEN, WRITES_PER_TOKEN
from data.store import Store
from tests.api.conftest import a_client
from tests.e2e.stories import OWNER, the_workspace

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_the_readme_shows_the_answers_file_of_the_document() -> None:
    assert f"```yaml\n{EXAMPLE}```" in README


def test_the_limits_are_those_of_the_readme() -> None:
    said = " ".join(README.split())
    assert (
        f"may ask {PER_ADDRESS} times a minute, a token {PER_TOKEN} times, {WRITES_PER_TOKEN} of them to write" in said
    )


def test_the_curl_commands_of_the_readme_work_in_their_order(store: Store, system: str) -> None:
    secret = store.tokens.make(OWNER, the_workspace(store), "CI", "write").secret
    program = a_client(store)
    named = {"$CHECKUP": "", "$TOKEN": secret, "$SYSTEM": system}
    commands = re.search(r"```sh\n(export CHECKUP.*?)```", README, re.DOTALL)
    assert commands
    lines = [line for line in commands[1].replace("\\\n", " ").splitlines() if line.startswith("curl ")]
    assert len(lines) == 4
    listing, asking, sending, describing = lines
    # The newest result is asked for once there is one.
    listed, made, latest, described = (
        _carried_out(program, line, named) for line in (listing, sending, asking, describing)
    )
    assert listed.json()["systems"][0]["id"] == system
    assert (made.status_code, latest.status_code) == (201, 200)
    assert latest.json() == made.json()
    assert described.json()["openapi"].startswith("3.")
    assert store.assessments.milestones(OWNER, system)[0].name == "Release 4.2"


def _carried_out(program: TestClient, command: str, named: dict[str, str]) -> Response:
    """What curl would send; a file named answers.yaml holds the example."""
    for name, value in named.items():
        command = command.replace(name, value)
    words = iter(shlex.split(command)[1:])
    address, headers, body = "", {}, None
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "--data-binary":
            assert next(words) == "@answers.yaml"
            body = EXAMPLE
        elif word != "-s":
            address = word
    return program.request("POST" if body else "GET", address, headers=headers, content=body)
