"""Starter kits on their page, beside the fixes that they bring further, and along the path."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from checklist.loader import the_checklist
from data.model import FixState
from data.store import Store
from kits import archive, words
from kits.catalogue import the_kits
from reports import pack
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, all_rated
from tests.pages.accounts import as_member
from tests.pages.visitor import Visit, text_of
from ui import identity, reporting

MONITOR = "data-quality-monitor"
OFFER = "Starter kit: Data quality monitor, which brings it to Level 3."


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Callable[[], bytes]]:
    """What each download button of the next visit would hand over when it is clicked, by its key."""
    offered: dict[str, Callable[[], bytes]] = {}
    real = st.download_button

    def noted(label: str, data: Callable[[], bytes], *, key: str, **more: object) -> bool:
        offered[key] = data
        return real(label, data=data, key=key, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", noted)
    return offered


def test_the_page_shows_every_kit_with_its_items_levels_and_versions(visit: Visit) -> None:
    said = text_of(visit("kits"))
    for kit in the_kits().kits:
        assert kit.title in said
        assert kit.summary in said
        assert words.served(the_checklist(), kit) in said
        assert words.checked(kit) in said
        assert all(service.by in said for service in kit.serves)


def test_a_kit_that_is_asked_for_stands_alone_with_the_way_to_all(visit: Visit) -> None:
    page = visit("kits", kit=MONITOR)
    assert [one.label for one in page.download_button] == ["Download the kit"]
    assert "All starter kits" in [one.label for one in page.page_link]


def test_an_unknown_kit_leads_to_all_of_them(visit: Visit) -> None:
    assert len(visit("kits", kit="no-such").download_button) == len(the_kits().kits)


def test_the_download_is_the_kit_as_the_command_line_packs_it(
    visit: Visit, handed_over: Mapping[str, Callable[[], bytes]]
) -> None:
    visit("kits")
    for kit in the_kits().kits:
        assert handed_over[f"download-kit-{kit.id}-page"]() == archive.zipped(kit, the_checklist())


def test_with_an_assessment_the_page_shows_the_way_from_its_rating(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system, {"data-freshness": Response.rated(1), "data-validation": Response.rated(4)})
    said = text_of(visit("kits", system=system, kit=MONITOR))
    assert "Data freshness 1 → to 3" in said
    assert "rated 4 today" in said


def test_a_fix_offers_its_kit_with_a_download(
    store: Store, visit: Visit, handed_over: Mapping[str, Callable[[], bytes]]
) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated(1))
    page = visit("fixes", system=system)
    assert text_of(page).count(OFFER) == len(the_kits().kit(MONITOR).serves)
    assert "About Data quality monitor" in [one.label for one in page.page_link]
    assert handed_over[f"download-kit-{MONITOR}-data-freshness"]() == archive.zipped(
        the_kits().kit(MONITOR), the_checklist()
    )


def test_the_line_under_a_fix_says_that_there_are_kits_for_it(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated(1))
    lines = [one.value for one in visit("fixes", system=system).get("html")]
    for item, said in (("data-freshness", ">starter kit<"), ("rollback", ">2 starter kits<"), ("scalability", "")):
        name = the_checklist().item(item).name
        (line,) = (one for one in lines if f"{name}, from 1 to" in one)
        assert said in line
        assert ("starter kit" in line) == bool(said)


def test_a_fix_that_stands_as_high_already_offers_none(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated(3))
    page = visit("fixes", system=system)
    assert "Data freshness, from 3 to 4" in text_of(page)
    assert OFFER not in text_of(page)


def test_a_step_of_the_path_names_the_kit_that_reaches_it(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_milestone(store, system, responses=all_rated(1))
    page = visit("path", system=system)
    assert OFFER in text_of(page)
    assert "See the starter kits" in [one.label for one in page.page_link]


def test_a_viewer_gets_the_kits_too(store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated(1))
    as_member(monkeypatch, store, "viewer")
    assert "Download the kit" in text_of(visit("kits"))
    assert OFFER in text_of(visit("fixes", system=system))


def test_the_fix_pack_holds_the_kits_of_the_fixes_that_are_open(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch, handed_over: Mapping[str, Callable[[], bytes]]
) -> None:
    system = a_system(store)
    draft = a_draft(store, system.id, all_rated(1))
    monkeypatch.setattr(identity, "for_later", lambda work: work)
    page = visit("fixes", system=system.id)
    whole = reporting.report(system, draft)
    assert handed_over["take-along-pack"]() == pack.write(whole, None, system.id)
    page.multiselect(key=_chooser(page)).set_value([]).run()
    names = zipfile.ZipFile(io.BytesIO(handed_over["take-along-pack"]())).namelist()
    assert "report.pdf" in names
    assert not any(name.startswith("kits/") for name in names)


def test_a_kit_whose_fixes_are_done_is_not_offered_for_the_pack(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated(1))
    for service in the_kits().kit(MONITOR).serves:
        store.fixes.save(OWNER, system, service.item, FixState(state="done"))
    page = visit("fixes", system=system)
    chooser = [one for one in page.multiselect if one.label == "Starter kits in the fix pack"]
    assert not chooser or MONITOR not in chooser[0].value


def _chooser(page: AppTest) -> str:
    return next(str(one.key) for one in page.multiselect if one.label == "Starter kits in the fix pack")
