"""Where the tokens are kept with which programs call the HTTP API."""

from datetime import datetime

from access.actors import Actor
from access.places import Place
from data.desk import Part, allowed
from data.engine import Row, Session, first
from data.entry import TOKEN_SCOPES, Token, TokenScope
from data.errors import UnknownId, ValueRefused
from data.links import Made
from data.secrets import digest, new_secret
from data.text import clean_name
from data.workspaces import find_workspace

COLUMNS_OF_TOKENS = "id, workspace, name, scope, created_at, created_by, expires_at, revoked_at, last_used_at"
# What a token begins with, so that a scanner for leaked secrets, and a person, can tell what it is.
PREFIX = "mlops-checkup-"
_ADD = """
insert into api_tokens (id, workspace, name, scope, secret_hash, created_at, created_by, expires_at)
values (:id, :workspace, :name, :scope, :secret_hash, :created, :by, :expires)
"""


class Tokens(Part):
    """Tokens of a workspace, to read it or also to write; their secrets are shown once and never kept."""

    @allowed("admit")
    def of(self, actor: Actor, workspace: str) -> list[Token]:
        """All tokens, newest first, those that are over included."""

        def work(session: Session) -> list[Token]:
            find_workspace(session, workspace)
            sql = f"""select {COLUMNS_OF_TOKENS} from api_tokens where workspace = :workspace
                order by created_at desc, id desc"""
            return [token_of(row) for row in session.rows(sql, workspace=workspace)]

        return self._desk.engine.read(work)

    @allowed("admit")
    def make(
        self, actor: Actor, workspace: str, name: str, scope: TokenScope, expires_at: datetime | None = None
    ) -> Made:
        """A new token; its secret is in what is returned and nowhere else."""
        called, made = clean_name(name), Made(self._desk.new_id(), PREFIX + new_secret())
        if scope not in TOKEN_SCOPES:
            raise ValueRefused(f'"{scope}" is nothing that a token can be for; choose {", ".join(TOKEN_SCOPES)}.')
        if expires_at is not None and expires_at <= self._desk.now():
            raise ValueRefused("The token would have expired already; choose a later day.")

        def work(session: Session) -> Made:
            find_workspace(session, workspace)
            session.run(
                _ADD, id=made.id, workspace=workspace, name=called, scope=scope, secret_hash=digest(made.secret),
                created=self._desk.now(), by=actor.name, expires=expires_at,
            )  # fmt: skip
            self._leave_event(session, actor, "make-token", called, Place(workspace), after=scope)
            return made

        return self._desk.engine.write(work)

    @allowed("admit")
    def revoke(self, actor: Actor, token: str) -> Token:
        """It opens nothing from now on."""

        def work(session: Session) -> Token:
            found = find_token(session, token)
            if found.revoked_at is None:
                session.run("update api_tokens set revoked_at = :now where id = :id", now=self._desk.now(), id=token)
                self._leave_event(session, actor, "revoke-token", found.name, Place(found.workspace))
            return find_token(session, token)

        return self._desk.engine.write(work)


def find_token(session: Session, token: str) -> Token:
    """The token with this id; `UnknownId` when there is none."""
    row = first(session.rows(f"select {COLUMNS_OF_TOKENS} from api_tokens where id = :id", id=token))
    if row is None:
        raise UnknownId("token", token)
    return token_of(row)


def token_of(row: Row) -> Token:
    """A row with `COLUMNS_OF_TOKENS` as a token."""
    return Token(**row)
