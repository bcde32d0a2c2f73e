"""Whatever a report knows is found in every format: told, noted, counted; the same for any text at all."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.loader import the_checklist
from reports import formats
from reports.document import FixState, Participant, Report, day
from reports.legible import legible
from reports.pdf import script
from reports.wording import HEALTH
from scoring.agree import Person, disagreements
from scoring.explain import REASONS
from scoring.model import Answers, Response, Target
from scoring.path import Path, cheapest_path
from scoring.trend import Point
from tests.reports import readers
from tests.reports.builders import a_report
from tests.reports.extremes import a_full_report
from tests.scoring.strategies import promise

ANA, BEN = Person("1", "Ana Costa", "Data scientist"), Person("2", "Ben Ito", "Operations")


@cache
def a_real_report() -> Report:
    """Every question of the shipped checklist, in every state, with words that stand nowhere else."""
    checklist = the_checklist()
    responses = {item.id: _response(number) for number, item in enumerate(checklist.items)}
    health = dict(zip((one.id for one in checklist.health), ("yes", "no", "unsure", "no", "yes"), strict=False))
    failed = frozenset(one.id for one in checklist.failures[:2])
    rated = [item.id for item in checklist.items if responses[item.id].rating == 1]
    answers = Answers(responses, failed, Target(4), health, frozenset(rated[:1]))
    voices = {
        ANA: {rated[0]: Response.rated(1, "Ana saw none")},
        BEN: {rated[0]: Response.rated(4, "Ben saw all")},
    }
    report = a_report(
        answers=answers,
        checklist=checklist,
        path=cheapest_path(checklist, answers),
        participants=tuple(Participant(one.name, one.role) for one in (ANA, BEN)),
        disagreements=disagreements(checklist, voices),
        origins={rated[1]: "The median of seventeen people."},
        history=tuple(Point(date(2026, n, n), f"Review {n}!", Fraction(100 + 7 * n, 90), 1) for n in range(1, 11)),
    )
    planned = {
        fix.item: FixState(f"Owner {n}!", date(2026, 12, 1 + n % 28), "doing")
        for n, fix in enumerate(report.result.fixes)
    }
    accepted = FixState("Olga", None, "accepted", "Cheaper to live with.", date(2027, 3, 1))
    return replace(report, fix_states=planned | {rated[0]: accepted})


def _response(number: int) -> Response:
    note, link = f"Note {number}!", f"https://wiki.example.org/{number}/"
    if number % 9 == 4:
        return Response.unknown(note)
    if number % 9 == 7:
        return Response.not_applicable("out-of-scope", note)
    if number % 9 == 8:
        return Response()
    return Response.rated(1 + number % 4, note, (link,), date(2027, 1, 1 + number % 28))


def answered(report: Report) -> Iterator[str]:
    """The words of every question and its answer."""
    for item in report.checklist.items:
        response = report.answers.response(item.id)
        yield from (item.name, item.question, response.note, *response.evidence)
        yield item.answer(response.rating) if response.rating else ""
        yield REASONS[response.reason] if response.reason else ""
    yield from report.origins.values()


def told(report: Report) -> Iterator[str]:
    """All other words: what people agreed, what is behind and ahead, who took part."""
    yield from (report.system, report.workspace, report.edition)
    yield from (report.checklist.item(fix.item).remedy.first for fix in report.result.fixes)
    yield from (text for state in report.fix_states.values() for text in (state.owner, state.reason))
    yield from (point.name for point in report.history)
    yield from (text for one in report.participants for text in (one.name, one.role))
    yield from (said.note for one in report.disagreements for _, said in one.choices)
    assert isinstance(report.path, Path)
    yield from (report.checklist.item(one.item).remedy.step_to(one.end) for one in report.path.steps)


def days(report: Report) -> Iterator[date]:
    yield report.date.date()
    yield from (one for state in report.fix_states.values() for one in (state.due, state.review) if one)
    yield from (point.at for point in report.history)


def counted(report: Report) -> Iterator[Fraction]:
    """Every number that is not a count of a few."""
    result, path = report.result, report.path
    assert isinstance(path, Path)
    scores = (result, *result.areas, *result.summary, *path.steps, *report.history)
    yield from (one.score for one in scores if one.score is not None)
    yield from (fix.gain for fix in result.fixes)
    yield from (Fraction(number) for one in path.steps for number in (one.effort, one.spent))


def missing(words: Iterator[str], text: str) -> list[str]:
    there = readers.single(text)
    return [one for one in words if readers.single(one) not in there]


def _read(report: Report, name: str) -> str:
    return readers.ALL[name](formats.get(name).write(report))


@pytest.mark.parametrize("name", readers.ALL)
def test_every_answer_note_and_link_is_in_every_format(name: str) -> None:
    assert missing(answered(a_real_report()), _read(a_real_report(), name)) == []


# A program looks up in the checklist what to do; what people said and agreed it finds in the file.
REMEDIES = {"json"}


@pytest.mark.parametrize("name", readers.FULL)
def test_all_that_people_said_and_agreed_is_in_every_format(name: str) -> None:
    report = a_real_report()
    remedies = {
        text for item in report.checklist.items for text in (item.remedy.first, *map(item.remedy.step_to, range(2, 6)))
    }
    wanted = (one for one in told(report) if name not in REMEDIES or one not in remedies)
    assert missing(wanted, _read(report, name)) == []


@pytest.mark.parametrize("name", readers.FULL)
def test_every_day_and_every_number_is_in_every_format(name: str) -> None:
    text = readers.single(_read(a_real_report(), name))
    spoken = text.replace("\u00a0", " ")
    lost = [
        one
        for one in days(a_real_report())
        if one.isoformat() not in text and day(one).replace("\u00a0", " ") not in spoken
    ]
    assert lost == []
    found = readers.numbers(text)
    assert [one for one in counted(a_real_report()) if not any(abs(one - known) < 0.0051 for known in found)] == []


@pytest.mark.parametrize("name", readers.FULL)
def test_failures_and_the_health_check_are_in_every_format(name: str) -> None:
    report, text = a_real_report(), _read(a_real_report(), name)
    for failure in report.checklist.failures:
        if failure.id in report.answers.failures:
            assert failure.name in text or failure.id in text
    for question, given_answer in report.answers.health.items():
        one = next(known for known in report.checklist.health if known.id == question)
        assert {one.name, one.question} & {
            known for known in (one.name, one.question) if known in text
        } or name == "json"
        assert HEALTH[given_answer] in text or given_answer in text


def test_two_readers_find_the_same_in_the_pdf() -> None:
    content = formats.get("pdf").write(a_real_report())
    text = readers.squeezed(readers.plumbed(content))
    words = (*answered(a_real_report()), *told(a_real_report()))
    assert [one for one in words if readers.squeezed(one) not in text] == []


ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=30)


@settings(promise, max_examples=12)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_text_at_all_is_in_every_format(note: str, name: str, reason: str) -> None:
    report = a_full_report()
    known = report.answers
    answers = replace(known, responses={**known.responses, "data-1": Response.rated(1, f"begin {note} end", (name,))})
    state = FixState(name, None, "accepted", reason)
    written = replace(
        report, answers=answers, system=name, fix_states={"data-5": state}, participants=(Participant(name, reason),)
    )
    for kind, read in readers.ALL.items():
        text = read(formats.get(kind).write(written))
        words = (note,) if kind in readers.ANSWERS else (note, name, reason)
        for one in words:
            assert _kept(one, kind) in _kept(text, kind), kind


TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def _kept(text: str, kind: str) -> str:
    """The letters and digits that a format keeps in the order in which they were typed."""
    if kind != "pdf":
        return readers.squeezed(legible(text).replace("\ufdd0", ""))
    plain = TURNED.sub("", script.clean(text))
    return "".join(sign for sign in plain if sign.isalnum() and not unicodedata.combining(sign))
