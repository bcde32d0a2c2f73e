"""The report page's parts: the report as it will be, and the buttons that hand it over in each format."""

import re
import unicodedata
from dataclasses import replace

import streamlit as st

import reports.formats
from data.model import Assessment, System
from exchange.answers_file import write, write_as_answered
from reports.formats import html
from reports.parts import Choice
from ui import identity, reporting, services, state, tailoring, widgets

# What most people take along stands first, then the rest in order of the alphabet.
FIRST = ("pdf", "html")
PREVIEW_HEIGHT = 900


def show(system: System, assessment: Assessment) -> None:
    """For whom, the files, how it is wanted in detail; and beside it the report as it will be."""
    left, right = st.columns([3, 7], gap="large")
    with left:
        tailoring.reader()
        files = st.container(key="report-files", gap="small")
        choice = tailoring.details(lambda wanted: _made(system, assessment, FIRST[0], wanted))
        with files:
            for name in formats() if choice else ():
                download(system, assessment, name, choice)
            answers_file(system, assessment)
    with right:
        if choice:
            preview(system, assessment, choice)


def formats() -> list[str]:
    """The names of all formats, in the order in which they are offered."""
    return sorted(reports.formats.available(), key=lambda name: (name not in FIRST, name != FIRST[0], name))


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
        f"Download the {kind.LABEL}" + (f" of “{widgets.plain(assessment.name)}”" if assessment.name else ""),
        data=identity.for_later(made_when_clicked),
        file_name=file_name(system.name, assessment.name or "draft", kind.SUFFIX),
        mime=kind.MIME,
        key=f"download-{name}",
        type="primary" if name == FIRST[0] else "secondary",
        icon=":material/download:",
        on_click="ignore",
    )


def _made(system: System, assessment: Assessment, name: str, choice: Choice) -> bytes:
    return reports.formats.get(name).write(reporting.report(system, assessment, choice))


def answers_file(system: System, assessment: Assessment, primary: bool = False) -> None:
    """The button that hands over all answers as YAML."""

    ours = services.checklist().version

    def made_when_clicked() -> bytes:
        file = services.answers_file(system, assessment)
        return (write(file, services.checklist()) if file.checklist == ours else write_as_answered(file)).encode()

    if assessment.checklist != ours:
        widgets.small(
            f"It was answered with checklist {assessment.checklist}, and so is its file. This app compares files of "
            f"checklist {ours}."
        )
    day = (assessment.made_at or services.now()).astimezone(state.time_zone()).date()
    st.download_button(
        "Download the answers file" + (f" of “{widgets.plain(assessment.name)}”" if assessment.name else ""),
        data=identity.for_later(made_when_clicked),
        file_name=file_name(system.name, f"answers {day}", ".yaml"),
        mime="application/yaml",
        key="download-answers",
        type="primary" if primary else "secondary",
        icon=":material/download:",
        on_click="ignore",
    )


def file_name(system: str, edition: str, suffix: str) -> str:
    """A name that every file system takes, from names that people chose."""
    plain = unicodedata.normalize("NFKD", f"{system} {edition}").encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower()) or ["report"]
    return f"mlops-checkup-{'-'.join(words)[:80].strip('-')}{suffix}"
