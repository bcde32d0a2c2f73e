"""The door for text: what may become a name, a note, a link or an id, and how it is cleaned."""

import re
import unicodedata
from collections.abc import Iterable

from data.errors import TextRefused

NAME_LENGTH = 200
NOTE_LENGTH = 10_000
LINK_LENGTH = 2_000
LINKS = 50
TAG_LENGTH = 40
TAGS = 10
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


def clean_text(text: str) -> str:
    """NFC, without NUL, surrogates and control characters, trimmed; line breaks (as \\n) and tabs stay."""
    unbroken = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in unbroken if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", kept).strip()


def clean_name(text: str, what: str = "name") -> str:
    """A name on one line, 1 to 200 characters; `TextRefused` with a sentence when it is empty or longer."""
    name = " ".join(clean_text(text).split())
    if not name:
        raise TextRefused(f"The {what} is empty; write at least one character.")
    return _at_most(NAME_LENGTH, name, what)


def clean_line(text: str, what: str) -> str:
    """Like a name, but may be empty."""
    return _at_most(NAME_LENGTH, " ".join(clean_text(text).split()), what)


def clean_note(text: str, what: str = "note") -> str:
    """A text of up to 10,000 characters that keeps its line breaks; `TextRefused` when it is longer."""
    return _at_most(NOTE_LENGTH, clean_text(text), what)


def clean_links(links: tuple[str, ...]) -> tuple[str, ...]:
    """Up to 50 links of up to 2,000 characters; empty ones are left out, their order stays."""
    cleaned = tuple(filter(None, (clean_text(link) for link in links)))
    if len(cleaned) > LINKS:
        raise TextRefused(f"There are {len(cleaned)} evidence links; keep at most {LINKS}.")
    return tuple(_at_most(LINK_LENGTH, link, "evidence link") for link in cleaned)


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Up to 10 tags of up to 40 characters on one line each, in their order; empty ones and repeats are left out.

    A tag has no comma: people write commas between tags, and a tag with one would come apart when it is edited.
    """
    distinct: dict[str, str] = {}
    for tag in (" ".join(clean_text(tag).split()) for tag in tags):
        if "," in tag:
            raise TextRefused(f'The tag "{tag[:TAG_LENGTH]}" has a comma; write it without, or make it two tags.')
        if tag:
            distinct.setdefault(name_key(tag), tag)
    if len(distinct) > TAGS:
        raise TextRefused(f"There are {len(distinct)} tags; keep at most {TAGS}.")
    return tuple(_at_most(TAG_LENGTH, tag, "tag") for tag in distinct.values())


def clean_key(text: str, what: str) -> str:
    """An id of the checklist's content as it is; `TextRefused` when it is not in kebab-case."""
    if not KEY.fullmatch(text):
        raise TextRefused(f'"{text[:80]}" is no id of a {what}; ids have small letters, digits and hyphens.')
    return text


def name_key(name: str) -> str:
    """What two names share when people would call them the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def _at_most(limit: int, text: str, what: str) -> str:
    if len(text) > limit:
        raise TextRefused(f"The {what} has {len(text):,} characters; shorten it to {limit:,} or fewer.")
    return text


def clean_email(text: str) -> str:
    """An e-mail address as it is compared: on one line, in small letters; `TextRefused` when it is none."""
    address = clean_text(text).lower()
    name, at, domain = address.rpartition("@")
    if not (name and at and domain) or len(address) > NAME_LENGTH or any(sign.isspace() for sign in address):
        raise TextRefused(f'"{text[:80]}" is no e-mail address; write it like name@example.org.')
    return address
