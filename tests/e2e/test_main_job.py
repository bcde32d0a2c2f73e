"""The main job, clicked through in a real browser as one person does it, and checked against scoring."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from checklist.model import Item
from scoring import explain
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Result
from scoring.path import cheapest_path
from scoring.record import as_record
from tests.e2e.conftest import shared_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import ROOT
from tests.e2e.stories import by_area, checklist

pytestmark = pytest.mark.browser

NOT_NEEDED = "ab-testing"
NOT_KNOWN = "business-kpis"
NOTES = {"data-validation": "A suite of checks in the nightly run", "rollback": "Tried in March: eleven minutes"}
FAILURE = "deployment-issues"
HEALTH = ("Yes", "No", "Yes", "Not sure", "Yes")
RAISED = {"documentation": 2, "bias-detection": 3}


server = shared_server()


def first_answers() -> Answers:
    """Four areas with care, governance without: the score is 3.2, and governance holds the level at 2."""
    responses = by_area(data=4, development=3, deployment=4, monitoring=4, governance=1)
    responses[NOT_NEEDED] = Response.not_applicable("business-priorities")
    responses[NOT_KNOWN] = Response.unknown()
    for item, note in NOTES.items():
        responses[item] = replace(responses[item], note=note)
    health = {question.id: _word(choice) for question, choice in zip(checklist().health, HEALTH, strict=True)}
    return Answers(responses, failures=frozenset({FAILURE}), health=health)


def _word(choice: str) -> str:
    return {"Yes": "yes", "No": "no", "Not sure": "unsure"}[choice]


def second_answers() -> Answers:
    first = first_answers()
    raised = {item: Response.rated(rating) for item, rating in RAISED.items()}
    return replace(first, responses={**first.responses, **raised})


def _record(result: Result, answers: Answers) -> dict[str, object]:
    return as_record(checklist(), "Churn model", result, cheapest_path(checklist(), answers))


def test_a_person_gets_from_an_empty_app_to_a_report_and_back(person: Person, tmp_path: Path) -> None:
    _adds_a_system(person)
    _does_the_health_check(person)
    _answers_the_checklist(person)
    _looks_back(person)
    first = evaluate(checklist(), first_answers())
    assert _record(first, first_answers()) == _of_the_command_line(first_answers(), tmp_path)
    assert (first.level, first.held_by, explain.number(first.score or Fraction())) == (2, "governance", "3.2")
    _sees_the_result(person, first)
    _sees_the_fixes(person, first)
    _saves_a_milestone(person, "Spring review")
    _answers_again(person)
    second = evaluate(checklist(), second_answers())
    assert _record(second, second_answers()) == _of_the_command_line(second_answers(), tmp_path)
    _sees_the_result(person, second)
    _saves_a_milestone(person, "Summer review")
    _compares(person)
    _hands_over_a_report(person, second)
    _sees_it_at_home(person)


def _of_the_command_line(answers: Answers, folder: Path) -> dict[str, object]:
    """What `cli.py score --format json` makes of the same answers, from a file written by hand."""
    file = folder / "answers.yaml"
    told = {
        "system": "Churn model",
        "checklist": checklist().version,
        "failures": sorted(answers.failures),
        "responses": {item: _told(response) for item, response in answers.responses.items()},
        "health": answers.health,
    }
    # JSON is YAML, and leaves no doubt about what is text.
    file.write_text(json.dumps(told), "utf-8")
    command = [sys.executable, "cli.py", "score", str(file), "--format", "json"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    result: dict[str, object] = json.loads(ran.stdout)
    return result


def _told(response: Response) -> object:
    if response.rating is not None:
        return {"rating": response.rating} | ({"note": response.note} if response.note else {})
    return "unknown" if response.state == "unknown" else {"not_applicable": response.reason}


def _adds_a_system(person: Person) -> None:
    person.opens("/")
    person.clicks("Check your first system")
    person.types("Name", "Churn model")
    person.clicks("Add and start the health check")
    person.sees_title("Health check")
    person.settles()


def _does_the_health_check(person: Person) -> None:
    for question, choice in zip(checklist().health, HEALTH, strict=True):
        person.says(question.id, choice)
    result = evaluate(checklist(), Answers(health=first_answers().health)).health
    person.sees(explain.health_headline(checklist(), result))
    assert (result.level, explain.number(result.score or Fraction()), explain.number(result.high or Fraction())) == (
        3,
        "3.4",
        "4.2",
    )
    person.clicks("Go on to the full checklist")
    person.sees_title("Checklist")
    person.settles()


def _answers_the_checklist(person: Person) -> None:
    """Section by section, as the page leads; in the middle of it the page is reloaded."""
    answered = 0
    wanted = first_answers()
    sections = checklist().sections
    for place, section in enumerate(sections):
        person.sees_section(section.id)
        for item in section.items:
            _gives(person, item.id, wanted.response(item.id))
            answered += 1
            person.sees_answered(answered)
            if place == len(sections) // 2 and item == section.items[1]:
                _comes_back_after_a_reload(person, answered, section.items[:2])
        person.clicks_next()


def _gives(person: Person, item: str, response: Response) -> None:
    if response.rating is not None:
        person.answers(item, response.rating)
    elif response.state == "unknown":
        person.marks(item, "Don’t know")
    else:
        person.marks(item, "Not applicable")
        person.chooses(f"reason-{item}", "Business priorities")
    if response.note:
        person.writes_note(item, response.note)


def _comes_back_after_a_reload(person: Person, answered: int, items: tuple[Item, ...]) -> None:
    before = person.chosen(items)
    person.reloads()
    person.sees_answered(answered)
    assert before
    person.sees_chosen(items, before)


def _looks_back(person: Person) -> None:
    person.sees("What went wrong in production")
    person.ticks(f"failure-{FAILURE}")
    person.sees(checklist().item(NOT_KNOWN).name)
    person.clicks("See the results")
    expect(person.page).to_have_url(re.compile(r"/results\?system="), timeout=PATIENCE)
    person.settles()


def _sees_the_result(person: Person, result: Result) -> None:
    content = checklist()
    person.sees_title(explain.headline(content, "Churn model", result))
    person.sees(explain.rule(content, result))
    person.sees(explain.standing(content, result))
    cards = person.page.locator(".mc-card .mc-cardname").all_inner_texts()
    assert cards[:3] == [content.item(fix.item).name for fix in result.fixes[:3]]
    person.sees(f"{content.item(NOT_NEEDED).name}: business priorities")
    person.sees_no_fault()


def _sees_the_fixes(person: Person, result: Result) -> None:
    person.goes_to("Fixes")
    person.eventually(
        lambda: person.items_with_key("fix") == [fix.item for fix in result.fixes],
        f"the page lists these fixes in this order: {[fix.item for fix in result.fixes]}",
    )
    assert result.fixes[0].priority == "critical"
    person.goes_to("Results")


def _saves_a_milestone(person: Person, name: str) -> None:
    person.types("Name of the milestone", name)
    person.clicks("Save as milestone")
    person.sees_title("History")
    person.sees(f"Saved as milestone “{name}”.")
    person.settles()


def _answers_again(person: Person) -> None:
    """The next draft begins with the answers of the milestone."""
    person.goes_to("Checklist")
    person.clicks("Start a new assessment")
    person.sees_answered(41)
    for item, rating in RAISED.items():
        person.opens_section(checklist().item(item).section)
        assert person.chosen((checklist().item(item),)) == {item: 1}
        person.answers(item, rating)
        expect(person.option(item, rating)).to_have_attribute("data-selected", "true", timeout=PATIENCE)
    person.goes_to("Results")


def _compares(person: Person) -> None:
    chart = person.page.get_by_test_id("stVegaLiteChart")
    expect(chart).to_be_visible(timeout=PATIENCE)
    person.sees("Two practices changed.")
    person.page.get_by_role("main").get_by_role("link", name="Compare them").click()
    changed = person.page.locator('[class*="st-key-differs-"]')
    expect(changed).to_have_count(len(RAISED), timeout=PATIENCE)
    for item, rating in RAISED.items():
        step = person.key(f"differs-{item}").locator(".mc-rating")
        expect(step).to_have_text(["1", str(rating)], timeout=PATIENCE)
    person.settles()


def _hands_over_a_report(person: Person, result: Result) -> None:
    content = checklist()
    person.goes_to("Report")
    text = _text_of(_downloads(person, "download-pdf"))
    for said in (
        explain.headline(content, "Churn model", result),
        explain.rule(content, result),
        "Summer review",
        *NOTES.values(),
    ):
        assert said in text, f"The PDF does not say: {said}"
    places = [text.rfind(content.item(fix.item).remedy.first[:60]) for fix in result.fixes]
    assert -1 not in places
    assert places == sorted(places), "The PDF lists the fixes in another order."


def _downloads(person: Person, key: str) -> bytes:
    with person.page.expect_download(timeout=PATIENCE) as download:
        person.key(key).get_by_role("button").click()
    return Path(download.value.path()).read_bytes()


def _text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def _sees_it_at_home(person: Person) -> None:
    person.goes_to("Systems")
    person.sees("Level 2 · Basic")
    person.sees("See what to fix first")
    person.sees_no_fault()
