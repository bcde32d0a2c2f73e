import pytest

from checklist.loader import AREA_ORDER
from checklist.reading import Reader, nothing
from strict_yaml import Fault
from tests.checklist.builders import Content

DATA = "areas/data.yaml"
FILES = ("levels.yaml", "health.yaml", "summary.yaml", "failures.yaml", *(f"areas/{area}.yaml" for area in AREA_ORDER))


@pytest.fixture
def reader() -> Reader:
    return Reader("file.yaml", [])


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_one_fault_however_often_others_refer_to_it(content: Content, file: str) -> None:
    (content.folder / file).unlink()
    assert content.faults() == [f"checklist/{file}:1: The file is missing or cannot be read; restore it."]


@pytest.mark.parametrize("file", FILES)
def test_broken_yaml_is_one_fault_however_often_others_refer_to_the_file(content: Content, file: str) -> None:
    content.write(file, content.text(file) + "  - [\n")
    (fault,) = content.faults()
    assert fault.startswith(f"checklist/{file}:")
    assert "This is not valid YAML" in fault


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file is empty."),
        ("- a list\n", "The file must be a mapping (key: value)."),
        ("just words\n", "The file must be a mapping (key: value)."),
        (b"\xff\xfe", "The file is not UTF-8 text;"),
    ],
)
def test_a_file_without_a_mapping_is_one_fault(content: Content, text: str | bytes, says: str) -> None:
    content.write(DATA, text)
    (fault,) = content.faults()
    assert fault.startswith(f"checklist/{DATA}:1: {says}")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("show: &it Open it.", "Anchors (&name) are not read here"),
        ("show: *it", "Aliases (*name) are not read here"),
        ("show: !!str Open it.", "Tags (!name) are not read here"),
        ("show: Open it.\n        show: Close it.", '"show" stands twice'),
    ],
)
def test_yaml_that_is_not_strict_is_one_fault_on_its_line(content: Content, written: str, says: str) -> None:
    content.change(DATA, "show: Open it.", written)
    (fault,) = content.faults()
    assert fault.startswith(f"checklist/{DATA}:{content.line(DATA, written.splitlines()[-1])}: {says}")


def test_a_mapping_of_nothing_lacks_every_key(content: Content) -> None:
    content.write("health.yaml", "{}\n")
    assert content.faults() == ['checklist/health.yaml:1: The file has no "questions"; add it.']


def test_no_stays_text(content: Content) -> None:
    assert content.load().health_question("fast-rollback").no == "no"


def test_a_folded_text_is_one_line(content: Content) -> None:
    content.change(
        DATA, "why: It hurts when it is missing.", "why: >-\n          It hurts\n          when it is missing."
    )
    assert content.load().item("data-catalog").why == "It hurts when it is missing."


def test_an_optional_key_may_be_left_out_but_not_misspelt(reader: Reader) -> None:
    mapping = reader.document("name: A\nnotes: none\n")
    reader.keys(mapping, ("name", "note"), "The thing", optional=("note",))
    assert reader.faults == [Fault("file.yaml", 2, 'The thing has an unknown key "notes"; use name, note.')]


def test_what_is_left_out_reads_as_empty_and_is_told_by_its_key_alone(reader: Reader) -> None:
    mapping = reader.document("name: A\n")
    assert reader.text(mapping, "note", "It") == ""
    assert reader.texts(mapping, "notes", "It") == ()
    assert reader.mappings(mapping, "parts", "It") == []
    assert reader.mapping(mapping, "part", "It") == {}
    assert reader.number(mapping, "count", "It", 2, 9) == 2
    assert reader.choice(mapping, "size", "It", ("low", "high")) == "low"
    assert reader.faults == []


def test_a_stand_in_for_a_lost_mapping_tells_nothing_twice(reader: Reader) -> None:
    part = reader.mapping(reader.document("part: none\n"), "part", "It")
    reader.keys(part, ("name",), "The part")
    reader.keys(nothing(), ("name",), "The part")
    assert reader.faults == [Fault("file.yaml", 1, 'It: "part" must be a mapping.')]


def test_what_is_wrong_reads_as_something_allowed_so_that_reading_goes_on(reader: Reader) -> None:
    mapping = reader.document("size: huge\ncount: 10\nnotes: [a, {}, 3]\n")
    assert reader.choice(mapping, "size", "It", ("low", "high")) == "low"
    assert reader.number(mapping, "count", "It", 2, 9) == 2
    assert reader.texts(mapping, "notes", "It") == ("a",)
    assert [fault.line for fault in reader.faults] == [1, 2, 3, 3]
