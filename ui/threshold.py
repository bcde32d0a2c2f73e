"""What stands in the place of every page for who is not signed in, or is not a member of any workspace yet."""

from html import escape

import streamlit as st

from access.accounts import Account, NotSignedIn
from access.actors import NOBODY
from access.permissions import may_anywhere
from data.errors import StoreError
from ui import accounts, example, guards, marks, offers, scripts, services, state, visits, widgets

# What the address says after a sign-in that came to nothing (api/signing_in.py).
FAILED = {
    "denied": "You were not signed in, because this was refused at the sign-in service. Try again when you like.",
    "unreachable": (
        "The sign-in service does not answer at the moment. Try again in a minute; if it goes on, tell whoever runs "
        "this app."
    ),
    "failed": (
        "The sign-in did not work: what came back from the sign-in service was not valid, or took too long. Try again; "
        "if it happens once more, tell whoever runs this app."
    ),
}
UNREADABLE = (
    "Your sign-in could not be read: it is too old, or was changed or cut off on its way. Sign in again to go on; "
    "what was saved is kept."
)


def cross() -> None:
    """Return for who may come in; draw what they see instead, and stop, for everybody else."""
    if not accounts.are_needed() or visits.is_here():
        return
    try:
        account = accounts.account()
    except NotSignedIn as why:
        _sign_in(str(why))
        st.stop()
    if not may_anywhere(services.actor(), "enter"):
        _belongs_nowhere(account)
        st.stop()
    if not services.workspaces():
        _no_workspace(account)
        st.stop()
    if not state.names_anything():
        st.html(scripts.tag(scripts.GO_TO_WANTED), unsafe_allow_javascript=True)


def is_over() -> bool:
    """Whether who was here is signed out or taken off by now."""
    if not accounts.are_needed() or visits.is_here():
        return False
    actor = services.actor()
    return actor == NOBODY or not may_anywhere(actor, "enter")


def _sign_in(why: str) -> None:
    """The page of the door: what is behind it, why one stands before it, and the way in."""
    why = (
        why
        or FAILED.get(state.parameter("sign-in") or "", "")
        or (UNREADABLE if accounts.has_unreadable_cookie() else "")
    )
    st.set_page_config(page_title="Sign in · MLOps Checkup")
    with st.container(key="threshold"):
        words, picture = st.columns([5, 6], gap="large", vertical_alignment="center")
        with words:
            widgets.html(
                f'<div class="mc-door">{marks.brand()}</div>',
                '<h1 class="mc-headline">Find out where your ML systems stand, and what to fix first.</h1>',
                marks.text("Sign in to see your team’s assessments, go on where you stopped, or answer with others."),
            )
            if why:
                widgets.refusal(why)
            st.space("small")
            _ways_in()
            st.space("small")
            widgets.small(
                "You sign in with the account of your organisation, and this app never sees your password. "
                "The owners of a workspace decide who sees it."
            )
        with picture:
            widgets.html(example.picture())
    st.html(scripts.tag(scripts.KEEP_WANTED), unsafe_allow_javascript=True)


def _ways_in() -> None:
    sign_in = accounts.chosen().sign_in
    for provider in sign_in.providers if sign_in else ():
        label = f"Sign in with {sign_in.names[provider]}" if sign_in and provider else "Sign in"
        st.button(
            widgets.plain(label), key=f"sign-in-{provider or 'here'}", type="primary", icon=":material/login:",
            on_click=st.login, args=(provider,) if provider else (),
        )  # fmt: skip


def _belongs_nowhere(account: Account) -> None:
    with st.container(key="threshold"):
        widgets.html(marks.brand())
        st.title("Nobody has invited you yet", anchor=False)
        widgets.say(f"You are signed in as {account.email}, but this address is not a member of any workspace.")
        widgets.say(
            "Ask an owner of your team’s workspace to invite exactly this address, then look again. If you have "
            "another account, sign out and come in with that."
        )
        with st.container(horizontal=True):
            st.button("Look again", type="primary", icon=":material/refresh:")
            sign_out()


def _no_workspace(account: Account) -> None:
    """Who may begin a workspace does; for everybody else theirs was archived or deleted."""
    with st.container(key="threshold"):
        widgets.html(marks.brand())
        if not offers.may_in_the_app("found"):
            st.title("Your workspace is put away", anchor=False)
            widgets.say(f"You are signed in as {account.email}. An owner archived or deleted the workspaces you had.")
            widgets.say("Ask them to bring it back, then look again.")
        else:
            st.title("Begin with a workspace", anchor=False)
            widgets.say(
                f"You are signed in as {account.email}. A workspace keeps the systems of one team or one client "
                "together; you own it, and invite others."
            )
            _begin()
        with st.container(horizontal=True):
            st.button("Look again", icon=":material/refresh:")
            sign_out()


def _begin() -> None:
    with st.form("first-workspace", border=False):
        name = st.text_input("Name", max_chars=200, placeholder="Acme GmbH")
        sent = st.form_submit_button("Begin", type="primary")
    if sent:
        try:
            state.choose_workspace(services.change_workspace("create", name).id)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        st.rerun()


def sign_out() -> None:
    st.button("Sign out", key="sign-out", type="tertiary", icon=":material/logout:", on_click=st.logout)


def who_is_here() -> None:
    """In the side bar: whose account this is, as what they are here, when it ends if that is soon, and the way out."""
    if not accounts.are_needed():
        return
    account, here = accounts.account(), guards.workspace()
    role = offers.role_in(here.id).capitalize()
    with st.container(key="account"):
        widgets.html(
            f'<div title="{escape(account.email)}">{marks.text(account.name, "mc-accountname")}</div>',
            marks.text(f"{role} of “{here.name}”", "mc-small"),
        )
        if account.until - services.now() < accounts.SOON:
            widgets.small(f"Your sign-in ends at {widgets.clock_time(account.until)}.")
        sign_out()
