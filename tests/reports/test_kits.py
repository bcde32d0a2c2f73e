"""A report, its tickets and its fix pack name the starter kits that bring a fix further, and no others."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from checklist.loader import the_checklist
from kits.model import Catalogue
from reports import formats, pack, trackers
from reports.alone import report_of
from reports.document import FixState, Report
from reports.ticket import tickets
from scoring.model import Answers, Response
from tests.reports.builders import text_of

OFFER = "Starter kit: Data quality monitor, which brings it to Level 3."
SERVED = ("data-validation", "schema-validation", "data-freshness")
MADE = datetime(2026, 11, 23, 9, tzinfo=UTC)


@cache
def a_report(rating: int = 1) -> Report:
    answers = Answers({item: Response.rated(rating) for item in (*SERVED, "business-kpis")})
    return report_of("Churn model", the_checklist(), answers, MADE, "1.2.3", None)


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_each_fix_that_a_kit_serves_names_it(name: str) -> None:
    written = formats.get(name).write(a_report()).decode()
    assert written.replace("\\", "").count(OFFER) == len(SERVED)


def test_the_pdf_names_it() -> None:
    assert text_of(a_report()).count(OFFER) == len(SERVED)


def test_the_json_says_to_which_level() -> None:
    found = json.loads(formats.get("json").write(a_report()))["kits"]
    ours = [one for one in found if one["kit"] == "data-quality-monitor"]
    assert {one["item"]: one["level"] for one in ours} == dict.fromkeys(SERVED, 3)


@pytest.mark.parametrize("name", ["html", "markdown", "json"])
def test_a_kit_that_brings_nothing_further_is_not_named(name: str) -> None:
    assert a_report(3).result.fixes
    assert b"Data quality monitor" not in formats.get(name).write(a_report(3)).replace(b"Data quality monitoring", b"")


@pytest.mark.parametrize("name", trackers.available())
def test_a_ticket_says_how_to_get_the_kit(name: str) -> None:
    written = trackers.get(name).write(tickets(a_report())).decode()
    assert "python cli.py kit data-quality-monitor" in written.replace("\\", "")


def test_a_ticket_without_a_kit_says_nothing_of_kits() -> None:
    bare = replace(a_report(), kits=Catalogue())
    assert not any(section.heading == "Code to begin with" for one in tickets(bare) for section in one.sections)


def test_a_fix_pack_holds_report_tickets_and_kits() -> None:
    files = unzipped(pack.write(a_report()))
    assert {"START.md", "report.pdf", "report.html", "tickets/github.sh", "tickets/jira.csv"} <= set(files)
    assert b"Five steps" in files["kits/data-quality-monitor/ADOPT.md"]
    assert files["tickets/github.sh"] == trackers.get("github").write(tickets(a_report()))
    assert files["report.pdf"].startswith(b"%PDF")
    assert "kits/data-quality-monitor/" in files["START.md"].decode()


def test_the_same_report_gives_the_same_pack() -> None:
    assert pack.write(a_report()) == pack.write(replace(a_report()))


def test_a_pack_holds_the_kits_that_were_chosen() -> None:
    files = unzipped(pack.write(a_report(), chosen=()))
    assert not any(name.startswith("kits/") for name in files)
    assert "None of the fixes has a starter kit in this pack." in files["START.md"].decode()


def test_a_fix_that_is_done_brings_no_kit_into_the_pack() -> None:
    done = replace(a_report(), fix_states={item: FixState(state="done") for item in SERVED})
    assert "data-quality-monitor" not in {kit.id for kit in pack.fitting(done)}
