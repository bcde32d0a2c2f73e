import pytest

from checklist.loader import AREA_ORDER, FOLDER, the_checklist
from checklist.model import Need, UnknownItem
from checklist.reading import ContentError
from tests.checklist.builders import ITEMS, Case, Content, an_area, an_item

DATA = "areas/data.yaml"
TOOLS = """          tools:
            - {name: Git, url: "https://git-scm.com", use: versions of text}
            - {name: Make, url: "https://www.gnu.org/software/make", use: one command}
"""
SUMMARY_LINE = "    lines:\n      - {id: catalog, name: Catalog, items: [data-catalog, data-lineage]}\n"


CASES = (
    # What every item has
    Case(
        "four answers", DATA, "          4: The data-catalog is seen in state four.\n", "", "answers:",
        'item "data-catalog" has 4 answers; give one for each level 1 to 5.',
    ),
    Case(
        "an answer off the scale", DATA, "          5: The", "          6: The", "answers:",
        'item "data-catalog" has answers for 1, 2, 3, 4, 6; give one for each level 1 to 5.',
    ),
    Case(
        "a step left out", DATA, "            2: Go on to two.\n", "", "to:",
        'the remedy of item "data-catalog" has 3 steps; give one for each level 2 to 5.',
    ),
    Case(
        "a key left out", DATA, "        show: Open it.\n", "", "id: data-catalog",
        'item "data-catalog" has no "show"; add it.',
    ),
    Case(
        "an unknown key", DATA, "        show: Open it.\n", "        show: Open it.\n        owner: Ada\n", "owner:",
        'item "data-catalog" has an unknown key "owner"; use id, name, question, why, answers, show, remedy, effort, '
        "prevents, needs, priority, priority_reason, changed_in.",
    ),
    Case(
        "a change in no version", DATA, "        priority_reason: It is in the middle.\n",
        "        priority_reason: It is in the middle.\n        changed_in: lately\n", "changed_in:",
        'item "data-catalog" has "changed_in: lately"; give a checklist version, such as "2".',
    ),
    Case(
        "a change in a version to come", DATA, "        priority_reason: It is in the middle.\n",
        "        priority_reason: It is in the middle.\n        changed_in: \"2\"\n", "changed_in:",
        'item "data-catalog" changed in checklist 2, but this is checklist 1; correct one of them.',
    ),
    Case(
        "a change in a number without quotes", DATA, "        priority_reason: It is in the middle.\n",
        "        priority_reason: It is in the middle.\n        changed_in: 1\n", "changed_in:",
        'item "data-catalog": "changed_in" must be text that is not empty.',
    ),
    Case(
        "an empty text", DATA, "why: It hurts when it is missing.", "why: ''", "why:",
        'item "data-catalog": "why" must be text that is not empty.',
    ),
    Case(
        "a text of blanks", DATA, "1: The data-catalog is seen in state one.", '1: "  "', '1: "',
        'item "data-catalog", answers: "1" must be text that is not empty.',
    ),
    Case(
        "a number for a text", DATA, "name: The data-catalog", "name: 41", "name: 41",
        'item "data-catalog": "name" must be text that is not empty.',
    ),
    Case(
        "a list for a text", DATA, "show: Open it.", "show: [Open it.]", "show:",
        'item "data-catalog": "show" must be text that is not empty.',
    ),
    Case(
        "a first step left out", DATA, "          first: Begin today.\n", "", "to:",
        'the remedy of item "data-catalog" has no "first"; add it.',
    ),
    Case(
        "a text for a list", DATA, "prevents: [data-drift]", "prevents: data-drift", "prevents:",
        'item "data-catalog": "prevents" must be a list.',
    ),
    Case(
        "a text for a need", DATA, "[{item: data-catalog, rating: 2}]", "[data-catalog]", "[data-catalog]",
        'item "data-lineage": each of "needs" must be a mapping, not "data-catalog".',
    ),
    Case(
        "a nameless item", "areas/development.yaml", "id: unit-tests", "id: ''", "id: ''",
        'item "": "id" must be text that is not empty.',
    ),
    Case(
        "an id with blanks and capitals", DATA, "id: data-section", "id: Data Section", "id: Data Section",
        'section "Data Section" has no proper id; use lower-case words joined by hyphens, as in data-catalog.',
    ),
    # What comes from a list of choices
    Case(
        "an unknown effort", DATA, "effort: low", "effort: huge", "effort: huge",
        'item "data-catalog": "effort" is "huge"; use one of low, medium, high.',
    ),
    Case(
        "a base priority that only events give", DATA, "priority: medium", "priority: critical", "priority: critical",
        'item "data-catalog": "priority" is "critical"; use one of high, medium, low.',
    ),
    Case(
        "a need that is no step up", DATA, "rating: 2", "rating: 1", "rating: 1",
        'item "data-lineage": need "data-catalog": "rating" must be a whole number from 2 to 5, not "1".',
    ),
    Case(
        "a need in words", DATA, "rating: 2", "rating: two", "rating: two",
        'item "data-lineage": need "data-catalog": "rating" must be a whole number from 2 to 5, not "two".',
    ),
    Case(
        "three prevented failure modes", DATA, "[data-drift]", "[data-drift, monitoring-gaps, rollback-failures]",
        "prevents:", 'item "data-catalog" prevents 3 failure modes; name two at most.',
    ),
    # Tools
    Case(
        "no tools", DATA, TOOLS, "          tools: []\n", "tools:",
        'the remedy of item "data-catalog" has 0 tools; give two or three.',
    ),
    Case(
        "one tool", DATA, TOOLS.splitlines(keepends=True)[1], "", "tools:",
        'the remedy of item "data-catalog" has 1 tool; give two or three.',
    ),
    Case(
        "an address without encryption", DATA, "https://git-scm.com", "http://git-scm.com", "http://git-scm.com",
        'item "data-catalog": tool "Git" has the address "http://git-scm.com"; '
        "give a whole one that begins with https://.",
    ),
    Case(
        "half an address", DATA, "https://git-scm.com", "https://", 'https://"',
        'item "data-catalog": tool "Git" has the address "https://"; give a whole one that begins with https://.',
    ),
    Case(
        "a tool without a use", DATA, ", use: versions of text", "", "{name: Git",
        'item "data-catalog": tool "Git" has no "use"; add it.',
    ),
    # Areas and sections
    Case(
        "an area in the file of another", DATA, "id: data\n", "id: date\n", "id: date",
        'area "data" has the id "date"; the file\'s name and its id must be the same.',
    ),
    Case(
        "six items in a section", DATA, an_item("data-catalog"),
        an_item("data-catalog") + "".join(an_item(f"data-{n}") for n in "abcd"), "items:",
        'section "data-section" has 6 items; give 5 at most.',
    ),
    Case(
        "a section without a name", DATA, "    name: First section\n", "", "id: data-section",
        'section "data-section" has no "name"; add it.',
    ),
    Case(
        "a section id that another area has", "areas/deployment.yaml", "deployment-section", "development-section",
        "development-section",
        'section "development-section" is also in checklist/areas/development.yaml:5; an id stands once.',
    ),
    # References
    Case(
        "an unknown item needed", DATA, "item: data-catalog", "item: data-catalogue", "data-catalogue",
        'item "data-lineage" names the item "data-catalogue", which does not exist; did you mean "data-catalog"?',
    ),
    Case(
        "an unknown failure mode", DATA, "[data-drift]", "[bad-luck]", "bad-luck",
        'item "data-catalog" names the failure mode "bad-luck", which does not exist; check the spelling.',
    ),
    Case(
        "an unknown item in the health check", "health.yaml", "[rollback]", "[rolback]", "rolback",
        'question "fast-rollback" names the item "rolback", which does not exist; did you mean "rollback"?',
    ),
    Case(
        "an unknown item in the summary", "summary.yaml", "[data-catalog, data-lineage]", "[zzz]", "zzz",
        'summary line "catalog" names the item "zzz", which does not exist; check the spelling.',
    ),
    Case(
        "an unknown item in an anti-pattern", "failures.yaml", "[alerting, data-lineage]", "[alerting, zzz]", "zzz",
        'anti-pattern "black-box" names the item "zzz", which does not exist; check the spelling.',
    ),
    Case(
        "an item named twice", "summary.yaml", "[data-catalog, data-lineage]", "[rollback, rollback]", "rollback",
        'summary line "catalog" names the item "rollback" 2 times; name it once.',
    ),
    Case(
        "an item that needs itself", DATA, "needs: []", "needs: [{item: data-catalog, rating: 2}]", "needs:",
        'item "data-catalog" stands in a circle of needs: data-catalog → data-catalog; remove one of them.',
    ),
    # The small files
    Case(
        "four levels", "levels.yaml", "  - name: Level one\n    about: It is like one.\n"
        "    characteristics: [fast, safe]\n", "", "levels:", "The file has 4 levels; give 5.",
    ),
    Case(
        "a level that is said to be nothing", "levels.yaml", "[fast, safe]", "[fast, '']", "[fast, '']",
        'level "Level one": each of "characteristics" must be text that is not empty.',
    ),
    Case(
        "a version that is a number", "levels.yaml", 'checklist: "1"', "checklist: 1", "checklist: 1",
        'The file: "checklist" must be text that is not empty.',
    ),
    Case(
        "a priority twice", "levels.yaml", "id: low", "id: high", "name: Low",
        'priority "high" is also in checklist/levels.yaml:19; an id stands once.',
    ),
    Case(
        "an unknown key of a group", "summary.yaml", "  - name: Data\n", "  - name: Data\n    rows: none\n", "rows:",
        'group "Data" has an unknown key "rows"; use name, lines.',
    ),
    Case(
        "a summary without lines", "summary.yaml", SUMMARY_LINE, "    lines: []\n", "lines:",
        'group "Data" has nothing in "lines"; give at least one entry.',
    ),
    Case(
        "a summary line without items", "summary.yaml", "[data-catalog, data-lineage]", "[]", "items: []",
        'summary line "catalog" names no items; name at least one.',
    ),
    Case(
        "an anti-pattern that everybody shows", "failures.yaml", "at_most: 2", "at_most: 5", "at_most: 5",
        'anti-pattern "black-box": "at_most" must be a whole number from 1 to 4, not "5".',
    ),
    Case(
        "an anti-pattern that nobody can show", "failures.yaml", "count: 2", "count: 3", "count: 3",
        'anti-pattern "black-box": "count" must be a whole number from 1 to 2, not "3".',
    ),
)  # fmt: skip


def test_a_right_content_is_read_whole_and_in_order(content: Content) -> None:
    checklist = content.load()
    assert tuple(item.id for item in checklist.items) == ITEMS
    assert tuple(area.id for area in checklist.areas) == AREA_ORDER
    lineage = checklist.item("data-lineage")
    assert (lineage.area, lineage.section) == ("data", "data-section")
    assert lineage.answer(5) == "The data-lineage is seen in state five."
    assert lineage.remedy.step_to(2) == "Go on to two."
    assert lineage.remedy.tools[0].url == "https://git-scm.com"
    assert lineage.needs == (Need("data-catalog", 2),)
    assert checklist.level(1).characteristics == ("fast", "safe")
    assert checklist.summary[0].group == "Data"
    assert (checklist.anti_patterns[0].at_most, checklist.anti_patterns[0].count) == (2, 2)


def test_an_item_s_meaning_goes_back_to_the_first_version_unless_it_says_when_it_changed(content: Content) -> None:
    content.change("levels.yaml", 'checklist: "1"', 'checklist: "3"')
    reason = "        priority_reason: It is in the middle.\n"
    content.change("areas/data.yaml", reason, f'{reason}        changed_in: "2"\n')
    assert [item.changed_in for item in content.load().items][:3] == ["2", "1", "1"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_fault_is_one_sentence_with_file_line_and_cure(content: Content, case: Case) -> None:
    content.change(case.file, case.old, case.new)
    assert content.faults() == [f"checklist/{case.file}:{content.line(case.file, case.at)}: {case.says}"]


@pytest.mark.parametrize("key", ["answers", "remedy"])
def test_a_list_for_a_mapping_is_one_fault(content: Content, key: str) -> None:
    head, _, rest = content.text(DATA).partition(f"        {key}:\n")
    after = rest[rest.index("\n        " + {"answers": "show", "remedy": "effort"}[key]) + 1 :]
    content.write(DATA, f"{head}        {key}: [one, two]\n{after}")
    line = content.line(DATA, f"{key}: [")
    assert content.faults() == [f'checklist/{DATA}:{line}: item "data-catalog": "{key}" must be a mapping.']


def test_a_misspelt_list_is_missing_and_unknown_but_what_it_held_is_not_missed_elsewhere(content: Content) -> None:
    content.change(DATA, "sections:", "parts:")
    assert content.faults() == [
        f'checklist/{DATA}:1: area "data" has no "sections"; add it.',
        f'checklist/{DATA}:4: area "data" has an unknown key "parts"; use id, name, about, sections.',
    ]


def test_an_empty_item_lacks_every_key(content: Content) -> None:
    content.write(DATA, content.text(DATA) + "      - {}\n")
    line = content.line(DATA, "- {}")
    assert len(content.faults()) == 12
    assert f'checklist/{DATA}:{line}: item "" has no "answers"; add it.' in content.faults()


def test_an_item_in_two_areas_is_found_in_both_places(content: Content) -> None:
    content.write("areas/governance.yaml", an_area("governance", ["documentation", "unit-tests"]))
    first = content.line("areas/development.yaml", "id: unit-tests")
    second = content.line("areas/governance.yaml", "id: unit-tests")
    assert (
        f'checklist/areas/governance.yaml:{second}: item "unit-tests" is also in '
        f"checklist/areas/development.yaml:{first}; an id stands once."
    ) in content.faults()


def test_answers_that_differ_in_capitals_and_commas_only_are_alike(content: Content) -> None:
    content.change("areas/deployment.yaml", "The rollback is seen in state four.", "the UNIT TESTS, are seen")
    content.change("areas/development.yaml", "The unit-tests is seen in state three.", "The unit-tests are seen.")
    line = content.line("areas/deployment.yaml", "answers:")
    assert content.faults() == [
        f'checklist/areas/deployment.yaml:{line}: item "rollback" words answer 4 like answer 3 of "unit-tests"; '
        "say what one would see here."
    ]


def test_a_circle_of_needs_is_told_once_and_all_the_way_round(content: Content) -> None:
    """Two circles: one inside an area, and one through three areas that an item before it leads into."""
    need = "needs: [{{item: {}, rating: 2}}]".format
    needs = {"data": "data-lineage", "development": "documentation"}
    needs |= {"deployment": "alerting", "monitoring": "documentation", "governance": "rollback"}
    for area, needed in needs.items():
        content.change(f"areas/{area}.yaml", "needs: []", need(needed))
    assert [fault.partition(": ")[2] for fault in content.faults()] == [
        'item "data-catalog" stands in a circle of needs: data-catalog → data-lineage → data-catalog; '
        "remove one of them.",
        'item "rollback" stands in a circle of needs: rollback → alerting → documentation → rollback; '
        "remove one of them.",
    ]


def test_all_faults_come_at_once_in_the_order_of_their_places(content: Content) -> None:
    content.change(DATA, "effort: low", "effort: huge")
    content.change(DATA, "name: Data\n", "")
    content.change("areas/governance.yaml", "https://git-scm.com", "ftp://git-scm.com")
    content.change("levels.yaml", "about: It is like two.", "about: ''")
    content.change("health.yaml", "[rollback]", "[]")
    places = [fault.split(": ")[0] for fault in content.faults()]
    assert places == [
        f"checklist/{DATA}:1",
        f"checklist/{DATA}:{content.line(DATA, 'effort: huge')}",
        f"checklist/areas/governance.yaml:{content.line('areas/governance.yaml', 'ftp:')}",
        f"checklist/health.yaml:{content.line('health.yaml', '[]')}",
        f"checklist/levels.yaml:{content.line('levels.yaml', repr(''))}",
    ]


def test_the_error_reads_as_the_list_of_its_faults(content: Content) -> None:
    content.change(DATA, "effort: low", "effort: huge")
    content.change(DATA, "show: Open it.", "show: ''")
    with pytest.raises(ContentError) as caught:
        content.load()
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("file", [DATA, "levels.yaml", "health.yaml", "summary.yaml", "failures.yaml"])
def test_whatever_line_is_lost_the_loader_reads_on_or_says_where_it_hurts(content: Content, file: str) -> None:
    lines = content.text(file).splitlines(keepends=True)
    for lost in range(len(lines)):
        content.write(file, "".join(lines[:lost] + lines[lost + 1 :]))
        for fault in content.faults():
            place, _, sentence = fault.partition(": ")
            faulty, _, line = place.removeprefix("checklist/").partition(":")
            assert 1 <= int(line) <= len(content.text(faulty).splitlines()) + 1, fault
            assert sentence.endswith((".", "?")), fault


def test_the_shipped_checklist_is_read_once_and_from_beside_the_code() -> None:
    assert the_checklist() is the_checklist()
    assert (FOLDER / "loader.py").is_file()


def test_an_item_that_does_not_exist_is_named_with_those_that_do(content: Content) -> None:
    with pytest.raises(UnknownItem, match='The checklist has no item "rolback"') as caught:
        content.load().item("rolback")
    assert caught.value.known == ITEMS
