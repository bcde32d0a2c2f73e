"""The report page's parts: the report as it will be, and the buttons that hand it over in each format."""

import re
import unicodedata
from dataclasses import replace
from typing import Any

import streamlit as st

import reports.formats
from data.model import Assessment, System
from exchange.answers_file import write, write_as_answered
from reports.formats import html
from reports.parts import Choice
from ui import identity, marks, reporting, services, state, tailoring, widgets

# What most people take along stands first, then the rest in order of the alphabet.
FIRST = ("pdf", "html", "xlsx", "markdown")
PREVIEW_HEIGHT = 900


def show(system: System, assessment: Assessment) -> None:
    """For whom, the files, how it is wanted in detail; and beside it the report as it will be."""
    left, right = st.columns([1, 2], gap="large")
    with left:
        tailoring.reader()
        place = st.container(gap="small")
        choice = tailoring.details(lambda wanted: _made(system, assessment, FIRST[0], wanted))
        with place:
            files(system, assessment, choice)
    with right:
        if choice:
            preview(system, assessment, choice)


def formats() -> list[str]:
    """The names of all formats, in the order in which they are offered."""
    return [*FIRST, *(name for name in reports.formats.available() if name not in FIRST)]


def files(system: System, assessment: Assessment, choice: Choice | None) -> None:
    """The report in each format and the answers as a file; the answers alone where no report can be made."""
    what = f"“{assessment.name}”" if assessment.name else "the draft"
    widgets.html(marks.text(f"Download {what} as", "mc-files", "h2"))
    with st.container(key="report-files", horizontal=True, gap="xsmall"):
        for name in formats() if choice else ():
            download(system, assessment, name, choice)
        _answers(system, assessment, "YAML")
    _other_checklist(assessment)


def preview(system: System, assessment: Assessment, choice: Choice) -> None:
    """The report on the screen: the web page that one can also take along."""
    with st.spinner("Putting the report together …"):
        whole = reporting.report(system, assessment, choice)
        # To the minute, as it is printed: the same page again would begin at its top again.
        still = replace(whole, generated_at=whole.generated_at.replace(second=0, microsecond=0))
        drawn = html.within_a_page(still, "dark" if state.is_dark() else "light")
    st.iframe(drawn, height=PREVIEW_HEIGHT, alt=f"Preview of the report on {system.name}")


def download(system: System, assessment: Assessment, name: str, choice: Choice | None = None) -> None:
    """The button that hands over the report in this format, made when it is clicked."""
    kind = reports.formats.get(name)

    def made_when_clicked() -> bytes:
        return _made(system, assessment, name, choice or reporting.EVERYTHING)

    st.download_button(
        kind.LABEL,
        data=identity.for_later(made_when_clicked),
        file_name=file_name(system.name, assessment.name or "draft", kind.SUFFIX),
        mime=kind.MIME,
        key=f"download-{name}",
        type="primary" if name == FIRST[0] else "secondary",
        help=f"{kind.ABOUT}.",
        on_click="ignore",
    )


def _made(system: System, assessment: Assessment, name: str, choice: Choice) -> bytes:
    return reports.formats.get(name).write(reporting.report(system, assessment, choice))


def answers_file(system: System, assessment: Assessment) -> None:
    """The answers file by itself, and which checklist it is of."""
    _other_checklist(assessment)
    name = f" of “{widgets.plain(assessment.name)}”" if assessment.name else ""
    _answers(system, assessment, f"Download the answers file{name}", icon=":material/download:", type="primary")


def _other_checklist(assessment: Assessment) -> None:
    ours = services.checklist().version
    if assessment.checklist != ours:
        widgets.small(
            f"It was answered with checklist {assessment.checklist}, and so is its file. This app compares files of "
            f"checklist {ours}."
        )


def _answers(system: System, assessment: Assessment, label: str, **look: Any) -> None:
    """The button that hands over all answers as YAML."""

    def made_when_clicked() -> bytes:
        file = services.answers_file(system, assessment)
        ours = file.checklist == services.checklist().version
        return (write(file, services.checklist()) if ours else write_as_answered(file)).encode()

    day = (assessment.made_at or services.now()).astimezone(state.time_zone()).date()
    st.download_button(
        label,
        data=identity.for_later(made_when_clicked),
        file_name=file_name(system.name, f"answers {day}", ".yaml"),
        mime="application/yaml",
        key="download-answers",
        help="The answers alone: to compare, to keep, to bring back in.",
        on_click="ignore",
        **look,
    )


def file_name(system: str, edition: str, suffix: str) -> str:
    """A name that every file system takes, from names that people chose."""
    plain = unicodedata.normalize("NFKD", f"{system} {edition}").encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower()) or ["report"]
    return f"mlops-checkup-{'-'.join(words)[:80].strip('-')}{suffix}"
