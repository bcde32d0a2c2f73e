"""An owner makes a token for a program on the settings page: shown once, good for what it says, and revoked."""

import http.client

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import shared_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server

pytestmark = pytest.mark.browser
server = shared_server()


def _calls(server: Server, secret: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/api/v1/systems", headers={"Authorization": f"Bearer {secret}"})
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_token_is_made_shown_once_used_and_revoked(person: Person, server: Server) -> None:
    person.opens("/settings")
    person.clicks("Make a token")
    dialog = person.page.get_by_role("dialog")
    person.clicks("Make it")
    expect(dialog.get_by_role("alert")).to_contain_text("name is empty", timeout=PATIENCE)
    person.types("What is it for?", "CI of the **churn** model")
    person.clicks("Make it")
    shown = dialog.get_by_test_id("stCode")
    expect(shown).to_contain_text("mlops-checkup-", timeout=PATIENCE)
    secret = shown.inner_text().strip()
    assert _calls(server, secret) == 200
    person.key("token-close").get_by_role("button").click()
    expect(dialog).to_have_count(0, timeout=PATIENCE)
    person.settles()
    said = person.reads()
    assert secret not in person.page.content()
    assert "CI of the **churn** model" in said
    assert "Read results. Last used on" in said

    person.clicks("Revoke")
    expect(dialog).to_contain_text("is turned away from now on", timeout=PATIENCE)
    assert _calls(server, secret) == 200, "nothing is revoked before it was confirmed"
    person.clicks("Revoke it")
    expect(person.page.get_by_role("button", name="Revoke", exact=True)).to_have_count(0, timeout=PATIENCE)
    assert _calls(server, secret) == 401
    assert secret[-20:] not in server.log
