"""The sentences about lenses."""

from scoring import lenses
from scoring.evaluate import evaluate
from scoring.model import Answers
from tests.scoring.test_weights import the_shape_with_a_lens

WHOLE = the_shape_with_a_lens()
SEEN = WHOLE.through("half")


def test_a_lens_is_named() -> None:
    assert lenses.line(WHOLE) == "Lens: Whole checklist"
    assert lenses.line(SEEN) == "Lens: Half"


def test_what_a_lens_does_is_one_sentence() -> None:
    assert lenses.effect(WHOLE.lens) == "Asks every question in its ordinary words, and all count the same."
    assert lenses.effect(SEEN.lens) == "Leaves out 2 questions, lets 2 count more and puts 1 in its own words."


def test_what_is_left_out_is_counted_and_reasoned() -> None:
    assert lenses.left_out_sentence(WHOLE) == ""
    assert lenses.left_out_sentence(SEEN) == "The lens “Half” leaves out 2 questions of 41."
    assert lenses.left_out(WHOLE, SEEN.lens) == (("Data 1", "Not here."), ("Data 2", "Not here."))


def test_what_weighs_more_is_told_with_its_reason() -> None:
    assert lenses.weighed(WHOLE, SEEN.lens) == (
        ("The area Model monitoring counts twice", "Nobody looks."),
        ("Governance 1 counts 4 times", "It is missed."),
    )


def test_a_report_tells_everything_about_a_lens_and_nothing_about_the_whole() -> None:
    assert lenses.told(WHOLE) == ()
    assert lenses.told(SEEN) == (
        ("The lens “Half”", "For some. Less."),
        ("What the lens leaves out", "Data 1 is left out. Not here. Data 2 is left out. Not here."),
        (
            "What counts more through the lens",
            "The area Model monitoring counts twice. Nobody looks. Governance 1 counts 4 times. It is missed.",
        ),
    )


def test_a_lost_lens_is_told_with_what_is_shown_instead() -> None:
    assert lenses.lost(WHOLE, "half", is_draft=True) == ""
    draft, milestone = (lenses.lost(WHOLE, "gone", is_draft) for is_draft in (True, False))
    assert draft == (
        "The lens “gone” does not exist any more, so you see the whole checklist instead. Every answer is kept."
    )
    assert milestone.endswith("The result that was stored with the milestone stays.")


def test_a_change_of_lens_is_noted_beside_the_milestone() -> None:
    assert lenses.change(WHOLE, "whole", "whole") == ""
    assert lenses.change(WHOLE, None, "whole") == ""
    assert lenses.change(WHOLE, None, "half") == "Lens: Half"
    assert lenses.change(WHOLE, "whole", "half") == "Lens: Half, before: Whole checklist"
    assert lenses.change(WHOLE, "half", "whole") == "Lens: Whole checklist, before: Half"
    assert lenses.change(WHOLE, "gone", "half") == "Lens: Half, before: gone"


def test_reworded_items_are_named_in_their_order() -> None:
    assert lenses.reworded(WHOLE, SEEN.lens) == ("Data 3",)
    assert evaluate(SEEN, Answers()).lens == "half"
