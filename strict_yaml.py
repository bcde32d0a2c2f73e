"""YAML that guesses nothing: text stays text, a repeated key is an error, and every value knows its line.

Only whole numbers (`3`, `-1`) become numbers. `no`, `on`, `1.5`, `2026-01-01` and `null` stay the text that was
typed. Anchors, aliases and tags are refused: a small file must not be able to grow into a large value.
JSON is read too, because it is the same tree in other clothes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
WHOLE_NUMBER = re.compile(r"-?\d{1,9}\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a file: where, and the sentence that says what and how to mend it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class YamlError(ValueError):
    """The text cannot be read as strict YAML; `fault` says where and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class Text(str):
    """A string with its `line`; `plain` is true when it was written without quotes."""

    line: int
    plain: bool

    def __new__(cls, value: str, line: int = 0, plain: bool = False) -> "Text":
        text = super().__new__(cls, value)
        text.line, text.plain = line, plain
        return text


class Number(int):
    """A whole number with its `line`."""

    line: int

    def __new__(cls, value: int, line: int = 0) -> "Number":
        number = super().__new__(cls, value)
        number.line = line
        return number


class Sequence(list["Value"]):
    """A list with its `line`."""

    line: int = 0


class Mapping(dict[str, "Value"]):
    """A mapping with its `line` and the line of each key in `key_lines`."""

    line: int = 0
    key_lines: dict[str, int]


Value = Text | Number | Sequence | Mapping


def load(text: str | bytes, file: str) -> Value:
    """The tree in `text`; `YamlError` with file, line, fault and cure when it cannot be read strictly."""
    source = _decoded(text, file)
    if source.lstrip()[:1] in ("{", "["):
        source = _json_as_yaml(source, file)
    try:
        events = yaml.parse(source, Loader=yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)
        return _Builder(file, events).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise YamlError(
            Fault(file, line, f"This is not valid YAML ({error.problem}); check the line's spelling.")
        ) from None
    except yaml.YAMLError as error:
        raise YamlError(Fault(file, 1, f"This cannot be read as YAML ({str(error).splitlines()[0]}).")) from None


def _decoded(text: str | bytes, file: str) -> str:
    if len(text) > MAX_BYTES:
        raise YamlError(
            Fault(file, 1, f"The file is larger than {MAX_BYTES // 1000} kB; an answers file is far smaller.")
        )
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        source = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise YamlError(Fault(file, 1, "The file is not UTF-8 text; save it as UTF-8 and try again.")) from None
    if "\x00" in source:
        raise YamlError(Fault(file, 1, "The file is binary; give a YAML or JSON text file."))
    return source


def _json_as_yaml(source: str, file: str) -> str:
    """JSON without what YAML would stumble over: tabs between tokens, and escaped surrogate pairs."""
    try:
        value = json.loads(source)
    except RecursionError:
        raise YamlError(Fault(file, 1, f"The file nests deeper than {MAX_DEPTH} levels.")) from None
    except ValueError:
        return source  # YAML in flow style is no JSON; the YAML reader says what is wrong with it, if anything
    if "\\u" in source:
        # Lines may shift where a file uses \u escapes; its values may not.
        return json.dumps(value, ensure_ascii=False, indent=1)
    return source.expandtabs(1)


class _Builder:
    """Builds values from parse events, so that nothing is expanded or guessed before it is checked."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self._file, self._events = file, events

    def document(self) -> Value:
        event = next(self._events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise YamlError(Fault(self._file, 1, "The file is empty."))
        value = self._value(event, 0)
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise self._error(event, "The file holds more than one document; keep one.")
        return value

    def _value(self, event: yaml.Event, depth: int) -> Value:
        if depth > MAX_DEPTH:
            raise self._error(event, f"The file nests deeper than {MAX_DEPTH} levels.")
        if isinstance(event, yaml.AliasEvent):
            raise self._error(event, "Aliases (*name) are not read here; write the value out.")
        if getattr(event, "anchor", None):
            raise self._error(event, "Anchors (&name) are not read here; write the value out.")
        if getattr(event, "tag", None):
            raise self._error(event, "Tags (!name) are not read here; leave the tag out.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _scalar(self, event: yaml.ScalarEvent) -> Text | Number:
        line = event.start_mark.line + 1
        plain = not event.style
        if plain and WHOLE_NUMBER.match(event.value):
            return Number(int(event.value), line)
        return Text(event.value, line, plain)

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        sequence = Sequence()
        sequence.line = start.start_mark.line + 1
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            sequence.append(self._value(event, depth + 1))
        return sequence

    def _mapping(self, start: yaml.Event, depth: int) -> Mapping:
        mapping = Mapping()
        mapping.line, mapping.key_lines = start.start_mark.line + 1, {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            key = self._value(event, depth + 1)
            if isinstance(key, Sequence | Mapping):
                raise YamlError(Fault(self._file, line, "A key must be text; this one is a list or a mapping."))
            name = str(key)
            if name in mapping:
                first = mapping.key_lines[name]
                raise YamlError(Fault(self._file, line, f'"{name}" stands twice (first on line {first}); keep one.'))
            mapping[name] = self._value(next(self._events), depth + 1)
            mapping.key_lines[name] = line
        return mapping

    def _error(self, event: yaml.Event, message: str) -> YamlError:
        return YamlError(Fault(self._file, event.start_mark.line + 1, message))


def dump(value: object) -> str:
    """YAML that `load` reads back to the same value: text that could be mistaken for something else is quoted."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = (
        "|"
        if "\n" in value and not re.search(r"[^\S\n]\n|^\s|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]", value)
        else None
    )
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
