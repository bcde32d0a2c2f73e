"""What an operator may set: who may come in, and the sentence for what cannot work; no sentence repeats a secret."""

from pathlib import Path

import pytest

import settings
from settings import SettingsError, is_loopback

ROOT = Path(__file__).parents[1]
SECRET = "0123456789-0123456789-0123456789"
AUTH = f"""[auth]
redirect_uri = "https://checkup.example.org/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "us"
client_secret = "told-to-nobody"
server_metadata_url = "https://accounts.example.org/.well-known/openid-configuration"
"""


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    file = tmp_path / "secrets.toml"
    file.write_text(AUTH, "utf-8")
    return file


def _with(secrets: Path, **more: str) -> settings.Settings:
    return settings.read({"CHECKUP_SECRETS": str(secrets), "CHECKUP_OWNERS": "ola@example.org", **more})


def test_with_nothing_set_the_app_is_open_on_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    chosen = settings.read({})
    assert (chosen.host, chosen.is_open, chosen.open_to_all) == ("127.0.0.1", True, False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "checkup.example.org", "fe80::1"])  # noqa: S104
def test_it_does_not_listen_elsewhere_unless_people_sign_in_or_it_is_meant(
    host: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, secrets: Path
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    with pytest.raises(SettingsError, match=r"add a section \[auth\].*CHECKUP_OPEN_TO_ALL=yes"):
        settings.read({"HOST": host})
    assert settings.read({"HOST": host, "CHECKUP_OPEN_TO_ALL": "yes"}).open_to_all
    assert not _with(secrets, HOST=host).is_open


@pytest.mark.parametrize(
    ("told", "setting"),
    [
        ({"CHECKUP_TRUSTED_PROXIES": "127.0.0.1"}, "CHECKUP_TRUSTED_PROXIES"),
        ({"CHECKUP_PUBLIC_URL": "https://checkup.example.org"}, "CHECKUP_PUBLIC_URL"),
    ],
)
def test_behind_a_proxy_it_is_reached_by_others_although_it_listens_on_this_machine(
    told: dict[str, str], setting: str, secrets: Path
) -> None:
    with pytest.raises(settings.SettingsError, match=f"{setting} .*nobody would have to sign in"):
        settings.read(told)
    assert settings.read({**told, "CHECKUP_OPEN_TO_ALL": "yes"}).open_to_all
    assert settings.read({"CHECKUP_PUBLIC_URL": "http://localhost:8501"}).is_open


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]", "::ffff:127.0.0.1"])
def test_these_addresses_are_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "localhost.example.org", "127.0.0.1.example.org", "::ffff:10.0.0.1"])  # noqa: S104
def test_these_are_not(host: str) -> None:
    assert not is_loopback(host)


def test_owners_and_domains_are_lists_in_small_letters(secrets: Path) -> None:
    chosen = _with(secrets, CHECKUP_OWNERS=" Ola@Example.org, ben@example.org ,", CHECKUP_ALLOWED_DOMAINS="Example.org")
    assert chosen.owners == {"ola@example.org", "ben@example.org"}
    assert chosen.domains == {"example.org"}
    assert chosen.sign_in
    assert chosen.sign_in.providers == ("",)
    assert chosen.sign_in.is_encrypted


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"CHECKUP_OWNERS": ""}, "set CHECKUP_OWNERS"),
        ({"CHECKUP_OWNERS": "Ola"}, 'CHECKUP_OWNERS has "ola"'),
        ({"CHECKUP_OWNERS": "a@b.org c@d.org"}, "with commas"),
        ({"CHECKUP_ALLOWED_DOMAINS": "@example.org"}, 'CHECKUP_ALLOWED_DOMAINS has "@example.org"'),
        ({"CHECKUP_ALLOWED_DOMAINS": "*"}, "a domain like example.org"),
        ({"CHECKUP_OPEN_TO_ALL": "yes"}, "take away one of them"),
        ({"CHECKUP_OPEN_TO_ALL": "true"}, "set it to yes"),
        ({"CHECKUP_SECRETS": "/no/such/secrets.toml"}, "which is not there"),
    ],
)
def test_what_cannot_work_is_told(told: dict[str, str], complaint: str, secrets: Path) -> None:
    with pytest.raises(SettingsError) as refusal:
        _with(secrets, **told)
    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        (AUTH, "[auth", "no valid TOML"),
        (AUTH, 'auth = "yes"', "no section"),
        (AUTH, "[auth]\n", "lacks redirect_uri, cookie_secret"),
        ('client_id = "us"', "", "lacks client_id"),
        ('client_id = "us"', "client_id = 7", "lacks client_id"),
        (SECRET, "short", "cookie_secret"),
        (SECRET, "change-me" + SECRET, "cookie_secret"),
        ("https://checkup.example.org/oauth2callback", "http://checkup.example.org/oauth2callback", "https://"),
        ("/oauth2callback", "/", "has to end in /oauth2callback"),
        ("https://accounts", "http://accounts", "server_metadata_url"),
    ],
)
def test_a_section_that_cannot_work_is_told_without_its_secrets(
    before: str, after: str, complaint: str, secrets: Path
) -> None:
    secrets.write_text(AUTH.replace(before, after), "utf-8")
    with pytest.raises(SettingsError) as refusal:
        _with(secrets)
    assert complaint in str(refusal.value)
    for secret in (SECRET, "told-to-nobody", "short"):
        assert secret not in str(refusal.value)


def test_several_services_to_choose_from_have_names(secrets: Path) -> None:
    shared, _, own = AUTH.partition("client_id")
    secrets.write_text(f'{shared}[auth.one]\nname = "One & Co"\nclient_id{own}\n[auth.two]\nclient_id{own}', "utf-8")
    sign_in = _with(secrets).sign_in
    assert sign_in
    assert sign_in.providers == ("one", "two")
    assert sign_in.names == {"one": "One & Co", "two": "two"}


def test_the_example_is_complete_and_nobody_starts_with_it_as_it_is() -> None:
    with pytest.raises(SettingsError, match="cookie_secret"):
        _with(ROOT / ".streamlit" / "secrets.toml.example")
