"""The page of starter kits, and how a kit is offered beside a fix: what it does, what it brings, and its download."""

import re
from collections.abc import Mapping
from html import escape

import streamlit as st

from checklist.model import Checklist
from data.model import System
from kits import archive, words
from kits.catalogue import the_kits
from kits.model import Kit, Service
from scoring.model import Fix
from ui import frame, guards, marks, services, state, widgets

PARAMETER = "kit"
CODE = re.compile(r"`([^`]+)`")


def show() -> None:
    """All kits at a glance, then each with everything about it; one alone where the address names it."""
    checklist, ratings = services.checklist(), _ratings()
    chosen = next((kit for kit in the_kits().kits if kit.id == state.parameter(PARAMETER)), None)
    if chosen:
        widgets.link(frame.KITS, "All starter kits", icon=":material/arrow_back:", system=state.parameter("system"))
        _kit(checklist, chosen, ratings, is_alone=True)
        return
    widgets.say(
        "A kit is a folder of files that closes gaps: code with its own tests, a page on how to adopt it in five "
        "steps, and the way back. Each is tested in the tests of this app, with the libraries named here."
    )
    widgets.html(_overview(checklist))
    for kit in the_kits().kits:
        _kit(checklist, kit, ratings)


def offer(system: System | None, fix: Fix) -> None:
    """The kits that bring this fix further: a sentence each, the way to more about it, and the download."""
    for kit in the_kits().kits_for(fix.item, above=fix.rating):
        (sentence,) = words.offers([kit], fix.item)
        with st.container(key=f"kit-{kit.id}-for-{fix.item}", gap="xsmall"):
            widgets.say(sentence, "mc-body")
            with st.container(horizontal=True):
                _download(kit, fix.item)
                if system:
                    widgets.link(frame.KITS, f"About {kit.title}", kit=kit.id, system=system.id)


def counted(fix: Fix) -> list[str]:
    """That there are kits for a fix, for the line of its facts; empty where there are none."""
    count = len(the_kits().kits_for(fix.item, above=fix.rating))
    return [f"{count} starter kits" if count > 1 else "starter kit"] if count else []


def _ratings() -> Mapping[str, int]:
    """How the newest assessment of the open system rates the items; empty where there is none."""
    system = guards.open_system()
    newest = services.newest(system.id) if system else None
    if newest is None:
        return {}
    given = services.answers(newest.id).responses
    return {item: response.rating for item, response in given.items() if response.rating is not None}


def _overview(checklist: Checklist) -> str:
    rows = ((kit.title, words.served(checklist, kit), words.checked(kit)) for kit in the_kits().kits)
    return marks.table("All starter kits", ("Kit", "Items and the level it brings", "Last checked"), rows)


def _kit(checklist: Checklist, kit: Kit, ratings: Mapping[str, int], is_alone: bool = False) -> None:
    """One kit; among the others, what one would see of each item opens on demand."""
    seen = "".join(_seen(checklist, one, ratings.get(one.item)) for one in kit.serves)
    ways = "".join(f"<span>{_named(checklist, one)} {_way(one, ratings.get(one.item))}</span>" for one in kit.serves)
    with st.container(key=f"kit-{kit.id}", gap="small"):
        widgets.html(
            marks.text(kit.title, "mc-sectionname", "h2"),
            marks.text(kit.summary, "mc-body"),
            f'<ul class="mc-kitlist">{seen}</ul>' if is_alone else f'<p class="mc-kitways">{ways}</p>',
        )
        _download(kit)
        widgets.html(
            "" if is_alone else marks.fold("What one would see then", f'<ul class="mc-kitlist">{seen}</ul>'),
            marks.fold("Adopt it in five steps, or take it out again", _adopting(kit)),
            marks.fold(f"What is in it: {len(kit.files) + 1} files", _files(checklist, kit)),
            marks.text(f"Checked on {words.checked(kit)}.", "mc-small") if is_alone else "",
        )


def _named(checklist: Checklist, service: Service) -> str:
    return escape(checklist.item(service.item).name)


def _seen(checklist: Checklist, service: Service, rating: int | None) -> str:
    """An item, its way, and what one would see once it is gone."""
    name = marks.text(checklist.item(service.item).name, "mc-cardname", "h3")
    way = _way(service, rating)
    return f'<li><div>{name}<p class="mc-small">{way}</p></div>{marks.text(service.by, "mc-cardtext")}</li>'


def _way(service: Service, rating: int | None) -> str:
    """From today's rating to the kit's level, or the level alone where nothing is rated or it is reached already."""
    if rating is not None and rating < service.level:
        return marks.step(rating, service.level)
    reached = "" if rating is None else f", rated {rating} today"
    return f'Level <span class="mc-rating mc-l{service.level}">{service.level}</span>{escape(reached)}'


def _download(kit: Kit, place: str = "page") -> None:
    """The zip, packed when it is clicked; what is in it is the same for everybody."""
    st.download_button(
        "Download the kit" if place == "page" else f"Download {kit.title}",
        data=lambda: archive.zipped(kit, services.checklist()),
        file_name=f"{kit.id}.zip",
        mime="application/zip",
        key=f"download-kit-{kit.id}-{place}",
        icon=":material/download:",
        on_click="ignore",
    )


def _files(checklist: Checklist, kit: Kit) -> str:
    sizes = ((path, f"{len(content):,} bytes") for path, content in archive.contents(kit, checklist).items())
    return marks.table(f"Files of {kit.title}", ("File", "Size"), sizes)


def _adopting(kit: Kit) -> str:
    """What it needs, the five steps, and the way back, in the order in which they are read."""
    parts = (
        ("What it needs", _listed(kit.needs, "ul")),
        ("Five steps", _listed(kit.adopt, "ol")),
        ("Take it out again", f'<p class="mc-body">{_coded(kit.undo)}</p>'),
    )
    return "".join(marks.text(title, "mc-cardname", "h3") + content for title, content in parts)


def _listed(lines: tuple[str, ...], tag: str) -> str:
    return f'<{tag} class="mc-list">{"".join(f"<li>{_coded(one)}</li>" for one in lines)}</{tag}>'


def _coded(text: str) -> str:
    """Text of a kit, with what stands between backticks as code."""
    return CODE.sub(r"<code>\1</code>", escape(text))
