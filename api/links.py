"""Where a share link is opened: `/l/SECRET` exchanges the secret for a cookie and leads on to a page without it."""

import re
from datetime import UTC, datetime, timedelta
from functools import cached_property
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import settings
from api import small_page
from api.addresses import address_of, is_https
from api.health import OpenStore
from api.tries import Tries
from data.door import PASS_DAYS
from data.entry import Link
from data.errors import StoreError
from data.secrets import LENGTH
from data.store import Store
from settings import Settings

# What a browser holds for the link with this public id; ui/visits.py reads it.
COOKIE = "checkup-link-"
# A badge is an image and leads nowhere.
LEADS_TO = {"view": "shared", "respond": "respond"}
FORM_LIMIT = 4096
_SECRET = re.compile(rf"[A-Za-z0-9_-]{{{LENGTH}}}")
FROM_AN_ADDRESS, TO_A_LINK, WRONG_PASSPHRASES = "60 per minute", "240 per minute", "10 per 15 minutes"


def routes(open_store: OpenStore) -> list[Route]:
    """The one address of all links."""
    front = _Front(open_store)
    return [Route("/l/{secret:path}", front.open, methods=["GET", "POST"])]


class _Front:
    """What stands before the door: how often, the passphrase, the cookie."""

    def __init__(self, open_store: OpenStore) -> None:
        self._open_store = open_store
        self._callers, self._links, self._wrong = Tries(FROM_AN_ADDRESS), Tries(TO_A_LINK), Tries(WRONG_PASSPHRASES)

    @cached_property
    def _chosen(self) -> Settings:
        # Not before somebody asks: what is set wrongly is told by who starts the app, in a sentence.
        return settings.read()

    async def open(self, request: Request) -> Response:
        """Let in, ask for the passphrase, or say that the link does not work."""
        if request.method == "HEAD":
            # Whoever only looks whether there is something uses nothing up, and learns nothing.
            return Response(headers=small_page.HEADERS)
        if wait := self._callers.wait(address_of(request, self._chosen.trusted_proxies)):
            return _too_often(wait)
        given = await _passphrase(request) if request.method == "POST" else None
        try:
            return await run_in_threadpool(self._answer, request, given)
        except StoreError:
            return small_page.sentence(
                "This can’t be opened right now", "The answers can’t be reached. Try again in a few minutes.",
                status=503, wait=60,
            )  # fmt: skip

    def _answer(self, request: Request, given: str | None) -> Response:
        store, secret = self._open_store(), request.path_params["secret"]
        link = store.door.link(secret) if _SECRET.fullmatch(secret) else None
        if link is None or link.scope not in LEADS_TO:
            return _dead()
        if wait := self._links.wait(link.id):
            return _too_often(wait)
        held = request.cookies.get(COOKIE + link.id, "")
        is_inside = bool(held) and store.door.visit(link.id, held) is not None
        if link.has_passphrase and not is_inside and (refusal := self._ask(store, link, given)):
            return refusal
        return self._let_in(request, store, link, held)

    def _ask(self, store: Store, link: Link, given: str | None) -> Response | None:
        """The page that asks for the passphrase (again); None when it is right."""
        if given is None:
            return small_page.ask_passphrase()
        # Counted before it is looked at: many at once are as many as one after the other.
        if wait := self._wrong.wait(link.id):
            return small_page.ask_passphrase(f"Too many wrong passphrases. {_again(wait)}", 429, wait)
        if not store.door.fits(link, given):
            return small_page.ask_passphrase("This is not the passphrase. Capitals and spaces count.", 403)
        self._wrong.give_back(link.id)
        return None

    def _let_in(self, request: Request, store: Store, link: Link, held: str) -> Response:
        # Relative, so that it holds behind a proxy that puts a path before ours.
        answer = RedirectResponse(f"../{LEADS_TO[link.scope]}?via={link.id}", 303, small_page.HEADERS)
        answer.set_cookie(
            COOKIE + link.id, store.door.enter(link, held), max_age=_lasts(link), path="/", httponly=True,
            samesite="lax", secure=is_https(request, self._chosen.trusted_proxies)
            or self._chosen.public_url.startswith("https:"),
        )  # fmt: skip
        return answer


def _lasts(link: Link) -> int:
    """How many seconds the browser keeps the pass."""
    longest = timedelta(days=PASS_DAYS)
    left = link.expires_at - datetime.now(UTC) if link.expires_at else longest
    return max(0, int(min(left, longest).total_seconds()))


def _dead() -> Response:
    """The same for a link that was revoked, is over or never was, so that nobody learns which."""
    return small_page.sentence(
        "This link does not open anything",
        "It may have been revoked, it may have expired, or a part of it was lost on the way.",
        "Check that you have all of it, or ask whoever gave it to you for a new one.",
        status=404,
    )


def _too_often(wait: int) -> Response:
    return small_page.sentence("Too many tries", f"Links were opened too often from here. {_again(wait)}", status=429,
                               wait=wait)  # fmt: skip


def _again(wait: int) -> str:
    minutes = -(-wait // 60)
    return f"Try again in {minutes} minute{'s' if minutes > 1 else ''}."


async def _passphrase(request: Request) -> str:
    """What was typed, empty where the form is none of ours."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > FORM_LIMIT:
            return ""
    fields = parse_qs(body.decode("utf-8", "replace"))
    return fields.get("passphrase", [""])[0]
