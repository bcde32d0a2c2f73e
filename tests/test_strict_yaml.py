import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import strict_yaml
from strict_yaml import Mapping, Number, Text, YamlError

promise = settings(max_examples=150, deadline=None, derandomize=True, database=None)
# What YAML readers stumble over: signs, blanks, all kinds of line ends, other scripts, characters to escape.
ODD_SIGNS = "\n\t \"'#:-?|>%@`&*!{}[],~ ab019yne.+_\\\r\x85\u2028\u2029\ufeff\ufffe\x07\x7f\xa0\u3000\u0663😀ي"
ODD_WORDS = ("08", "yes", "No", "n", "null", "~", "1_0", "0o7", "0x1f", "1e3", "12:30", "2026-01-01", "<<", "=", "---")
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(ODD_SIGNS, max_size=30)
texts |= st.sampled_from(ODD_WORDS)
scalars = texts | st.integers(-999_999_999, 999_999_999)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def refused(text: str | bytes) -> tuple[int, str]:
    """Line and sentence of the refusal."""
    with pytest.raises(YamlError) as refusal:
        strict_yaml.load(text, "answers.yaml")
    fault = refusal.value.fault
    assert str(refusal.value) == f"answers.yaml:{fault.line}: {fault.message}"
    assert fault.message.endswith(".")
    return fault.line, fault.message


@promise
@given(trees)
def test_what_is_dumped_is_loaded_as_it_was_here_and_by_other_readers(tree: object) -> None:
    text = strict_yaml.dump({"key": tree})
    assert strict_yaml.load(text, "f") == {"key": tree}
    assert strict_yaml.load(text.encode(), "f") == {"key": tree}
    assert yaml.safe_load(text) == {"key": tree}


@promise
@given(trees, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_json_is_loaded_as_it_was_however_it_was_written(tree: object, ascii_only: bool, indent: int | str) -> None:
    text = json.dumps({"key": tree}, ensure_ascii=ascii_only, indent=indent)
    assert strict_yaml.load(text, "f") == {"key": tree}


@pytest.mark.parametrize("word", [word for word in ODD_WORDS if word != "---"] + ["", "true", "off", "1.5", "-7"])
def test_a_word_that_some_reader_takes_for_something_else_than_text_is_guessed(word: str) -> None:
    assert strict_yaml.is_guessed(word)
    assert not strict_yaml.is_guessed(f"{word} and more")


@pytest.mark.parametrize(
    "word", ["no", "Yes", "on", "null", "~", "1.5", "2026-01-01", "007", "0x1f", "+3", "٣", "1_000"]
)
def test_a_word_without_quotes_stays_the_text_that_was_typed(word: str) -> None:
    value = strict_yaml.load(f"- {word}", "f")
    assert value == [word]
    assert isinstance(value[0], Text)
    assert value[0].plain


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("-1", -1), ("0", 0), ("999999999", 999_999_999)])
def test_a_whole_number_is_a_number_only_without_quotes(text: str, number: int) -> None:
    plain, quoted = strict_yaml.load(f'[{text}, "{text}"]', "f")
    assert isinstance(plain, Number)
    assert plain == number
    assert quoted == text
    assert isinstance(quoted, Text)
    assert not quoted.plain


YAML = 'a: 1\nb:\n  c: text\n\n  d: [x,\n      y]\n"e": |\n  block\n'
JSON = '{"a": 1,\n"b": {\n "c": "te\\u0078t",\n\n "d": ["x",\n  "y"]},\n"e": "block\\n"}'


@pytest.mark.parametrize(("text", "last"), [(YAML, 7), (JSON, 7)])
def test_every_value_and_key_knows_its_line(text: str, last: int) -> None:
    tree = strict_yaml.load(text, "f")
    assert isinstance(tree, Mapping)
    assert tree.key_lines == {"a": 1, "b": 2, "e": last}
    inner = tree["b"]
    assert isinstance(inner, Mapping)
    assert inner.key_lines == {"c": 3, "d": 5}
    assert [value.line for value in inner.values()] == [3, 5]
    assert [value.line for value in inner["d"]] == [5, 6]
    assert tree == {"a": 1, "b": {"c": "text", "d": ["x", "y"]}, "e": "block\n"}


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: 2\na: 3\n",
        'a: 1\nb: 2\n"a": 3\n',
        '{"a": 1,\n"b": 2,\n"a": 3}',
        '{"a": 1,\n"b": 2,\n"\\u0061": 3}',
        "{a: 1,\nb: 2,\na: 3}",
    ],
)
def test_a_repeated_key_is_refused_with_both_lines(text: str) -> None:
    assert refused(text) == (3, '"a" stands twice (first on line 1); keep one.')


def test_a_number_and_the_same_text_are_the_same_key() -> None:
    assert refused('1: a\n"1": b\n')[0] == 2


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", b"", b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(text: str | bytes) -> None:
    assert refused(text) == (1, "The file is empty.")


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"a: \x00", "a: b".encode("utf-16"), b"PK\x03\x04\x00"]
)
def test_a_binary_file_says_so(content: bytes) -> None:
    assert refused(content) == (1, "The file is binary; give a YAML or JSON file in UTF-8.")


def test_text_in_another_encoding_says_so() -> None:
    assert refused("a: café".encode("latin-1")) == (1, "The file is not UTF-8 text; give a YAML or JSON file in UTF-8.")


def test_a_file_of_more_than_a_megabyte_is_refused_unread() -> None:
    strict_yaml.load(b'"' + b"x" * 999_998 + b'"', "f")
    assert "larger than 1000 kB" in refused(b'"' + b"x" * 999_999 + b'"')[1]


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\uffff"])
def test_a_raw_control_character_is_refused_with_its_line_and_code(sign: str) -> None:
    line, sentence = refused(f"a: é\n\nb: x{sign}\n")
    assert line == 3
    assert f"U+{ord(sign):04X}" in sentence


@pytest.mark.parametrize("text", ["[" * 40 + "]" * 40, "- " * 40 + "x", "[" * 100_000, '{"a":' * 40 + "1" + "}" * 40])
def test_deep_nesting_is_refused(text: str) -> None:
    assert refused(text)[1] == "The file nests deeper than 30 levels."


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: 1\nb: &x 1", "Anchors"),
        ("a: 1\nb: *x", "Aliases"),
        ("a: 1\nb: !!python/object:os.system x", "Tags"),
        ("a: 1\n? [x]\n: 2", "A key must be text"),
        ("a: 1\n---\nb: 2", "more than one document"),
        ("a: 1\nb: 'x", "not valid YAML"),
        ("a:\n\t- b", "a tab stands in this line"),
        ('{"a": 1,\n "b": 2 "c": 3}', "not valid YAML"),
    ],
)
def test_what_is_not_read_is_named_with_its_line_and_a_cure(text: str, word: str) -> None:
    line, sentence = refused(text)
    assert line == 2
    assert word in sentence


def test_a_bomb_of_aliases_does_not_grow() -> None:
    assert "Anchors" in refused('a: &a ["x","x"]\nb: &b [*a,*a]\nc: [*b,*b]')[1]


def test_a_note_of_several_lines_is_dumped_as_a_block_that_reads_well() -> None:
    assert strict_yaml.dump({"note": "First line.\n  indented\n\nLast: line #3"}) == (
        "note: |-\n  First line.\n    indented\n\n  Last: line #3\n"
    )


def test_text_in_other_scripts_is_dumped_as_it_is() -> None:
    assert strict_yaml.dump({"name": "نموذج 模型 ü 😀"}) == "name: نموذج 模型 ü 😀\n"
