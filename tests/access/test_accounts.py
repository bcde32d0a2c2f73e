"""Who somebody is: what a sign-in service may say, and what is made of it."""

from datetime import UTC, datetime, timedelta

import pytest

from access import Account, Grant, NotSignedIn, Place, account_of, as_actor
from access.permissions import is_stranger, may

NOW = datetime(2026, 6, 14, 9, tzinfo=UTC)
GOOD = {
    "is_logged_in": True, "email": "Ola@Example.org", "email_verified": True, "name": " Ola ",
    "exp": (NOW + timedelta(hours=1)).timestamp(),
}  # fmt: skip


def _without(name: str) -> dict[str, object]:
    return {claim: value for claim, value in GOOD.items() if claim != name}


def test_a_verified_address_is_an_account_until_its_time_is_over() -> None:
    assert account_of(GOOD, NOW) == Account("ola@example.org", "Ola", NOW + timedelta(hours=1))
    assert account_of({**GOOD, "email_verified": "true"}, NOW).email == "ola@example.org"
    assert account_of(_without("email_verified"), NOW).email == "ola@example.org"
    assert account_of({**GOOD, "exp": NOW.timestamp() + 1}, NOW)
    assert account_of(_without("name"), NOW).name == "ola@example.org"


@pytest.mark.parametrize("claims", [{}, {**GOOD, "is_logged_in": False}, {**GOOD, "is_logged_in": "yes"}])
def test_nobody_signed_in_needs_no_reproach(claims: dict[str, object]) -> None:
    with pytest.raises(NotSignedIn) as why:
        account_of(claims, NOW)
    assert str(why.value) == ""


@pytest.mark.parametrize("exp", [NOW.timestamp(), NOW.timestamp() - 1, 0, -1, 1e300, float("nan"), True, "soon", None])
def test_a_time_that_is_over_or_none_ends_a_sign_in(exp: object) -> None:
    with pytest.raises(NotSignedIn, match="has run out"):
        account_of({**GOOD, "exp": exp}, NOW)


@pytest.mark.parametrize("said", [False, "false", "False", "", 0, None])
def test_an_address_that_is_not_verified_is_nobodys(said: object) -> None:
    with pytest.raises(NotSignedIn, match="has not verified"):
        account_of({**GOOD, "email_verified": said}, NOW)


@pytest.mark.parametrize("email", [None, "", 7, "ola", "a@b@example.org", "ola@exa mple.org", "ola@example.org\nx"])
def test_without_an_address_nobody_is_let_in(email: object) -> None:
    with pytest.raises(NotSignedIn, match="which e-mail address is yours"):
        account_of({**GOOD, "email": email}, NOW)


def test_who_runs_the_app_operates_it_and_sees_no_workspace_by_that() -> None:
    account = account_of(GOOD, NOW)
    stranger, runs_it, founds = (
        as_actor(account, (), owners, domains)
        for owners, domains in (((), ()), (("ola@example.org",), ()), ((), ("example.org",)))
    )
    assert [one.role for one in runs_it.grants] == ["operator", "founder"]
    assert [one.role for one in founds.grants] == ["founder"]
    assert stranger.grants == ()
    for actor in (stranger, runs_it, founds):
        assert is_stranger(actor, Place("w"))
        assert not may(actor, "browse", Place("w"))
    assert may(runs_it, "operate")
    assert may(founds, "found")
    assert not may(stranger, "found")


@pytest.mark.parametrize("domain", ["ample.org", "org", "example.org.evil", "sub.example.org"])
def test_a_domain_is_meant_as_a_whole(domain: str) -> None:
    assert as_actor(account_of(GOOD, NOW), (), (), (domain,)).grants == ()


def test_memberships_come_along_and_the_address_tells_people_apart() -> None:
    actor = as_actor(account_of(GOOD, NOW), (Grant("editor", Place("w")),))
    assert (actor.name, actor.subject, actor.role_at(Place("w"))) == ("Ola", "ola@example.org", "editor")
    assert may(actor, "answer", Place("w", "s", "a"))
    assert not may(actor, "admit", Place("w"))
