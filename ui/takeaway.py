"""What takes the fixes of a system along to an issue tracker: one menu on the fixes page."""

import streamlit as st

from data.model import Assessment, FixState, System
from kits.catalogue import the_kits
from kits.model import Kit
from reports import pack, trackers
from reports.ticket import OPEN, tickets
from scoring.model import Result
from ui import handout, identity, reporting, services, widgets


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
        _pack(system, assessment, result)


def _pack(system: System, assessment: Assessment, result: Result) -> None:
    """Everything in one zip, with the starter kits that one wants of those that fit."""
    widgets.small("The fix pack is one zip: the report for the team, these files for every tracker, and starter kits.")
    fitting = _fitting(system, result)
    chosen = tuple(fitting)
    if fitting:
        # What can be chosen is part of the widget's name, so that it never holds a kit that fits no more.
        name = f"pack-kits-{'-'.join(fitting)}"
        chosen = tuple(
            st.multiselect(
                "Starter kits in the fix pack", list(fitting), default=list(fitting), key=name,
                format_func=lambda one: fitting[one].title,
            )
        )  # fmt: skip

    def made_when_clicked() -> bytes:
        return pack.write(reporting.report(system, assessment), chosen, system.id)

    st.download_button(
        "Fix pack: report, tickets and kits",
        data=identity.for_later(made_when_clicked),
        file_name=handout.file_name(system.name, "fix pack", pack.SUFFIX),
        mime=pack.MIME,
        key="take-along-pack",
        icon=":material/folder_zip:",
        on_click="ignore",
    )


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


def _fitting(system: System, result: Result) -> dict[str, Kit]:
    """The kits for the fixes that are open, by id."""
    states = services.fix_states(system.id)
    fixes = [fix for fix in result.fixes if states.get(fix.item, FixState()).state in OPEN]
    return {kit.id: kit for fix in fixes for kit in the_kits().kits_for(fix.item, above=fix.rating)}
