"""Where do I find a report as sheets of tables, for a workbook? Here: what stands on which sheet, in which columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checklist.model import AntiPattern
from reports import frameworks, method, rows
from reports.document import Report, minute
from reports.legible import legible
from reports.rows import Value, decimal
from reports.wording import HEALTH, PRODUCT, WORK
from scoring import explain, outlook, voices
from scoring.model import AreaResult, Fix
from scoring.path import Path

# Columns of what is told in sentences, and of what is told in a word or a number, in characters.
WIDE, MIDDLE, NARROW = 60, 26, 11
RATING = "Rating"
# Bars of these columns run from nothing to the highest level.
BARS = (RATING, "Score")
WIDTHS = {
    "Question": 44, "Answer": WIDE, "Note": WIDE, "Evidence": 44, "How it came about": MIDDLE, "Why": 40,
    "First step": WIDE, "What to do": WIDE, "How to show it": 44, "What comes first": MIDDLE, "About": WIDE,
    "Problem": 44, "Way out": 44, "Where it is seen": 44, "Item": 28, "Name": 28, "Area": 20, "Section": 22,
    "Reason": 22, "Owner": 18, "Fact": 28, "Value": WIDE, "Line": 32, "Starter kit": MIDDLE,
    "Framework": 28, "Title": 40, "Supports it by": 44, "Source": 44, "Text": 100, "Who says what": WIDE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their heads; `name` is one word that no other table of the report has."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of tables one below the other under lines of text."""

    name: str
    tables: tuple[Table, ...]
    lines: tuple[str, ...] = ()


def sheets(report: Report) -> Iterator[Sheet]:
    """All sheets in their order; a table without rows is left out, and says so where it is missed."""
    yield Sheet("Summary", _with_rows(*_summary(report)), tuple(_said(report)))
    aim = explain.target_sentence(report.checklist, report.result)
    fixes = _with_rows(_fixes(report), _accepted(report))
    yield Sheet("Fixes", fixes, () if report.result.fixes else (aim,))
    if isinstance(report.path, Path):
        yield Sheet("Path", (_path(report, report.path),))
    yield Sheet("Answers", (Table("Answers", rows.HEADS, tuple(rows.answers(report))),))
    history = _with_rows(_history(report))
    yield Sheet("History", history, () if history else ("There is no milestone yet.",))
    if report.disagreements:
        yield Sheet("Disagreement", _disagreement(report))
    if known := frameworks.relations(report.checklist):
        yield Sheet("Frameworks", _frameworks(report, known))
    yield Sheet("Method", _method(report))


def _with_rows(*tables: Table) -> tuple[Table, ...]:
    return tuple(table for table in tables if table.rows)


def _said(report: Report) -> Iterator[str]:
    checklist, result = report.checklist, report.result
    yield explain.headline(checklist, legible(report.system), result)
    yield explain.rule(checklist, result)
    yield explain.standing(checklist, result)
    yield explain.possible(checklist, result)
    yield explain.target_sentence(checklist, result)
    if report.path is not None:
        yield outlook.path_sentence(checklist, report.path)
    if report.disagreements:
        yield voices.finding(checklist, report.disagreements)


def _summary(report: Report) -> Iterator[Table]:
    checklist, result = report.checklist, report.result
    yield Table("Facts", ("Fact", "Value"), tuple(fact for fact in _facts(report) if fact[1] not in ("", None)))
    heads = ("Area", "Score", "Level", "Level name", "Rated", "Apply", "Coverage", "At least", "At most", "Target")
    yield Table("Areas", heads, tuple(_area(report, area) for area in result.areas), "Areas")
    lines = {line.id: line for line in checklist.summary}
    told = ((lines[one.id].group, lines[one.id].name, _score(one.score), one.level, one.unknown)
            for one in result.summary)  # fmt: skip
    yield Table("Lines", ("Group", "Line", "Score", "Level", "Unknown"), tuple(told), "The system on one page")
    patterns = (_pattern(report, checklist.anti_pattern(one)) for one in result.anti_patterns)
    yield Table("Patterns", ("Name", "Problem", "Where it is seen", "Way out"), tuple(patterns), "Anti-patterns")
    health = ((one.question, HEALTH[given]) for one in checklist.health if (given := report.answers.health.get(one.id)))
    yield Table("Health", ("Question", "Answer"), tuple(health), "Health check")
    people = ((legible(one.name), legible(one.role) or None) for one in report.participants)
    yield Table("People", ("Name", "Role"), tuple(people), "Who took part")


def _facts(report: Report) -> Iterator[tuple[str, Value]]:
    result = report.result
    yield "System", legible(report.system)
    yield "Workspace", legible(report.workspace)
    yield "Status" if report.milestone is None else "Milestone", legible(report.edition)
    yield "Date", report.date.date()
    yield "Score", _score(result.score)
    yield "Level", result.level
    yield "Level name", None if result.level is None else report.checklist.level(result.level).name
    yield "Provisional", None if result.level is None else "Yes" if result.provisional else "No"
    yield "Coverage", decimal(result.coverage)
    names = [failure.name for failure in report.checklist.failures if failure.id in report.answers.failures]
    yield "Failures in the last six months", ", ".join(names)
    yield "Checklist", f"Version {report.checklist.version}"
    yield "Lens", report.checklist.lens.name
    yield "Confidentiality", legible(report.choice.confidentiality)
    yield "Written", f"{minute(report.generated_at)}, {PRODUCT} {report.app_version}"


def _score(score: object) -> float | None:
    """A score as it is shown everywhere: never rounded into a level that it has not reached."""
    return None if score is None else float(explain.number(score))  # type: ignore[arg-type]


def _area(report: Report, area: AreaResult) -> tuple[Value, ...]:
    checklist, ends = report.checklist, area.range
    level = None if area.level is None else checklist.level(area.level).name
    low, high = (None, None) if ends is None else (_score(ends.low), _score(ends.high))
    name, target = checklist.area(area.id).name, report.result.target.areas.get(area.id)
    counts = (area.rated, area.applicable, decimal(area.coverage))
    return (name, _score(area.score), area.level, level, *counts, low, high, target)


def _pattern(report: Report, pattern: AntiPattern) -> tuple[Value, ...]:
    seen = explain.anti_pattern_sentence(report.checklist, pattern.id, report.answers)
    return pattern.name, pattern.problem, seen, pattern.way_out


def _fixes(report: Report) -> Table:
    heads = (
        "Fix", "Item", "Area", "Priority", RATING, "Target", "First step", "What to do", "What comes first", "Why",
        "How to show it", "Starter kit", "Gain", "Effort", "Size", "Owner", "Due", "Work", "Reason", "Review", "Id",
    )  # fmt: skip
    numbered = enumerate(report.result.fixes, start=1)
    return Table("Fixes", heads, tuple(_fix(report, place, fix) for place, fix in numbered))


def _fix(report: Report, place: int, fix: Fix) -> tuple[Value, ...]:
    checklist, item = report.checklist, report.checklist.item(fix.item)
    steps = (f"To Level {rating}: {item.remedy.step_to(rating)}" for rating in range(fix.rating + 1, fix.target + 1))
    return (
        place,
        item.name,
        checklist.area(fix.area).name,
        checklist.priority(fix.priority).name,
        fix.rating,
        fix.target,
        item.remedy.first,
        "\n".join(steps),
        explain.blocked_sentence(checklist, fix) or None,
        explain.fix_reason(checklist, fix),
        item.show,
        "\n".join(f"{kit.title} ({kit.id})" for kit in report.kits_for(fix)) or None,
        decimal(fix.gain),
        fix.effort,
        explain.effort_words(fix).rpartition(", ")[2],
        *_work(report, fix.item),
        fix.item,
    )


def _work(report: Report, item_id: str) -> tuple[Value, ...]:
    state = report.fix_state(item_id)
    return legible(state.owner) or None, state.due, WORK[state.state], legible(state.reason) or None, state.review


def _accepted(report: Report) -> Table:
    heads = ("Item", "Area", RATING, "Owner", "Due", "Work", "Reason", "Review", "Id")
    items = (report.checklist.item(item) for item in report.result.accepted)
    told = (
        (item.name, report.checklist.area(item.area).name, report.answers.response(item.id).rating,
         *_work(report, item.id), item.id)
        for item in items
    )  # fmt: skip
    return Table("Accepted", heads, tuple(told), "Accepted risks")


def _path(report: Report, path: Path) -> Table:
    heads = ("Step", "Item", "From", "To", "What to do", "Effort", "Effort until then", "Score", "Level")
    steps = enumerate(path.steps, start=1)
    items = report.checklist.item
    told = (
        (place, items(one.item).name, one.start, one.end, items(one.item).remedy.step_to(one.end), one.effort,
         one.spent, _score(one.score), one.level)
        for place, one in steps
    )  # fmt: skip
    return Table("Path", heads, tuple(told))


def _history(report: Report) -> Table:
    names = {level.number: level.name for level in report.checklist.levels}
    points = (
        (one.at, legible(one.name), _score(one.score), one.level, names.get(one.level or 0)) for one in report.history
    )
    return Table("History", ("Date", "Name", "Score", "Level", "Level name"), tuple(points))


def _disagreement(report: Report) -> tuple[Table, ...]:
    name = report.checklist.item
    found = ((name(one.item).name, one.low, one.high, voices.sentence(one)) for one in report.disagreements)
    said = (
        (name(one.item).name, legible(who.name), legible(who.role) or None, response.rating,
         explain.response_words(response), legible(response.note) or None)
        for one in report.disagreements
        for who, response in one.choices
    )  # fmt: skip
    return (
        Table("Disagreement", ("Item", "Lowest", "Highest", "Who says what"), tuple(found)),
        Table("Voices", ("Item", "Name", "Role", RATING, "Answer", "Note"), tuple(said), "Who said what"),
    )


def _frameworks(report: Report, known: Iterable[frameworks.Relation]) -> tuple[Table, ...]:
    heads = ("Framework", "Edition", "Topic", "Title", "Item", "Supports it by")
    told = tuple((one.name, one.edition, one.topic, one.title, one.item_name, one.by) for one in known)
    editions = tuple(frameworks.editions(report.checklist))
    return (
        Table("Frameworks", heads, told),
        Table(
            "Editions",
            ("Framework", "About", "Source"),
            (*editions, ("What “supports” means", frameworks.CAVEAT, None)),
            "Editions",
        ),
    )


def _method(report: Report) -> tuple[Table, ...]:
    levels: Iterable[tuple[Value, ...]] = method.bands(report.checklist)
    return (
        Table("Method", ("Name", "About"), tuple(method.paragraphs(report.checklist))),
        Table("Levels", ("Level", "Name", "Scores", "About"), tuple(levels), "The five levels"),
    )
