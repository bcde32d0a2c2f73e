"""What a person or a build sees of the command line: exit codes, stdout, and one sentence where something is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from checklist.loader import the_checklist
from exchange.answers_file import AnswersFile, read
from reports import trackers
from reports.document import Report
from reports.formats import pdf
from reports.parts import PRESETS, Choice
from scoring import explain
from scoring.evaluate import evaluate
from scoring.model import Answers, Response
from scoring.path import cheapest_path
from scoring.record import as_record
from tests.commands import done, refused
from tests.exchange.filled import filled
from version import VERSION

ROOT = Path(__file__).parents[1]
CHECKLIST = the_checklist()
ANSWERS = """\
system: نموذج <b>churn</b>
checklist: "1"
failures: [data-drift]
responses:
  data-validation: {rating: 3, note: GX suite in CI}
  data-catalog: unknown
  ab-testing: {not_applicable: out-of-scope}
  rollback: 1
  model-registry: 1
  alerting: 2
  model-metrics: 1
  data-drift-detection: 2
  model-drift-detection: 1
health: {fast-rollback: "no", pipeline-tests: "yes"}
"""
PNG = b"\x89PNG\r\n\x1a\n and the rest of it"
HEAVY = ("streamlit", "pandas", "duckdb", "reportlab", "altair", "openpyxl", "xlsxwriter")


@pytest.fixture
def answers(tmp_path: Path) -> str:
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS, encoding="utf-8")
    return str(path)


def run(*argv: str, text: str | None = None, **more: object) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), *argv]
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False, **more)  # type: ignore[call-overload, no-any-return]


# score


def test_the_numbers_of_score_are_those_of_the_app(answers: str, capsys: pytest.CaptureFixture[str]) -> None:
    out, said = done(capsys, "score", answers, "--format", "json")
    given = read(ANSWERS, "answers.yaml", CHECKLIST)
    path = cheapest_path(CHECKLIST, given.answers)
    assert json.loads(out) == as_record(CHECKLIST, given.system, evaluate(CHECKLIST, given.answers), path)
    assert said == ""


def test_score_as_text_says_what_the_results_page_says(answers: str, capsys: pytest.CaptureFixture[str]) -> None:
    out, said = done(capsys, "score", answers)
    given = read(ANSWERS, "answers.yaml", CHECKLIST)
    result = evaluate(CHECKLIST, given.answers)
    told = " ".join(out.split())
    assert said == ""
    for sentence in (
        explain.headline(CHECKLIST, given.system, result),
        explain.rule(CHECKLIST, result),
        explain.standing(CHECKLIST, result),
        explain.possible(CHECKLIST, result),
        explain.target_sentence(CHECKLIST, result),
        *(explain.anti_pattern_sentence(CHECKLIST, one, given.answers) for one in result.anti_patterns),
        explain.health_rule(CHECKLIST, result.health),
    ):
        assert sentence in told


def test_a_process_writes_json_to_stdout_alone_whatever_the_locale(answers: str) -> None:
    ended = run(
        "score", answers, "--format", "json", env={"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)["system"] == "نموذج <b>churn</b>"


def test_answers_may_come_from_stdin_in_any_folder(tmp_path: Path) -> None:
    ended = run("score", "-", text=ANSWERS, cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "is at Level" in ended.stdout
    ended = run("score", "-", text="system: S\n", cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == 'stdin:1: The file has no "checklist"; add it.\n'
    assert list(tmp_path.iterdir()) == []


def test_score_starts_without_the_store_the_pages_and_the_reports(answers: str) -> None:
    heavy = f"set({HEAVY!r}) & set(sys.modules)"
    program = f"import sys, cli; cli.main(['score', {answers!r}]); print(sorted({heavy}), file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stderr == "[]\n"


def test_what_a_library_prints_unasked_does_not_get_between_the_results() -> None:
    program = "import os, cli; cli.keep_stdout_for_results(); os.write(1, b'noise\\n'); print('result')"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("result\n", "noise\n")


def test_a_reader_who_has_seen_enough_is_no_fault(answers: str) -> None:
    command = f"'{sys.executable}' '{ROOT / 'cli.py'}' score '{answers}'; echo \"exit $?\" >&2"
    ended = subprocess.run(["sh", "-c", f"({command}) | true"], capture_output=True, text=True, check=True)
    assert ended.stderr == "exit 0\n"


def test_a_full_disk_behind_stdout_is_a_sentence(answers: str) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, str(ROOT / "cli.py"), "score", answers]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr == "The output could not be written (No space left on device); make room or write elsewhere.\n"


@pytest.mark.parametrize("name", ["no-such-file.yaml", "/dev/null/x", ".", "x\0y"])
def test_a_file_that_cannot_be_opened_is_named(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "cannot be read" in refused(capsys, "score", name)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "x.yaml:1: The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00", "x.yaml:1: The file is binary"),
        (b"#" * 1_000_001, "x.yaml:1: The file is larger than 1000 kB"),
        (ANSWERS.replace("rollback: 1", "rolback: 1").encode(), 'x.yaml:8: There is no item "rolback"; did you mean'),
        (ANSWERS.replace("rollback: 1", "rollback: 9").encode(), 'x.yaml:8: "rollback" is answered with 9'),
        (ANSWERS.replace("alerting: 2", "rollback: 2").encode(), 'x.yaml:10: "rollback" stands twice'),
        (ANSWERS.replace('"no"', "no").encode(), 'x.yaml:14: The answer to "fast-rollback" is a bare no'),
        (ANSWERS.replace('"1"', '"2"').encode(), "x.yaml:2: The file is for checklist"),
        (ANSWERS.replace("GX suite in CI", "x" * 10_001).encode(), "x.yaml:5: The note of"),
        (ANSWERS.replace("GX suite in CI", "\x1b[2J").encode(), "x.yaml:5: A control character (U+001B)"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_that_is_no_answers_file_is_refused_with_its_line(
    content: bytes,
    said: str,
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "x.yaml").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert refused(capsys, "score", "x.yaml", "--format", form).startswith(said)


def test_an_endless_file_is_not_read_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert "larger than 1000 kB" in refused(capsys, "score", "/dev/zero")


def test_faults_reach_the_terminal_without_the_control_characters_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text('"\\x1b[2Ja": 1\n"\\x1b[2Ja": 2\n', encoding="utf-8")
    assert refused(capsys, "score", str(path)).endswith('"[2Ja" stands twice (first on line 1); keep one.\n')


# Wrong use


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ((), "COMMAND"),
        (("scor", "x"), "invalid choice: 'scor'"),
        (("score",), "ANSWERS"),
        (("score", "x", "y"), "Unrecognized arguments: y"),
        (("score", "x", "--form", "json"), "Unrecognized arguments"),
        (("score", "x", "--format", "xml"), "invalid choice: 'xml'"),
        (("report", "x"), "--output"),
        (("tickets", "x", "--output", "x.sh"), "--for"),
        (("tickets", "x", "--output", "x.sh", "--for", "trello"), "invalid choice: 'trello'"),
        (("tickets", "x", "--output", "x.csv", "--for", "github"), '"x.csv" does not end in .sh'),
        (("tickets", "x", "--output", "x.xlsx", "--for", "jira"), '"x.xlsx" does not end in .csv'),
        (("health",), "There are 0 answers; give 5, in this order: reproduce-old-model"),
        (("health", "yes", "no"), "There are 2 answers; give 5"),
        (("health", "yes", "no", "maybe", "no", "no"), 'fast-rollback is "maybe"; give yes, no, unsure'),
    ],
)
def test_wrong_use_is_a_sentence(argv: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said in refused(capsys, *argv)


def test_help_and_version_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert done(capsys, "--version") == (f"MLOps Checkup {VERSION}\n", "")
    out, said = done(capsys, "--help")
    assert said == ""
    for command in (
        "score",
        "diff",
        "health",
        "report",
        "tickets",
        "questionnaire",
        "export",
        "import",
        "migrate",
        "backup",
        "doctor",
        "demo",
    ):
        assert command in out
        assert done(capsys, command, "--help")[0].startswith(f"usage: cli.py {command}")


# health


def test_the_health_check_says_level_rule_and_what_each_no_means(capsys: pytest.CaptureFixture[str]) -> None:
    out, said = done(capsys, "health", "yes", "no", "yes", "unsure", "no")
    told = " ".join(out.split())
    assert said == ""
    assert told.startswith("Indicative level: at least Level 2, Basic. Two of five answers are yes")
    assert explain.health_gap(CHECKLIST, "know-degradation") in told
    assert explain.health_gap(CHECKLIST, "trace-prediction") in told
    assert explain.health_gap(CHECKLIST, "pipeline-tests") not in told


# questionnaire


def test_a_questionnaire_goes_out_blank_and_is_scored_when_it_is_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "form.xlsx"
    done(capsys, "questionnaire", "--output", str(target))
    said = AnswersFile("Churn model", CHECKLIST.version, Answers({CHECKLIST.items[0].id: Response.rated(4)}))
    assert "The name of the system is empty" in refused(capsys, "score", str(target))
    target.write_bytes(filled(CHECKLIST, said))
    assert json.loads(done(capsys, "score", str(target), "--format", "json")[0])["score"] == 4


@pytest.mark.parametrize(
    ("more", "says"),
    [(("--output", "form.odt"), "no questionnaire as"), (("--output", "a.xlsx", "--lens", "x"), 'no lens "x"')],
)
def test_a_questionnaire_that_does_not_exist_is_refused(
    more: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in refused(capsys, "questionnaire", *more)


# report


def test_a_report_is_written_and_written_over(answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.PDF"
    target.write_text("older")
    assert done(capsys, "report", answers, "--output", str(target)) == ("", f'The report is in "{target}".\n')
    assert target.read_bytes().startswith(b"%PDF-")


def test_the_longest_ending_chooses_the_format(
    answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, marked in (("a.csv", False), ("a.excel.csv", True)):
        done(capsys, "report", answers, "--output", str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf") is marked


@pytest.mark.parametrize("name", ["report.docx", "report", ".pdf"])
def test_an_unknown_ending_lists_the_formats(
    name: str, answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ".pdf" in refused(capsys, "report", answers, "--output", str(tmp_path / name))
    assert not (tmp_path / name).exists()


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """What the PDF was asked to write, in the place of writing it."""
    asked: list[Report] = []

    def write(report: Report) -> bytes:
        asked.append(report)
        return b"%PDF-"

    monkeypatch.setattr(pdf, "write", write)
    return asked


def test_a_report_has_the_parts_of_its_preset_on_the_chosen_paper_with_line_and_logo(
    answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], chosen: list[Report]
) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(PNG)
    argv = ("--preset", "executive", "--paper", "Letter", "--confidential", "Board only", "--logo", str(logo))
    done(capsys, "report", answers, "--output", str(tmp_path / "r.pdf"), *argv)
    assert chosen[0].choice == Choice(PRESETS["executive"].parts, "Letter", "Board only", PNG)


def test_without_a_preset_a_report_has_every_part_and_the_path_of_score(
    answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], chosen: list[Report]
) -> None:
    done(capsys, "report", answers, "--output", str(tmp_path / "r.pdf"))
    assert chosen[0].choice == Choice()
    given = read(ANSWERS, "answers.yaml", CHECKLIST)
    assert chosen[0].path == cheapest_path(CHECKLIST, given.answers)
    assert (chosen[0].participants, chosen[0].history, chosen[0].disagreements) == ((), (), ())


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--preset", "boss"), 'There is no preset "boss"; choose one of executive, team, auditor.'),
        (("--paper", "A5"), '"A5" is no paper size; choose A4 or Letter.'),
        (("--confidential", "x" * 121), "The confidentiality line is longer than 120 characters; shorten it."),
        (("--logo", "no-such-logo.png"), '"no-such-logo.png" cannot be read'),
        (("--logo", __file__), "The logo is no PNG or JPEG; choose another file."),
        (("--logo", "/dev/zero"), "The logo is larger than 1 MB; choose a smaller picture."),
    ],
)
def test_what_no_report_can_be_made_of_is_a_sentence(
    argv: tuple[str, str], said: str, answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "r.pdf"
    assert said in refused(capsys, "report", answers, "--output", str(target), *argv)
    assert not target.exists()


# tickets


def test_tickets_are_written_for_each_tracker(answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fixes = len(evaluate(CHECKLIST, read(ANSWERS, "answers.yaml", CHECKLIST).answers).fixes)
    for name in trackers.available():
        target = tmp_path / f"{name}{trackers.get(name).SUFFIX}"
        out, said = done(capsys, "tickets", answers, "--output", str(target), "--for", name)
        assert (out, said) == ("", f'The tickets are in "{target}": {fixes}.\n')
        assert b"Model registry: from level 1 to 2" in target.read_bytes()


def test_tickets_come_from_stdin_and_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one.sh", "two.sh"):
        ended = run("tickets", "-", "--output", name, "--for", "github", text=ANSWERS, cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "one.sh").read_bytes() == (tmp_path / "two.sh").read_bytes()


def test_a_report_that_cannot_be_written_is_a_sentence(answers: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert '"/proc/report.pdf" cannot be written' in refused(capsys, "report", answers, "--output", "/proc/report.pdf")
