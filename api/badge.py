"""The live badge: `GET /badge/SECRET.svg`, a picture of a system's level for a README, through a link of this scope.

An unknown, expired or revoked link shows the same badge, "unknown", with the status 200: pages such as GitHub's fetch
pictures through a proxy that shows a broken one for any other status, and nothing is to be learnt from a guess.
"""

import hashlib
from contextlib import suppress
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import palette
from api.endpoint import Endpoint
from api.health import OpenStore
from api.pace import Pace
from api.problems import LOG, PRIVATE, Problem
from checklist.loader import the_checklist
from data.door import Visit, visitor
from data.errors import StoreError, UnknownId
from data.model import Standing
from data.secrets import LENGTH
from data.store import Store

SUFFIX = ".svg"
LABEL = "MLOps maturity"
# Long enough for a busy README, short enough that a revoked link is soon gone from it.
KEPT_S, KEPT_UNKNOWN_S = 120, 60
# What a picture may do when somebody opens it by itself: nothing.
HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Referrer-Policy": "no-referrer"}
HEIGHT, PADDING, FONT_SIZE = 20, 8, 11
FONTS = "DejaVu Sans,Verdana,Geneva,sans-serif"
# How wide signs are in these faces, as shares of the font size; what is not here is as wide as a digit.
WIDTHS = {sign: width for width, signs in (
    (0.28, "'ijlI"), (0.32, " ,.·"), (0.36, "f-"), (0.40, "()t"), (0.42, "r"), (0.53, "csz?"), (0.57, "FLk"),
    (0.60, "PTYavxyo"), (0.68, "ABKRVXZ"), (0.71, "CU"), (0.75, "HN"), (0.78, "DGOQ"), (0.83, "w"), (0.87, "M"),
    (0.97, "m"), (0.99, "W"),
) for sign in signs}  # fmt: skip
DIGIT = 0.635


def routes(open_store: OpenStore, pace: Pace) -> list[Route]:
    """The address of all badges."""

    async def badge(request: Request) -> Response:
        pace.count_address("badge", request)
        name: str = request.path_params["name"]
        if not name.endswith(SUFFIX):
            raise Problem("not-found", "A badge’s address ends in .svg; the share page has it.")
        try:
            standing = await run_in_threadpool(lambda: _standing(open_store(), name.removesuffix(SUFFIX)))
        except StoreError as error:
            LOG.error("the store cannot be reached: %s", error)
            return _svg(request, unknown("not available"), 503, 0)
        if standing is None:
            return _svg(request, unknown("unknown"), 200, KEPT_UNKNOWN_S)
        return _svg(request, drawn(standing[0]), 200, KEPT_S)

    return [Route("/badge/{name:path}", Endpoint(GET=badge))]


def _standing(store: Store, secret: str) -> tuple[Standing | None] | None:
    """What the link shows; None for a link that shows nothing, whatever the reason."""
    if len(secret) != LENGTH or not secret.isascii():
        return None
    link = store.door.link(secret)
    if link is None or link.scope != "badge":
        return None
    try:
        found = store.history.standing(visitor(Visit(link)), link.system)
    except UnknownId:
        return None
    with suppress(StoreError):  # a full disk is no reason not to show it
        store.door.shown(link)
    return (found,)


def _svg(request: Request, picture: str, status: int, seconds: int) -> Response:
    content = picture.encode("utf-8")
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    kept = f"public, max-age={seconds}, must-revalidate" if seconds else "no-store"
    headers = {**PRIVATE, **HARMLESS, "Cache-Control": kept, "ETag": tag}
    if status == 200 and tag in request.headers.get("if-none-match", "").replace(" ", "").replace("W/", "").split(","):
        return Response(status_code=304, headers=headers)
    return Response(content, status, headers, "image/svg+xml")


# The drawing


def drawn(standing: Standing | None) -> str:
    """The badge of a system; without a milestone, or with the health check alone, there is no level to show."""
    if standing is None or standing.level is None:
        return unknown("no level yet")
    name, day = f"Level {standing.level}, {the_checklist().level(standing.level).name}", _day(standing.at)
    colour, ink = palette.level_colour(standing.level), palette.on_level(standing.level)
    return _picture(f"{name} · {day}", f"{LABEL}: {name}, on {day}", colour, ink)


def unknown(words: str) -> str:
    """A badge without a level: plain paper, never a colour of the scale."""
    return _picture(words, f"{LABEL}: {words}", palette.PAPER, palette.MUTED)


def _picture(words: str, title: str, colour: str, ink: str) -> str:
    """Two fields side by side. `textLength` keeps a text inside its field in whatever face it is set."""
    left, right = _width(LABEL), _width(words)
    first, second = left + 2 * PADDING, right + 2 * PADDING
    whole, edge = first + second, palette.LINE_DARK
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{HEIGHT}" viewBox="0 0 {whole} {HEIGHT}" '
        f'role="img" aria-label={quoteattr(title)}><title>{escape(title)}</title>'
        f'<clipPath id="edge"><rect width="{whole}" height="{HEIGHT}" rx="4"/></clipPath>'
        f'<g clip-path="url(#edge)"><rect width="{first}" height="{HEIGHT}" fill="{palette.INK}"/>'
        f'<rect x="{first}" width="{second}" height="{HEIGHT}" fill="{colour}"/></g>'
        f'<rect x="0.5" y="0.5" width="{whole - 1}" height="{HEIGHT - 1}" rx="3.5" fill="none" stroke="{edge}"/>'
        f'<g font-family="{FONTS}" font-size="{FONT_SIZE}" aria-hidden="true">'
        f"{_text(LABEL, PADDING, left, palette.PAPER)}{_text(words, first + PADDING, right, ink)}</g></svg>"
    )


def _text(words: str, at: int, width: int, ink: str) -> str:
    """The words at their place; the face may differ, the width does not."""
    return (
        f'<text x="{at}" y="14" textLength="{width}" lengthAdjust="spacingAndGlyphs" fill="{ink}">'
        f"{escape(words)}</text>"
    )


def _width(words: str) -> int:
    return round(sum(WIDTHS.get(sign, DIGIT) for sign in words) * FONT_SIZE)


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"
