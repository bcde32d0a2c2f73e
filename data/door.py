"""Where somebody who comes in becomes an actor: through an account, a link, a pass that a browser holds, a token.

These calls take no actor, because they find out who one is. They say nothing about why a secret does not fit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from access.actors import Actor, Grant
from access.places import Place
from data.desk import Part
from data.engine import Row, Session, first
from data.entry import Link, Member, Token, is_over
from data.links import LINK_COLUMNS, link_of
from data.members import add_member, members_of
from data.people import find_respondent
from data.secrets import digest, is_passphrase_of, is_secret_of, new_secret
from data.text import clean_email, clean_line
from data.tokens import COLUMNS_OF_TOKENS, token_of

PASS_DAYS = 30
# Who invited those whom the app's own settings name.
SETTINGS = Actor("The app’s settings", "owner")
_LINK_BY_SECRET = f"""select {LINK_COLUMNS}, l.secret_hash, l.passphrase_hash from share_links l
    join workspaces w on w.id = l.workspace and w.deleted_at is null
    join systems s on s.id = l.system and s.deleted_at is null
    where l.secret_hash = :digest"""
PASS_COLUMNS = ("pass_hash", "pass_expires_at", "visitor")
_LINK_BY_PASS = f"""select {LINK_COLUMNS}, p.pass_hash, p.expires_at as pass_expires_at, p.respondent as visitor
    from link_passes p join share_links l on l.id = p.link
    join workspaces w on w.id = l.workspace and w.deleted_at is null
    join systems s on s.id = l.system and s.deleted_at is null
    where p.pass_hash = :digest and l.id = :link"""
_TOKEN = f"""select {", ".join(f"t.{name.strip()}" for name in COLUMNS_OF_TOKENS.split(","))}, t.secret_hash
    from api_tokens t join workspaces w on w.id = t.workspace and w.deleted_at is null
    where t.secret_hash = :digest"""
# A deleted workspace is gone for all but its owners, who can bring it back.
_MEMBERSHIPS = """select m.workspace, m.role, m.joined_at from members m
    join workspaces w on w.id = m.workspace and (w.deleted_at is null or m.role = 'owner')
    where m.email = :email order by m.workspace"""
_FIRST_AND_WITHOUT_MEMBERS = """select w.id from workspaces w
    where not exists (select 1 from members m where m.workspace = w.id)
    or w.id = (select id from workspaces order by created_at, id limit 1) order by w.id"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came through a link: the link, and the person whose form it is once they gave a name."""

    link: Link
    respondent: str | None = None


class Door(Part):
    """Finding out who somebody is."""

    def memberships(self, email: str, name: str) -> tuple[Grant, ...]:
        """What the account with this (verified) address was granted; an invitation is taken up by coming."""
        address, now = clean_email(email), self._desk.now()

        def look(session: Session) -> list[tuple[str, str, bool]]:
            rows = session.rows(_MEMBERSHIPS, email=address)
            return [(row["workspace"], row["role"], row["joined_at"] is None) for row in rows]

        def join(session: Session) -> None:
            sql = "update members set joined_at = :now, name = :name where email = :email and joined_at is null"
            session.run(sql, now=now, name=clean_line(name, "name"), email=address)

        found = self._desk.recalled(("memberships", address), lambda: self._desk.engine.read(look))
        if any(is_new for _, _, is_new in found):
            self._desk.engine.write(join)
        return tuple(Grant(role, Place(workspace)) for workspace, role, _ in found)

    def take_charge(self, owners: Iterable[str]) -> None:
        """Those who run the app own its first workspace, and every one that nobody is a member of.

        So what was begun before people had to sign in is not lost to them. It is written down once; an owner of the
        first workspace who is no longer among `owners` stays until somebody removes them.
        """
        wanted, now = sorted(map(clean_email, owners)), self._desk.now()

        def look(session: Session) -> dict[str, list[str]]:
            found = (row["id"] for row in session.rows(_FIRST_AND_WITHOUT_MEMBERS))
            lacking = {one: _not_yet_owners(session, one, wanted) for one in found}
            return {workspace: missing for workspace, missing in lacking.items() if missing}

        def work(session: Session) -> None:
            for workspace, missing in look(session).items():
                for email in missing:
                    session.run(
                        "delete from members where workspace = :workspace and email = :email",
                        workspace=workspace, email=email,
                    )  # fmt: skip
                    add_member(session, Member(workspace, email, "", "owner", SETTINGS.name, now))
                    self._leave_event(session, SETTINGS, "invite-member", email, Place(workspace), after="owner")

        if self._desk.engine.read(look):
            self._desk.engine.write(work)

    def link(self, secret: str) -> Link | None:
        """The link with this secret while it is open; None for one that is unknown, revoked or over."""

        def work(session: Session) -> Link | None:
            row = first(session.rows(_LINK_BY_SECRET, digest=digest(secret)))
            if row is None or not is_secret_of(row.pop("secret_hash"), secret):
                return None
            row.pop("passphrase_hash")
            return link_of(row)

        found = self._desk.engine.read(work)
        return found if found and found.is_open(self._desk.now()) else None

    def fits(self, link: Link, passphrase: str) -> bool:
        """Whether this is the link's passphrase; slow on purpose. A link without one takes any."""

        def work(session: Session) -> str | None:
            row = first(session.rows("select passphrase_hash from share_links where id = :id", id=link.id))
            return row["passphrase_hash"] if row else None

        kept = self._desk.engine.read(work)
        return kept is None or is_passphrase_of(kept, passphrase)

    def enter(self, link: Link, held_before: str = "") -> str:
        """Count the use and return a pass: what the browser holds from now on instead of the secret.

        Who comes back with a pass that is still good stays who they were.
        """
        held, now = new_secret(), self._desk.now()
        before = self.visit(link.id, held_before) if held_before else None
        respondent = before.respondent if before else link.respondent
        latest = now + timedelta(days=PASS_DAYS)
        expires = min(latest, link.expires_at) if link.expires_at else latest

        def work(session: Session) -> str:
            session.run("delete from link_passes where expires_at <= :now", now=now)
            session.run(
                """insert into link_passes (pass_hash, link, respondent, created_at, expires_at)
                values (:digest, :link, :respondent, :now, :expires)""",
                digest=digest(held), link=link.id, respondent=respondent, now=now, expires=expires,
            )  # fmt: skip
            session.run(
                "update share_links set used_count = used_count + 1, last_used_at = :now where id = :id",
                now=now, id=link.id,
            )  # fmt: skip
            return held

        return self._desk.engine.write(work)

    def shown(self, link: Link) -> None:
        """Count that a badge was shown, at most once a minute: a busy page must not keep the store busy."""
        now = self._desk.now()
        if link.last_used_at is None or now - link.last_used_at > timedelta(minutes=1):
            sql = "update share_links set used_count = used_count + 1, last_used_at = :now where id = :id"
            self._desk.engine.write(lambda session: session.run(sql, now=now, id=link.id))

    def visit(self, link: str, held: str) -> Visit | None:
        """Who the browser with this pass is, while the link and the pass are open."""
        key = digest(held)

        def work(session: Session) -> Row | None:
            return first(session.rows(_LINK_BY_PASS, digest=key, link=link))

        row = self._desk.recalled(("pass", link, key), lambda: self._desk.engine.read(work))
        if row is None or not is_secret_of(row["pass_hash"], held):
            return None
        ends, visitor = row["pass_expires_at"], row["visitor"]
        found = link_of({name: value for name, value in row.items() if name not in PASS_COLUMNS})
        now = self._desk.now()
        return None if is_over(ends, now) or not found.is_open(now) else Visit(found, visitor)

    def introduce(self, link: str, held: str, respondent: str) -> None:
        """From now on the browser with this pass is the person whose form this is."""

        def work(session: Session) -> None:
            find_respondent(session, respondent)
            session.run(
                "update link_passes set respondent = :respondent where pass_hash = :digest and link = :link",
                respondent=respondent, digest=digest(held), link=link,
            )  # fmt: skip

        self._desk.engine.write(work)

    def token(self, secret: str) -> Token | None:
        """The token with this secret while it is open."""
        key = digest(secret)

        def work(session: Session) -> Row | None:
            return first(session.rows(_TOKEN, digest=key))

        row = self._desk.recalled(("token", key), lambda: self._desk.engine.read(work))
        if row is None or not is_secret_of(row["secret_hash"], secret):
            return None
        found = token_of({name: value for name, value in row.items() if name != "secret_hash"})
        return found if found.is_open(self._desk.now()) else None

    def used(self, token: Token) -> None:
        """Remember that the token was used, at most once a minute."""
        now = self._desk.now()
        if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
            sql = "update api_tokens set last_used_at = :now where id = :id"
            self._desk.engine.write(lambda session: session.run(sql, now=now, id=token.id))


def _not_yet_owners(session: Session, workspace: str, wanted: Sequence[str]) -> list[str]:
    owners = {one.email for one in members_of(session, workspace) if one.role == "owner"}
    return [email for email in wanted if email not in owners]


def token_actor(token: Token) -> Actor:
    """Who calls with this token."""
    role = "writer" if token.scope == "write" else "reader"
    return Actor(token.name, grants=(Grant(role, Place(token.workspace)),), via=f"token {token.id}")


def visitor(visit: Visit, items: frozenset[str] | None = None) -> Actor:
    """Who came through a link; `items` are the questions that it asks, None for all of them."""
    link = visit.link
    system = Place(link.workspace, link.system)
    via = f"link {link.id}"
    if link.scope == "view":
        wide = Place(link.workspace, link.system, link.assessment)
        at_system = (Grant("onlooker", system),) if link.assessment else ()
        return Actor("A visitor", grants=(Grant("guest", wide), *at_system), via=via)
    if link.scope == "badge":
        return Actor("A badge", grants=(Grant("badge", system),), via=via)
    grants: tuple[Grant, ...] = (Grant("invited", system),)
    if visit.respondent:
        own = Place(link.workspace, link.system, link.assessment, visit.respondent)
        grants = (*grants, Grant("respondent", own, items))
    return Actor("A colleague", grants=grants, subject=f"respondent {visit.respondent}", via=via)
