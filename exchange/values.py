"""Where do I find how values of a file from outside are read: known ids with suggestions, clean text, lists?"""

from collections.abc import Iterable
from difflib import get_close_matches

import strict_yaml
from checklist.reading import Reader, nothing
from data.text import clean_text
from strict_yaml import Mapping, Number, Sequence, Text, Value

# A file of another kind can have a fault in every line; the first ones tell the story.
FAULTS_SHOWN = 50
MESSAGE_LENGTH = 400
SHOWN_LENGTH = 60
LONGEST_ID = 100
# So many ids fit into a sentence.
FEW = 9


def clean_line(text: str) -> str:
    """Clean text with single blanks for all white space, as the store keeps names."""
    return " ".join(clean_text(text).split())


class ValueReader(Reader):
    """Reads values and goes on after a fault to find them all; what stands in for a faulty value is harmless."""

    def fault(self, line: int, message: str) -> None:
        """Values of the file may be long or hold control characters; a sentence about them does not."""
        super().fault(line, on_one_line(message, MESSAGE_LENGTH))

    def known_keys(self, mapping: Mapping, known: tuple[str, ...], what: str, required: tuple[str, ...] = ()) -> None:
        """A fault for each key that is not known, and for each required one that is missing."""
        for key in mapping:
            self.is_known(key, mapping.key_lines[key], known, "key", f" in {what[:1].lower()}{what[1:]}")
        for key in required:
            if key not in mapping:
                self.fault(mapping.line, f'{what} has no "{key}"; add it.')

    def is_known(self, wanted: Value | str, line: int, known: Iterable[str], kind: str, where: str = "") -> bool:
        """Whether an id is known; else a fault that suggests the nearest one."""
        known = tuple(known)
        if wanted in known:
            return True
        # Comparing takes time, and a file with that many faults is of another kind anyway.
        search = isinstance(wanted, str) and len(self.faults) < FAULTS_SHOWN
        near = get_close_matches(str(wanted)[:LONGEST_ID].lower(), known, 1) if search else []
        few = f"use one of {', '.join(known)}" if len(known) <= FEW else "correct the id, or leave the line out"
        cure = f'did you mean "{near[0]}"?' if near else f"{few}."
        self.fault(line, f"There is no {kind} {shown(wanted)}{where}; {cure}")
        return False

    def mapping_of(self, document: Mapping, key: str) -> Mapping:
        """The mapping at a key, an empty one where there is none."""
        value = document.get(key, nothing())
        if isinstance(value, Mapping):
            return value
        self.fault(line_of(document, key), f'"{key}" must be a mapping, as in {key}: {{ID: ANSWER}}, or be left out.')
        return nothing()

    def list_of(self, mapping: Mapping, key: str, what: str) -> list[Value]:
        """The values of the list at a key, none where there is none."""
        value = mapping.get(key, Sequence())
        if isinstance(value, Sequence):
            return list(value)
        self.fault(line_of(mapping, key), f"{what} must be a list, as in {key}: [first, second].")
        return []

    def text_of(self, mapping: Mapping, key: str, what: str, limit: int) -> str:
        """The clean text at a key, empty where there is none."""
        return self.checked_text(mapping[key], line_of(mapping, key), what, limit) if key in mapping else ""

    def checked_text(self, value: Value, line: int, what: str, limit: int, one_line: bool = False) -> str:
        """Clean text; a fault when it is something else, could be taken for something else, or is too long."""
        if not isinstance(value, Text):
            self.fault(line, f"{what} is {shown(value)}; write it as text, in quotes.")
            return ""
        if is_bare(value):
            bare = f"a bare {value}, which other YAML readers do not take for text" if value else "empty"
            self.fault(line, f"{what} is {bare}; write it in quotes, or leave it out.")
        cleaned = clean_line(value) if one_line else clean_text(value)
        if len(cleaned) > limit:
            self.fault(line, f"{what} has {len(cleaned):,} characters; shorten it to {limit:,} or fewer.")
        return cleaned


def is_bare(text: Text) -> bool:
    """Without quotes, and something else than text to other YAML readers."""
    return text.plain and strict_yaml.is_guessed(text)


def shown(value: Value | str) -> str:
    """A value inside a sentence: text in quotes and not too long, a number as it is."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, Sequence):
        return "a list"
    return str(value) if isinstance(value, Number) else f'"{on_one_line(value, SHOWN_LENGTH)}"'


def on_one_line(text: str, length: int) -> str:
    """At most so many characters of a text, without line breaks and control characters."""
    line = clean_line(text[: 2 * length])
    return line if len(line) <= length else f"{line[: length - 1]}…"


def line_of(mapping: Mapping, key: str) -> int:
    """Where a key stands; where it is missing, the line of its mapping."""
    return mapping.key_lines.get(key, mapping.line)
