"""What PostgreSQL's faults mean for a person: from psycopg's exceptions to the sentences of `data.errors`."""

import re

import psycopg

from data.errors import (
    DatabaseAway,
    DatabaseForbidden,
    DatabaseReadOnly,
    DiskFull,
    EngineUnknown,
    StoreBusy,
    StoreError,
    ValueRefused,
)
from data.races import LostRace

FULL = "The database server's disk is full; the change was not saved. Free some space there, then try again."
CROWDED = "The database has no connection left; the change was not saved. Try again in a moment."
AWAY = "The database does not answer; nothing of this was saved. Try again in a moment: what was saved before is safe."
IN_DOUBT = "The database stopped answering while it saved. Look whether your last change is there."
SLOW = "The database took too long over this and was stopped; nothing was saved. Try again in a moment."
READ_ONLY = (
    "The database takes no changes at the moment (it is read-only); nothing was saved. "
    "Name the server that takes them in CHECKUP_DATABASE_URL, or try again later."
)
# Why a connection was not made, by the server's own words; libpq hands on no code for it.
_NO_CONNECTION_LEFT = re.compile(r"too many clients|too many connections|connection slots are reserved")
_NO_ENTRY = re.compile(r'authentication failed|no password supplied|role ".*" does not exist|no pg_hba\.conf entry')
_NO_DATABASE = re.compile(r'database ".*" does not exist')
# Codes whose meaning a person can act on; the first two letters of a code are its class.
_RACES = ("40001", "40P01", "23505")
_GONE = ("57P01", "57P02", "57P03", "57P05", "25P03")


def no_address(setting: str) -> StoreError:
    """The sentence for an address that cannot be read; what it holds is never repeated, a password may be in it."""
    return EngineUnknown(
        f"{setting} is not an address that PostgreSQL understands; write it as "
        "postgresql://user:password@host:5432/database, with signs such as @ : / # in the password as %40 %3A %2F %23."
    )


def while_connecting(fault: psycopg.Error, place: str, setting: str) -> StoreError:
    """The sentence for a connection that was not made; `place` is the address in `setting` without its password."""
    words = str(fault)
    if _NO_CONNECTION_LEFT.search(words):
        return StoreBusy(CROWDED)
    if _NO_ENTRY.search(words):
        return DatabaseForbidden(
            f"The database {place} does not let this user in; correct user and password in {setting}."
        )
    if _NO_DATABASE.search(words):
        return DatabaseForbidden(f"There is no database at {place}; create it there, or correct its name in {setting}.")
    return DatabaseAway(f"The database does not answer at {place}; start it, or correct {setting}.")


def while_working(fault: psycopg.Error) -> StoreError:
    """The sentence for a statement that failed; `LostRace` when it is worth another try."""
    code = fault.sqlstate or ""
    if code in _RACES:
        return LostRace("Two changes met.")
    if is_gone(fault):
        return DatabaseAway(AWAY)
    if code == "53100":
        return DiskFull(FULL)
    if code in ("57014", "55P03"):
        return StoreBusy(SLOW)
    if code == "53300":
        return StoreBusy(CROWDED)
    if code == "25006":
        return DatabaseReadOnly(READ_ONLY)
    if code in ("42501", "28000"):
        return DatabaseForbidden(
            f"The database does not allow this to the app's user ({_first_line(fault)}); "
            "start the app once with CHECKUP_MIGRATE_URL, the address of the user who owns its tables."
        )
    if code[:2] in ("22", "23"):
        return ValueRefused("A value does not fit into the database; nothing was saved. Correct it and try again.")
    return StoreError(f"The database could not do this: {_first_line(fault)}.")


def is_gone(fault: psycopg.Error) -> bool:
    """Whether the connection is lost, so that the next one may work."""
    code = fault.sqlstate
    if code is None:
        return isinstance(fault, psycopg.OperationalError)
    return code in _GONE or code[:2] == "08"


def _first_line(fault: psycopg.Error) -> str:
    return (str(fault).splitlines() or ["it gave no reason"])[0].rstrip(".")
