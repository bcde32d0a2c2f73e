"""Where do I find a report as Markdown, for a wiki or a pull request? Here, part by part, fixes as boxes to tick."""

from collections.abc import Callable, Iterator, Mapping

from kits import words
from reports import frameworks, method
from reports.document import Report, day, minute
from reports.marking import cell, line, link, quoted, table
from reports.parts import PARTS
from reports.wording import HEALTH, PRODUCT, chosen, to_target, work
from scoring import explain, lenses, outlook, voices
from scoring.compare_words import until_words
from scoring.model import Fix, Response
from scoring.path import Path

LABEL = "Markdown"
ABOUT = "For a wiki or a word processor: tables, and fixes to tick off"
SUFFIX = ".md"
MIME = "text/markdown; charset=utf-8"
NOTHING = "–"
FIRST = 3


def write(report: Report) -> bytes:
    """The chosen parts in their order, in the Markdown that GitHub, GitLab and most wikis read."""
    lines: list[str] = []
    for part in report.choice.parts:
        said = list(CHAPTERS[part](report)) if part in CHAPTERS else []
        if said and part != "cover":
            lines += [f"## {PARTS[part].name}", ""]
        lines += said
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _cover(report: Report) -> Iterator[str]:
    facts = (
        ("Status" if report.milestone is None else "Milestone", report.edition),
        ("Date", day(report.date)),
        ("Workspace", report.workspace),
        ("Lens", report.checklist.lens.name),
        ("Checklist", f"Version {report.checklist.version}"),
        ("Took part", ", ".join(f"{one.name} ({one.role})" if one.role else one.name for one in report.participants)),
        ("Written", f"{minute(report.generated_at)}, {PRODUCT} {report.app_version}"),
    )
    yield f"# {line(explain.headline(report.checklist, report.system, report.result))}"
    yield ""
    if report.choice.confidentiality:
        yield from (f"**{line(report.choice.confidentiality)}**", "")
    yield from table(("Report", line(report.system)), [(name, line(said)) for name, said in facts if said.strip()])


def _summary(report: Report) -> Iterator[str]:
    checklist, result = report.checklist, report.result
    yield from (line(explain.headline(checklist, report.system, result)), "")
    for sentence in (
        explain.rule(checklist, result),
        explain.standing(checklist, result),
        explain.possible(checklist, result),
        explain.trend_title(checklist, report.history) if len(report.history) > 1 else "",
        voices.finding(checklist, report.disagreements),
        explain.target_sentence(checklist, result),
    ):
        if sentence:
            yield from (line(sentence), "")
    first = [checklist.item(fix.item) for fix in result.fixes[:FIRST]]
    yield from (f"{place}. **{line(item.name)}**: {line(item.remedy.first)}" for place, item in enumerate(first, 1))
    yield ""
    if report.answers.health:
        yield from _health(report)


def _health(report: Report) -> Iterator[str]:
    health = report.result.health
    yield from (line(explain.health_headline(report.checklist, health)), "")
    yield from (line(explain.health_rule(report.checklist, health)), "")
    given = report.answers.health
    rows = ((line(one.question), HEALTH[given[one.id]]) for one in report.checklist.health if one.id in given)
    yield from table(("Health check", "Answer"), rows)


def _areas(report: Report) -> Iterator[str]:
    checklist, result = report.checklist, report.result
    yield from (line(f"{explain.areas_title(checklist, result)}."), "")
    for area in result.areas:
        yield from (f"### {line(checklist.area(area.id).name)}", "")
        yield from (line(explain.area_sentence(checklist, area)), "")
        target, rows = result.target.areas.get(area.id), []
        for item in checklist.area(area.id).items:
            response = report.answers.response(item.id)
            gap = to_target(response, target, item.id in report.answers.accepted)
            rows.append((line(item.name), _rating(response), cell(chosen(item, response)), gap))
        yield from table(("Item", "Rating", "Answer", "Target"), rows)


def _lines(report: Report) -> Iterator[str]:
    names = {one.id: one for one in report.checklist.summary}
    yield from (line(f"{explain.summary_title(report.checklist, report.result)}."), "")
    rows = (
        (line(names[one.id].group), line(names[one.id].name),
         NOTHING if one.score is None else explain.number(one.score), NOTHING if one.level is None else str(one.level))
        for one in report.result.summary
    )  # fmt: skip
    yield from table(("Group", "Line", "Score", "Level"), rows)


def _fixes(report: Report) -> Iterator[str]:
    yield from (line(explain.target_sentence(report.checklist, report.result)), "")
    before = ""
    for place, fix in enumerate(report.result.fixes, start=1):
        if fix.priority != before:
            yield from ("", f"### {line(report.checklist.priority(fix.priority).name)}", "")
            before = fix.priority
        yield from _fix(report, place, fix)
    yield ""


def _fix(report: Report, place: int, fix: Fix) -> Iterator[str]:
    checklist, item, state = report.checklist, report.checklist.item(fix.item), report.fix_state(fix.item)
    done = "x" if state.state == "done" else " "
    worth = f"{explain.gain_words(fix)}, {explain.effort_words(fix)}"
    yield f"- [{done}] **{place}\\. {line(item.name)}**, from {fix.rating} to {fix.target} ({line(worth)})"
    steps = (f"To Level {rating}: {item.remedy.step_to(rating)}" for rating in range(fix.rating + 1, fix.target + 1))
    for sentence in (
        explain.fix_reason(checklist, fix),
        explain.blocked_sentence(checklist, fix),
        f"First step: {item.remedy.first}",
        *steps,
        *words.offers(report.kits_for(fix), fix.item),
        " · ".join(work(state)),
    ):
        if sentence.strip():
            yield f"  - {line(sentence)}"


def _path(report: Report) -> Iterator[str]:
    if report.path is None:
        return
    yield from (line(outlook.path_sentence(report.checklist, report.path)), "")
    if not isinstance(report.path, Path):
        return
    rows = []
    for place, step in enumerate(report.path.steps, start=1):
        item = report.checklist.item(step.item)
        told = (item.name, f"{step.start} → {step.end}", item.remedy.step_to(step.end), outlook.effort_of(step))
        rows.append((str(place), *map(line, told), line(outlook.after_step(report.checklist, step))))
    yield from table(("Step", "Item", "Rating", "What to do", "Effort", "After it"), rows)


def _history(report: Report) -> Iterator[str]:
    if not report.history:
        return
    yield from (line(f"{explain.trend_title(report.checklist, report.history)}."), "")
    rows = (
        (day(one.at), line(one.name), NOTHING if one.score is None else explain.number(one.score),
         NOTHING if one.level is None else line(explain.level_name(report.checklist, one.level)))
        for one in report.history
    )  # fmt: skip
    yield from table(("Date", "Milestone", "Score", "Level"), rows)


def _disagreement(report: Report) -> Iterator[str]:
    for one in report.disagreements:
        yield from (f"### {line(report.checklist.item(one.item).name)}", "", line(voices.sentence(one)), "")
        rows = (
            (line(who.name), line(who.role), line(explain.response_words(said)), cell(said.note))
            for who, said in one.choices
        )
        yield from table(("Who", "Role", "Answer", "Note"), rows)


def _patterns(report: Report) -> Iterator[str]:
    for pattern_id in report.result.anti_patterns:
        pattern = report.checklist.anti_pattern(pattern_id)
        seen = explain.anti_pattern_sentence(report.checklist, pattern_id, report.answers)
        yield from (f"### {line(pattern.name)}", "", line(f"{pattern.problem} {seen}"), "", line(pattern.way_out), "")


def _open(report: Report) -> Iterator[str]:
    checklist, result = report.checklist, report.result
    yield from (line(explain.possible(checklist, result)), "")
    if left_out := lenses.left_out_sentence(checklist):
        yield from (line(left_out), "")
    failed = [one.name for one in checklist.failures if one.id in report.answers.failures]
    yield from (line(f"Failures in production in the last six months: {', '.join(failed) or 'none'}."), "")
    rows = []
    for item_id in (*result.find_out, *result.not_applicable):
        response = report.answers.response(item_id)
        rows.append((line(checklist.item(item_id).name), line(explain.response_words(response)), cell(response.note)))
    for item_id in result.accepted:
        said = " · ".join(work(report.fix_state(item_id))) or "Risk accepted"
        rows.append((line(checklist.item(item_id).name), _rating(report.answers.response(item_id)), line(said)))
    yield from table(("Item", "Answer", "Why"), rows) if rows else []


def _answers(report: Report) -> Iterator[str]:
    for area in report.checklist.areas:
        yield from (f"### {line(area.name)}", "")
        for item in area.items:
            response = report.answers.response(item.id)
            yield from (f"#### {line(item.name)}", "", line(item.question), "")
            yield from (f"**{_rating(response)}** {line(chosen(item, response))}", "")
            yield from _reasons(response, report.origins.get(item.id, ""))


def _reasons(response: Response, origin: str) -> Iterator[str]:
    if origin:
        yield from (line(origin), "")
    if response.note.strip():
        yield from (*quoted(response.note), "")
    if response.evidence:
        yield from (*(f"- {link(one)}" for one in response.evidence), "")
    if until := until_words(response):
        yield from (line(until), "")


def _frameworks(report: Report) -> Iterator[str]:
    known = frameworks.by_framework(report.checklist)
    if known:
        yield from (line(frameworks.CAVEAT), "")
    for framework, found in known:
        yield from (f"### {line(f'{framework.name} ({framework.edition})')}", "", line(framework.about), "")
        yield from (link(framework.source), "")
        rows = ((line(f"{one.topic}: {one.title}"), line(f"{one.item_name}: {one.by}")) for one in found)
        yield from table(("Topic", "Supported by"), rows)


def _method(report: Report) -> Iterator[str]:
    for title, about in method.paragraphs(report.checklist):
        yield from (f"### {line(title)}", "", line(about), "")
    rows = ((str(number), *map(line, rest)) for number, *rest in method.bands(report.checklist))
    yield from table(("Level", "Name", "Scores", "About"), rows)


def _rating(response: Response) -> str:
    return str(response.rating) if response.rating is not None else NOTHING


CHAPTERS: Mapping[str, Callable[[Report], Iterator[str]]] = {
    "cover": _cover,
    "summary": _summary,
    "areas": _areas,
    "lines": _lines,
    "fixes": _fixes,
    "path": _path,
    "history": _history,
    "disagreement": _disagreement,
    "patterns": _patterns,
    "open": _open,
    "answers": _answers,
    "frameworks": _frameworks,
    "method": _method,
}
