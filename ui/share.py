"""The share page's parts: make a link, see it once, and the list of all links with what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import streamlit as st

from access.permissions import Forbidden
from data.entry import SCOPES, Link, Scope
from data.errors import StoreError
from data.links import PASSPHRASE_LENGTH
from data.model import System
from scoring.wording import counted
from ui import links, marks, services, state, widgets

NAMES: dict[Scope, str] = {"view": "Look at results", "respond": "Answer questions", "badge": "Show a badge"}
ABOUT: dict[Scope, str] = {
    "view": "Whoever has the link sees results, fixes, history and the report, and can change nothing. The draft stays "
    "with you: what you save as a milestone is what they see.",
    "respond": "Whoever has the link gives a name and a role and answers alone, without an account. They see nobody "
    "else’s answers and no results.",
    "badge": "A small picture of the level and its date, for a README or a wiki. It keeps itself up to date and "
    "opens nothing.",
}
DAYS = {"7 days": 7, "30 days": 30, "90 days": 90}
ON_A_DAY, NEVER = "Until a day", "For ever"
NEWEST = ""


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that was just made: its address is here, and nowhere else any more."""

    system: str
    scope: Scope
    label: str
    address: str
    has_passphrase: bool


def show(system: System) -> None:
    """The whole page, or a sentence for somebody who may not share."""
    try:
        known = links.of(system.id)
    except Forbidden as refusal:
        widgets.refusal(str(refusal))
        return
    new = state.new_link()
    if new and new.system == system.id:
        _new_link(new)
    else:
        _form(system)
    _list(known)


# Making one


def _form(system: System) -> None:
    widgets.say("A link opens exactly what you choose here, for whoever has it. You can revoke it at any time.")
    scope: Scope = st.segmented_control(
        "What it is for", SCOPES, default="view", required=True, format_func=NAMES.__getitem__, key="link-scope"
    )
    widgets.say(ABOUT[scope], "mc-body")
    with st.container(key="link-form"):
        milestone = _milestone(system) if scope == "view" else None
        areas = _areas() if scope == "respond" else []
        label = st.text_input(
            "Label (for you)", key="link-label", max_chars=200, placeholder="For the auditor", width=420
        )
        until = _until(scope)
        passphrase = _passphrase() if scope != "badge" else ""
        if st.button("Make the link", type="primary", key="make-link", icon=":material/add_link:"):
            _make(system, scope, label, milestone, areas, passphrase, until)


def _milestone(system: System) -> str | None:
    known = {one.id: one for one in services.milestones(system.id)}
    names = {NEWEST: "The system: its newest milestone, with the history"} | {
        one.id: f"Only “{one.name}” ({widgets.day(one.made_at or one.started_at)})" for one in known.values()
    }
    chosen = st.selectbox(
        "What it shows", list(names), key="link-milestone", width=420,
        format_func=lambda one: names.get(one, ""),
    )  # fmt: skip
    return chosen or None


def _areas() -> list[str]:
    checklist = services.checklist()
    return st.multiselect(
        "Which areas it asks about", [area.id for area in checklist.areas], key="link-areas", width=420,
        placeholder="All areas", format_func=lambda one: checklist.area(one).name,
    )  # fmt: skip


def _until(scope: Scope) -> datetime | None:
    """When the link ends, in the reader's zone at the end of a day."""
    choices = (*DAYS, ON_A_DAY, NEVER)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # A key for each kind, so that each begins with what suits it.
        chosen = st.selectbox(
            "It works for", choices, index=choices.index(NEVER if scope == "badge" else "30 days"),
            key=f"link-for-{scope}", width=200,
        )  # fmt: skip
        tomorrow = widgets.today() + timedelta(days=1)
        day = tomorrow + timedelta(days=29)
        if chosen == ON_A_DAY:
            day = st.date_input(
                "Last day", value=day, min_value=tomorrow, key="link-day", format="DD/MM/YYYY", width=200
            )
    if chosen == NEVER:
        return None
    return _end_of(widgets.today() + timedelta(days=DAYS[chosen]) if chosen in DAYS else day)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), state.time_zone())


def _passphrase() -> str:
    return st.text_input(
        f"Passphrase (optional, at least {PASSPHRASE_LENGTH} characters)", key="link-passphrase", type="password",
        max_chars=200, width=420, autocomplete="new-password",
        help="Tell it them another way than the link. It is not kept where it could be read.",
    )  # fmt: skip


def _make(
    system: System,
    scope: Scope,
    label: str,
    milestone: str | None,
    areas: Sequence[str],
    passphrase: str,
    until: datetime | None,
) -> None:
    try:
        made = links.make(system.id, scope, label, milestone, areas, passphrase, until)
    except (StoreError, Forbidden) as error:
        widgets.refusal(str(error))
        return
    address = links.address(made, scope)
    state.show_new_link(NewLink(system.id, scope, label.strip(), address, bool(passphrase)))
    st.rerun()


def _new_link(new: NewLink) -> None:
    """The address, once, to be copied or pointed a phone at."""
    with st.container(key="new-link"):
        widgets.html(marks.text(f"Your new link: {new.label or NAMES[new.scope].lower()}", "mc-sectionname", "h2"))
        widgets.say("Copy it now. It is shown this once: only its fingerprint is kept, and nobody can look it up.")
        if new.scope == "badge":
            widgets.small("For a README:")
            st.code(f"![MLOps maturity]({new.address})", language=None, wrap_lines=True)
        else:
            address(new.address)
        if new.has_passphrase:
            widgets.small("It asks for the passphrase that you chose. Send that another way than the link.")
        if st.button("Done", key="new-link-done", type="primary"):
            state.show_new_link(None)
            st.rerun()


def address(text: str) -> None:
    """An address to copy, and as a picture for a phone."""
    st.code(text, language=None, wrap_lines=True)
    st.image(links.qr(text), width=176, alt="QR code of this address")


# All of them


def _list(known: Sequence[Link]) -> None:
    is_open = {link.id: link.is_open(services.now()) for link in known}
    st.header("Links that work", anchor=False)
    if not any(is_open.values()):
        widgets.small("None yet. Links that you make stand here, with how often they were used.")
    for link in known:
        if is_open[link.id]:
            with st.container(key=f"link-row-{link.id}"):
                _row(link)
    over = [link for link in known if not is_open[link.id]]
    if over:
        lines = "".join(marks.text(f"{_name(link)}: {_facts(link)}", "mc-small") for link in over)
        widgets.html(marks.fold(f"{counted(len(over), 'link')} no longer working", lines))


def _row(link: Link) -> None:
    words, act = st.columns([6, 1], vertical_alignment="center", gap="medium")
    with words:
        widgets.html(marks.text(_name(link), "mc-cardname", "h3"), marks.text(_facts(link), "mc-small"))
    with act, st.container(horizontal_alignment="right"):
        if st.button("Revoke", key=f"revoke-{link.id}", type="tertiary"):
            _revoke(link)


@st.dialog("Revoke this link?")
def _revoke(link: Link) -> None:
    widgets.say(_name(link), "mc-cardname")
    widgets.say(
        "Whoever came through it is out at their next click, and so is who made a way back of it. What they have "
        "answered stays. It cannot be brought back; you can make a new one.",
        "mc-body",
    )
    if st.button("Revoke it", type="primary", key="revoke-now"):
        try:
            links.revoke(link.id)
        except (StoreError, Forbidden) as error:
            widgets.refusal(str(error))
            return
        state.say_next(f"The link “{_name(link)}” no longer opens anything.")
        st.rerun()


def _name(link: Link) -> str:
    return link.label or NAMES[link.scope]


def _facts(link: Link) -> str:
    """What it opens, by whom and when, until when, and how it is used: one line."""
    now = services.now()
    made = f"made by {link.created_by} {widgets.ago(link.created_at, now)}"
    return " · ".join(filter(None, (*_opens(link), made, _ends(link), _used(link))))


def _opens(link: Link) -> list[str]:
    parts = [NAMES[link.scope].lower() if link.label else ""]
    if link.assessment:
        named = {one.id: f"only “{one.name}”" for one in services.milestones(link.system)}
        parts.append(named.get(link.assessment, "only a milestone that was deleted"))
    if link.areas:
        known = {area.id: area.name for area in services.checklist().areas}
        parts.append(", ".join(known.get(area, area) for area in link.areas))
    return [*parts, "with a passphrase" if link.has_passphrase else ""]


def _ends(link: Link) -> str:
    if link.revoked_at:
        return f"revoked {widgets.ago(link.revoked_at, services.now())}"
    if link.expires_at is None:
        return "works for ever"
    last = widgets.day(link.expires_at - timedelta(seconds=1))
    return f"works until {last}" if link.expires_at > services.now() else f"expired after {last}"


def _used(link: Link) -> str:
    if link.last_used_at is None:
        return "not used yet" if link.scope != "badge" else ""
    return f"opened {counted(link.used_count, 'time')}, last {widgets.ago(link.last_used_at, services.now())}"
