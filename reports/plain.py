"""Where do I find a result as plain text, for a terminal or a build log? Here, wrapped at 80 columns."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from checklist.model import WHOLE, Checklist
from scoring import explain, lenses, outlook
from scoring.model import Answers, AreaResult, Fix, HealthResult, Result
from scoring.path import NoPath, Path

WIDTH = 80
INDENT = "  "
NOTHING = "–"
AREA_HEADS = ("Area", "Score", "Level", "Still possible", "Rated")
FIX_HEADS = ("", "Item", "Priority", "Rating", "Gain", "Effort")
# The first step stands with so many fixes: what to start with.
START_WITH = 3


def result_text(
    checklist: Checklist, system: str, answers: Answers, result: Result, path: Path | NoPath | None = None
) -> str:
    """The sentences and tables of a result, in the order of the results page; and the path to the next level."""
    blocks = (
        _said(explain.headline(checklist, system, result), explain.rule(checklist, result)),
        _said(explain.standing(checklist, result), explain.possible(checklist, result)),
        _said(lenses.line(checklist), lenses.left_out_sentence(checklist)) if result.lens != WHOLE else [],
        _areas(checklist, result),
        _fixes(checklist, result),
        _said(outlook.path_sentence(checklist, path)) if path and result.score is not None else [],
        _patterns(checklist, answers, result),
        _find_out(checklist, result),
        _not_applicable(checklist, answers, result),
        ["Health check", *_health(checklist, result.health, INDENT)] if answers.health else [],
    )
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def health_text(checklist: Checklist, health: HealthResult) -> str:
    """The indicative level of the health check, how it came about, and what each "no" means."""
    return "\n".join(_health(checklist, health, "")) + "\n"


def _areas(checklist: Checklist, result: Result) -> list[str]:
    if result.score is None:
        return []
    rows = [AREA_HEADS, *(_area(checklist, area) for area in result.areas)]
    return [f"{explain.areas_title(checklist, result)}.", *_table(rows, right=(1,))]


def _area(checklist: Checklist, area: AreaResult) -> tuple[str, ...]:
    ends = area.range
    return (
        checklist.area(area.id).name,
        NOTHING if area.score is None else explain.number(area.score),
        NOTHING if area.level is None else f"{area.level} {checklist.level(area.level).name}",
        NOTHING if ends is None else f"{explain.number(ends.low)} to {explain.number(ends.high)}",
        f"{area.rated} of {area.applicable}",
    )


def _fixes(checklist: Checklist, result: Result) -> list[str]:
    if result.score is None:
        return []
    rows = [FIX_HEADS, *(_fix(checklist, place, fix) for place, fix in enumerate(result.fixes, start=1))]
    head, *lines = _table(rows, right=(0,))
    advice = (_advice(checklist, place, fix) for place, fix in enumerate(result.fixes, start=1))
    told = [line for row, said in zip(lines, advice, strict=True) for line in (row, *said)]
    aim = _said(explain.target_sentence(checklist, result))
    return [*aim, head, *told] if told else aim


def _fix(checklist: Checklist, place: int, fix: Fix) -> tuple[str, ...]:
    return (
        f"{place}.",
        checklist.item(fix.item).name,
        checklist.priority(fix.priority).name,
        f"{fix.rating} → {fix.target}",
        explain.gain_words(fix),
        explain.effort_words(fix),
    )


def _advice(checklist: Checklist, place: int, fix: Fix) -> Iterator[str]:
    """Under a fix: why it stands so high, what has to come first, and how to start."""
    indent = INDENT * 3
    if fix.lifted_by or fix.failures or place <= START_WITH:
        yield from _wrapped(explain.fix_reason(checklist, fix), indent)
    yield from _wrapped(explain.blocked_sentence(checklist, fix), indent)
    if place <= START_WITH:
        yield from _wrapped(f"First step: {checklist.item(fix.item).remedy.first}", indent)


def _patterns(checklist: Checklist, answers: Answers, result: Result) -> list[str]:
    lines = ["Patterns to break" if len(result.anti_patterns) > 1 else "A pattern to break"]
    for pattern_id in result.anti_patterns:
        pattern = checklist.anti_pattern(pattern_id)
        why = explain.anti_pattern_sentence(checklist, pattern_id, answers)
        lines += _wrapped(f"{pattern.name}: {pattern.problem} {why}", INDENT, INDENT * 3)
        lines += _wrapped(f"The way out: {pattern.way_out}", INDENT * 3)
    return lines if result.anti_patterns else []


def _find_out(checklist: Checklist, result: Result) -> list[str]:
    if result.score is None or not result.find_out:
        return []
    names = ", ".join(checklist.item(item).name for item in result.find_out)
    return ["Find out", *_wrapped(f"{names}.", INDENT)]


def _not_applicable(checklist: Checklist, answers: Answers, result: Result) -> list[str]:
    if not result.not_applicable:
        return []
    reasons = (explain.REASONS.get(answers.response(item).reason or "", "") for item in result.not_applicable)
    names = (checklist.item(item).name for item in result.not_applicable)
    said = ", ".join(f"{name} ({reason})" for name, reason in zip(names, reasons, strict=True))
    return ["Not applicable", *_wrapped(f"{said}.", INDENT)]


def _health(checklist: Checklist, health: HealthResult, indent: str) -> list[str]:
    said = [explain.health_headline(checklist, health), explain.health_rule(checklist, health)]
    lines = [line for sentence in said for line in _wrapped(sentence, indent)]
    for question in health.no:
        name = checklist.health_question(question).name
        lines += _wrapped(f"{name}: {explain.health_gap(checklist, question)}", indent, indent + INDENT)
    return lines


def _said(*sentences: str) -> list[str]:
    return [line for sentence in sentences for line in _wrapped(sentence, "")]


def _wrapped(text: str, indent: str, hanging: str | None = None) -> list[str]:
    following = indent if hanging is None else hanging
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=following, break_on_hyphens=False)


def _table(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Rows as lines with columns of one width each; the columns `right` end at the same place."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    right = set(right)
    return [INDENT + INDENT.join(_cells(row, widths, right)).rstrip() for row in rows]


def _cells(row: Sequence[str], widths: Sequence[int], right: set[int]) -> Iterator[str]:
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.rjust(width) if place in right else cell.ljust(width)
