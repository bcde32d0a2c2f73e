import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.loader import the_checklist
from checklist.model import HEALTH_CHOICES, NOT_APPLICABLE_REASONS, RATINGS, UnknownItem
from data import text as door
from exchange.answers_file import AnswersError, AnswersFile, read, write
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Target
from scoring.record import as_record

CHECKLIST = the_checklist()
ITEMS = [item.id for item in CHECKLIST.items]
QUESTIONS = [question.id for question in CHECKLIST.health]
HEAD = 'system: churn-model\nchecklist: "1"\n'
EVERY_PART = """\
system: churn-model
checklist: "1"
target: 3
lens: whole
failures: [data-drift]
responses:
  data-validation: {rating: 3, note: GX suite in CI, evidence: ["https://ci.example/gx"]}
  ab-testing: {not_applicable: out-of-scope, note: batch scoring only}
  data-lineage: {rating: unknown, note: ask the platform team}
  rollback: {note: look at this with Ola}
  data-catalog: unknown
  model-registry: 3
health: {fast-rollback: "yes", pipeline-tests: "no", know-degradation: unsure}
"""
SAID = Answers(
    responses={
        "data-validation": Response.rated(3, "GX suite in CI", ("https://ci.example/gx",)),
        "ab-testing": Response.not_applicable("out-of-scope", "batch scoring only"),
        "data-lineage": Response.unknown("ask the platform team"),
        "rollback": Response(note="look at this with Ola"),
        "data-catalog": Response.unknown(),
        "model-registry": Response.rated(3),
    },
    failures=frozenset({"data-drift"}),
    target=Target(3),
    health={"fast-rollback": "yes", "pipeline-tests": "no", "know-degradation": "unsure"},
)


# What is read


def test_every_part_of_a_file_is_read() -> None:
    assert read(EVERY_PART, "answers.yaml", CHECKLIST) == AnswersFile("churn-model", "1", SAID)


def test_a_json_file_says_the_same() -> None:
    tree: dict[str, Any] = {
        "system": "churn-model",
        "checklist": "1",
        "target": 3,
        "failures": ["data-drift"],
        "responses": {
            "data-validation": {"rating": 3, "note": "GX suite in CI", "evidence": ["https://ci.example/gx"]},
            "ab-testing": {"not_applicable": "out-of-scope", "note": "batch scoring only"},
            "data-lineage": {"rating": "unknown", "note": "ask the platform team"},
            "rollback": {"note": "look at this with Ola"},
            "data-catalog": "unknown",
            "model-registry": 3,
        },
        "health": {"fast-rollback": "yes", "pipeline-tests": "no", "know-degradation": "unsure"},
    }
    for indent in (None, 2, "\t"):
        assert read(json.dumps(tree, indent=indent), "answers.json", CHECKLIST).answers == SAID


def test_what_is_optional_may_be_missing() -> None:
    assert read(HEAD, "answers.yaml", CHECKLIST) == AnswersFile("churn-model", "1", Answers())


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("4", Target(4)),
        ("{data: 4}", Target(None, {"data": 4})),
        ("{overall: 3, data: 4}", Target(3, {"data": 4})),
        ("{overall: 3}", Target(3)),
    ],
)
def test_a_target_is_a_number_or_one_per_area(written: str, target: Target) -> None:
    assert read(f"{HEAD}target: {written}\n", "answers.yaml", CHECKLIST).answers.target == target


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    text = b"\xef\xbb\xbf" + EVERY_PART.replace("\n", "\r\n").encode()
    assert read(text, "answers.yaml", CHECKLIST).answers == SAID


# What comes back

ODD_NOTES = (
    "yes",
    "no",
    "3",
    "null",
    "~",
    "",
    " leading",
    "1.5",
    "# no remark",
    "a: b",
    "- x",
    "{a}",
    "'",
    '"',
    "\\",
    "%",
)
notes = st.text(max_size=60) | st.text(" \n\t\r:#-?'\"\x85\u2028\u202e\x07\x00\ud800مرحبا שלום 👩‍🚀é", max_size=40)
notes |= st.sampled_from(
    [*ODD_NOTES, "x" * 10_000, "word " * 1_999 + "end", "first line\n\n  second\n", "مرحبا\nبالعالم"]
)
links = st.lists(notes.map(lambda text: text[:200]), max_size=3).map(tuple)
days = st.none() | st.dates()
responses_given = st.one_of(
    st.builds(Response.rated, st.sampled_from(RATINGS), notes, links, days),
    st.builds(Response.not_applicable, st.sampled_from(NOT_APPLICABLE_REASONS), notes, links, days),
    st.builds(Response.unknown, notes, links, days),
    st.builds(lambda note, evidence, day: Response(note=note, evidence=evidence, valid_until=day), notes, links, days),
)
answers_given = st.builds(
    Answers,
    responses=st.dictionaries(st.sampled_from(ITEMS), responses_given, max_size=5),
    failures=st.frozensets(st.sampled_from([failure.id for failure in CHECKLIST.failures])),
    target=st.builds(
        Target,
        st.none() | st.sampled_from(RATINGS),
        st.dictionaries(st.sampled_from([area.id for area in CHECKLIST.areas]), st.sampled_from(RATINGS), max_size=2),
    ),
    health=st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(HEALTH_CHOICES)),
)
names = notes.map(lambda text: text[:200]).filter(lambda text: bool(door.clean_text(text)))


def as_the_store_keeps_it(response: Response) -> Response:
    links = door.clean_links(response.evidence)
    until = response.valid_until if links else None
    return replace(response, note=door.clean_note(response.note), evidence=links, valid_until=until)


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(names, answers_given)
def test_what_is_written_is_read_as_the_store_keeps_it(system: str, answers: Answers) -> None:
    text = write(AnswersFile(system, "1", answers), CHECKLIST)
    back = read(text.encode(), "answers.yaml", CHECKLIST)
    assert back.system == door.clean_name(system)
    assert {item: back.answers.response(item) for item in ITEMS} == {
        item: as_the_store_keeps_it(answers.response(item)) for item in ITEMS
    }
    assert (back.answers.failures, back.answers.target) == (answers.failures, answers.target)
    assert back.answers.health == answers.health
    assert write(back, CHECKLIST) == text


def test_a_written_file_reads_well_in_a_review() -> None:
    written = write(AnswersFile("churn-model", "1", SAID), CHECKLIST)
    assert written == (
        'system: churn-model\nchecklist: "1"\ntarget: 3\nfailures:\n- data-drift\nresponses:\n'
        "  data-validation:\n    rating: 3\n    note: GX suite in CI\n    evidence:\n    - https://ci.example/gx\n"
        "  data-lineage:\n    rating: unknown\n    note: ask the platform team\n"
        "  data-catalog: unknown\n"
        "  ab-testing:\n    not_applicable: out-of-scope\n    note: batch scoring only\n"
        "  rollback:\n    note: look at this with Ola\n"
        "  model-registry: 3\n"
        'health:\n  know-degradation: unsure\n  fast-rollback: "yes"\n  pipeline-tests: "no"\n'
    )


@pytest.mark.parametrize("day", ["2026-12-31", '"2026-12-31"', "'2026-12-31'"])
def test_the_last_day_of_evidence_is_read_with_or_without_quotes_and_written_back(day: str) -> None:
    text = (
        'system: churn-model\nchecklist: "1"\nresponses:\n'
        f"  rollback: {{rating: 3, evidence: [https://ci.example/run], valid_until: {day}}}\n"
    )
    found = read(text, "answers.yaml", CHECKLIST)
    assert found.answers.response("rollback").valid_until == date(2026, 12, 31)
    written = write(found, CHECKLIST)
    assert "valid_until: '2026-12-31'" in written or 'valid_until: "2026-12-31"' in written
    assert read(written, "answers.yaml", CHECKLIST) == found


def test_the_state_of_fixes_stays_in_the_store() -> None:
    accepted = replace(SAID, accepted=frozenset({"rollback"}))
    text = write(AnswersFile("churn-model", "1", accepted), CHECKLIST)
    assert read(text, "answers.yaml", CHECKLIST).answers == SAID


def test_a_full_assessment_means_the_same_after_a_round_trip() -> None:
    rated = {item: Response.rated(place % 5 + 1, f"note {place}") for place, item in enumerate(ITEMS)}
    answers = replace(SAID, responses=rated)
    back = read(write(AnswersFile("S", "1", answers), CHECKLIST), "answers.yaml", CHECKLIST).answers
    before, after = (as_record(CHECKLIST, "S", evaluate(CHECKLIST, one)) for one in (answers, back))
    assert before == after


@pytest.mark.parametrize(
    "answers",
    [
        Answers({"no-such-item": Response.rated(3)}),
        Answers(failures=frozenset({"none"})),
        Answers(health={"x": "yes"}),
    ],
)
def test_answers_of_another_checklist_are_not_written(answers: Answers) -> None:
    with pytest.raises(UnknownItem):
        write(AnswersFile("S", "1", answers), CHECKLIST)


def test_what_could_not_be_read_is_not_written() -> None:
    too_long = Answers({"rollback": Response.rated(3, "x" * 10_001)})
    with pytest.raises(AnswersError, match="10,001 characters"):
        write(AnswersFile("S", "1", too_long), CHECKLIST)
    with pytest.raises(AnswersError, match="empty"):
        write(AnswersFile(" ", "1", Answers()), CHECKLIST)
    much = Answers({item: Response.rated(3, "模" * 10_000) for item in ITEMS})
    with pytest.raises(AnswersError, match="larger than 1000 kB"):
        write(AnswersFile("S", "1", much), CHECKLIST)


# Lenses


@pytest.mark.parametrize("lens", [lens.id for lens in CHECKLIST.lenses])
def test_every_lens_comes_back_as_it_was_written(lens: str) -> None:
    given = AnswersFile("churn-model", "1", SAID, lens)
    text = write(given, CHECKLIST)
    assert read(text, "answers.yaml", CHECKLIST) == given
    assert ("lens:" in text) == (lens != "whole"), "the default is left out"


def test_answers_to_questions_that_the_lens_leaves_out_survive_the_round_trip() -> None:
    seen = CHECKLIST.through("small-team")
    assert not seen.has("data-catalog")
    given = AnswersFile("churn-model", "1", Answers({"data-catalog": Response.rated(2)}), "small-team")
    assert read(write(given, seen), "answers.yaml", seen) == given


def test_a_lens_that_does_not_exist_is_never_written() -> None:
    with pytest.raises(UnknownItem, match='no lens "gone"'):
        write(AnswersFile("churn-model", "1", SAID, "gone"), CHECKLIST)
