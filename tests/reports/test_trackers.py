"""Fixes as tickets: what they say in every tracker, keys that stay, and a script that runs nothing of its texts."""

import csv
import io
import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from checklist.loader import the_checklist
from reports import trackers
from reports.document import FixState, Report
from reports.ticket import Section, Ticket, tickets
from reports.trackers import azure, github, jira
from scoring import explain
from scoring.model import Answers, Response
from tests.reports.builders import a_report

CHECKLIST = the_checklist()
HOSTILE = (
    "-x 'a' \"b\" $(touch ran) `touch ran` \\ $HOME ;&|<>* \N{SNOWMAN} @everyone #1 [x](http://evil) {html} <b>b</b>"
)
TEXTS = (HOSTILE, "--help", "-n", "'", "''", "two\nlines", "EOF", "\\", "%s%n", "!!", "\N{BLACK HEART SUIT}")
SHELLS = ["sh", "bash"]

# Stands in for gh: notes each call with what it was given to read, and knows some issues and labels.
FAKE_GH = r"""#!/bin/sh
here=${0%/*}
{
    printf '%s\037' "$@"
    case "$*" in *--body-file=-*) cat ;; esac
    printf '\036'
} >>"$here/calls"
[ ! -e "$here/$1 $2 fails" ] || exit 1
case "$1 $2" in
"api --paginate" | "issue list" | "label list") while read -r line; do printf '%s\n' "$line"; done <"$here/$1 $2" ;;
esac
"""


class Desk:
    """A folder with a gh of our own on the path, and what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        gh = folder / "gh"
        gh.write_text(FAKE_GH, encoding="utf-8")
        gh.chmod(0o755)
        self.knows()

    def knows(self, listed: Sequence[str] = (), found: Sequence[str] = (), labels: Sequence[str] = ()) -> None:
        for command, lines in (("api --paginate", listed), ("issue list", found), ("label list", labels)):
            (self.folder / command).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def fails(self, command: str) -> None:
        (self.folder / f"{command} fails").touch()

    def run(self, script: bytes, *options: str, shell: str = "sh", code: int = 0) -> subprocess.CompletedProcess[str]:
        (self.folder / "calls").write_text("")
        (self.folder / "fixes.sh").write_bytes(script)
        path = {"PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}"}
        ended = subprocess.run(
            [shell, "fixes.sh", *options], cwd=self.folder, env=path, capture_output=True, encoding="utf-8", check=False
        )
        assert ended.returncode == code, ended.stderr
        return ended

    def calls(self, *command: str) -> list[tuple[list[str], str]]:
        """The arguments of each call of this command, and what it read."""
        noted = (self.folder / "calls").read_text(encoding="utf-8").split("\x1e")[:-1]
        known = [(one.split("\x1f")[:-1], one.rsplit("\x1f", 1)[1]) for one in noted]
        return [call for call in known if call[0][: len(command)] == list(command)]

    def titles(self) -> list[str]:
        made = self.calls("issue", "create")
        return [one.removeprefix("--title=") for argv, _ in made for one in argv if one.startswith("--title=")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def real_report(**changes: Any) -> Report:
    """A report about the shipped checklist, everything at 2."""
    answers = Answers({item.id: Response.rated(2) for item in CHECKLIST.items})
    return a_report(checklist=CHECKLIST, answers=answers, **changes)


def a_ticket(**changes: Any) -> Ticket:
    plain = Ticket(
        "checkup1", "Rollback", "high", (("System", "Churn"),), (Section("Why", ("It hurts.",)),), ("mlops-checkup",)
    )
    return replace(plain, **changes)


def rows(content: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


# What a ticket says


def test_there_is_a_ticket_for_each_open_fix_in_their_order() -> None:
    report = real_report(fix_states={"rollback": FixState(state="done"), "alerting": FixState(state="doing")})
    wanted = [fix.item for fix in report.result.fixes if fix.item != "rollback"]
    assert [one.title.split(":")[0] for one in tickets(report)] == [CHECKLIST.item(item).name for item in wanted]


def test_a_ticket_says_why_first_step_way_acceptance_and_effort_in_every_tracker() -> None:
    report = real_report(fix_states={"alerting": FixState("Ada", date(2026, 3, 4))})
    fix = next(one for one in report.result.fixes if one.item == "alerting")
    ticket = next(one for one in tickets(report) if one.title.startswith(f"{CHECKLIST.item('alerting').name}:"))
    item = CHECKLIST.item("alerting")
    wanted = (
        item.why, explain.fix_reason(CHECKLIST, fix), item.remedy.first, item.remedy.step_to(3), item.answer(3),
        item.show, explain.effort_words(fix), "Ada", "4 March 2026", "Churn model", ticket.key,
        *(tool.url for tool in item.remedy.tools),
    )  # fmt: skip
    assert ticket.title == f"{item.name}: from level 2 to 3 (Churn model)"
    for text in (github.body(ticket), jira.description(ticket), text_of_html(azure.description(ticket))):
        assert [one for one in wanted if one not in text] == []


def test_what_has_to_come_before_is_said() -> None:
    report = real_report()
    blocked = [fix for fix in report.result.fixes if fix.blocked_by]
    told = {one.key: github.body(one) for one in tickets(report)}
    for fix in blocked:
        assert any(explain.blocked_sentence(CHECKLIST, fix) in text for text in told.values())
    assert sum("What has to come before" in text for text in told.values()) == len(blocked)


def test_a_key_stays_while_system_question_and_target_do() -> None:
    before = {one.title.split(":")[0]: one.key for one in tickets(real_report(), "id-1")}
    renamed = tickets(real_report(system="Another name", fix_states={"alerting": FixState("Ada")}), "id-1")
    assert {one.title.split(":")[0]: one.key for one in renamed} == before
    assert len(set(before.values())) == len(before) == len(CHECKLIST.items)
    others = [tickets(real_report(), "id-2"), tickets(real_report(system="Other")), tickets(real_report())]
    keys = [one.key for some in others for one in some] + list(before.values())
    assert len(set(keys)) == len(keys)


def test_a_long_system_name_leaves_the_title_short_enough_for_every_tracker() -> None:
    for ticket in tickets(real_report(system="x" * 400)):
        assert len(ticket.title) <= 250
        assert ticket.title.endswith("…)")


def test_text_that_no_file_can_hold_is_left_out() -> None:
    for ticket in tickets(
        real_report(system="a\0b\ud800c\nd\u2028e", fix_states={"alerting": FixState("\udfff\x1b[2J")})
    ):
        assert ticket.title.endswith("(a b c d e)")
        for name in trackers.available():
            assert trackers.get(name).write([ticket])


# GitHub


@pytest.mark.parametrize("shell", SHELLS)
def test_any_text_arrives_at_github_as_it_was_and_runs_nothing(shell: str, desk: Desk) -> None:
    known = [
        a_ticket(key=f"checkup{number}x", title=text, sections=(Section(text, (text, text)),))
        for number, text in enumerate(TEXTS)
    ]
    desk.run(github.write(known), shell=shell)
    assert desk.titles() == list(TEXTS)
    assert [given for _, given in desk.calls("issue", "create")] == [f"{github.body(one)}\n" for one in known]
    assert not (desk.folder / "ran").exists()


@pytest.mark.parametrize("shell", SHELLS)
def test_every_fix_becomes_an_issue_with_its_labels(shell: str, desk: Desk) -> None:
    known = tickets(real_report(system=HOSTILE))[:4]
    ended = desk.run(github.write(known), shell=shell)
    assert desk.titles() == [one.title for one in known]
    for (argv, given), ticket in zip(desk.calls("issue", "create"), known, strict=True):
        assert f"--label={','.join(ticket.labels)}" in argv
        assert given.splitlines()[0] == f"<!-- {ticket.key} -->"
    assert ended.stdout.endswith(f"Made {len(known)}, skipped 0 that were there already.\n")


def test_a_second_run_makes_nothing(desk: Desk) -> None:
    known = tickets(real_report())[:4]
    desk.run(github.write(known))
    bodies = [given for _, given in desk.calls("issue", "create")]
    desk.knows(listed=bodies)
    ended = desk.run(github.write(known))
    assert desk.titles() == []
    assert desk.calls("issue", "list") == []
    assert ended.stdout.endswith(f"Made 0, skipped {len(known)} that were there already.\n")


def test_an_issue_that_lost_its_label_is_found_by_its_key(desk: Desk) -> None:
    first, second, *_ = known = tickets(real_report())[:4]
    desk.knows(listed=[github.body(first)], found=[github.body(second)])
    desk.run(github.write(known))
    assert desk.titles() == [one.title for one in known[2:]]
    assert desk.calls("issue", "list")[0][0][2:6] == ["--state", "all", "--search", f"{second.key} in:body"]


def test_labels_are_made_where_they_are_missing(desk: Desk) -> None:
    ticket = a_ticket(labels=("mlops-checkup", "area-data", "priority-high"))
    desk.knows(labels=["bug", "Area-Data"])
    desk.run(github.write([ticket, replace(ticket, key="checkup2")]))
    assert [argv[2] for argv, _ in desk.calls("label", "create")] == ["mlops-checkup", "priority-high"]


def test_a_dry_run_changes_nothing_and_says_what_would_be(desk: Desk) -> None:
    known = tickets(real_report())[:4]
    desk.knows(listed=[github.body(known[0])])
    ended = desk.run(github.write(known), "--dry-run")
    assert desk.calls("issue", "create") == desk.calls("label", "create") == []
    assert f"There already: {known[0].title}\nWould make: {known[1].title}\n" in ended.stdout
    assert ended.stdout.endswith(f"Nothing was changed: {len(known) - 1} to make, 1 there already.\n")


@pytest.mark.parametrize("fault", ["issue list", "label list", "label create", "issue create"])
def test_when_gh_fails_the_script_stops_before_it_could_make_anything_twice(fault: str, desk: Desk) -> None:
    known = tickets(real_report())[:4]
    desk.fails(fault)
    ended = desk.run(github.write(known), code=1)
    assert len(desk.calls("issue", "create")) == (1 if fault == "issue create" else 0)
    assert ended.stderr.count("\n") == 1


def test_without_access_the_script_says_what_to_do(desk: Desk) -> None:
    desk.fails("api --paginate")
    assert 'run "gh auth login"' in desk.run(github.write([a_ticket()]), code=1).stderr
    assert "Unknown option: --now" in desk.run(github.write([a_ticket()]), "--now", code=1).stderr
    assert "OWNER/NAME" in desk.run(github.write([a_ticket()]), "--repo", code=1).stderr


def test_a_system_with_nothing_to_fix_gives_a_script_that_makes_nothing(desk: Desk) -> None:
    assert desk.run(github.write([])).stdout == "Made 0, skipped 0 that were there already.\n"


def test_names_of_people_are_code_in_the_markdown() -> None:
    assert github.code("@everyone") == "`@everyone`"
    assert github.code("a `b` ``c``") == "``` a `b` ``c`` ```"
    assert f"- System: {github.code(HOSTILE)}" in github.body(tickets(real_report(system=HOSTILE))[0])


# CSV


@pytest.mark.parametrize("name", ["jira", "azure"])
def test_a_csv_has_a_row_for_each_ticket_with_its_key_to_look_for(name: str) -> None:
    known = tickets(real_report(system=HOSTILE))
    content = trackers.get(name).write(known)
    assert content == trackers.get(name).write(known)
    for row, ticket in zip(rows(content), known, strict=True):
        assert row["Summary" if name == "jira" else "Title"] == ticket.title
        assert ticket.key in (row["External ID"] if name == "jira" else row["Tags"].split("; "))


def test_jira_gets_every_label_the_key_among_them_and_no_mark_before_its_first_column() -> None:
    known = tickets(real_report())
    content = jira.write(known)
    assert content.startswith(b"Summary,")
    head, first, *_ = csv.reader(io.StringIO(content.decode(), newline=""))
    labels = [cell for name, cell in zip(head, first, strict=True) if name == "Labels"]
    assert labels == [*known[0].labels, known[0].key]
    assert not any(" " in label for label in labels)


def test_jira_reads_no_markup_in_a_name() -> None:
    said = jira.description(a_ticket(names=(("System", "{html} *b* [x|http://evil] !img!"),)))
    assert r"\{html\} \*b\* \[x\|http://evil\] \!img\!" in said


def test_boards_read_no_markup_in_a_name() -> None:
    said = azure.description(a_ticket(names=(("System", HOSTILE),)))
    assert "<b>b</b>" not in said
    assert HOSTILE in text_of_html(said)


@pytest.mark.parametrize("name", ["jira", "azure"])
def test_no_cell_is_run_by_a_spreadsheet(name: str) -> None:
    for row in rows(trackers.get(name).write([a_ticket(title="=HYPERLINK(1)")])):
        assert row["Summary" if name == "jira" else "Title"] == "'=HYPERLINK(1)"


def text_of_html(markup: str) -> str:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.append(data)

    Reader().feed(markup)
    return " ".join(found)
