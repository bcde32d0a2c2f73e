"""The sentences about a comparison of two assessments; plain text, never markup."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checklist.model import Checklist, is_newer
from scoring.compare import GROUPS, AreaMove, Comparison, Difference, Group, Side, Standing
from scoring.explain import KINDS, level_name, response_words
from scoring.model import UNANSWERED, Response
from scoring.wording import counted, day_words, in_words, listed, number

# More areas than this and a sentence counts them instead.
NAMES = 2
# Characters of a name inside a sentence; menus and tables show all of it.
LONGEST_NAME = 60
TITLES: dict[Group, str] = {
    "practice": "Practice changed",
    "corrected": "Answer corrected",
    "expired": "Evidence expired",
    "question": "Question changed",
    "differs": "Answered differently",
}
ABOUT: dict[Group, str] = {
    "practice": "The answer is another one, so the work is done in another way now.",
    "corrected": "The answer is another one because the earlier one was a mistake: the work did not change.",
    "expired": "The answer is the same, but the day until which its links count has passed.",
    "question": "The question means something else than it did, or one side was not asked: the answers say nothing "
    "about a change.",
    "differs": "Two systems have no history in common: this is where they are not alike.",
}
COUNTED: dict[Group, tuple[str, str]] = {
    "practice": ("practice changed", "practices changed"),
    "corrected": ("answer is corrected", "answers are corrected"),
    "expired": ("answer lost its evidence", "answers lost their evidence"),
    "question": ("question is another one", "questions are others"),
    "differs": ("question is answered differently", "questions are answered differently"),
}


def headline(checklist: Checklist, comparison: Comparison) -> str:
    """How far the score and the level moved from one side to the other; or how far two systems are apart."""
    before, after = comparison.stands_before, comparison.stands_after
    left, right = name(comparison, comparison.before), name(comparison, comparison.after)
    if before.score is None and after.score is None:
        return f"Neither {left} nor {right} has a score."
    if before.score is None or after.score is None:
        return f"{_stand(checklist, left, before)}; {_stand(checklist, right, after)}."
    if not comparison.of_one_system:
        return f"{_stand(checklist, left, before)}; {_stand(checklist, right, after)}."
    return f"From {left} to {right} the score {_way(before.score, after.score)}{_levels(checklist, before, after)}."


def name(comparison: Comparison, side: Side) -> str:
    """A side inside a sentence: the milestone; of two systems, the system with it. Long names are cut."""
    milestone = f"“{_cut(side.name)}”"
    return milestone if comparison.of_one_system else f"{_cut(side.system_name)} ({milestone})"


def since(comparison: Comparison) -> str:
    """Which two sides are compared, before what is said of them: "From “Spring” to “Autumn”:"."""
    return f"From {name(comparison, comparison.before)} to {name(comparison, comparison.after)}:"


def plain_name(comparison: Comparison, side: Side) -> str:
    """A side as the head of a column."""
    return side.name if comparison.of_one_system else f"{side.system_name}: {side.name}"


def areas_title(checklist: Checklist, comparison: Comparison) -> str:
    """Which area moved most: "Model monitoring rose most, by 0.9; Model governance fell by 0.25"."""
    moved = [move for move in comparison.areas if move.by]
    if not any(move.by is not None for move in comparison.areas):
        return "No area has a score on both sides"
    if not moved:
        return "No area moved" if comparison.of_one_system else "Every area has the same score on both sides"
    if not comparison.of_one_system:
        far = _furthest(moved)
        return f"Furthest apart: {_names(checklist, far)}, by {_size(far[0].by)}"
    rose, fell = ([move for move in moved if move.by and (move.by > 0) == up] for up in (True, False))
    most, other = (rose, fell) if (_up(comparison) and rose) or not fell else (fell, rose)
    first = _furthest(most)
    words = f"{_names(checklist, first)} {_verb(first[0])}{' most' if len(most) > len(first) else ''}"
    said = f"{words}, by {_size(first[0].by)}"
    if not other:
        return said
    second = _furthest(other)
    return f"{said}; {_names(checklist, second)} {_verb(second[0])} by {_size(second[0].by)}"


def areas_alt(checklist: Checklist, comparison: Comparison) -> str:
    """What the chart shows, in one sentence."""
    said = [
        f"{checklist.area(move.area).name} {_or_none(move.before)} and {_or_none(move.after)}"
        for move in comparison.areas
    ]
    left, right = name(comparison, comparison.before), name(comparison, comparison.after)
    return f"Score of 5 by area, {left} and {right}: {', '.join(said)}."


def moved(before: Fraction | None, after: Fraction | None) -> str:
    """How far a score moved: "+0.5", "–0.25", "0"; a dash where a side has none."""
    if before is None or after is None:
        return "–"
    sign = {True: "+", False: "–"}[after > before] if after != before else ""
    return f"{sign}{_size(after - before)}" if sign else "0"


def counts(comparison: Comparison) -> str:
    """How many items differ, and in which way: "Three practices changed and one answer is corrected. …"."""
    parts = []
    for group in GROUPS:
        if found := len(comparison.group(group)):
            one, several = COUNTED[group]
            parts.append(f"{in_words(found)} {one if found == 1 else several}")
    alike = _alike(comparison.same)
    if not parts:
        return f"Nothing differs: {alike}" if comparison.same else "No question is answered on either side."
    said = listed(parts)
    return f"{said[:1].upper()}{said[1:]}. {alike[:1].upper()}{alike[1:]}"


def group_title(group: Group, found: int) -> str:
    return f"{TITLES[group]}: {found}"


def group_about(comparison: Comparison, group: Group) -> str:
    """What the group means, and of changed practices which way they went: "Five were raised and one lowered."."""
    ways = _ways(comparison.group(group)) if group == "practice" else ""
    return f"{ABOUT[group]} {ways}".rstrip()


def item_name(checklist: Checklist, item_id: str) -> str:
    """An item's name; what this checklist does not have is called by its id."""
    return checklist.item(item_id).name if checklist.has(item_id) else item_id


def area_name(checklist: Checklist, item_id: str) -> str:
    """The area of an item; what this checklist does not have is in none."""
    return checklist.area(checklist.item(item_id).area).name if checklist.has(item_id) else "No longer asked"


def difference_words(comparison: Comparison, one: Difference) -> str:
    """From what to what: "2 → 3, raised", "3 → 3, shown until 31 March 2026", "3, answered only in “Autumn”"."""
    left, right = UNANSWERED.state == one.before.state, UNANSWERED.state == one.after.state
    if left or right:
        side = comparison.after if left else comparison.before
        answer = response_words(one.after if left else one.before)
        return f"{answer}, answered only in {name(comparison, side)}"
    if one.group == "expired":
        return f"{response_words(one.after)}, shown until {_until(comparison, one)}"
    between = "→" if comparison.of_one_system else "and"
    way = f"{response_words(one.before)} {between} {response_words(one.after)}"
    return ", ".join(filter(None, (way, way_words(one))))


def way_words(one: Difference) -> str:
    """Which way an answer went; empty where two answers are not to the same question of the same system."""
    return KINDS[one.kind] if one.kind and one.group in ("practice", "corrected") else ""


def until_words(response: Response) -> str:
    """Until when the links of an answer count; empty where that is not limited."""
    if response.valid_until is None or not response.evidence:
        return ""
    links = "This link counts" if len(response.evidence) == 1 else "These links count"
    return f"{links} until {day_words(response.valid_until)}."


def answer_words(checklist: Checklist, item_id: str, response: Response, version: str) -> str:
    """The sentence that was chosen, as this checklist words it; else the response in a few words."""
    if response.rating is None or not checklist.has(item_id):
        return response_words(response).capitalize()
    item = checklist.item(item_id)
    words = f"{response.rating}. {item.answer(response.rating)}"
    if is_newer(item.changed_in, version):
        return f"{words} (The words of checklist {item.changed_in}; answered in those of checklist {version}.)"
    return words


def context(checklist: Checklist, comparison: Comparison) -> str:
    """What is not the same on both sides besides the answers: the checklist's version, the lens; empty if nothing."""
    before, after = comparison.before, comparison.after
    said = [version_sentence(checklist, side.name, side.checklist) for side in (before, after)]
    if before.checklist == after.checklist and not is_newer(before.checklist, checklist.version):
        said = [] if before.checklist == checklist.version else [_both(checklist, before.checklist)]
    if any(is_newer(side.checklist, checklist.version) for side in (before, after)) and comparison.of_one_system:
        said.append("Which questions it changed is not known here, so that some changes may be theirs.")
    if before.lens != after.lens:
        said.append(
            f"“{before.name}” looks through the lens “{before.lens}”, “{after.name}” through “{after.lens}”: the two "
            "scores weigh items differently."
        )
    return " ".join(filter(None, said))


def version_sentence(checklist: Checklist, milestone: str, version: str) -> str:
    """What it means that a milestone was made with another checklist than this; empty for this one."""
    if is_newer(version, checklist.version):
        return (
            f"“{milestone}” was made with checklist {version}, which is newer than checklist {checklist.version} of "
            "this app: its stored result is shown. Update the app to see all of it."
        )
    if version == checklist.version:
        return ""
    return f"“{milestone}” was made with checklist {version} and is scored here with checklist {checklist.version}."


def trend_context(checklist: Checklist, made_with: Mapping[str, str]) -> list[str]:
    """What is not as it was stored on a trend line whose milestones (by name) were made with these versions."""
    ours = checklist.version
    newer = {milestone: version for milestone, version in made_with.items() if is_newer(version, ours)}
    older = [milestone for milestone, version in made_with.items() if version != ours and milestone not in newer]
    said = [version_sentence(checklist, milestone, version) for milestone, version in newer.items()]
    if older:
        was = "milestone of an older checklist is" if len(older) == 1 else "milestones of an older checklist are"
        said.append(
            f"{in_words(len(older)).capitalize()} {was} scored here with checklist {ours}, so that the line compares "
            "like with like. The stored results stay as they are."
        )
    return said


def break_words(is_other_checklist: bool, is_other_lens: bool) -> str:
    """What a trend line breaks at between two milestones; empty where it does not."""
    words = [word for word, is_so in (("questions", is_other_checklist), ("lens", is_other_lens)) if is_so]
    return f"{' and '.join(words)} changed" if words else ""


def _ways(changed: Sequence[Difference]) -> str:
    counts = {words: sum(one.kind == kind for one in changed) for kind, words in KINDS.items()}
    parts = [f"{in_words(count)} {words}" for words, count in counts.items() if count]
    return f"{listed(parts)[:1].upper()}{listed(parts)[1:]}." if parts else ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rstrip()}…"


def _both(checklist: Checklist, version: str) -> str:
    return f"Both were made with checklist {version} and are scored here with checklist {checklist.version}."


def _stand(checklist: Checklist, who: str, stands: Standing) -> str:
    if stands.score is None:
        return f"{who} has no score"
    level = "" if stands.level is None else f", {level_name(checklist, stands.level)}"
    return f"{who} is at {number(stands.score)} of 5{level}"


def _alike(same: int) -> str:
    if not same:
        return "no answer is the same on both sides."
    return f"{counted(same, 'answer')} {'is' if same == 1 else 'are'} the same on both sides."


def _way(before: Fraction, after: Fraction) -> str:
    start, end = number(before), number(after)
    if before == after:
        return f"stays at {end} of 5"
    verb = "rose" if after > before else "fell"
    return f"{verb} by less than 0.01, at {end} of 5" if start == end else f"{verb} from {start} to {end} of 5"


def _levels(checklist: Checklist, before: Standing, after: Standing) -> str:
    if before.level is None or after.level is None:
        return ""
    if before.level == after.level:
        return f", and the level stays {level_name(checklist, after.level)}"
    return f", from {level_name(checklist, before.level)} to {level_name(checklist, after.level)}"


def _up(comparison: Comparison) -> bool:
    before, after = comparison.stands_before.score, comparison.stands_after.score
    return before is None or after is None or after >= before


def _furthest(moves: Sequence[AreaMove]) -> list[AreaMove]:
    """The moves of the largest size, in the order of the areas."""
    largest = max(abs(move.by) for move in moves if move.by is not None)
    return [move for move in moves if move.by is not None and abs(move.by) == largest]


def _names(checklist: Checklist, moves: Sequence[AreaMove]) -> str:
    if len(moves) > NAMES:
        return f"{in_words(len(moves)).capitalize()} areas"
    return listed([checklist.area(move.area).name for move in moves])


def _verb(move: AreaMove) -> str:
    return "rose" if move.by is not None and move.by > 0 else "fell"


def _size(by: Fraction | None) -> str:
    shown = number(abs(by or Fraction(0)))
    return "less than 0.01" if shown == "0" else shown


def _or_none(score: Fraction | None) -> str:
    return "no score" if score is None else number(score)


def _until(comparison: Comparison, one: Difference) -> str:
    """The day that has passed on the later side."""
    later = one.after if comparison.before.day <= comparison.after.day else one.before
    return "an earlier day" if later.valid_until is None else day_words(later.valid_until)
