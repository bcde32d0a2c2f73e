"""Every way in which the HTTP API says no: problem JSON (RFC 9457), with a sentence that says what to do."""

import logging
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from access.permissions import Forbidden
from checklist.reading import ContentError
from data.errors import KeyReused, NothingToMark, StoreError, TextRefused, UnknownId, ValueRefused

LOG = logging.getLogger("checkup")
MEDIA_TYPE = "application/problem+json"
FAULTS_SHOWN = 50
RETRY_S = 5
PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
# The kinds of problems: status and title by the last part of their type.
KINDS: Mapping[str, tuple[int, str]] = {
    "bad-request": (400, "The request cannot be understood"),
    "no-token": (401, "A token is needed"),
    "not-allowed": (403, "The token does not allow this"),
    "not-found": (404, "There is nothing here"),
    "method-not-allowed": (405, "This address does not take this method"),
    "too-slow": (408, "The request took too long"),
    "too-large": (413, "The answers file is too large"),
    "media-type": (415, "Send YAML or JSON"),
    "answers-refused": (422, "The answers file cannot be used"),
    "key-reused": (409, "This Idempotency-Key came with another request"),
    "too-many-requests": (429, "Too many requests"),
    "fault": (500, "Something went wrong on our side"),
    "store-away": (503, "The store cannot be reached"),
}


class Problem(Exception):
    """What is wrong with a request; `detail` is a sentence for whoever sent it."""

    def __init__(self, kind: str, detail: str, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.headers, self.members = kind, detail, headers or {}, members

    def response(self) -> Response:
        """As it is sent."""
        status, title = KINDS[self.kind]
        said = {"type": problem_type(self.kind), "title": title, "status": status, "detail": self.detail}
        return JSONResponse(said | self.members, status, {**PRIVATE, **self.headers}, MEDIA_TYPE)


def problem_type(kind: str) -> str:
    """What programs tell problems apart by."""
    return f"urn:problem-type:mlops-checkup:{kind}"


def problem_of(error: Exception) -> Problem:
    """What somebody outside is told about an error; what they cannot act on stays in the log."""
    match error:
        case Problem():
            return error
        case ContentError():
            faults = [{"line": one.line, "message": one.message} for one in error.faults[:FAULTS_SHOWN]]
            return Problem("answers-refused", str(error), faults=faults)
        case UnknownId():
            return not_found()
        case Forbidden():
            headers = {"WWW-Authenticate": 'Bearer realm="MLOps Checkup", error="insufficient_scope"'}
            return Problem("not-allowed", str(error), headers)
        case KeyReused():
            return Problem("key-reused", str(error))
        case TextRefused() | ValueRefused() | NothingToMark():
            return Problem("answers-refused", str(error), faults=[])
        case StoreError():
            LOG.error("the store cannot be reached: %s", error)
            detail = "The store cannot be reached just now, and nothing was saved. Try again in a moment."
            return Problem("store-away", detail, {"Retry-After": str(RETRY_S)})
    incident = uuid.uuid4().hex[:8]
    LOG.error("incident %s", incident, exc_info=error)
    detail = f"Nothing was saved by this request. Tell whoever runs this app the number {incident}."
    return Problem("fault", detail, incident=incident)


def not_found() -> Problem:
    """The same for what never was, what is gone and what is somebody else's."""
    return Problem("not-found", "There is nothing at this address, or nothing that this token may see.")
