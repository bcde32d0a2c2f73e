"""Lenses in what leaves the app: the command line, the PDF and the plain text."""

import json
from pathlib import Path

import pytest

from checklist.loader import the_checklist
from scoring.model import Answers, Response
from tests.commands import done, refused
from tests.reports.builders import a_report, text_of

SMALL, WHOLE = the_checklist().through("small-team"), the_checklist()
LEFT_OUT = SMALL.lens.leaves_out[0].item


def answers_file(folder: Path, lens: str) -> str:
    """Everything at 3, but what the small team leaves out at 1."""
    gone = {left.item for left in SMALL.lens.leaves_out}
    rated = "".join(f"  {item.id}: {1 if item.id in gone else 3}\n" for item in WHOLE.items)
    path = folder / f"{lens}.yaml"
    path.write_text(f'system: churn\nchecklist: "1"\nlens: {lens}\nresponses:\n{rated}', encoding="utf-8")
    return str(path)


def test_score_looks_through_the_lens_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scores = {}
    for lens in ("whole", "small-team"):
        out, _ = done(capsys, "score", answers_file(tmp_path, lens), "--format", "json")
        record = json.loads(out)
        assert record["lens"] == lens
        scores[lens] = record["score"]
    assert scores["small-team"] == 3
    assert scores["whole"] < 3


def test_score_as_text_names_the_lens_and_what_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = done(capsys, "score", answers_file(tmp_path, "small-team"))
    assert "Lens: Small team" in out
    assert f"The lens “Small team” leaves out {len(SMALL.lens.leaves_out)} questions of 41." in out
    out, _ = done(capsys, "score", answers_file(tmp_path, "whole"))
    assert "Lens" not in out


def test_an_unknown_lens_is_refused_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = answers_file(tmp_path, "small-time")
    said = refused(capsys, "score", file)
    assert f'{file}:3: There is no lens "small-time"; did you mean "small-team"?' in said


def test_a_report_by_command_is_seen_through_the_lens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.pdf"
    done(capsys, "report", answers_file(tmp_path, "small-team"), "--output", str(target))
    assert target.read_bytes().startswith(b"%PDF")


def test_the_pdf_names_the_lens_and_gives_its_reasons() -> None:
    answers = Answers({item.id: Response.rated(2) for item in SMALL.items})
    text = text_of(a_report(checklist=SMALL, answers=answers))
    assert "Lens Small team" in text
    assert "The lens “Small team”" in text
    for left in SMALL.lens.leaves_out:
        assert left.reason in text
    assert "each rating and each area with the weight that the lens gives it" in text
    assert WHOLE.item(LEFT_OUT).question not in text


def test_the_pdf_of_the_whole_checklist_says_so_and_explains_nothing() -> None:
    text = text_of(a_report())
    assert "Lens Whole checklist" in text
    assert "The lens" not in text
    assert "each area with the same weight" in text
