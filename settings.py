"""The only reader of environment variables: where the data lies and where the app listens."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_DATABASE = "duckdb:///var/checkup.duckdb"
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8501


class SettingsError(ValueError):
    """An environment variable holds what it cannot hold; the message says which, and what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose: the store's address, and the address the app listens on.

    `migrate_url` is the address of the user who owns the tables, where that is not the user of `database_url`.
    Both may hold a password, so neither shows when the settings are printed.
    """

    database_url: str = field(default=DEFAULT_DATABASE, repr=False)
    migrate_url: str | None = field(default=None, repr=False)
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in `environment` (the process's own by default); `SettingsError` when one is unusable."""
    values = os.environ if environment is None else environment
    return Settings(
        database_url=values.get("CHECKUP_DATABASE_URL") or DEFAULT_DATABASE,
        migrate_url=values.get("CHECKUP_MIGRATE_URL") or None,
        host=values.get("HOST") or DEFAULT_HOST,
        port=_port(values.get("PORT") or str(DEFAULT_PORT)),
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise SettingsError(f'PORT is "{text}"; set it to a whole number from 1 to 65535.')
