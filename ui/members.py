"""The members page's parts: who belongs to a workspace and as what, who is invited, and how one invites."""

from collections.abc import Callable

import streamlit as st

from access.actors import ROLES, Role
from data.door import SETTINGS
from data.entry import Member
from data.errors import StoreError
from data.model import Workspace
from ui import accounts, marks, offers, services, state, widgets

MAY = {
    "viewer": "looks at everything",
    "editor": "answers, plans and changes systems",
    "owner": "also decides who is a member, and deletes",
}
NAMES = {"viewer": "Viewer", "editor": "Editor", "owner": "Owner"}
ARTICLES = {"viewer": "a viewer", "editor": "an editor", "owner": "an owner"}


def show(workspace: Workspace) -> None:
    """The list, and for owners the way to change it."""
    if not accounts.are_needed():
        widgets.say(
            "Whoever opens this app may do everything in it, because nobody has to sign in. To invite colleagues with "
            "roles of their own, set up sign-in as .streamlit/secrets.toml.example shows."
        )
        return
    decides = offers.may_in("admit", workspace.id)
    widgets.say(f"Who may see the workspace “{workspace.name}”, and what each of them may do.")
    known = services.open_the_store().members.all(services.actor(), workspace.id)
    for member in sorted(known, key=lambda one: (-ROLES.index(one.role), one.email)):
        with st.container(key=f"member-row-{_sign(member)}"):
            _row(member, decides)
    if decides:
        _invite(workspace)
    else:
        widgets.small("An owner of the workspace invites others and decides what each may do.")


def _sign(member: Member) -> str:
    """An address as a part of a key, which becomes the name of a CSS class."""
    return "".join(sign if sign.isalnum() else "-" for sign in member.email)


def _row(member: Member, decides: bool) -> None:
    who, role, menu = st.columns([5, 3.4, 1], vertical_alignment="center")
    with who:
        widgets.html(
            marks.text(member.name or member.email, "mc-cardname"),
            marks.text(_origin(member), "mc-small"),
        )
    with role:
        widgets.html(marks.text(NAMES[member.role], "mc-body"), marks.text(MAY[member.role], "mc-small"))
    with menu:
        if decides and not _is_fixed(member):
            _menu(member)


def _origin(member: Member) -> str:
    """The address, and whether they have come: "ola@example.org · invited by Olga 2 days ago, has not come yet"."""
    since = widgets.ago(member.joined_at or member.invited_at, services.now())
    if member.invited_by == SETTINGS.name:
        said = "named in the settings of this app" + ("" if member.joined_at else ", has not signed in yet")
    elif member.joined_at is None:
        said = f"invited by {member.invited_by} {since}, has not signed in yet"
    elif member.invited_by in (member.name, ""):
        said = f"began this workspace {since}"
    else:
        said = f"joined {since}, invited by {member.invited_by}"
    return f"{member.email} · {said}" if member.name else said


def _is_fixed(member: Member) -> bool:
    """Who runs the app comes back as owner of its first workspace as long as its settings name them."""
    first = min(services.workspaces(), key=lambda one: (one.created_at, one.id), default=None)
    return member.email in accounts.chosen().owners and first is not None and first.id == member.workspace


def _menu(member: Member) -> None:
    choices = {role: f"Make {ARTICLES[role]}" for role in ROLES if role != member.role} | {"remove": "Remove"}
    chosen = st.menu_button(
        "More", list(choices), key=f"member-menu-{_sign(member)}", type="tertiary", format_func=choices.__getitem__
    )
    if chosen == "remove":
        _remove(member)
    elif chosen:
        _change(member, chosen)  # type: ignore[arg-type]  # the other choices are roles


def change(verb: str, workspace: str, *arguments: str) -> Member:
    """`verb` is one of invite, change, remove."""
    change_it: Callable[..., Member] = getattr(services.open_the_store().members, verb)
    return change_it(services.actor(), workspace, *arguments)


def _change(member: Member, role: Role) -> None:
    undo = _undo("change", member)
    try:
        change("change", member.workspace, member.email, role)
    except StoreError as error:
        state.say_next(str(error))
    else:
        state.say_next(f"{member.name or member.email} is {ARTICLES[role]} from the next click on.", undo)
    st.rerun()


def _remove(member: Member) -> None:
    try:
        change("remove", member.workspace, member.email)
    except StoreError as error:
        state.say_next(str(error))
    else:
        # Who has left does not decide any more who comes back.
        left = member.email == services.actor().subject
        said = f"{member.name or member.email} is no longer a member."
        state.say_next(said, None if left else _undo("invite", member))
    st.rerun()


def _undo(verb: str, member: Member) -> dict[str, str]:
    """How to take a change back: the member as they were."""
    words = {"workspace": member.workspace, "email": member.email, "role": member.role, "name": member.name}
    return {"kind": "member", "verb": verb, **words}


def take_back(undo: dict[str, str]) -> None:
    """The member as they were before a change, or a `StoreError`."""
    name = (undo["name"],) if undo["verb"] == "invite" else ()
    change(undo["verb"], undo["workspace"], undo["email"], undo["role"], *name)


def _invite(workspace: Workspace) -> None:
    st.header("Invite somebody", anchor=False)
    with st.form("invite", border=False, clear_on_submit=True), st.container(key="invite-fields"):
        address, role, send = st.columns([5, 4, 2], vertical_alignment="bottom")
        email = address.text_input("E-mail address", max_chars=200, placeholder="name@example.org", key="invite-email")
        wanted = role.selectbox(
            "Role", ROLES, index=0, key="invite-role", format_func=lambda one: f"{NAMES[one]}: {MAY[one]}"
        )
        sent = send.form_submit_button("Invite", icon=":material/person_add:", width="stretch")
    widgets.small(
        "No mail is sent: tell them the address of this app. They come in with the account of this e-mail address."
    )
    if sent:
        try:
            invited = change("invite", workspace.id, email, wanted)
        except StoreError as error:
            widgets.refusal(str(error))
            return
        state.say_next(f"{invited.email} may come in as {ARTICLES[invited.role]}.")
        st.rerun()
