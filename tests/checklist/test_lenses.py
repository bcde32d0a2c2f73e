"""What lenses.yaml may say, and how the checklist looks through a lens."""

import pytest

from checklist.model import THE_WHOLE, WHOLE, UnknownItem
from tests.checklist.builders import ITEMS, Case, Content
from tests.scoring.builders import a_checklist, an_item

FILE = "lenses.yaml"
WHOLE_LENS = "    about: For everybody.\n    why: Nothing changes.\n    leaves_out: []\n"


def a_case(what: str, old: str, new: str, at: str, says: str) -> Case:
    return Case(what, FILE, old, new, at, says)


LEFT_OUT = "      - {item: data-catalog, reason: Two people know their tables.}\n"
WEIGHT = "      - {item: rollback, weight: 2, reason: There is nobody on call.}\n"
CASES = (
    a_case(
        "an unknown item left out", "{item: data-catalog, reason", "{item: data-catalogue, reason", "data-catalogue",
        'lens "small": left out item "data-catalogue" names the item "data-catalogue", which does not exist; '
        'did you mean "data-catalog"?',
    ),
    a_case(
        "an item left out without a reason", ", reason: Two people know their tables.", "", "{item: data-catalog}",
        'lens "small": left out item "data-catalog" has no "reason"; add it.',
    ),
    a_case(
        "an item left out twice", LEFT_OUT, LEFT_OUT * 2, "leaves_out:\n",
        'lens "small" names "data-catalog" twice in "leaves_out"; name it once.',
    ),
    a_case(
        "all of an area left out", LEFT_OUT, LEFT_OUT + "      - {item: documentation, reason: No time.}\n",
        "leaves_out:\n", 'lens "small" leaves nothing of the area "governance"; keep at least one of its items.',
    ),
    a_case(
        "an item left out and weighed", "{item: rollback, weight", "{item: data-catalog, weight", "weights:\n",
        'lens "small" names "data-catalog" in "weights" and leaves it out; keep one of the two.',
    ),
    a_case(
        "a weight that changes nothing", "weight: 2", "weight: 1", "weight: 1",
        'lens "small": weight "rollback": "weight" must be a whole number from 2 to 5, not "1".',
    ),
    a_case(
        "a weight that drowns the rest", "weight: 2", "weight: 50", "weight: 50",
        'lens "small": weight "rollback": "weight" must be a whole number from 2 to 5, not "50".',
    ),
    a_case(
        "an unknown area weighed", "{area: monitoring", "{area: monitorin", "{area: monitorin",
        'lens "small": weight "monitorin" names the area "monitorin", which does not exist; did you mean "monitoring"?',
    ),
    a_case(
        "a weight of nothing", "{item: rollback, weight", "{weight", "{weight",
        'lens "small": weight "" must name either an item or an area; name one of the two.',
    ),
    a_case(
        "a weight of an item and an area", "{item: rollback, weight", "{item: rollback, area: deployment, weight",
        "area: deployment",
        'lens "small": weight "rollback" must name either an item or an area; name one of the two.',
    ),
    a_case(
        "four answers", "          4: Both of you are told of it each time.\n", "", "        answers:\n",
        'lens "small": words of "alerting" has 4 answers; give one for each level 1 to 5.',
    ),
    a_case(
        "three steps", "          4: Tell both.\n", "", "        to:\n",
        'lens "small": words of "alerting" has 3 steps; give one for each level 2 to 5.',
    ),
    a_case(
        "an answer in the words of another item",
        "Neither of you is told of it.", "The rollback is seen in state four.", "        answers:\n",
        'lens "small": words of "alerting" words answer 1 like answer 4 of "rollback"; say what one would see here.',
    ),
    a_case(
        "an unknown key", "        show: Break it.\n", "        show: Break it.\n        shout: Hey\n", "shout:",
        'lens "small": words of "alerting" has an unknown key "shout"; use item, question, why, answers, show, first, '
        "to, example.",
    ),
    a_case(
        "an empty example", "example: The nightly job.", "example: ''", "example:",
        'lens "small": words of "alerting": "example" must be text that is not empty.',
    ),
    a_case(
        "a lens twice", "id: small", "id: whole", "id: whole\n    name: Small",
        f'lens "whole" is also in checklist/{FILE}:2; an id stands once.',
    ),
    a_case(
        "a lens without a reason", "    why: Little time.\n", "", "id: small", 'lens "small" has no "why"; add it.',
    ),
    a_case(
        "a whole that is not whole", WHOLE_LENS,
        WHOLE_LENS.replace("[]", "[{item: data-catalog, reason: No time.}]"), "id: whole",
        'lens "whole" is the whole checklist and changes nothing; empty its lists.',
    ),
    a_case(
        "another default", "id: whole", "id: everything", "id: everything",
        'lens "everything" stands first; the first lens must be "whole", which is the default.',
    ),
    a_case(
        "no lens at all", "lenses:\n  - id", "lenses: []\nspare:\n  - id", "lenses:",
        'The file has nothing in "lenses"; give at least one entry.',
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_fault_is_a_sentence_with_file_line_and_cure(content: Content, case: Case) -> None:
    content.change(FILE, case.old, case.new)
    line = content.text(FILE)[: content.text(FILE).rindex(case.at) + 1].count("\n") + 1
    assert f"checklist/{FILE}:{line}: {case.says}" in content.faults()


def test_words_that_say_nothing_are_a_fault(content: Content) -> None:
    text = content.text(FILE)
    content.write(FILE, text[: text.index("      - item: alerting")] + "      - item: alerting\n")
    (found,) = content.faults()
    assert found.endswith(
        'lens "small": words of "alerting" say nothing; give one of question, why, answers, show, first, to, example, '
        "or remove the entry."
    )


def test_a_missing_file_is_told(content: Content) -> None:
    (content.folder / FILE).unlink()
    assert content.faults() == [f"checklist/{FILE}:1: The file is missing or cannot be read; restore it."]


# Seen through a lens


def test_the_whole_is_the_checklist_itself(content: Content) -> None:
    checklist = content.load()
    assert checklist.through(WHOLE) is checklist
    assert checklist.lens.name == "Whole checklist"
    assert all(item.weight == 1 and not item.example for item in checklist.items)


def test_what_is_left_out_is_gone_and_nothing_names_it(content: Content) -> None:
    seen = content.load().through("small")
    assert tuple(item.id for item in seen.items) == tuple(item for item in ITEMS if item != "data-catalog")
    assert not seen.has("data-catalog")
    assert seen.item("data-lineage").needs == ()
    assert seen.summary[0].items == ("data-lineage",)
    assert list(seen.order.values()) == list(range(len(seen.items)))


def test_weights_and_words_are_those_of_the_lens(content: Content) -> None:
    seen = content.load().through("small")
    assert {item.id: item.weight for item in seen.items if item.weight > 1} == {"rollback": 2}
    assert {area.id: area.weight for area in seen.areas if area.weight > 1} == {"monitoring": 3}
    alerting = seen.item("alerting")
    assert (alerting.question, alerting.answer(4)) == ("Who of you is told?", "Both of you are told of it each time.")
    assert (alerting.why, alerting.show, alerting.example) == ("Both may sleep.", "Break it.", "The nightly job.")
    assert (alerting.remedy.first, alerting.remedy.step_to(5)) == ("Write to both of you.", "Count.")
    assert alerting.remedy.tools == content.load().item("alerting").remedy.tools


def test_what_a_lens_does_not_word_stays_as_it_is(content: Content) -> None:
    content.write(FILE, content.text(FILE).split("        why: Both may sleep.")[0])
    checklist = content.load()
    whole, seen = checklist.item("alerting"), checklist.through("small").item("alerting")
    assert seen.question == "Who of you is told?"
    assert (seen.answers, seen.why, seen.remedy) == (whole.answers, whole.why, whole.remedy)


def test_a_view_leads_back_to_the_whole_and_to_other_lenses(content: Content) -> None:
    checklist = content.load()
    seen = checklist.through("small")
    assert seen.whole is checklist
    assert seen.through(WHOLE) is checklist
    assert checklist.through("small") is seen, "a view is made once"


def test_a_lens_that_does_not_exist_is_an_unknown_item_or_the_whole(content: Content) -> None:
    checklist = content.load()
    with pytest.raises(UnknownItem, match='no lens "gone"'):
        checklist.through("gone")
    assert checklist.through_or_whole("gone") is checklist
    assert checklist.through_or_whole("small") is checklist.through("small")


def test_a_pattern_that_too_few_of_its_items_can_show_is_gone(content: Content) -> None:
    """Two of its two items have to be low, and one of them is left out."""
    content.change(FILE, LEFT_OUT, "      - {item: data-lineage, reason: No time.}\n")
    assert [pattern.id for pattern in content.load().anti_patterns] == ["black-box"]
    assert content.load().through("small").anti_patterns == ()


def test_a_section_a_summary_line_and_nothing_else_go_with_their_last_item(content: Content) -> None:
    content.change("summary.yaml", "[data-catalog, data-lineage]", "[data-catalog]")
    checklist = content.load()
    seen = checklist.through("small")
    assert (len(checklist.summary), seen.summary) == (1, ())
    assert len(seen.health) == len(checklist.health)
    assert seen.failures == checklist.failures


def test_a_checklist_without_lenses_is_seen_whole() -> None:
    checklist = a_checklist(an_item("one"))
    assert checklist.lens is THE_WHOLE
    assert checklist.through(WHOLE) is checklist
