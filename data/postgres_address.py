"""Where a PostgreSQL address is read: what the driver needs of it, and what of it may be shown."""

import re
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from data.postgres_faults import no_address

# What the address itself does not say. A server that is gone is noticed in seconds, also through a firewall.
DEFAULTS: dict[str, Any] = {
    "application_name": "mlops-checkup",
    "client_encoding": "UTF8",
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "tcp_user_timeout": "20000",
}


@dataclass(frozen=True, slots=True)
class Address:
    """`conninfo` is for the driver alone, because it may hold a password; `shown` is for people.

    `setting` is the name of the setting that it comes from.
    """

    conninfo: str = field(repr=False)
    shown: str
    user: str
    setting: str


def address_of(url: str, setting: str) -> Address:
    """The address in `url`; a sentence without any part of it when it cannot be read."""
    try:
        given = conninfo_to_dict(url)
    except psycopg.Error:
        raise no_address(setting) from None
    host, port, user, name = (str(given.get(part) or "") for part in ("host", "port", "user", "dbname"))
    # A password with a bare @, / or ? in it spills into host, port or name; it must be refused before it is shown.
    if not name or re.search(r"[@/?#]", name) or "@" in host or not re.fullmatch(r"[\d,]*", port):
        raise no_address(setting)
    place = (f"{user}@" if user else "") + host + (f":{port}" if port else "")
    conninfo = make_conninfo("", **{**DEFAULTS, **given})
    return Address(conninfo, f"postgresql://{place}/{name}", user, setting)
