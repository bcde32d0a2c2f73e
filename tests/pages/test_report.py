"""The report page: the report as it will be, wanted in one's own way, and handed over in every format."""

from base64 import b64decode

import pytest
from streamlit.testing.v1 import AppTest

from data.store import Store
from reports import formats
from reports.document import Report
from reports.formats import pdf
from reports.parts import EVERYTHING, WrongChoice, preset
from scoring.agree import Person
from scoring.model import Response, Target
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, all_rated, checklist
from tests.pages.visitor import Visit, as_shown, clicks, text_of, turns_to, unbroken
from ui import reporting, services, visits

# One transparent point: a whole picture.
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
FIRST = checklist().items[0].id


@pytest.fixture
def system(store: Store) -> str:
    """A system with a milestone, on which two people disagreed."""
    system = a_system(store).id
    draft = a_draft(store, system, all_rated(2))
    for name, rating in (("Ana", 5), ("Ben", 1)):
        person = store.respondents.add(OWNER, draft.id, name, "Lead" if name == "Ana" else "")
        store.responses.save_many(OWNER, draft.id, {FIRST: Response.rated(rating)}, respondent=person.id)
        store.respondents.submit(OWNER, person.id)
    store.milestones.make(OWNER, draft.id, "Spring", checklist())
    return system


def shown(app: AppTest) -> str:
    """The page inside the frame."""
    return str(unbroken(app).get("iframe")[0].proto.srcdoc)


def parts(app: AppTest) -> list[str]:
    page = shown(app)
    return sorted(
        (one for one in EVERYTHING if f'<section id="{one}"' in page), key=lambda one: page.index(f'id="{one}"')
    )


def refusals(app: AppTest) -> list[str]:
    """What the page says that it cannot do, as a reader sees it."""
    return [as_shown(one.value) for one in unbroken(app).warning]


def test_the_report_is_shown_as_it_will_be_and_offered_in_every_format(system: str, visit: Visit) -> None:
    app = visit("report", system=system)
    assert "Churn model is at Level 2, Basic." in shown(app)
    offered = [one.label for one in app.download_button]
    assert offered[0] == "PDF"
    assert sorted(offered) == sorted([*(formats.get(name).LABEL for name in formats.available()), "YAML"])
    assert "Download “Spring” as" in text_of(app)


def test_another_reader_gets_other_parts(system: str, visit: Visit) -> None:
    app = visit("report", system=system)
    assert {"cover", "answers", "method", "disagreement"} <= set(parts(app))
    app.segmented_control(key="report-reader").set_value("executive").run()
    assert tuple(parts(app)) == preset("executive").parts


def test_a_part_is_taken_out_and_moved(system: str, visit: Visit) -> None:
    app = visit("report", system=system)
    app.segmented_control(key="report-reader").set_value("executive").run()
    app.button(key="part-up-lines").click().run()
    assert parts(app) == ["cover", "lines", "summary"]
    app.button(key="part-down-cover").click().run()
    assert parts(app) == ["lines", "cover", "summary"]
    app.multiselect(key="report-parts").set_value(["summary", "lines"]).run()
    assert parts(app) == ["summary", "lines"]


def test_without_any_part_there_is_one_sentence_and_no_file(system: str, visit: Visit) -> None:
    app = visit("report", system=system)
    app.multiselect(key="report-parts").set_value([]).run()
    assert refusals(app) == ["A report needs at least one part; choose one."]
    assert [one.label for one in app.download_button] == ["YAML"]
    assert not app.get("iframe")


def test_a_wrong_logo_is_one_sentence_and_the_rest_of_the_choice_stays(system: str, visit: Visit) -> None:
    app = visit("report", system=system)
    app.text_input(key="report-line").set_value("For the board alone").run()
    app.file_uploader[0].set_value(("logo.png", b"GIF89a", "image/png")).run()
    assert refusals(app) == ["The logo is no PNG or JPEG; choose another file."]
    assert "For the board alone" in shown(app)
    assert len(app.download_button) == len(formats.available()) + 1


def test_a_damaged_logo_is_told_when_it_is_chosen(system: str, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(report: Report) -> bytes:
        raise WrongChoice("The logo cannot be read.")

    app = visit("report", system=system)
    monkeypatch.setattr(pdf, "write", refused)
    app.file_uploader[0].set_value(("logo.png", PNG, "image/png")).run()
    assert refusals(app) == ["The logo cannot be read."]
    assert "data:image/png;base64" not in shown(app)


def test_a_logo_stays_until_it_is_taken_out(system: str, visit: Visit) -> None:
    app = visit("report", system=system)
    app.file_uploader[0].set_value(("logo.png", PNG, "image/png")).run()
    assert 'src="data:image/png;base64,' in shown(app)
    turns_to(turns_to(app, "results", system=system), "report", system=system)
    assert 'src="data:image/png;base64,' in shown(app)
    clicks(app, "Take the logo out")
    assert "data:image/png;base64" not in shown(app)


def test_a_choice_outlives_a_switch_of_pages_and_is_nobody_elses(system: str, visit: Visit) -> None:
    app = visit("report", system=system)
    app.segmented_control(key="report-reader").set_value("executive").run()
    app.multiselect(key="report-parts").set_value(["fixes", "cover"]).run()
    app.text_input(key="report-line").set_value("For the board alone").run()
    app.segmented_control(key="report-paper").set_value("Letter").run()
    turns_to(turns_to(app, "results", system=system), "report", system=system)
    assert parts(app) == ["fixes", "cover"]
    assert "For the board alone" in shown(app)
    assert "@page{size:Letter;" in shown(app)
    other = visit("report", system=system)
    assert "For the board alone" not in shown(other)
    assert len(parts(other)) > 2


def test_the_report_knows_who_took_part_where_they_differ_and_the_way_ahead(system: str) -> None:
    found = services.system(system)
    report = reporting.report(found, services.milestones(system)[0])
    assert [(one.name, one.role) for one in report.participants] == [("Ana", "Lead"), ("Ben", "")]
    assert [one.item for one in report.disagreements] == [FIRST]
    assert isinstance(report.disagreements[0].choices[0][0], Person)
    assert report.path is not None
    assert report.path.to == 3


def test_a_target_that_was_set_is_where_the_path_leads(store: Store) -> None:
    system = a_system(store).id
    draft = a_draft(store, system, all_rated(2))
    store.assessments.set_target(OWNER, draft.id, Target(4))
    report = reporting.report(services.system(system), services.assessment(draft.id))
    assert report.path is not None
    assert report.path.to == 4


def test_who_came_through_a_link_learns_nothing_of_who_says_what(
    system: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, milestone = services.system(system), services.milestones(system)[0]
    monkeypatch.setattr(visits, "is_here", lambda: True)
    monkeypatch.setattr(services, "actor", lambda: OWNER)
    report = reporting.report(found, milestone)
    assert (report.participants, report.disagreements) == ((), ())


def test_nothing_answered_yet_makes_a_report_too(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    a_draft(store, system)
    assert "Churn model has no level yet." in shown(visit("report", system=system))


def test_a_milestone_is_reported_as_it_was_named(store: Store, visit: Visit) -> None:
    system = a_system(store).id
    milestone = a_milestone(store, system, "Autumn <b>review</b>")
    assert "Autumn &lt;b&gt;review&lt;/b&gt;" in shown(visit("report", system=system, assessment=milestone.id))
