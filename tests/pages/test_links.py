"""The pages of share links: make and revoke them, look through one, answer through one."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from data.store import Store
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, all_rated, by_area, checklist
from tests.pages.visitor import MARKUP, Visit, button, clicks, text_of, turns_to, unbroken
from ui import visits

Comes = Callable[..., AppTest]
DATA = next(area for area in checklist().areas if area.id == "data")
FIRST = DATA.items[0]
DEAD = "This link does not work any more"


@pytest.fixture
def comes(store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Comes:
    """Open the page of a link as somebody whose browser has just come through it."""

    def come(secret: str, page: str = "shared", **address: str) -> AppTest:
        link = store.door.link(secret)
        assert link
        held = store.door.enter(link)
        monkeypatch.setattr(visits, "pass_held", lambda: held)
        return visit(page, **{"via": link.id, **address})

    return come


def _system(store: Store, name: str = "Churn model") -> str:
    system = a_system(store, name).id
    a_milestone(store, system, "Spring", by_area(data=4, development=4, deployment=4, monitoring=4, governance=1))
    return system


def _secret(store: Store, system: str, scope: str = "view", **given: object) -> str:
    return store.links.make(OWNER, system, scope, **given).secret  # type: ignore[arg-type]


def _clicks_in_dialog(page: AppTest, opener: str, label: str) -> AppTest:
    """Here each run is a whole one, so the button that opened the dialog is held down."""
    button(page, opener).click()
    return clicks(page, label)


# Making and revoking


def test_a_new_link_is_shown_once_and_then_stands_in_the_list(store: Store, visit: Visit) -> None:
    system = _system(store)
    page = visit("share", system=system)
    page.text_input(key="link-label").set_value("For the auditor")
    page = clicks(page, "Make the link")
    address = page.code[0].value
    link = store.door.link(address.rpartition("/l/")[2])
    assert link
    assert (link.scope, link.label, link.system, link.assessment) == ("view", "For the auditor", system, None)
    assert link.expires_at
    assert "For the auditor" in text_of(page)
    page = clicks(page, "Done")
    assert not page.code
    assert "look at results · made by You just now · works until 14 July 2026 · not used yet" in text_of(page)


def test_a_new_link_is_gone_once_another_page_was_opened(store: Store, visit: Visit) -> None:
    system = _system(store)
    page = clicks(visit("share", system=system), "Make the link")
    assert page.code
    for other in ("../pages/results/results.py", "../pages/share/share.py"):
        page = unbroken(page.switch_page(other).run())
    assert not page.code


def test_a_link_to_answer_may_ask_about_some_areas(store: Store, visit: Visit) -> None:
    system = _system(store)
    page = visit("share", system=system)
    page.button_group(key="link-scope").set_value("respond").run()
    page.multiselect(key="link-areas").set_value(["data"])
    clicks(page, "Make the link")
    link = store.links.of(OWNER, system)[0]
    assert (link.scope, link.areas) == ("respond", ("data",))


def test_a_badge_comes_as_markdown_for_a_readme(store: Store, visit: Visit) -> None:
    page = visit("share", system=_system(store))
    page.button_group(key="link-scope").set_value("badge").run()
    assert not [one for one in page.text_input if one.key == "link-passphrase"]
    markdown = clicks(page, "Make the link").code[0].value
    assert markdown.startswith("![MLOps maturity](http://")
    assert markdown.endswith(".svg)")


def test_a_refusal_is_a_sentence_and_makes_nothing(store: Store, visit: Visit) -> None:
    system = _system(store)
    page = visit("share", system=system)
    page.text_input(key="link-passphrase").set_value("short")
    page = clicks(page, "Make the link")
    assert "at least 8 characters" in text_of(page)
    assert store.links.of(OWNER, system) == []


def test_a_link_is_revoked_after_a_question(store: Store, visit: Visit) -> None:
    system = _system(store)
    secret = _secret(store, system, label=MARKUP)
    page = visit("share", system=system)
    assert MARKUP in text_of(page)
    page = clicks(page, "Revoke")
    assert store.door.link(secret), "not before one has said so"
    page = _clicks_in_dialog(page, "Revoke", "Revoke it")
    assert store.door.link(secret) is None
    assert "1 link no longer working" in text_of(page)
    assert "revoked just now" in text_of(page)


def test_the_address_begins_as_the_operator_says(store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKUP_PUBLIC_URL", "https://checkup.example/team/")
    monkeypatch.setenv("CHECKUP_OPEN_TO_ALL", "yes")
    page = clicks(visit("share", system=_system(store)), "Make the link")
    assert page.code[0].value.startswith("https://checkup.example/team/l/")


# Looking


def test_who_looks_sees_the_newest_milestone_and_no_draft(store: Store, comes: Comes) -> None:
    system = _system(store)
    a_draft(store, system, all_rated(1))
    text = text_of(comes(_secret(store, system)))
    assert "Churn model is at Level 2, Basic" in text
    assert "“Spring”" in text
    assert "Shared by Olga" in text


@pytest.mark.parametrize(
    ("part", "seen"),
    [("Fixes", "From 1 to 2"), ("History", "Milestones"), ("Report", "CSV for Excel")],
)
def test_a_link_to_a_system_has_all_parts(part: str, seen: str, store: Store, comes: Comes) -> None:
    page = comes(_secret(store, _system(store)))
    page.session_state["shared-parts"] = part
    text = text_of(unbroken(page.run()))
    assert seen in text
    assert not page.text_input
    assert not page.button


def test_nothing_leads_away_from_what_is_shared(store: Store, comes: Comes) -> None:
    for given in ({}, {"milestone": True}):
        system = _system(store, f"System {given}")
        milestone = store.assessments.milestones(OWNER, system)[0].id
        page = comes(_secret(store, system, **({"milestone": milestone} if given else {})))
        assert not page.page_link
        assert not page.button
        assert not page.sidebar


def test_a_link_to_one_milestone_shows_that_one_alone(store: Store, comes: Comes) -> None:
    system = _system(store)
    first = store.assessments.milestones(OWNER, system)[0]
    a_milestone(store, system, "Summer", all_rated(5))
    page = comes(_secret(store, system, milestone=first.id))
    assert "Level 2, Basic" in text_of(page)
    assert "Summer" not in text_of(page)
    assert [tab.label for tab in page.tabs] == ["Results", "Fixes", "Report"]
    store.assessments.void(OWNER, first.id)
    assert "There is nothing to see here any more" in text_of(page.run())


@pytest.mark.parametrize("alone", [False, True], ids=["system", "milestone"])
def test_a_milestone_of_a_newer_checklist_is_told_and_breaks_nothing(
    alone: bool, store: Store, comes: Comes, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = _system(store)
    draft = store.assessments.start(OWNER, system, "2", from_milestone=True)
    ahead = store.milestones.make(OWNER, draft.id, "Ahead", replace(checklist(), version="2"))
    text = text_of(comes(_secret(store, system, **({"milestone": ahead.id} if alone else {}))))
    assert text.count("“Ahead” was made with checklist 2, which is newer than checklist 1 of this app") == 1


def test_other_ids_in_the_address_open_nothing(store: Store, comes: Comes) -> None:
    other = _system(store, "Secret system")
    milestone = store.assessments.milestones(OWNER, other)[0].id
    text = text_of(comes(_secret(store, _system(store)), system=other, assessment=milestone))
    assert "Churn model is at" in text
    assert "Secret system" not in text


def test_a_revoked_link_is_shut_at_the_next_click(store: Store, comes: Comes) -> None:
    system = _system(store)
    page = comes(_secret(store, system))
    assert "Churn model" in text_of(page)
    store.links.revoke(OWNER, store.links.of(OWNER, system)[0].id)
    text = text_of(page.run())
    assert DEAD in text
    assert "Churn" not in text


@pytest.mark.parametrize("page", ["shared", "respond"])
def test_without_a_link_there_is_one_sentence(
    page: str, store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    _system(store)
    monkeypatch.setattr(visits, "pass_held", lambda: "x" * 43)
    for address in ({}, {"via": "no-such"}, {"via": "'; drop table share_links; --"}):
        assert DEAD in text_of(visit(page, **address))


def test_a_link_opens_the_page_it_is_for_and_no_other(store: Store, comes: Comes) -> None:
    system = _system(store)
    a_draft(store, system)
    assert DEAD in text_of(comes(_secret(store, system), "respond"))
    assert DEAD in text_of(comes(_secret(store, system, "respond"), "shared"))
    assert DEAD in text_of(comes(_secret(store, system, "badge"), "shared"))


def test_a_system_without_a_milestone_says_what_will_be_here(store: Store, comes: Comes) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated())
    text = text_of(comes(_secret(store, system)))
    assert "as soon as the team has saved its first milestone" in text
    assert "Level" not in text


# Answering


def _begins(page: AppTest, name: str = "Ana") -> AppTest:
    page.text_input(key="visitor-name").set_value(name)
    return clicks(page, "Begin")


def test_a_colleague_gives_a_name_answers_and_submits(store: Store, comes: Comes) -> None:
    system = _system(store)
    draft = a_draft(store, system)
    page = _begins(comes(_secret(store, system, "respond"), "respond"))
    assert "These are the answers of Ana" in text_of(page)
    assert "0 of 41" in text_of(page)
    unbroken(page.radio(key=f"answer-{FIRST.id}").set_value(4).run())
    ana = store.respondents.all(OWNER, draft.id)[0]
    assert (ana.name, ana.answered) == ("Ana", 1)
    page = clicks(clicks(page, "Look back"), "Submit my answers")
    assert "Thank you, your answers are in" in text_of(page)
    assert store.respondents.all(OWNER, draft.id)[0].has_submitted
    page = clicks(page, "Take it back and change answers")
    assert not store.respondents.all(OWNER, draft.id)[0].has_submitted
    assert "These are the answers of Ana" in text_of(page)


def test_a_link_that_asks_about_an_area_asks_and_counts_nothing_else(store: Store, comes: Comes) -> None:
    system = _system(store)
    a_draft(store, system)
    page = comes(_secret(store, system, "respond", areas=["data"]), "respond")
    assert f"{len(DATA.items)} questions" in text_of(page)
    text = text_of(_begins(page))
    assert f"0 of {len(DATA.items)} answered" in text
    for area in checklist().areas:
        assert (area.name in text) == (area.id == "data")


def test_who_answers_sees_nothing_of_the_others(store: Store, comes: Comes) -> None:
    system = _system(store)
    draft = a_draft(store, system)
    ben = store.respondents.add(OWNER, draft.id, "Ben", "Secret role").id
    store.responses.save(OWNER, draft.id, FIRST.id, Response.rated(5, "Ben’s note"), respondent=ben)
    store.respondents.submit(OWNER, ben)
    page = _begins(comes(_secret(store, system, "respond"), "respond"))
    text = text_of(page)
    for told in ("Ben", "Secret role", "Level 2", "Spring", "Counts now"):
        assert told not in text
    assert page.radio(key=f"answer-{FIRST.id}").value is None
    assert not page.page_link


def test_a_name_that_is_taken_is_told_with_what_to_do(store: Store, comes: Comes) -> None:
    system = _system(store)
    store.respondents.add(OWNER, a_draft(store, system).id, "Ana")
    page = _begins(comes(_secret(store, system, "respond"), "respond"))
    assert "answers already" in text_of(page)
    assert "your own way back" in text_of(page)


def test_the_way_back_opens_the_half_filled_form_elsewhere(store: Store, comes: Comes) -> None:
    system = _system(store)
    a_draft(store, system)
    page = _begins(comes(_secret(store, system, "respond", areas=["data"]), "respond"))
    unbroken(page.radio(key=f"answer-{FIRST.id}").set_value(2).run())
    page = _clicks_in_dialog(clicks(page, "Go on elsewhere"), "Go on elsewhere", "Make my own address")
    secret = page.code[0].value.rpartition("/l/")[2]
    there = comes(secret, "respond")
    assert there.radio(key=f"answer-{FIRST.id}").value == 2
    assert f"1 of {len(DATA.items)} answered" in text_of(there)


def test_without_a_draft_there_is_a_sentence(store: Store, comes: Comes) -> None:
    system = _system(store)
    assert "No questions are open right now" in text_of(comes(_secret(store, system, "respond"), "respond"))


def test_a_finished_assessment_is_told_and_the_next_one_begins_with_a_name(store: Store, comes: Comes) -> None:
    system = _system(store)
    draft = a_draft(store, system)
    page = _begins(comes(_secret(store, system, "respond"), "respond"))
    store.milestones.make(OWNER, draft.id, "Summer", checklist())
    assert "This assessment is finished" in text_of(page.run())
    store.assessments.start(OWNER, system, checklist().version)
    assert button(page.run(), "Begin")


def test_who_was_taken_off_is_told(store: Store, comes: Comes) -> None:
    system = _system(store)
    draft = a_draft(store, system)
    page = _begins(comes(_secret(store, system, "respond"), "respond"))
    store.respondents.remove(OWNER, store.respondents.all(OWNER, draft.id)[0].id)
    assert "You no longer answer here" in text_of(page.run())


def test_a_revoked_link_ends_a_form_in_the_middle(store: Store, comes: Comes) -> None:
    system = _system(store)
    draft = a_draft(store, system)
    page = _begins(comes(_secret(store, system, "respond"), "respond"))
    unbroken(page.radio(key=f"answer-{FIRST.id}").set_value(2).run())
    store.links.revoke(OWNER, store.links.of(OWNER, system)[0].id)
    assert DEAD in text_of(page.radio(key=f"answer-{FIRST.id}").set_value(5).run())
    assert store.respondents.all(OWNER, draft.id)[0].answered == 1


def test_the_other_pages_do_not_know_of_a_link(store: Store, comes: Comes) -> None:
    """Whoever uses this machine is themselves there, whatever link their browser has opened."""
    other, system = _system(store, "Other"), _system(store)
    page = comes(_secret(store, system))
    link = store.links.of(OWNER, system)[0].id
    assert "Other is at Level 2" in text_of(turns_to(page, "results", system=other, via=link))
    assert "Churn model is at Level 2" in text_of(turns_to(page, "shared", system=other, via=link))
