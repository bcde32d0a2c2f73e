"""The report page's parts: what the report holds and the buttons that hand it over."""

import re
import unicodedata
from dataclasses import replace

import streamlit as st

import reports.formats
from data.model import Assessment, System
from exchange.answers_file import write, write_as_answered
from ui import colleagues, identity, services, state, widgets

HOLDS = (
    "A cover with the level and the rule that decided it",
    "One page that sums up: the five areas, what to start with, the twenty lines",
    "A page for each area with every chosen answer",
    "All fixes in order, with owner, due date and state",
    "Every answer with its notes and links",
    "How scores and levels are computed",
)


def show(system: System, assessment: Assessment) -> None:
    """What the file will hold, and one button for each format."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        widgets.say(
            f"A report about {system.name} for people who were not in the room: your lead, the next team, an auditor."
        )
        widgets.html('<ul class="mc-list">', *(f"<li>{line}</li>" for line in HOLDS), "</ul>")
        for name in reports.formats.available():
            download(system, assessment, name)
        answers_file(system, assessment)
    with right:
        st.space("small")


def download(system: System, assessment: Assessment, name: str) -> None:
    """The button that hands over the report in this format."""
    kind = reports.formats.get(name)

    def made_when_clicked() -> bytes:
        origins = colleagues.origins(services.checklist(assessment.lens), assessment)
        return kind.write(replace(services.report(system, assessment), origins=origins))

    st.download_button(
        f"Download the {kind.LABEL}" + (f" of “{widgets.plain(assessment.name)}”" if assessment.name else ""),
        data=identity.for_later(made_when_clicked),
        file_name=file_name(system.name, assessment.name or "draft", kind.SUFFIX),
        mime=kind.MIME,
        key=f"download-{name}",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )


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
