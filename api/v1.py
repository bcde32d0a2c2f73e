"""The HTTP API under /api/v1: systems, results, and milestones made of answers files."""

import hashlib
import re
from collections.abc import Callable
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from access.permissions import permit
from access.places import Place
from api.callers import Caller, caller_of
from api.endpoint import Endpoint, read_body
from api.health import OpenStore
from api.openapi import document
from api.pace import Pace
from api.paging import link_to_next, page_of
from api.problems import PRIVATE, Problem
from checklist.loader import the_checklist
from data.errors import TextRefused, UnknownId
from data.model import Latest, System
from data.once import Once
from data.recall import recalling
from data.text import clean_name
from exchange.answers_file import read
from scoring.evaluate import evaluate
from scoring.path import cheapest_path
from scoring.record import DECIMALS, as_record
from strict_yaml import MAX_BYTES

T = TypeVar("T")
ROOT = "/api/v1"
MEDIA_TYPES = {
    "application/json": "answers.json",
    "application/yaml": "answers.yaml",
    "application/x-yaml": "answers.yaml",
    "text/yaml": "answers.yaml",
    "text/x-yaml": "answers.yaml",
}
# What an id of ours may look like; anything else is not worth asking the store for.
ID = re.compile(r"[0-9a-zA-Z-]{1,64}")
KEY = re.compile(r"[!-~]{1,200}")


def routes(open_store: OpenStore, pace: Pace) -> list[Route]:
    """The addresses of the API; whatever else is asked for below /api is answered with 404 here."""
    api = _Api(open_store, pace)
    paths = {
        f"{ROOT}/openapi.json": Endpoint(GET=api.describe),
        f"{ROOT}/systems": Endpoint(GET=api.systems),
        f"{ROOT}/systems/{{system}}/latest": Endpoint(GET=api.latest),
        f"{ROOT}/systems/{{system}}/assessments": Endpoint(POST=api.record),
        f"{ROOT}/assessments/{{assessment}}": Endpoint(GET=api.assessment),
    }
    nowhere = Endpoint(ANY=api.nowhere)
    known = [Route(path, endpoint) for path, endpoint in paths.items()]
    return [*known, Route("/api", nowhere), Route("/api/{path:path}", nowhere)]


class _Api:
    """What the addresses do. Whatever asks the store does so in a thread."""

    def __init__(self, open_store: OpenStore, pace: Pace) -> None:
        self._open_store, self._pace = open_store, pace

    async def describe(self, request: Request) -> Response:
        self._pace.count_address("address", request)
        return JSONResponse(await run_in_threadpool(document), headers={"Cache-Control": "public, max-age=300"})

    async def systems(self, request: Request) -> Response:
        return await self._for_caller(request, lambda caller: _systems(caller, request))

    async def latest(self, request: Request) -> Response:
        system = _id(request, "system")

        def work(caller: Caller) -> Response:
            newest = caller.store.milestones.newest(caller.actor, system)
            if newest is None:
                raise Problem("not-found", "This system has no milestone yet; make one from its draft, or send one.")
            milestone, record = newest
            return _answer(record, {"Content-Location": _address(milestone)})

        return await self._for_caller(request, work)

    async def assessment(self, request: Request) -> Response:
        wanted = _id(request, "assessment")
        return await self._for_caller(request, lambda caller: _answer(_result(caller, wanted)))

    async def record(self, request: Request) -> Response:
        """Two visits to the store: nobody sends a megabyte before it is known that they may."""
        system = _id(request, "system")
        caller = await self._for_caller(request, lambda caller: _may_record(caller, system))
        file, key, name = _file_name(request), _key(request), _name(request, caller)
        body = await read_body(request, MAX_BYTES)

        def work() -> Response:
            given = read(body, file, the_checklist())
            once = Once(caller.token.id, key, _digest(system, name, body)) if key else None
            made = caller.store.milestones.record_from(
                caller.actor, system, name, given.answers, given.lens, the_checklist(), given.system, once
            )
            record = caller.store.milestones.record(caller.actor, made.id)
            return _answer(record, {"Location": _address(made.id)}, 201)

        return await run_in_threadpool(work)

    async def nowhere(self, request: Request) -> Response:
        self._pace.count_address("address", request)
        raise Problem("not-found", f"There is nothing at this address; {ROOT}/openapi.json lists what there is.")

    async def _for_caller(self, request: Request, work: Callable[[Caller], T]) -> T:
        self._pace.count_address("address", request)

        def visit() -> T:
            with recalling():  # permissions are asked for in each call, and found in the store once
                return work(caller_of(request, self._open_store(), self._pace))

        return await run_in_threadpool(visit)


def _systems(caller: Caller, request: Request) -> Response:
    workspace = caller.token.workspace
    page = page_of(caller.store.systems.all(caller.actor, workspace), request.query_params)
    newest = {one.system: one for one in caller.store.history.latest(caller.actor, workspace)}
    shown = [_system(one, newest.get(one.id)) for one in page.systems]
    following = link_to_next(f"{ROOT}/systems", page)
    links = {"Link": f'<{following}>; rel="next"'} if following else {}
    return _answer({"systems": shown, "next": following}, links)


def _system(system: System, latest: Latest | None) -> dict[str, Any]:
    return {
        "id": system.id,
        "name": system.name,
        "about": system.about,
        "tags": list(system.tags),
        "owner": system.owner,
        "created_at": system.created_at.isoformat(),
        "latest": _latest(latest) if latest else None,
    }


def _latest(latest: Latest) -> dict[str, Any]:
    level = None if latest.level is None else the_checklist().level(latest.level)
    return {
        "assessment": latest.assessment,
        "name": latest.assessment_name,
        "made_at": latest.at.isoformat(),
        "score": None if latest.score is None else float(round(latest.score, DECIMALS)),
        "level": latest.level,
        "level_name": level.name if level else None,
        "provisional": latest.provisional,
    }


def _result(caller: Caller, wanted: str) -> dict[str, Any]:
    """A milestone as it was stored, a draft as it stands now."""
    found = caller.store.assessments.get(caller.actor, wanted)
    if not found.is_draft:
        return caller.store.milestones.record(caller.actor, wanted)
    seen = the_checklist().through_or_whole(found.lens)
    answers = caller.store.answers(caller.actor, wanted).within(seen)
    name = caller.store.systems.get(caller.actor, found.system).name
    return as_record(seen, name, evaluate(seen, answers), cheapest_path(seen, answers))


def _may_record(caller: Caller, system: str) -> Caller:
    found = caller.store.systems.get(caller.actor, system)
    permit(caller.actor, "assess", Place(found.workspace, found.id))
    return caller


def _answer(value: dict[str, Any], headers: dict[str, str] | None = None, status: int = 200) -> Response:
    return JSONResponse(value, status, PRIVATE | (headers or {}))


def _address(assessment: str) -> str:
    return f"{ROOT}/assessments/{assessment}"


def _id(request: Request, name: str) -> str:
    wanted: str = request.path_params[name]
    if not ID.fullmatch(wanted):
        raise UnknownId(name, wanted)
    return wanted


def _file_name(request: Request) -> str:
    """How the file is called in the sentences about it."""
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    name = MEDIA_TYPES.get(media_type.strip().lower())
    charset = parameters.lower().replace(" ", "").replace('"', "")
    if name is None or charset not in ("", "charset=utf-8") or "content-encoding" in request.headers:
        raise Problem("media-type", "Send the answers file as application/yaml or application/json, in UTF-8.")
    return name


def _key(request: Request) -> str:
    key = request.headers.get("idempotency-key")
    if key is not None and not KEY.fullmatch(key):
        said = "An Idempotency-Key has 1 to 200 letters, digits and signs of ASCII, without blanks."
        raise Problem("bad-request", said)
    return key or ""


def _name(request: Request, caller: Caller) -> str:
    """The milestone's name; without one, that of the token says where it came from."""
    try:
        return clean_name(request.query_params.get("name", caller.token.name))
    except TextRefused as refusal:
        raise Problem("bad-request", str(refusal)) from None


def _digest(*parts: str | bytes) -> str:
    """What a request asks for: equal requests have equal digests, and no others."""
    digest = hashlib.sha256()
    for part in parts:
        held = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(f"{len(held)}:".encode() + held)
    return digest.hexdigest()
