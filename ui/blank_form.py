"""The blank questionnaire, handed out for a workshop or for people without an account."""

import streamlit as st

from checklist.model import WHOLE
from data.model import Assessment, System
from reports import questionnaire
from ui import handout, identity, services, widgets

LABELS = {".xlsx": "Download a blank questionnaire for Excel", ".pdf": "Download a blank questionnaire to print"}
MIMES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}


def show(system: System, shown: Assessment | None) -> None:
    """One button for each kind of file; the form asks what the lens of the open assessment asks."""
    lens = shown.lens if shown else WHOLE
    widgets.small(
        "Or fill it in elsewhere: every question with its five answers, for a workshop. A questionnaire filled in with "
        "Excel comes back below, like an answers file."
    )
    with st.container(horizontal=True):
        for suffix in questionnaire.forms():
            _button(system, lens, suffix)


def _button(system: System, lens: str, suffix: str) -> None:
    def made_when_clicked() -> bytes:
        return questionnaire.written(suffix, services.checklist(lens), system.name)

    st.download_button(
        LABELS[suffix],
        data=identity.for_later(made_when_clicked),
        file_name=handout.file_name(system.name, "questionnaire", suffix),
        mime=MIMES[suffix],
        key=f"blank-{suffix.removeprefix('.')}",
        icon=":material/download:",
        on_click="ignore",
    )
