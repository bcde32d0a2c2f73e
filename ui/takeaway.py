"""What takes the fixes of a system along to an issue tracker: one menu on the fixes page."""

import streamlit as st

from data.model import Assessment, System
from reports import trackers
from reports.ticket import tickets
from scoring.model import Result
from ui import handout, identity, reporting, widgets


def show(system: System, assessment: Assessment, result: Result) -> None:
    """A file for each tracker; nothing where there is no fix."""
    if not result.fixes:
        return
    with st.popover("Take the fixes along", icon=":material/move_item:", key="take-along"):
        widgets.small(
            "A ticket for each fix that is neither done nor accepted. Each has a key that stays the same: the script "
            "skips issues that are there already; after an import, look for the key before you import again."
        )
        for name in trackers.available():
            _download(system, assessment, name)


def _download(system: System, assessment: Assessment, name: str) -> None:
    tracker = trackers.get(name)

    def made_when_clicked() -> bytes:
        return tracker.write(tickets(reporting.report(system, assessment), system.id))

    st.download_button(
        tracker.LABEL,
        data=identity.for_later(made_when_clicked),
        file_name=handout.file_name(system.name, f"fixes for {name}", tracker.SUFFIX),
        mime=tracker.MIME,
        key=f"take-along-{name}",
        icon=":material/download:",
        on_click="ignore",
    )
