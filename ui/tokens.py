"""The settings page's part about API tokens: make one, see which are used, revoke one."""

import streamlit as st

from data.entry import Token, TokenScope
from data.errors import StoreError
from data.model import Workspace
from ui import programs, services, state, widgets

SCOPES: dict[TokenScope, str] = {"read": "Read results", "write": "Read results and make milestones"}
# How many days a token may be good for; None until it is revoked.
EXPIRY = {"30 days": 30, "90 days": 90, "A year": 365, "Until it is revoked": None}
WIDTHS = [4, 4.4, 1.6]


def of(workspace: Workspace) -> None:
    """The tokens of a workspace, for its owners."""
    if not programs.may_admit(workspace.id):
        return
    st.header("API tokens", anchor=False)
    widgets.say(f"With a token a program, such as a CI job, reads the results of “{workspace.name}” or adds to them.")
    now = services.now()
    known = programs.tokens(workspace.id)
    for token in (one for one in known if one.is_open(now)):
        _row(token)
    if st.button("Make a token", icon=":material/key:"):
        _make(workspace)
    over = [one for one in known if not one.is_open(now)]
    if over:
        with st.expander("Tokens that are over", type="compact"):
            for token in over:
                ended = "revoked" if token.revoked_at else "expired"
                when = token.revoked_at or token.expires_at or token.created_at
                widgets.say(f"{token.name}, {ended} on {widgets.day(when)}, {_use(token)}", "mc-small")


def _row(token: Token) -> None:
    with st.container(key=f"token-row-{token.id}"):
        name, about, end = st.columns(WIDTHS, vertical_alignment="center")
        with name:
            widgets.say(token.name, "mc-body")
        with about:
            widgets.small(". ".join((SCOPES[token.scope], _first_capital(_use(token)), _until(token))) + ".")
        with end:
            if st.button("Revoke", key=f"revoke-token-{token.id}", type="tertiary"):
                _revoke(token)


def _use(token: Token) -> str:
    return f"last used on {widgets.day(token.last_used_at)}" if token.last_used_at else "never used"


def _first_capital(words: str) -> str:
    """A sentence's beginning; the names of months keep theirs."""
    return words[:1].upper() + words[1:]


def _until(token: Token) -> str:
    return f"Expires on {widgets.day(token.expires_at)}" if token.expires_at else "Does not expire"


@st.dialog("Make a token", on_dismiss="rerun")
def _make(workspace: Workspace) -> None:
    place = st.empty()
    with place.form("new-token", border=False):
        name = st.text_input("What is it for?", max_chars=200, placeholder="CI of the churn model")
        scope = st.radio("It may", list(SCOPES), format_func=SCOPES.__getitem__)
        expiry = st.selectbox("It is good for", list(EXPIRY), index=1)
        sent = st.form_submit_button("Make it", type="primary")
    below = st.container()
    # It stands there from the start: what appears only after a click would be gone when it is clicked itself.
    if st.button("Close", key="token-close", type="tertiary"):
        st.rerun()
    if not sent:
        return
    try:
        made = programs.make_token(workspace.id, name, scope, EXPIRY[expiry])
    except StoreError as error:
        with below:
            widgets.refusal(str(error))
        return
    with place.container():
        st.text("Copy it now: it is shown this once, and only a fingerprint of it is kept.")
        st.code(made.secret, language=None, wrap_lines=True)


@st.dialog("Revoke the token")
def _revoke(token: Token) -> None:
    st.text(f"Whatever uses “{token.name}” is turned away from now on. This cannot be undone.")
    if st.button("Revoke it", type="primary", key="revoke-sure"):
        programs.revoke_token(token.id)
        state.say_next(f"“{token.name}” opens nothing any more.")
        st.rerun()
