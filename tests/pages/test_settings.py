"""The settings page without a browser: what it tells of tokens."""

from datetime import timedelta

import pytest

from access import Actor
from data.store import Store
from tests.e2e.stories import OWNER, the_workspace
from tests.pages.builders import NOW
from tests.pages.visitor import Visit, text_of
from ui import identity


def test_tokens_say_what_they_may_and_when_they_were_used(visit: Visit, store: Store) -> None:
    workspace = the_workspace(store)
    for name, scope, days in (("CI", "read", 90), ("Nightly", "write", None)):
        ends = NOW + timedelta(days=days) if days else None
        store.tokens.make(OWNER, workspace, name, scope, ends)  # type: ignore[arg-type]
    said = text_of(visit("settings"))
    assert "CI Read results. Never used. Expires on 12 September 2026." in said
    assert "Nightly Read results and make milestones. Never used. Does not expire." in said
    token = store.tokens.of(OWNER, workspace)[0]
    store.door.used(token)
    assert "Last used on 14 June 2026. Does not expire." in text_of(visit("settings"))
    store.tokens.revoke(OWNER, token.id)
    assert "Nightly, revoked on 14 June 2026, last used on 14 June 2026" in text_of(visit("settings"))


def test_who_may_not_admit_sees_no_tokens(visit: Visit, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.tokens.make(OWNER, the_workspace(store), "CI", "read")
    monkeypatch.setattr(identity, "LOCAL_ACTOR", Actor("Emil", "editor"))
    assert "token" not in text_of(visit("settings")).lower().replace("make token", "")
