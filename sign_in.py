"""How people sign in: the section [auth] of the secrets file, read strictly before the server starts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SHARED = ("redirect_uri", "cookie_secret")
OF_A_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
SHORTEST_SECRET = 32
CALLBACK = "/oauth2callback"
NEEDED = ("authlib", "httpx")
EXAMPLE_SECRET = "change-me"  # noqa: S105  (how the example begins, so that nobody starts with it)


class SignInError(ValueError):
    """The section [auth] cannot work; the message says what to change, and repeats no secret."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """The providers to choose from, "" for the one that stands in [auth] itself; the rest is for Streamlit alone."""

    providers: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    is_encrypted: bool = True
    """Whether people open the app by https."""


def read_sign_in(file: Path, is_named: bool = False) -> SignIn | None:
    """How people sign in; None where the file, or the section, is not there. `is_named`: the file has to be there."""
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        if is_named:
            raise SignInError(f'CHECKUP_SECRETS names "{file}", which is not there; correct it.') from None
        return None
    except (OSError, UnicodeDecodeError):
        raise SignInError(f'"{file}" cannot be read; check that it is a text file which this app may read.') from None
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The fault's own words name a place, and no value.
        raise SignInError(f'"{file}" is no valid TOML ({error}); correct it.') from None
    section = found.get("auth")
    return None if section is None else _checked(section, file)


def _checked(section: Any, file: Path) -> SignIn:
    if not isinstance(section, dict):
        raise SignInError(f'"auth" in "{file}" is no section; write [auth] and its settings below it.')
    _check_texts(section, SHARED, f'[auth] in "{file}"')
    _check_shared(section, file)
    named = {name: part for name, part in section.items() if isinstance(part, dict) and name != "client_kwargs"}
    own = {"": section} if any(key in section for key in OF_A_PROVIDER) or not named else {}
    for name, part in {**own, **named}.items():
        where = f'[auth{"." if name else ""}{name}] in "{file}"'
        _check_texts(part, OF_A_PROVIDER, where)
        _check_address(part["server_metadata_url"], "server_metadata_url", where)
        if "_" in name:
            raise SignInError(f"{where} has an underscore in its name; choose a name without one.")
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise SignInError(
            f"signing in needs {' and '.join(missing)}; install what requirements-hosting.txt names: "
            "pip install -r requirements-hosting.txt."
        )
    names = {name: str(part.get("name") or name) for name, part in named.items()}
    return SignIn((*own, *named), names, section["redirect_uri"].startswith("https:"))


def _check_shared(section: Mapping[str, Any], file: Path) -> None:
    where = f'[auth] in "{file}"'
    _check_address(section["redirect_uri"], "redirect_uri", where)
    if not section["redirect_uri"].endswith(CALLBACK):
        raise SignInError(f"redirect_uri of {where} has to end in {CALLBACK}, after the address people open.")
    secret = section["cookie_secret"]
    if len(secret) < SHORTEST_SECRET or secret.startswith(EXAMPLE_SECRET):
        raise SignInError(
            f"cookie_secret of {where} can be guessed; make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'."
        )


def _check_texts(section: Mapping[str, Any], names: tuple[str, ...], where: str) -> None:
    missing = [name for name in names if not isinstance(section.get(name), str) or not section[name].strip()]
    if missing:
        raise SignInError(f"{where} lacks {', '.join(missing)}; secrets.toml.example shows what each is for.")


def _check_address(address: str, name: str, where: str) -> None:
    """Sign-in over plain HTTP can be listened to, so it stays on this machine."""
    parts = urlsplit(address)
    is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or parts.scheme not in (("http", "https") if is_here else ("https",)):
        raise SignInError(f"{name} of {where} has to be an address that begins with https://.")
