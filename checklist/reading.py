"""Reading strict YAML into plain values while collecting every fault, each with file, line and cure."""

from collections.abc import Iterable
from collections.abc import Sequence as Several

import strict_yaml
from strict_yaml import Fault, Mapping, Number, Sequence, Text, Value


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


def _line(mapping: Mapping, key: str) -> int:
    return mapping.key_lines.get(key, mapping.line)


class _Nothing(Mapping):
    """Stands in for a mapping whose lack is told already."""


def nothing(line: int = 1) -> Mapping:
    """A stand-in from which everything reads as empty without another fault."""
    empty = _Nothing()
    empty.line, empty.key_lines = line, {}
    return empty
