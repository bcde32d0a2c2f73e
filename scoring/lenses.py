"""The sentences about lenses: what one leaves out and weighs, and which one a result was seen through."""

from checklist.model import WHOLE, Checklist, Lens
from scoring.wording import counted

Reasons = tuple[tuple[str, str], ...]


def line(checklist: Checklist) -> str:
    """Through which lens the checklist is seen: "Lens: Small team"."""
    return f"Lens: {checklist.lens.name}"


def effect(lens: Lens) -> str:
    """What a lens does, in one sentence: "Leaves out 6 questions and lets 4 count more."."""
    weighed = len(lens.item_weights) + len(lens.area_weights)
    parts = [f"leaves out {counted(len(lens.leaves_out), 'question')}"] if lens.leaves_out else []
    parts += [f"lets {weighed} count more"] if weighed else []
    parts += [f"puts {len(lens.words)} in its own words"] if lens.words else []
    if not parts:
        return "Asks every question in its ordinary words, and all count the same."
    said = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"{said[:1].upper()}{said[1:]}."


def left_out_sentence(checklist: Checklist) -> str:
    """How many questions the lens leaves out; empty when it leaves out none."""
    count = len(checklist.lens.leaves_out)
    if not count:
        return ""
    return f"The lens “{checklist.lens.name}” leaves out {counted(count, 'question')} of {len(checklist.whole.items)}."


def told(checklist: Checklist) -> Reasons:
    """For a report: headings and paragraphs about the lens, what it leaves out and what counts more; none for whole."""
    lens, whole = checklist.lens, checklist.whole
    if lens.id == WHOLE:
        return ()
    gone = [f"{name} is left out. {reason}" for name, reason in left_out(whole, lens)]
    more = [f"{name}. {reason}" for name, reason in weighed(whole, lens)]
    told = (
        (f"The lens “{lens.name}”", f"{lens.about} {lens.why}"),
        ("What the lens leaves out", " ".join(gone)),
        ("What counts more through the lens", " ".join(more)),
    )
    return tuple((heading, paragraph) for heading, paragraph in told if paragraph)


def left_out(whole: Checklist, lens: Lens) -> Reasons:
    """The items that a lens leaves out, by name, each with its reason."""
    return tuple((whole.item(left.item).name, left.reason) for left in lens.leaves_out)


def weighed(whole: Checklist, lens: Lens) -> Reasons:
    """What counts more than once through a lens, areas first, each with its reason: ("Rollback counts twice", …)."""
    areas = [(f"The area {whole.area(one.id).name}", one) for one in lens.area_weights]
    items = [(whole.item(one.id).name, one) for one in lens.item_weights]
    return tuple((f"{name} counts {_times(one.weight)}", one.reason) for name, one in (*areas, *items))


def reworded(whole: Checklist, lens: Lens) -> tuple[str, ...]:
    """The names of the items that a lens words in its own way, in checklist order."""
    words = {one.item for one in lens.words}
    return tuple(item.name for item in whole.items if item.id in words)


def lost(checklist: Checklist, lens_id: str, is_draft: bool) -> str:
    """That a stored lens does not exist any more, and what is shown instead; empty while it exists."""
    if checklist.has_lens(lens_id):
        return ""
    said = f"The lens “{lens_id}” does not exist any more, so you see the whole checklist instead."
    return f"{said} {'Every answer is kept.' if is_draft else 'The result that was stored with the milestone stays.'}"


def change(checklist: Checklist, before: str | None, after: str) -> str:
    """Beside a milestone: that it was seen through another lens than the one before it (None: it is the first)."""
    if after == (before or WHOLE):
        return ""
    said = f"Lens: {_name(checklist, after)}"
    return said if before is None else f"{said}, before: {_name(checklist, before)}"


def _name(checklist: Checklist, lens_id: str) -> str:
    """A lens by its name, or by its id where there is no such lens any more."""
    return next((lens.name for lens in checklist.lenses if lens.id == lens_id), lens_id)


def _times(weight: int) -> str:
    return "twice" if weight == 2 else f"{weight} times"
