"""Form and file are compared value by value; not knowing takes nothing away, decisions give exactly their values."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.answers_file import AnswersFile, read, write
from exchange.merge import SAYS, Decision, Difference, differences, everything, merged, steps
from scoring.model import UNANSWERED, Answers, Response, Target
from tests.scoring.builders import FAILURES, HEALTH_IDS, the_real_shape
from tests.scoring.strategies import promise

CHECKLIST = the_real_shape()
ITEMS = [item.id for item in CHECKLIST.items][:6]
AREAS = [area.id for area in CHECKLIST.areas]
levels = st.sampled_from((1, 2, 3, 4, 5))
reasons = st.tuples(st.sampled_from(("", "a note", "another")), st.sampled_from(((), ("https://a.example",))))
answers_alone = st.one_of(
    st.builds(Response.rated, levels),
    st.builds(Response.not_applicable, st.sampled_from(("out-of-scope", "other"))),
    st.just(Response.unknown()),
    st.just(UNANSWERED),
)
responses = st.builds(lambda one, why: replace(one, note=why[0], evidence=why[1]), answers_alone, reasons)
files = st.builds(
    AnswersFile,
    st.just("Churn model"),
    st.just("1"),
    st.builds(
        Answers,
        responses=st.dictionaries(st.sampled_from(ITEMS), responses),
        failures=st.frozensets(st.sampled_from(sorted(FAILURES)), max_size=3),
        target=st.builds(Target, st.none() | levels, st.dictionaries(st.sampled_from(AREAS), levels, max_size=2)),
        health=st.dictionaries(st.sampled_from(HEALTH_IDS), st.sampled_from(("yes", "no", "unsure"))),
    ),
)
choices = st.dictionaries(st.integers(0, 60), st.sampled_from(("form", "file")))
all_choices = st.dictionaries(st.integers(0, 60), st.sampled_from(("form", "file", "unknown")))


def a_file(responses: dict[str, Response] | None = None, **more: object) -> AnswersFile:
    return AnswersFile("Churn model", "1", Answers(responses or {}, **more))  # type: ignore[arg-type]


def the_only_difference(form: Response, file: Response) -> Difference:
    (found,) = differences(CHECKLIST, a_file({"data-1": form}), a_file({"data-1": file}))
    return found


def _said(one: AnswersFile) -> AnswersFile:
    """Without the entries that say nothing."""
    kept = {item: response for item, response in one.answers.responses.items() if response != UNANSWERED}
    return replace(one, answers=replace(one.answers, responses=kept))


# What differs, and what is decided unless a person decides


@pytest.mark.parametrize(
    ("form", "file", "kind", "default"),
    [
        (UNANSWERED, Response.rated(3), "only-in-file", "file"),
        (UNANSWERED, Response.unknown(), "only-in-file", "file"),
        (Response.rated(3), UNANSWERED, "only-in-form", "form"),
        (Response.rated(3), Response.unknown(), "unknown-in-file", "form"),
        (Response.not_applicable("other"), Response.unknown("ask Ben"), "unknown-in-file", "form"),
        (Response.unknown(), Response(note="ask Ben"), "unknown-in-file", "form"),
        (Response.unknown(), Response.rated(1), "different", None),
        (Response.rated(3), Response.rated(4), "different", None),
        (Response.rated(3), Response.not_applicable("other"), "different", None),
        (Response.not_applicable("other"), Response.not_applicable("out-of-scope"), "different", None),
        (Response.rated(3, "this"), Response.rated(3, "that"), "different", None),
        (Response.rated(3), Response.rated(3, "", ("https://a.example",)), "different", None),
        (Response(note="look"), Response.rated(3), "different", None),
    ],
)
def test_each_kind_of_difference_has_its_default(
    form: Response, file: Response, kind: str, default: str | None
) -> None:
    found = the_only_difference(form, file)
    assert (found.kind, found.default) == (kind, default)


def test_a_note_that_comes_with_don_t_know_can_be_taken_and_leaves_the_rating() -> None:
    found = the_only_difference(Response.rated(3, "mine", ("https://a.example",)), Response.unknown("ask Ben"))
    assert found.is_open
    assert found.taken == Response.rated(3, "ask Ben", ("https://a.example",))


def test_links_that_are_taken_bring_their_last_day() -> None:
    form = Response.rated(3, "", ("https://a.example",), date(2026, 1, 1))
    file = Response.unknown("", ("https://b.example",), date(2026, 6, 1))
    assert the_only_difference(form, file).taken == Response.rated(3, "", file.evidence, file.valid_until)


def test_silence_leaves_nothing_to_decide() -> None:
    form = a_file({"data-1": Response.rated(3)}, failures=frozenset({"data-drift"}), target=Target(4),
                  health={"fast-rollback": "yes"})  # fmt: skip
    found = differences(CHECKLIST, form, a_file())
    assert [one.key for one in found] == ["item-data-1", "failure-data-drift", "health-fast-rollback", "target"]
    assert not any(one.is_open for one in found)


def test_a_file_that_names_other_failures_lets_a_person_untick_one() -> None:
    form, file = (a_file(failures=frozenset({one})) for one in ("data-drift", "rollback-failures"))
    found = {one.id: one for one in differences(CHECKLIST, form, file)}
    assert (found["data-drift"].default, found["data-drift"].is_open) == ("form", True)
    assert (found["rollback-failures"].default, found["rollback-failures"].taken) == ("file", True)


def test_not_sure_in_the_file_replaces_no_answer_of_the_health_check() -> None:
    (found,) = differences(
        CHECKLIST, a_file(health={"fast-rollback": "no"}), a_file(health={"fast-rollback": "unsure"})
    )
    assert (found.kind, found.default, found.choices) == ("unknown-in-file", "form", ("form", "unknown"))


def test_an_answer_is_taken_back_on_purpose_with_its_note_and_links() -> None:
    form = a_file({"data-1": Response.rated(3, "mine", ("https://a.example",))}, health={"fast-rollback": "no"})
    file = a_file({"data-1": Response.unknown()}, health={"fast-rollback": "unsure"})
    found = differences(CHECKLIST, form, file)
    after = merged(form, found, everything(found, "unknown")).answers
    assert after.responses == {"data-1": Response.unknown("mine", ("https://a.example",))}
    assert after.health == {"fast-rollback": "unsure"}


@pytest.mark.parametrize(
    ("form", "file"),
    [
        (Response.rated(3), UNANSWERED),
        (Response.rated(3), Response(note="look at this")),
        (Response.unknown(), UNANSWERED),
        (Response.rated(3), Response.rated(4)),
    ],
)
def test_only_what_the_file_calls_unknown_can_be_taken_back(form: Response, file: Response) -> None:
    assert "unknown" not in the_only_difference(form, file).choices


def test_another_lens_or_target_is_for_a_person_to_decide() -> None:
    form, file = a_file(target=Target(3)), replace(a_file(target=Target(3, {"data": 4})), lens="small-team")
    assert [(one.part, one.default) for one in differences(CHECKLIST, form, file)] == [("target", None), ("lens", None)]


def test_a_file_without_a_lens_leaves_the_lens_of_the_form() -> None:
    (found,) = differences(CHECKLIST, replace(a_file(), lens="small-team"), a_file())
    assert not found.is_open


# What decisions lead to


@promise
@given(files, files)
def test_taking_everything_yields_the_file_wherever_it_says_something(form: AnswersFile, file: AnswersFile) -> None:
    found = differences(CHECKLIST, form, file)
    taken = merged(form, found, everything(found, "file"))
    for item, said in _said(file).answers.responses.items():
        if SAYS[said.state] >= SAYS[form.answers.response(item).state]:
            assert taken.answers.response(item) == said
    known = {question: said for question, said in file.answers.health.items() if said != "unsure"}
    assert known.items() <= taken.answers.health.items()
    assert taken.answers.failures == (file.answers.failures or form.answers.failures)
    assert taken.answers.target == (form.answers.target if file.answers.target == Target() else file.answers.target)


@promise
@given(files)
def test_taking_everything_into_an_empty_form_yields_the_file(file: AnswersFile) -> None:
    found = differences(CHECKLIST, a_file(), file)
    assert merged(a_file(), found, everything(found, "file")) == _said(file)
    assert merged(a_file(), found, {}) == _said(file)


@promise
@given(files, files)
def test_keeping_everything_yields_the_form(form: AnswersFile, file: AnswersFile) -> None:
    found = differences(CHECKLIST, form, file)
    assert merged(form, found, everything(found, "form")) == form
    assert steps(found, everything(found, "form")) == ()


@promise
@given(files, files, all_choices)
def test_decisions_give_exactly_the_chosen_values(
    form: AnswersFile, file: AnswersFile, chosen: dict[int, Decision]
) -> None:
    found = differences(CHECKLIST, form, file)
    decisions = {one.key: chosen[place] for place, one in enumerate(found) if place in chosen}
    after = differences(CHECKLIST, merged(form, found, decisions), form)
    changed = {one.key: one.form for one in after}
    values = {"form": lambda one: one.form, "file": lambda one: one.taken, "unknown": lambda one: one.unknown}
    wanted = {one.key: decisions.get(one.key, one.default) for one in found}
    expected = {one.key: values[wanted[one.key] or "form"](one) for one in found}
    kept = {one.key: one.form for one in found}
    assert changed == {key: value for key, value in expected.items() if value not in (None, kept[key])}


@promise
@given(files, files, choices)
def test_no_decisions_clear_an_answer_by_not_knowing(
    form: AnswersFile, file: AnswersFile, chosen: dict[int, Decision]
) -> None:
    found = differences(CHECKLIST, form, file)
    decisions = {one.key: chosen[place] for place, one in enumerate(found) if place in chosen}
    after = merged(form, found, decisions).answers
    for item in ITEMS:
        mine, theirs = form.answers.response(item), file.answers.response(item)
        if SAYS[theirs.state] < SAYS[mine.state]:
            assert (after.response(item).state, after.response(item).rating) == (mine.state, mine.rating)
    for question, mine_said in form.answers.health.items():
        if file.answers.health.get(question) in (None, "unsure"):
            assert after.health[question] == mine_said


@promise
@given(files, files)
def test_a_second_comparison_after_taking_everything_has_nothing_left_to_take(
    form: AnswersFile, file: AnswersFile
) -> None:
    found = differences(CHECKLIST, form, file)
    again = differences(CHECKLIST, merged(form, found, everything(found, "file")), file)
    assert not [one for one in again if one.taken != one.form]


@promise
@given(files)
def test_what_was_downloaded_comes_back_without_a_difference(form: AnswersFile) -> None:
    text = write(form, CHECKLIST)
    assert differences(CHECKLIST, form, read(text, "answers.yaml", CHECKLIST)) == ()


@promise
@given(files, files)
def test_every_difference_is_named_once(form: AnswersFile, file: AnswersFile) -> None:
    keys = [one.key for one in differences(CHECKLIST, form, file)]
    assert len(keys) == len(set(keys))
