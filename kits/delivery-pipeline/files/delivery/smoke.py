"""Does the running service answer: with the right version, right predictions, in time?"""

import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

GIVEN_UP_SECONDS = 10.0
TOLERANCE = 1e-6


class BadInput(Exception):
    """Nothing can be done with what was given; the message is one sentence for a person."""


class NoAnswer(Exception):
    """The service did not give a usable answer; the message says which one it gave."""


@dataclass(frozen=True, slots=True)
class Case:
    """A request and what must stand in the answer; the answer may hold more."""

    request: dict[str, Any]
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cases:
    slowest_seconds: float
    cases: tuple[Case, ...]


def load(path: Path) -> Cases:
    """The cases of a file; `BadInput` when there is nothing to ask or to compare."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise BadInput(f"{path} is not valid JSON: {error}.") from error
    try:
        cases = tuple(Case(one["request"], one["answer"]) for one in document["cases"])
        slowest = float(document["slowest_seconds"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(
            f"{path} needs slowest_seconds, and cases with request and answer."
        ) from error
    if not cases or not all(isinstance(one.answer, dict) and one.answer for one in cases):
        raise BadInput(f"{path} has no case, or a case without an answer to compare.")
    if not 0 < slowest < GIVEN_UP_SECONDS:
        raise BadInput(f"{path}: slowest_seconds must be between 0 and {GIVEN_UP_SECONDS:g}.")
    return Cases(slowest, cases)


def faults(
    url: str, version: str | None, cases: Cases, clock: Callable[[], float] = time.monotonic
) -> list[str]:
    """What is wrong with the service, a sentence each; empty when all is well.

    Without a version any is right, but the service must name one.
    """
    return [
        *_health_faults(url),
        *_version_faults(url, version),
        *_answer_faults(url, cases, clock),
    ]


def faults_in_the_end(
    url: str, version: str | None, cases: Cases, tries: int, pause: float
) -> list[str]:
    """The faults that are left after several tries: a load balancer may take a while to follow."""
    for _ in range(tries - 1):
        if not faults(url, version, cases):
            return []
        time.sleep(pause)
    return faults(url, version, cases)


def version_of(url: str) -> str:
    """The version that the service says it runs; `NoAnswer` when it names none."""
    answer = _ask(f"{url}/version")
    version = answer.get("version")
    if not isinstance(version, str) or not version:
        raise NoAnswer("/version names no version")
    return version


def _health_faults(url: str) -> Iterator[str]:
    for path in ("/healthz", "/readyz"):
        try:
            _open(Request(url + path)).close()  # noqa: S310 - the address is the operator's
        except NoAnswer as error:
            yield f"{path}: {error}."


def _version_faults(url: str, version: str | None) -> Iterator[str]:
    try:
        found = version_of(url)
    except NoAnswer as error:
        yield f"/version: {error}."
        return
    if version is not None and found != version:
        yield f'/version: "{found}" is running instead of "{version}".'


def _answer_faults(url: str, cases: Cases, clock: Callable[[], float]) -> Iterator[str]:
    for number, case in enumerate(cases.cases, start=1):
        start = clock()
        try:
            answer = _ask(f"{url}/predict", case.request)
        except NoAnswer as error:
            yield f"/predict, case {number}: {error}."
            continue
        seconds = clock() - start
        for key, expected in case.answer.items():
            found = answer.get(key)
            if not _same(found, expected):
                yield f'/predict, case {number}: "{key}" is {found!r} instead of {expected!r}.'
        if seconds > cases.slowest_seconds:
            slowest = cases.slowest_seconds
            yield f"/predict, case {number}: took {seconds:.2f} s, more than {slowest:g} s."


def _same(found: object, expected: object) -> bool:
    """Numbers may differ by rounding; true is not 1."""
    numbers = (int, float)
    if type(found) in numbers and type(expected) in numbers:
        return math.isclose(float(str(found)), float(str(expected)), abs_tol=TOLERANCE)
    return type(found) is type(expected) and found == expected


def _ask(url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data=data, headers={"Content-Type": "application/json"})  # noqa: S310
    try:
        with _open(request) as response:
            answer = json.load(response)
    except (ValueError, OSError, HTTPException) as error:
        raise NoAnswer("the answer is no JSON") from error
    if not isinstance(answer, dict):
        raise NoAnswer("the answer is no JSON object")
    return answer


def _open(request: Request) -> HTTPResponse:
    try:
        response: HTTPResponse = urlopen(request, timeout=GIVEN_UP_SECONDS)  # noqa: S310
    except HTTPError as error:
        raise NoAnswer(f"status {error.code}") from error
    except TimeoutError as error:
        raise NoAnswer(f"no answer within {GIVEN_UP_SECONDS:g} s") from error
    except (OSError, HTTPException) as error:
        raise NoAnswer(f"cannot be reached ({getattr(error, 'reason', error)})") from error
    return response
