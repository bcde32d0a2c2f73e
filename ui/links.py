"""What pages ask for about share links: make and revoke them, who comes through one, and an address as a picture."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from urllib.parse import urlsplit

import segno
import streamlit as st

import settings
from data.door import Visit
from data.entry import Link, Scope
from data.links import Made
from data.model import Respondent
from ui import colleagues, services, state, visits


def of(system_id: str) -> list[Link]:
    """All links of a system, newest first, those that are over included."""
    return services.open_the_store().links.of(services.actor(), system_id)


def make(
    system_id: str,
    scope: Scope,
    label: str = "",
    milestone: str | None = None,
    areas: Iterable[str] = (),
    passphrase: str = "",
    expires_at: datetime | None = None,
) -> Made:
    """A new link with its secret, or a `StoreError` with a sentence."""
    store = services.open_the_store()
    return store.links.make(services.actor(), system_id, scope, label, milestone, areas, passphrase, expires_at)


def revoke(link_id: str) -> Link:
    return services.open_the_store().links.revoke(services.actor(), link_id)


def begin_form(visit: Visit, draft_id: str, name: str, role: str) -> Respondent:
    """Who came through a link gives their name; from now on this browser is theirs."""
    person = colleagues.change("add", draft_id, name, role)
    services.open_the_store().door.introduce(visit.link.id, visits.pass_held(), person.id)
    return person


def way_back(person: Respondent) -> str:
    """The address of this person's own way back to their form; older ones stop working."""
    made = services.open_the_store().links.make_way_back(services.actor(), person.id)
    return address(made, "respond")


def address(made: Made, scope: Scope) -> str:
    """What to hand out: the address of a link, or of a badge's picture."""
    return f"{_origin()}/badge/{made.secret}.svg" if scope == "badge" else f"{_origin()}/l/{made.secret}"


def qr(text: str) -> str:
    """A QR code as SVG: black on white in every theme, with the edge that cameras need."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue().decode()


def _origin() -> str:
    """Where people reach the app: as the operator says, else as this browser does."""
    chosen = settings.read()
    parts = urlsplit(st.context.url or "")
    path = parts.path.rstrip("/").removesuffix(f"/{state.page()}")
    heard = f"{parts.scheme}://{parts.netloc}{path}" if parts.netloc else f"http://{chosen.host}:{chosen.port}"
    return chosen.public_url or heard
