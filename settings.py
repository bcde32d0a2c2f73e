"""The only reader of environment variables: where the data lies and where the app listens."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network

DEFAULT_DATABASE = "duckdb:///var/checkup.duckdb"
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8501


class SettingsError(ValueError):
    """An environment variable holds what it cannot hold; the message says which, and what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose: the store's address, and the address the app listens on.

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


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in `environment` (the process's own by default); `SettingsError` when one is unusable."""
    values = os.environ if environment is None else environment
    return Settings(
        database_url=values.get("CHECKUP_DATABASE_URL") or DEFAULT_DATABASE,
        migrate_url=values.get("CHECKUP_MIGRATE_URL") or None,
        host=values.get("HOST") or DEFAULT_HOST,
        port=_port(values.get("PORT") or str(DEFAULT_PORT)),
        public_url=_public_url(values.get("CHECKUP_PUBLIC_URL") or ""),
        trusted_proxies=_proxies(values.get("CHECKUP_TRUSTED_PROXIES") or ""),
    )


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
