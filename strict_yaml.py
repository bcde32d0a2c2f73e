"""YAML that guesses nothing: text stays text, a repeated key is an error, and every value knows its line.

Only whole numbers (`3`, `-1`) become numbers. `no`, `on`, `1.5`, `2026-01-01`, `007` and `null` stay the text that
was typed. Anchors, aliases and tags are refused: a small file must not be able to grow into a large value.
JSON is read too, by its own rules, because it is the same tree in other clothes.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
# Neither "007" nor the digits of other scripts: what would not come back as it was typed stays text.
WHOLE_NUMBER = re.compile(r"(?:0|-?[1-9][0-9]{0,8})\Z")
# What no YAML file may hold; JSON allows some of it.
UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
JSON_TOKEN = re.compile(r'[{}\[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s{}\[\],:"]+')
TEXT_TAG = "tag:yaml.org,2002:str"
_tag_of: Callable[[type[yaml.Node], str, tuple[bool, bool]], str] = yaml.resolver.Resolver().resolve
# Truth values and numbers of YAML 1.1 and 1.2 that PyYAML itself leaves as text.
_OTHERS_GUESS = re.compile(r"[yYnN]|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")


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
    if _is_json(source, file):
        return _JsonBuilder(file, source).document()
    _refuse_unreadable(source, file)
    try:
        events = yaml.parse(source, Loader=yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)
        return _Builder(file, events).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        lines = source.split("\n")
        # A file that breaks off has its fault behind its last line.
        line = min(mark.line + 1, len(lines)) if mark else 1
        raise YamlError(Fault(file, line, _not_yaml(lines[line - 1], error.problem))) from None
    except yaml.YAMLError as error:
        raise YamlError(Fault(file, 1, f"This cannot be read as YAML ({str(error).splitlines()[0]}).")) from None


def is_guessed(text: str) -> bool:
    """Whether some YAML reader takes this text for something else when it has no quotes: no, 1.5, ~, 2026-01-01."""
    tag = _tag_of(yaml.ScalarNode, text, (True, False))
    return tag != TEXT_TAG or _OTHERS_GUESS.fullmatch(text) is not None


def dump(value: object) -> str:
    """YAML that `load` reads back to the same value; quoted is what any YAML reader could mistake."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def _decoded(text: str | bytes, file: str) -> str:
    if len(text) > MAX_BYTES:
        raise YamlError(
            Fault(file, 1, f"The file is larger than {MAX_BYTES // 1000} kB; an answers file is far smaller.")
        )
    try:
        source = text.removeprefix("\ufeff") if isinstance(text, str) else text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = "binary" if b"\x00" in error.object else "not UTF-8 text"
        raise YamlError(Fault(file, 1, f"The file is {what}; give a YAML or JSON file in UTF-8.")) from None
    if "\x00" in source:
        raise YamlError(Fault(file, 1, "The file is binary; give a YAML or JSON file in UTF-8."))
    return source


def _is_json(source: str, file: str) -> bool:
    """YAML in flow style is no JSON; the YAML reader says what is wrong with it, if anything."""
    if source.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(source)
    except RecursionError:
        raise YamlError(Fault(file, 1, f"The file nests deeper than {MAX_DEPTH} levels.")) from None
    except ValueError:
        return False
    return True


def _refuse_unreadable(source: str, file: str) -> None:
    if sign := UNREADABLE.search(source):
        line = source.count("\n", 0, sign.start()) + 1
        message = f"A control character (U+{ord(sign[0]):04X}) stands here; remove it, or escape it in double quotes."
        raise YamlError(Fault(file, line, message))


def _not_yaml(line: str, problem: str | None) -> str:
    cure = "check the spelling of this line and the one before it"
    if "\t" in line:
        cure = "a tab stands in this line, write spaces instead"
    return f"This is not valid YAML ({problem or 'it breaks off'}); {cure}."


def _plain(text: str, line: int) -> Text | Number:
    """A value without quotes: a whole number, or else the text that was typed."""
    return Number(int(text), line) if WHOLE_NUMBER.match(text) else Text(text, line, plain=True)


class _Tree:
    """What both builders need: faults with their place, and keys that stand once."""

    def __init__(self, file: str) -> None:
        self._file = file

    def _fault(self, line: int, message: str) -> YamlError:
        return YamlError(Fault(self._file, line, message))

    def _check_depth(self, line: int, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise self._fault(line, f"The file nests deeper than {MAX_DEPTH} levels.")

    def _new_key(self, mapping: Mapping, name: str, line: int) -> None:
        if name in mapping.key_lines:
            first = mapping.key_lines[name]
            raise self._fault(line, f'"{name[:80]}" stands twice (first on line {first}); keep one.')
        mapping.key_lines[name] = line


class _Builder(_Tree):
    """Builds values from parse events, so that nothing is expanded or guessed before it is checked."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        super().__init__(file)
        self._events = events

    def document(self) -> Value:
        event = next(self._events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise self._fault(1, "The file is empty.")
        value = self._value(event, 0)
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise self._fault(_line(event), "The file holds more than one document; keep one.")
        return value

    def _value(self, event: yaml.Event, depth: int) -> Value:
        self._check_depth(_line(event), depth)
        if isinstance(event, yaml.AliasEvent):
            raise self._fault(_line(event), "Aliases (*name) are not read here; write the value out.")
        if getattr(event, "anchor", None):
            raise self._fault(_line(event), "Anchors (&name) are not read here; write the value out.")
        if getattr(event, "tag", None):
            raise self._fault(_line(event), "Tags (!name) are not read here; leave the tag out.")
        if isinstance(event, yaml.ScalarEvent):
            return Text(event.value, _line(event)) if event.style else _plain(event.value, _line(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        sequence = Sequence()
        sequence.line = _line(start)
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            sequence.append(self._value(event, depth + 1))
        return sequence

    def _mapping(self, start: yaml.Event, depth: int) -> Mapping:
        mapping = Mapping()
        mapping.line, mapping.key_lines = _line(start), {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            key = self._value(event, depth + 1)
            if isinstance(key, Sequence | Mapping):
                raise self._fault(line, "A key must be text; this one is a list or a mapping.")
            self._new_key(mapping, str(key), line)
            mapping[str(key)] = self._value(next(self._events), depth + 1)
        return mapping


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _JsonBuilder(_Tree):
    """Builds values from text that is known to be JSON.

    A YAML reader would misread some of it: surrogate pairs, tabs, unusual line ends, long keys.
    """

    def __init__(self, file: str, source: str) -> None:
        super().__init__(file)
        self._tokens = _json_tokens(source)

    def document(self) -> Value:
        return self._value(*next(self._tokens), 0)

    def _value(self, piece: str, line: int, depth: int) -> Value:
        self._check_depth(line, depth)
        if piece == "[":
            return self._sequence(line, depth)
        if piece == "{":
            return self._mapping(line, depth)
        return Text(json.loads(piece), line) if piece.startswith('"') else _plain(piece, line)

    def _sequence(self, line: int, depth: int) -> Sequence:
        sequence = Sequence()
        sequence.line = line
        for piece, here in self._until("]"):
            sequence.append(self._value(piece, here, depth + 1))
        return sequence

    def _mapping(self, line: int, depth: int) -> Mapping:
        mapping = Mapping()
        mapping.line, mapping.key_lines = line, {}
        for piece, here in self._until("}"):
            name: str = json.loads(piece)
            self._new_key(mapping, name, here)
            next(self._tokens)  # the colon
            mapping[name] = self._value(*next(self._tokens), depth + 1)
        return mapping

    def _until(self, end: str) -> Iterator[tuple[str, int]]:
        for piece, line in self._tokens:
            if piece == end:
                return
            if piece != ",":
                yield piece, line


def _json_tokens(source: str) -> Iterator[tuple[str, int]]:
    line, place = 1, 0
    for piece in JSON_TOKEN.finditer(source):
        line, place = line + source.count("\n", place, piece.start()), piece.start()
        yield piece[0], line


# A block keeps lines as they are, but not the blanks at their ends.
_NOT_IN_A_BLOCK = re.compile(r"[^\S\n](?:\n|\Z)|\A\s")
# Outside double quotes a reader refuses these, or takes them for the end of a line.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = None
    if is_guessed(value) or _ESCAPED.search(value):
        style = '"'
    elif "\n" in value:
        style = '"' if _NOT_IN_A_BLOCK.search(value) else "|"
    return dumper.represent_scalar(TEXT_TAG, value, style=style)


_Dumper.add_representer(str, _text)
