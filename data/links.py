"""Where share links are kept: make one, see how it is used, revoke it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from access.actors import Actor
from access.places import Place
from data.assessments import find_assessment
from data.desk import Part, allowed, as_json
from data.engine import Row, Session, first
from data.entry import SCOPES, Link, Scope
from data.errors import UnknownId, ValueRefused
from data.people import find_respondent
from data.secrets import digest, hash_passphrase, new_secret
from data.systems import find_system
from data.text import clean_key, clean_line

LINK_COLUMNS = """l.id, l.workspace, l.system, l.assessment, l.respondent, l.scope, l.label, l.areas,
    l.passphrase_hash is not null as has_passphrase, l.created_at, l.created_by, l.expires_at, l.revoked_at,
    l.used_count, l.last_used_at, l.parent"""
PASSPHRASE_LENGTH = 8
_ADD = """
insert into share_links (id, workspace, system, assessment, respondent, scope, label, areas, secret_hash,
    passphrase_hash, created_at, created_by, expires_at, used_count, parent)
values (:id, :workspace, :system, :assessment, :respondent, :scope, :label, :areas, :secret_hash, :passphrase_hash,
    :created, :by, :expires, 0, :parent)
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A new link or token with its secret: this is the only time that anybody sees it."""

    id: str
    secret: str


class Links(Part):
    """Share links of a system. Their secrets are shown once and never kept."""

    @allowed("share")
    def of(self, actor: Actor, system: str) -> list[Link]:
        """All links of a system, newest first, those that are over included; not people's own ways back."""

        def work(session: Session) -> list[Link]:
            find_system(session, system)
            sql = f"""select {LINK_COLUMNS} from share_links l where l.system = :system and l.respondent is null
                order by l.created_at desc, l.id desc"""
            return [link_of(row) for row in session.rows(sql, system=system)]

        return self._desk.engine.read(work)

    @allowed("share")
    def make(
        self,
        actor: Actor,
        system: str,
        scope: Scope,
        label: str = "",
        milestone: str | None = None,
        areas: Iterable[str] = (),
        passphrase: str = "",
        expires_at: datetime | None = None,
    ) -> Made:
        """A new link to a system, or to one milestone of it; its secret is in what is returned and nowhere else.

        `areas` limits what is asked through a link to respond. `ValueRefused` for a time that has passed, a
        passphrase of under 8 characters, or a link to respond to a milestone.
        """
        _check(scope, milestone, passphrase, expires_at, self._desk.now())
        wanted, secret = tuple(dict.fromkeys(clean_key(area, "area") for area in areas)), new_secret()
        made = Made(self._desk.new_id(), secret)
        # Slow on purpose: not while others wait for the store.
        kept = hash_passphrase(passphrase) if passphrase else None
        named = clean_line(label, "label")

        def work(session: Session) -> Made:
            place = Place(find_system(session, system).workspace, system, milestone)
            if milestone and find_assessment(session, milestone)[1].system != system:
                raise UnknownId("assessment", milestone)
            add_link(
                session, made, place, scope=scope, label=named, areas=as_json(wanted), passphrase_hash=kept,
                created=self._desk.now(), by=actor.name, expires=expires_at, respondent=None, parent=None,
            )  # fmt: skip
            after = {"scope": scope, "areas": wanted, "expires": expires_at}
            self._leave_event(session, actor, "make-link", named or scope, place, after=after)
            return made

        return self._desk.engine.write(work)

    @allowed("share")
    def revoke(self, actor: Actor, link: str) -> Link:
        """Nothing is open through it from now on, also to who came through it before, or made a way back of it."""

        def work(session: Session) -> Link:
            found = find_link(session, link)
            if found.revoked_at is not None:
                return found
            session.run(
                "update share_links set revoked_at = :now where (id = :id or parent = :id) and revoked_at is null",
                now=self._desk.now(), id=link,
            )  # fmt: skip
            session.run(
                "delete from link_passes where link in (select id from share_links where id = :id or parent = :id)",
                id=link,
            )
            place = Place(found.workspace, found.system, found.assessment)
            self._leave_event(session, actor, "revoke-link", found.label or found.scope, place)
            return find_link(session, link)

        return self._desk.engine.write(work)

    @allowed("come-back")
    def make_way_back(self, actor: Actor, respondent: str, expires_at: datetime | None = None) -> Made:
        """A link of this person's own, to go on with their form on another device; older ones stop working.

        Who came through a link takes its limits along: the way back asks about the same areas and ends with it.
        """
        made = Made(self._desk.new_id(), new_secret())

        def work(session: Session) -> Made:
            found, place = find_respondent(session, respondent)
            now, origin = self._desk.now(), _came_through(session, actor)
            ends = [one for one in (expires_at, origin.expires_at if origin else None) if one]
            session.run(
                "update share_links set revoked_at = :now where respondent = :id and revoked_at is null",
                now=now, id=respondent,
            )  # fmt: skip
            add_link(
                session, made, place, scope="respond", label=found.name,
                areas=as_json(origin.areas if origin else ()), passphrase_hash=None, created=now, by=actor.name,
                expires=min(ends, default=None), respondent=respondent,
                parent=(origin.parent or origin.id) if origin else None,
            )  # fmt: skip
            self._leave_event(session, actor, "make-way-back", found.name, place)
            return made

        return self._desk.engine.write(work)


def find_link(session: Session, link: str) -> Link:
    """The link with this id; `UnknownId` when there is none."""
    row = first(session.rows(f"select {LINK_COLUMNS} from share_links l where l.id = :id", id=link))
    if row is None:
        raise UnknownId("link", link)
    return link_of(row)


def link_of(row: Row) -> Link:
    """A row with `LINK_COLUMNS` as a link."""
    return Link(**{**row, "areas": tuple(json.loads(row["areas"]))})


def _came_through(session: Session, actor: Actor) -> Link | None:
    """The link that this actor came through, if it was one."""
    kind, _, named = actor.via.partition(" ")
    return find_link(session, named) if kind == "link" else None


def add_link(session: Session, made: Made, place: Place, **values: object) -> None:
    """Write down a new link; of its secret only the digest."""
    session.run(
        _ADD, id=made.id, workspace=place.workspace, system=place.system, assessment=place.assessment,
        secret_hash=digest(made.secret), **values,
    )  # fmt: skip


def _check(scope: str, milestone: str | None, passphrase: str, expires_at: datetime | None, now: datetime) -> None:
    if scope not in SCOPES:
        raise ValueRefused(f'"{scope}" is nothing that a link can be for; choose {", ".join(SCOPES)}.')
    if milestone and scope != "view":
        raise ValueRefused("Only a link to look can show one milestone; leave the milestone out.")
    if passphrase and len(passphrase) < PASSPHRASE_LENGTH:
        raise ValueRefused(f"Give a passphrase of at least {PASSPHRASE_LENGTH} characters, or none.")
    if expires_at is not None and expires_at <= now:
        raise ValueRefused("The link would have expired already; choose a later day.")
