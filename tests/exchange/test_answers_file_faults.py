import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strict_yaml
from checklist.loader import the_checklist
from checklist.model import NOT_APPLICABLE_REASONS
from exchange import answers_file
from exchange.answers_file import AnswersError, AnswersFile, read, write
from scoring.evaluate import evaluate

CHECKLIST = the_checklist()
HEAD = 'system: churn-model\nchecklist: "1"\n'


def faults(text: str | bytes) -> list[str]:
    """The faults as "line: sentence"; each is a sentence, in order of lines, and said in the error's message."""
    with pytest.raises(AnswersError) as refusal:
        read(text, "answers.yaml", CHECKLIST)
    found = refusal.value.faults
    assert [fault.line for fault in found] == sorted(fault.line for fault in found)
    assert str(refusal.value).splitlines()[:50] == [str(fault) for fault in found][:50]
    for fault in found:
        assert fault.message[-1] in ".?"
        assert re.search(r"[;,:] ", fault.message), "a fault says its cure"
    return [f"{fault.line}: {fault.message}" for fault in found]


def fault(text: str | bytes) -> str:
    """The only fault."""
    (found,) = faults(text)
    return found


def responses(*lines: str) -> str:
    return HEAD + "responses:\n" + "".join(f"  {line}\n" for line in lines)


def test_all_faults_come_at_once_with_line_and_cure() -> None:
    text = """\
system: no
checklist: "1"
target: {data: 9, dta: 3}
lens: compliance
failures: [data-drfit, 3]
reponses: 1
responses:
  data-validaton: 3
  rollback: 7
  model-registry: {rating: 3, not_applicable: other}
  ab-testing: {not_applicable: out-of-scop, note: yes}
  reliability: {raiting: 3}
health: {fast-rollback: yes}
"""
    bare = "which other YAML readers do not take for text; write it in quotes, or leave it out."
    assert faults(text) == [
        f"1: The name of the system is a bare no, {bare}",
        '3: The target of "data" must be a whole number from 1 to 5, without quotes, not 9.',
        '3: There is no area "dta"; did you mean "data"?',
        '4: There is no lens "compliance"; use one of whole, small-team, regulated, llm, batch.',
        '5: There is no failure mode "data-drfit"; did you mean "data-drift"?',
        f"5: There is no failure mode 3; use one of {', '.join(failure.id for failure in CHECKLIST.failures)}.",
        '6: There is no key "reponses" in the file; did you mean "responses"?',
        '8: There is no item "data-validaton"; did you mean "data-validation"?',
        '9: "rollback" is answered with 7; write 1 to 5, unknown, or {not_applicable: REASON}.',
        '10: "model-registry" has a rating and is not applicable; keep one of the two.',
        f'11: The note of "ab-testing" is a bare yes, {bare}',
        '11: "ab-testing" is not applicable for the reason "out-of-scop"; '
        f"use one of {', '.join(NOT_APPLICABLE_REASONS)}.",
        '12: There is no key "raiting" in "reliability"; did you mean "rating"?',
        '13: The answer to "fast-rollback" is a bare yes, which other YAML readers take for true or false; '
        'write "yes" in quotes.',
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rollback: 0", "is answered with 0; write 1 to 5"),
        ("rollback: -1", "is answered with -1; write 1 to 5"),
        ("rollback: 3.5", 'is answered with "3.5"; write 1 to 5'),
        ("rollback: 03", 'is answered with "03"; write 1 to 5'),
        ("rollback: ٣", 'is answered with "٣"; write 1 to 5'),
        ('rollback: "3"', 'the text "3"; write the number without quotes'),
        ("rollback: {rating: 6}", "is answered with 6; write 1 to 5"),
        ("rollback: not-applicable", "{not_applicable: REASON}"),
        ("rollback: true", 'is answered with "true"; write 1 to 5'),
        ("rollback: [3]", "is answered with a list; write 1 to 5"),
        ("rollback:", "has no answer; write 1 to 5"),
        ("rollback: {}", "says nothing; write 1 to 5"),
        ("rollback: {not_applicable: true}", 'for the reason "true"; use one of out-of-scope'),
        ("rollback: {not_applicable: {}}", "for the reason a mapping; use one of out-of-scope"),
        ("rollback: {rating: 3, note: 3}", "is 3; write it as text, in quotes"),
        ("rollback: {rating: 3, note: [a]}", "is a list; write it as text, in quotes"),
        ("rollback: {rating: 3, note: no}", "a bare no, which"),
        ("rollback: {rating: 3, note: 2026-01-01}", "a bare 2026-01-01, which"),
        ("rollback: {rating: 3, note: null}", "a bare null, which"),
        ("rollback: {rating: 3, note: }", "is empty; write it in quotes"),
        ("rollback: {rating: 3, evidence: https://x.example}", "must be a list, as in evidence: [first, second]"),
        ("rollback: {rating: 3, evidence: [1]}", "is 1; write it as text"),
        ("rollback: {rating: 3, evidence: [yes]}", "a bare yes, which"),
        (f"rollback: {{rating: 3, note: {'x' * 10_001}}}", "has 10,001 characters; shorten it to 10,000 or fewer"),
        (f"rollback: {{rating: 3, evidence: [{'x' * 2_001}]}}", "has 2,001 characters; shorten it to 2,000 or fewer"),
        (f"rollback: {{rating: 3, evidence: [{'x, ' * 51}]}}", "has 51 evidence links; keep at most 50"),
        ("rolback: 3", 'There is no item "rolback"; did you mean "rollback"?'),
        ("Rollback: 3", 'There is no item "Rollback"; did you mean "rollback"?'),
        ("zzzz: 3", 'There is no item "zzzz"; correct the id, or leave the line out'),
        ("<b>x</b>: 3", 'There is no item "<b>x</b>"; correct the id'),
    ],
)
def test_a_response_that_is_none_is_refused_with_its_line(line: str, said: str) -> None:
    found = fault(responses("alerting: 2", line))
    assert found.startswith("5: ")
    assert said in found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("target: 6", "The target must be a whole number from 1 to 5, without quotes, not 6"),
        ('target: "3"', 'without quotes, not "3"'),
        ("target: [3]", "without quotes, not a list"),
        ("target: {}", "names no area; give a level"),
        ("target:", 'without quotes, not ""'),
        ("lens: compliance", 'There is no lens "compliance"; use one of whole, small-team, regulated, llm, batch'),
        ("lens: small-teams", 'There is no lens "small-teams"; did you mean "small-team"?'),
        ("lens: [whole]", "The lens is a list; use one of whole, small-team, regulated, llm, batch"),
        ("failures: data-drift", "must be a list, as in failures: [first, second]"),
        ("failures: [[data-drift]]", "There is no failure mode a list; use one of"),
        ("responses: [rollback]", '"responses" must be a mapping, as in responses: {ID: ANSWER}'),
        ("responses:", '"responses" must be a mapping'),
        ("health: yes", '"health" must be a mapping'),
        ("author: me", 'There is no key "author" in the file; use one of system'),
    ],
)
def test_a_part_of_the_wrong_kind_is_refused_with_its_line(line: str, said: str) -> None:
    found = fault(f"{HEAD}{line}\n")
    assert found.startswith("3: ")
    assert said in found


@pytest.mark.parametrize(
    ("word", "meant"), [("yes", "yes"), ("No", "no"), ("TRUE", "yes"), ("false", "no"), ("on", "yes"), ("off", "no")]
)
def test_a_bare_yes_or_no_is_refused_because_other_readers_turn_it_into_something_else(word: str, meant: str) -> None:
    found = fault(f"{HEAD}health:\n  fast-rollback: {word}\n")
    assert found.startswith(f'4: The answer to "fast-rollback" is a bare {word}, which')
    assert found.endswith(f'write "{meant}" in quotes.')


def test_true_in_a_json_file_is_no_answer_to_the_health_check() -> None:
    text = '{"system": "S",\n "checklist": "1",\n "health": {\n  "fast-rollback": true}}'
    assert fault(text).startswith('4: The answer to "fast-rollback" is a bare true')


@pytest.mark.parametrize("choice", ["maybe", "3", "[yes]", '"Yes"', '"true"', "", "y"])
def test_a_health_answer_is_yes_no_or_unsure(choice: str) -> None:
    assert 'write "yes", "no" or unsure' in fault(f"{HEAD}health: {{fast-rollback: {choice}}}\n")


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1", '"checklist" is 1; write checklist: "1", with the quotes'),
        ("1.0", 'write checklist: "1.0", with the quotes'),
        ("", 'write checklist: "1", with the quotes'),
        ("[1]", 'is a list; write checklist: "1", with the quotes'),
        ('"0"', 'There is no checklist "0"; write checklist: "1"'),
        ("one", 'There is no checklist "one"; write checklist: "1"'),
    ],
)
def test_the_checklist_is_the_version_in_quotes(version: str, said: str) -> None:
    assert said in fault(f"system: S\nchecklist: {version}\n")


def test_a_file_for_a_newer_checklist_says_that_and_nothing_about_its_ids() -> None:
    text = 'system: S\nchecklist: "2"\nresponses: {an-item-of-tomorrow: 7}\n'
    said = 'The file is for checklist "2", this version of the app knows checklists up to "1"; update the app.'
    assert fault(text) == f"2: {said}"


@pytest.mark.parametrize("missing", ["system", "checklist"])
def test_what_must_be_there_is_named_when_it_is_missing(missing: str) -> None:
    text = "".join(line for line in HEAD.splitlines(keepends=True) if not line.startswith(missing))
    assert fault(text) == f'1: The file has no "{missing}"; add it.'
    assert len(faults("{}")) == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ('""', "is empty; write"),
        ('" \\t"', "is empty; write"),
        ('"\\x07"', "is empty; write"),
        ("", "is empty; write"),
        ("3", "is 3; write it as text, in quotes"),
        ("no", "a bare no, which"),
        ("x" * 201, "has 201 characters; shorten it to 200 or fewer"),
    ],
)
def test_a_system_has_a_name(name: str, said: str) -> None:
    assert said in fault(f'system: {name}\nchecklist: "1"\n')


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "**bold** [link](http://x)", "نموذج التوقع", "模型 😀", "x" * 200, "{{system}}"],
)
def test_a_name_with_markup_or_in_any_script_stays_as_it_is(name: str) -> None:
    assert read(f'system: "{name}"\nchecklist: "1"\n', "answers.yaml", CHECKLIST).system == name


def test_escaped_control_characters_leave_names_and_notes_as_in_the_store() -> None:
    text = 'system: "a\\x07\\nb"\nchecklist: "1"\nresponses: {rollback: {note: "\\x1b[31mred\\0 é\\r\\nend "}}\n'
    found = read(text, "answers.yaml", CHECKLIST)
    assert found.system == "a b"
    assert found.answers.response("rollback").note == "[31mred é\nend"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00", 1, "The file is binary"),
        (HEAD.encode("utf-16"), 1, "The file is binary"),
        ("system: café".encode("latin-1"), 1, "The file is not UTF-8 text"),
        (b"#" + b"x" * 1_000_000, 1, "The file is larger than 1000 kB"),
        ("- rollback\n", 1, "The file must be a mapping"),
        ("just text", 1, "The file must be a mapping"),
        (responses("rollback: 3", "rollback: 4"), 5, '"rollback" stands twice (first on line 4); keep one.'),
        (responses("rollback: {rating: 3,", "           rating: 4}"), 5, '"rating" stands twice'),
        (responses("rollback: &a 3"), 4, "Anchors"),
        (responses("rollback: 'x"), 5, "This is not valid YAML"),
        (responses("rollback: {note: a\x07b}"), 4, "A control character (U+0007)"),
        ('{"system": "S",\n"checklist": "1",\n"system": "T"}', 3, '"system" stands twice (first on line 1)'),
        ('{"system": "S",\n"checklist": "1"', 2, "This is not valid YAML"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_has_one_fault(text: str | bytes, line: int, said: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        read(text, "answers.yaml", CHECKLIST)
    (only,) = refusal.value.faults
    assert only.line == line
    assert said in only.message


def test_a_json_file_has_faults_with_the_same_lines() -> None:
    text = '{\n"system": "S",\n"checklist": 1,\n"responses": {\n\t"rolback": 3,\n\t"alerting": 9\n}}'
    assert [found.partition(":")[0] for found in faults(text)] == ["3", "5", "6"]


def test_a_sentence_about_a_hostile_value_is_short_and_holds_no_control_characters() -> None:
    found = fault(responses('"\\x1b[2Jx\\n\\u202e' + "y" * 5_000 + '": 3'))
    assert len(found) < 200
    assert "\x1b" not in found
    assert "\n" not in found


def test_a_file_of_another_kind_is_refused_with_its_first_faults_only() -> None:
    with pytest.raises(AnswersError) as refusal:
        read(HEAD + "".join(f"key{number}: 1\n" for number in range(5_000)), "x.yaml", CHECKLIST)
    assert len(refusal.value.faults) == 5_000
    lines = str(refusal.value).splitlines()
    assert len(lines) == 51
    assert lines[-1] == "4,950 more faults follow; correct these first."


def read_if_right(text: str) -> AnswersFile | None:
    try:
        return read(text, "answers.yaml", CHECKLIST)
    except AnswersError:
        return None


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.data())
def test_any_tree_is_read_or_refused_with_faults_and_nothing_else_happens(data: st.DataObject) -> None:
    """Known keys with values of every kind: wrong ones never pass, and never end in another error."""
    leaves = st.sampled_from([3, 6, "yes", "unknown", "out-of-scope", "data-drift", "", "1", "whole"]) | st.integers()
    inner = st.sampled_from(["rating", "note", "evidence", "not_applicable", "rollback", "data", "fast-rollback", "x"])
    value = st.recursive(
        leaves, lambda v: st.lists(v, max_size=2) | st.dictionaries(inner, v, max_size=3), max_leaves=5
    )
    tree = data.draw(st.dictionaries(st.sampled_from([*answers_file.KEYS, "x"]), value, max_size=7))
    tree = {"system": "S", "checklist": "1"} | tree if data.draw(st.booleans()) else tree
    for text in (strict_yaml.dump(tree), json.dumps(tree)):
        found = read_if_right(text)
        if found is not None:
            evaluate(CHECKLIST, found.answers)
            assert read(write(found, CHECKLIST), "answers.yaml", CHECKLIST) == found


@pytest.mark.parametrize(
    ("value", "fault_says"),
    [
        ("2026-02-30", '"2026-02-30", a day that does not exist; correct it.'),
        ("soon", '"soon"; write a day such as 2026-12-31.'),
        ("2026", "2026; write a day such as 2026-12-31."),
        ('"2026-12-31T10:00"', '"2026-12-31T10:00"; write a day such as 2026-12-31.'),
        ("[2026-12-31]", "a list; write a day such as 2026-12-31."),
        ("", '""; write a day such as 2026-12-31.'),
    ],
)
def test_a_last_day_of_evidence_that_is_none_is_told(value: str, fault_says: str) -> None:
    line = f"rollback: {{rating: 3, evidence: [https://a.example], valid_until: {value}}}"
    assert fault(responses(line)) == f'4: The "valid_until" of "rollback" is {fault_says}'


def test_a_last_day_without_evidence_is_told() -> None:
    assert fault(responses("rollback: {rating: 3, valid_until: 2026-12-31}")) == (
        '4: The "valid_until" of "rollback" has no evidence that it is about; add the links, or leave it out.'
    )
