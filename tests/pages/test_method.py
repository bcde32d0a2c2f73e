"""What the page about the method says beside the scoring rules."""

from checklist.loader import the_checklist
from reports import frameworks
from tests.pages.visitor import Visit, text_of


def test_the_method_page_names_every_framework_with_its_edition_and_claims_no_compliance(visit: Visit) -> None:
    said = text_of(visit("method"))
    assert frameworks.CAVEAT in said
    for name, about, _ in frameworks.editions(the_checklist()):
        assert name in said
        assert about in said
    assert "Read it at eur-lex.europa.eu" in said
