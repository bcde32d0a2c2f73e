"""Reading strict YAML into plain values while collecting every fault, each with file, line and cure."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Several
from dataclasses import dataclass

import strict_yaml
from strict_yaml import Fault, Mapping, Number, Sequence, Text, Value

ADDRESS = re.compile(r"https://[^\s/]+\.[^\s]+")


class ContentError(ValueError):
    """The content cannot be used; `faults` holds every fault that was found, not only the first."""

    def __init__(self, faults: Several[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Reader:
    """One file's faults, and typed access to its mappings. A fault yields a harmless stand-in, so reading goes on."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file, self.faults = file, faults

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))

    def document(self, text: str | bytes) -> Mapping:
        try:
            value = strict_yaml.load(text, self.file)
        except strict_yaml.YamlError as error:
            self.faults.append(error.fault)
            return nothing()
        if isinstance(value, Mapping):
            return value
        self.fault(1, "The file must be a mapping (key: value).")
        return nothing()

    def keys(self, mapping: Mapping, known: Iterable[str], what: str, optional: Iterable[str] = ()) -> None:
        """Every key is known, and every known one that is not optional is there."""
        known, optional = tuple(known), tuple(optional)
        for key in mapping:
            if key not in known:
                self.fault(mapping.key_lines[key], f'{what} has an unknown key "{key}"; use {", ".join(known)}.')
        if isinstance(mapping, _Nothing):
            return  # what is missing as a whole is told once, where it is missing
        for key in known:
            if key not in mapping and key not in optional:
                self.fault(mapping.line, f'{what} has no "{key}"; add it.')

    def text(self, mapping: Mapping, key: str, what: str) -> str:
        value = mapping.get(key)
        if value is None:
            return ""
        if isinstance(value, Text) and value.strip():
            return " ".join(value.split())
        self.fault(_line(mapping, key), f'{what}: "{key}" must be text that is not empty.')
        return ""

    def number(self, mapping: Mapping, key: str, what: str, low: int, high: int) -> int:
        value = mapping.get(key)
        if isinstance(value, Number) and low <= value <= high:
            return int(value)
        if value is not None:
            self.fault(
                _line(mapping, key), f'{what}: "{key}" must be a whole number from {low} to {high}, not "{value}".'
            )
        return low

    def choice(self, mapping: Mapping, key: str, what: str, choices: Several[str]) -> str:
        value = self.text(mapping, key, what)
        if value and value not in choices:
            self.fault(_line(mapping, key), f'{what}: "{key}" is "{value}"; use one of {", ".join(choices)}.')
        return value if value in choices else choices[0]

    def values(self, mapping: Mapping, key: str, what: str) -> list[Value]:
        value = mapping.get(key)
        if isinstance(value, Sequence):
            return list(value)
        if value is not None:
            self.fault(_line(mapping, key), f'{what}: "{key}" must be a list.')
        return []

    def mappings(self, mapping: Mapping, key: str, what: str) -> list[Mapping]:
        found = []
        for value in self.values(mapping, key, what):
            if isinstance(value, Mapping):
                found.append(value)
            else:
                self.fault(_line(mapping, key), f'{what}: each of "{key}" must be a mapping, not "{value}".')
        return found

    def texts(self, mapping: Mapping, key: str, what: str) -> tuple[str, ...]:
        found = []
        for value in self.values(mapping, key, what):
            if isinstance(value, Text) and value.strip():
                found.append(" ".join(value.split()))
            else:
                self.fault(_line(mapping, key), f'{what}: each of "{key}" must be text that is not empty.')
        return tuple(found)

    def mapping(self, mapping: Mapping, key: str, what: str) -> Mapping:
        value = mapping.get(key)
        if isinstance(value, Mapping):
            return value
        if value is not None:
            self.fault(_line(mapping, key), f'{what}: "{key}" must be a mapping.')
        return nothing(_line(mapping, key) if key in mapping else mapping.line)


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping in a file, and what sentences about its faults call it; its values read as `Reader` reads them."""

    reader: Reader
    mapping: Mapping
    what: str

    @classmethod
    def of(
        cls, reader: Reader, mapping: Mapping, what: str, keys: Iterable[str], optional: Iterable[str] = ()
    ) -> "Entry":
        """An entry that has exactly these keys, of which the optional ones may be missing."""
        reader.keys(mapping, dict.fromkeys((*keys, *optional)), what, optional)
        return cls(reader, mapping, what)

    def text(self, key: str) -> str:
        return self.reader.text(self.mapping, key, self.what)

    def texts(self, key: str) -> tuple[str, ...]:
        return self.reader.texts(self.mapping, key, self.what)

    def address(self, key: str) -> str:
        """The whole address of a page under `key`."""
        if (found := self.text(key)) and not ADDRESS.fullmatch(found):
            self.fault(key, f'has the address "{found}"; give a whole one that begins with https://.')
        return found

    def number(self, key: str, low: int, high: int) -> int:
        return self.reader.number(self.mapping, key, self.what, low, high)

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        return self.reader.choice(self.mapping, key, self.what, choices)

    def part(self, key: str, what: str, keys: Iterable[str]) -> "Entry":
        """The mapping under `key`, which has exactly these keys."""
        return Entry.of(self.reader, self.reader.mapping(self.mapping, key, self.what), what, keys)

    def each(
        self, key: str, noun: str, keys: Iterable[str], named: str = "id", optional: Iterable[str] = ()
    ) -> Iterator["Entry"]:
        """The mappings in the list under `key`, which have exactly these keys; sentences call them by `named`."""
        for mapping in self.reader.mappings(self.mapping, key, self.what):
            yield Entry.of(self.reader, mapping, f'{noun} "{mapping.get(named, "")}"', keys, optional)

    def some(
        self, key: str, noun: str, keys: Iterable[str], named: str = "id", optional: Iterable[str] = ()
    ) -> Iterator["Entry"]:
        """As `each`, and an empty list is a fault."""
        if self.has_list(key) and not self.mapping[key]:
            self.fault(key, f'has nothing in "{key}"; give at least one entry.')
        return self.each(key, noun, keys, named, optional)

    def has_list(self, key: str) -> bool:
        """Whether it makes sense to count: what is missing or no list is told already."""
        return isinstance(self.mapping.get(key), Sequence)

    def has(self, key: str) -> bool:
        return key in self.mapping

    def line(self, key: str) -> int:
        return self.mapping.key_lines.get(key, self.mapping.line)

    def fault(self, key: str, message: str) -> None:
        self.reader.fault(self.line(key), f"{self.what} {message}")


def _line(mapping: Mapping, key: str) -> int:
    return mapping.key_lines.get(key, mapping.line)


class _Nothing(Mapping):
    """Stands in for a mapping whose lack is told already."""


def nothing(line: int = 1) -> Mapping:
    """A stand-in from which everything reads as empty without another fault."""
    empty = _Nothing()
    empty.line, empty.key_lines = line, {}
    return empty
