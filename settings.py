"""The only reader of environment variables and secrets: where the data lies, where the app listens, who may come in."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from sign_in import SignIn, SignInError, read_sign_in

Network = IPv4Network | IPv6Network

DEFAULT_DATABASE = "duckdb:///var/checkup.duckdb"
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8501
DEFAULT_SECRETS = ".streamlit/secrets.toml"
ADDRESS = re.compile(r"[^\s@,]+@[^\s@,]+")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
DEFAULT_BACKUP_EVERY_HOURS = 24
DEFAULT_BACKUP_KEEP = 7
METRICS_TOKEN_LENGTH = 16


class SettingsError(ValueError):
    """An environment variable holds what it cannot hold; the message says which, and what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose: the store's address, where the app listens, who may come in, how it is looked after.


    `public_url` is where people reach the app ("" where that is what their browser says), without a slash at its end;
    `trusted_proxies` are those whose word is taken for who asks and whether it came by https.

    `migrate_url` is the address of the user who owns the tables, where that is not the user of `database_url`.
    Both may hold a password, so neither shows when the settings are printed.
    """

    database_url: str = field(default=DEFAULT_DATABASE, repr=False)
    migrate_url: str | None = field(default=None, repr=False)
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    public_url: str = ""
    trusted_proxies: tuple[Network, ...] = ()
    secrets: str = DEFAULT_SECRETS
    sign_in: SignIn | None = None
    """How people sign in; None where whoever opens the app owns every workspace."""
    owners: frozenset[str] = frozenset()
    """E-mail addresses, in small letters, of those who run the app and own its first workspace."""
    domains: frozenset[str] = frozenset()
    """Domains whose people may begin workspaces of their own."""
    open_to_all: bool = False

    @property
    def is_open(self) -> bool:
        """Whether everybody who reaches the app may do everything in it."""
        return self.sign_in is None

    log_json: bool = False
    metrics_token: str = field(default="", repr=False)
    backup_every_hours: int = DEFAULT_BACKUP_EVERY_HOURS
    backup_keep: int = DEFAULT_BACKUP_KEEP


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in `environment` (the process's own by default); `SettingsError` when one is unusable."""
    values = os.environ if environment is None else environment
    secrets = values.get("CHECKUP_SECRETS") or DEFAULT_SECRETS
    try:
        sign_in = read_sign_in(Path(secrets), is_named=bool(values.get("CHECKUP_SECRETS")))
    except SignInError as error:
        raise SettingsError(str(error)) from None
    url, migrate_url = database_urls(values)
    chosen = Settings(
        database_url=url,
        migrate_url=migrate_url,
        host=values.get("HOST") or DEFAULT_HOST,
        port=_port(values.get("PORT") or str(DEFAULT_PORT)),
        secrets=secrets,
        sign_in=sign_in,
        owners=_listed("CHECKUP_OWNERS", values, ADDRESS, "an e-mail address like name@example.org"),
        domains=_listed("CHECKUP_ALLOWED_DOMAINS", values, DOMAIN, "a domain like example.org"),
        open_to_all=_yes("CHECKUP_OPEN_TO_ALL", values),
        public_url=_public_url(values.get("CHECKUP_PUBLIC_URL") or ""),
        trusted_proxies=_proxies(values.get("CHECKUP_TRUSTED_PROXIES") or ""),
        log_json=_log(values.get("CHECKUP_LOG") or "text") == "json",
        metrics_token=_metrics_token(values.get("CHECKUP_METRICS_TOKEN") or ""),
        backup_every_hours=_whole(values, "CHECKUP_BACKUP_EVERY_HOURS", DEFAULT_BACKUP_EVERY_HOURS, 0, 8760),
        backup_keep=_whole(values, "CHECKUP_BACKUP_KEEP", DEFAULT_BACKUP_KEEP, 1, 1000),
    )
    _check_who_comes_in(chosen)
    return chosen


def database_urls(environment: Mapping[str, str] | None = None) -> tuple[str, str | None]:
    """Where the data lies, and as whom its shape is changed: for the command line, which nobody comes into by HTTP."""
    values = os.environ if environment is None else environment
    return values.get("CHECKUP_DATABASE_URL") or DEFAULT_DATABASE, values.get("CHECKUP_MIGRATE_URL") or None


def is_loopback(host: str) -> bool:
    """Whether an address can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _check_who_comes_in(chosen: Settings) -> None:
    if chosen.sign_in and chosen.open_to_all:
        raise SettingsError(
            f'CHECKUP_OPEN_TO_ALL is "yes", and "{chosen.secrets}" has a section [auth]; take away one of them.'
        )
    if chosen.sign_in and not chosen.owners:
        raise SettingsError(
            "people sign in, but nobody would own anything; set CHECKUP_OWNERS to the e-mail addresses of those who "
            "run this app, with commas between them."
        )
    if chosen.sign_in is None and not chosen.open_to_all and (why := _reached_by_others(chosen)):
        raise SettingsError(
            f"{why}, so others could reach the app, and nobody would have to sign in; add a section "
            f'[auth] to "{chosen.secrets}" (secrets.toml.example shows how), or set CHECKUP_OPEN_TO_ALL=yes to let '
            "everybody who reaches it read, change and delete everything."
        )


def _reached_by_others(chosen: Settings) -> str:
    """The setting that says so, in words; empty when only this machine reaches the app.

    Behind a proxy the app itself listens on the loopback address, and is reached by everybody all the same.
    """
    if not is_loopback(chosen.host):
        return f'HOST is "{chosen.host}"'
    if chosen.public_url and not is_loopback(urlsplit(chosen.public_url).hostname or ""):
        return f'CHECKUP_PUBLIC_URL is "{chosen.public_url}"'
    return "CHECKUP_TRUSTED_PROXIES names a proxy" if chosen.trusted_proxies else ""


def _listed(name: str, values: Mapping[str, str], form: re.Pattern[str], words: str) -> frozenset[str]:
    found = [one.strip().lower() for one in values.get(name, "").split(",") if one.strip()]
    for one in found:
        if not form.fullmatch(one):
            raise SettingsError(f'{name} has "{one}"; give {words}, with commas between several.')
    return frozenset(found)


def _yes(name: str, values: Mapping[str, str]) -> bool:
    text = values.get(name, "")
    if text in ("", "yes"):
        return text == "yes"
    raise SettingsError(f'{name} is "{text}"; set it to yes, or leave it away.')


def tell_the_web_server(chosen: Settings) -> None:
    """The web server, too, believes the proxies of these settings, and nobody else; what it was told itself stays.

    Left alone it would believe anything on this machine.
    """
    os.environ.setdefault("FORWARDED_ALLOW_IPS", ",".join(map(str, chosen.trusted_proxies)))


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise SettingsError(f'PORT is "{text}"; set it to a whole number from 1 to 65535.')


def _public_url(text: str) -> str:
    parts = urlsplit(text)
    if not text or (parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment):
        return text.rstrip("/")
    raise SettingsError(
        f'CHECKUP_PUBLIC_URL is "{text}"; set it to where people reach the app, such as https://checkup.example.org.'
    )


def _proxies(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError as error:
        raise SettingsError(
            f'CHECKUP_TRUSTED_PROXIES is "{text}": {error}; set it to addresses or networks with commas between them, '
            "such as 127.0.0.1, 10.0.0.0/8."
        ) from None


def _log(text: str) -> str:
    if text in ("text", "json"):
        return text
    raise SettingsError(f'CHECKUP_LOG is "{text}"; set it to text or json.')


def _metrics_token(text: str) -> str:
    """The value stays out of the sentence: it is a secret, however short."""
    if text and (len(text) < METRICS_TOKEN_LENGTH or not text.isascii() or not text.isprintable() or " " in text):
        raise SettingsError(
            f"CHECKUP_METRICS_TOKEN is too easy to guess or no plain text; set {METRICS_TOKEN_LENGTH} or more letters "
            "and digits, for example from: openssl rand -hex 16."
        )
    return text


def _whole(values: Mapping[str, str], name: str, otherwise: int, least: int, most: int) -> int:
    text = values.get(name) or str(otherwise)
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    raise SettingsError(f'{name} is "{text}"; set it to a whole number from {least} to {most}.')
