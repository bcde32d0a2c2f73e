"""The sentences about a result, shared by page, report and command line; plain text, never markup."""

from checklist.model import AntiPattern, Checklist
from scoring.fixes import effort_size
from scoring.levels import COVERAGE_MINIMUM
from scoring.model import Answers, AreaResult, Blocker, Fix, HealthResult, Response, Result
from scoring.titles import areas_alt, areas_title, summary_alt, summary_title, trend_alt, trend_title
from scoring.wording import counted, in_words, inside, level_name, listed, number, percent

__all__ = [
    "anti_pattern_sentence",
    "area_sentence",
    "areas_alt",
    "areas_title",
    "blocked_sentence",
    "effort_words",
    "fix_reason",
    "gain_words",
    "headline",
    "health_gap",
    "health_headline",
    "health_rule",
    "level_name",
    "number",
    "pattern_rule",
    "patterns_sentence",
    "percent",
    "possible",
    "response_words",
    "rule",
    "standing",
    "summary_alt",
    "summary_title",
    "target_sentence",
    "trend_alt",
    "trend_title",
]

KINDS = {
    "raised": "raised",
    "lowered": "lowered",
    "answered": "newly rated",
    "cleared": "cleared",
    "state": "changed otherwise",
}
REASONS = {
    "out-of-scope": "out of scope",
    "business-priorities": "business priorities",
    "architecture-constraints": "architecture constraints",
    "other": "another reason",
}
STATES = {"not-applicable": "not applicable", "unknown": "“don’t know”", "unanswered": "unanswered"}


def headline(checklist: Checklist, system: str, result: Result) -> str:
    """Where the system stands: "Churn model is at Level 2, Basic.", or "…, provisionally." while much is open."""
    name = system.strip() or "This system"
    if result.level is None:
        return f"{name} has no level yet."
    return f"{name} is at {level_name(checklist, result.level)}{', provisionally' if result.provisional else ''}."


def rule(checklist: Checklist, result: Result) -> str:
    """What decided the level: the score and the areas that hold it; and which areas are left out of it."""
    if result.score is None or result.level is None or result.level_of_score is None:
        return "Nothing in the checklist applies." if not result.applicable else "No question is rated yet."
    band = checklist.level(result.level_of_score).name
    decided = f"Its score of {number(result.score)} of 5 is {band}{_held_or_weakest(checklist, result)}."
    return f"{decided} {_absent(checklist, result)}".rstrip()


def standing(checklist: Checklist, result: Result) -> str:
    """How much is answered, and what makes the level provisional: "33 of 41 questions are rated (80 %)."."""
    if not result.applicable or result.coverage is None:
        return "No question applies."
    said = _answered(result)
    if not result.provisional or result.level is None:
        return said
    thin = [f"{checklist.area(area).name} ({_coverage(result.area(area))})" for area in result.thin_areas]
    below = f"{in_words(len(thin)).capitalize()} {'area is' if len(thin) == 1 else 'areas are'} below that"
    needed = f"until at least {percent(COVERAGE_MINIMUM)} of the questions in every area are rated"
    return f"{said} The level is provisional {needed}. {below}: {listed(thin)}."


def possible(checklist: Checklist, result: Result) -> str:
    """What the open questions can still change: how far score and level can move."""
    if not result.applicable:
        return "Without a question that applies there is no score."
    if result.score is None or result.range is None:
        return "With no question rated yet, every score from 1 to 5 is possible."
    if not result.find_out:
        return f"No question is open: the score of {number(result.score)} of 5 stands."
    ends = result.range
    level = f", from Level {ends.low_level} to Level {ends.high_level}"
    if ends.low_level == ends.high_level:
        level = f"; the system stays at {level_name(checklist, ends.low_level)}"
    open_count = len(result.find_out)
    who = "The open question" if open_count == 1 else f"The {open_count} open questions"
    return f"{who} can move the score between {number(ends.low)} and {number(ends.high)} of 5{level}."


def target_sentence(checklist: Checklist, result: Result) -> str:
    """What the fixes aim at, and how many there are."""
    if not result.target.areas:
        return "There is nothing to aim at before a question is rated."
    levels = sorted(set(result.target.areas.values()))
    several = "the targets of their areas" if len(result.fixes) > 1 else "the target of its area"
    aim = level_name(checklist, levels[0]) if len(levels) == 1 else several
    if not result.fixes:
        return f"No rated item is below {aim}{', accepted risks left out' if result.accepted else ''}."
    return f"{counted(len(result.fixes), 'item')} {_is(len(result.fixes))} below {aim}."


def health_headline(checklist: Checklist, health: HealthResult) -> str:
    """The indicative level of the health check, "at least" while an answer is "not sure"."""
    if health.level is None:
        return "The health check has no level yet."
    at_least = "at least " if health.unsure else ""
    return f"Indicative level: {at_least}{level_name(checklist, health.level)}."


def health_rule(checklist: Checklist, health: HealthResult) -> str:
    """How the health check came to its score, or how many questions it still needs."""
    asked, yes, unsure = len(checklist.health), len(health.yes), len(health.unsure)
    if health.score is None or health.high is None:
        left = asked - yes - len(health.no) - unsure
        if left == asked:
            return f"Answer all {in_words(asked)} questions to see an indicative level."
        return f"{in_words(left).capitalize()} of {in_words(asked)} questions {_is(left)} still open."
    said = f"{_yes_answers(yes, asked)} yes, which makes {number(health.score)} of 5."
    if not unsure:
        return said
    which = f"{in_words(unsure)} you are not sure about {_is(unsure)}"
    return f"{said} If the {which} yes{' too' if yes else ''}, it makes {number(health.high)} of 5."


def health_gap(checklist: Checklist, question_id: str) -> str:
    """What a "no" to this question of the health check means."""
    return checklist.health_question(question_id).no


def area_sentence(checklist: Checklist, area: AreaResult) -> str:
    """Where an area stands, how much of it is answered and how far the open questions can move it."""
    name = checklist.area(area.id).name
    if not area.applicable:
        return f"Nothing in {name} applies."
    if area.score is None or area.level is None or area.range is None:
        none = "its only question that applies is not" if area.applicable == 1 else "none of its questions is"
        return f"{name} has no score yet: {none} answered."
    said = f"{name} is at {level_name(checklist, area.level)}, with {number(area.score)} of 5."
    left = area.applicable - area.rated
    if not left:
        asked = len(checklist.area(area.id).items)
        return f"{said} {_all_answered(area.applicable, asked).capitalize()}."
    opened = "the open one" if left == 1 else "the open ones"
    ends = f"{number(area.range.low)} and {number(area.range.high)}"
    answered = f"{area.rated} of {area.applicable} questions answered"
    return f"{said} {answered}; {opened} can move it between {ends}."


def fix_reason(checklist: Checklist, fix: Fix) -> str:
    """Why a fix has its priority."""
    if fix.lifted_by:
        return f"Moved up: needed first for {checklist.item(fix.lifted_by).name}."
    if fix.failures:
        happened = listed([inside(checklist.failure(failure).name) for failure in fix.failures])
        return f"Critical: {happened} hit production in the last six months."
    return checklist.item(fix.item).priority_reason


def blocked_sentence(checklist: Checklist, fix: Fix) -> str:
    """What has to come before a fix; empty when nothing has to."""
    if not fix.blocked_by:
        return ""
    return f"First {listed([_unblock(checklist, blocker) for blocker in fix.blocked_by])}."


def gain_words(fix: Fix) -> str:
    """What a fix adds to the overall score: "+0.05 of 5"."""
    shown = number(fix.gain)
    return "less than +0.01 of 5" if shown == "0" else f"+{shown} of 5"


def effort_words(fix: Fix) -> str:
    """What a fix costs, in effort points and in a word: "9 points, medium"."""
    return f"{counted(fix.effort, 'point')}, {effort_size(fix.effort)}"


def anti_pattern_sentence(checklist: Checklist, pattern_id: str, answers: Answers) -> str:
    """Why an anti-pattern is seen: the low ratings that show it, and the rule they meet."""
    pattern = checklist.anti_pattern(pattern_id)
    ratings = {item: answers.response(item).rating for item in pattern.items}
    met = {item: rating for item, rating in ratings.items() if rating and rating <= pattern.at_most}
    low = f"rated {_low(pattern)}"
    if len(met) < pattern.count:
        return f"Not seen: too few of its items are {low}."
    seen = listed([f"{checklist.item(item).name} ({rating})" for item, rating in met.items()])
    asked, needed = in_words(len(pattern.items)), in_words(pattern.count)
    if pattern.count == len(pattern.items):
        every = {1: "it", 2: "both"}.get(pattern.count, f"all {asked}")
        return f"Seen in {seen}: {every} {_is(pattern.count)} {low}."
    return f"Seen in {seen}: at least {needed} of {asked} items {_is(pattern.count)} {low}."


def pattern_rule(checklist: Checklist, pattern: AntiPattern) -> str:
    """When an anti-pattern is seen, whatever the answers are."""
    names = listed([checklist.item(item).name for item in pattern.items])
    if len(pattern.items) == 1:
        return f"Seen when the rating of {names} is {_low(pattern)}."
    if pattern.count == len(pattern.items):
        return f"Seen when {'both' if pattern.count == 2 else 'all of'} {names} are rated {_low(pattern)}."
    return f"Seen when at least {in_words(pattern.count)} of {names} {_is(pattern.count)} rated {_low(pattern)}."


def patterns_sentence(checklist: Checklist, result: Result) -> str:
    """How many anti-patterns the answers show: "Two of the five anti-patterns are seen."."""
    seen, known = len(result.anti_patterns), len(checklist.anti_patterns)
    if not seen:
        return f"None of the {in_words(known)} anti-patterns is seen in these answers."
    return f"{in_words(seen).capitalize()} of the {in_words(known)} anti-patterns {_is(seen)} seen in these answers."


def response_words(response: Response) -> str:
    """A response in a few words: "3", "not applicable (out of scope)", "unanswered"."""
    if response.rating is not None:
        return str(response.rating)
    reason = f" ({REASONS.get(response.reason, response.reason)})" if response.reason else ""
    return f"{STATES[response.state]}{reason}"


def _held_or_weakest(checklist: Checklist, result: Result) -> str:
    """The half of the rule that names the areas which hold the level, or else the weakest ones."""
    if result.holders and result.level is not None:
        return f"; {_at_level(checklist, result.holders, result)} at {checklist.level(result.level).name}"
    scored = [area for area in result.areas if area.score is not None]
    lowest = min(area.score for area in scored if area.score is not None)
    weakest = [checklist.area(area.id).name for area in scored if area.score == lowest]
    if len(scored) == 1:
        return f", from {weakest[0]} alone"
    if len(weakest) == len(scored):
        return f", the same in every {'' if len(scored) == len(result.areas) else 'rated '}area"
    who = "the weakest area is" if len(weakest) == 1 else "the weakest areas are"
    return f"; {who} {listed(weakest)} at {number(lowest)} of 5"


def _at_level(checklist: Checklist, areas: tuple[str, ...], result: Result) -> str:
    names, level = listed([checklist.area(area).name for area in areas]), result.area(areas[0]).level
    if len(areas) == 1:
        return f"{names} at Level {level} holds it"
    return f"{names}, {'both' if len(areas) == 2 else 'all'} at Level {level}, hold it"


def _absent(checklist: Checklist, result: Result) -> str:
    if not result.absent_areas:
        return ""
    names = [checklist.area(area).name for area in result.absent_areas]
    present = in_words(len(result.areas) - len(names))
    over = f"This is Level {result.level} over {present} of {in_words(len(result.areas))} areas"
    return f"{over}: nothing in {listed(names, 'or')} applies."


def _answered(result: Result) -> str:
    rated, applicable = result.rated, result.applicable
    if rated == applicable:
        return f"{_all_answered(applicable, applicable + len(result.not_applicable)).capitalize()}."
    share = percent(result.coverage) if result.coverage is not None else ""
    apply = " that apply" if result.not_applicable else ""
    return f"{rated} of {applicable} questions{apply} are rated ({share})."


def _all_answered(applicable: int, asked: int) -> str:
    if applicable == 1:
        return "the only question that applies is answered"
    return f"all {applicable} questions{' that apply' if applicable < asked else ''} are answered"


def _coverage(area: AreaResult) -> str:
    return percent(area.coverage) if area.coverage is not None else ""


def _unblock(checklist: Checklist, blocker: Blocker) -> str:
    name = checklist.item(blocker.item).name
    if blocker.unknown:
        return f"answer the question on {name} (Level {blocker.rating} is needed)"
    return f"bring {name} to Level {blocker.rating}"


def _yes_answers(yes: int, asked: int) -> str:
    if yes in (0, asked):
        return f"All {in_words(asked)} answers are" if yes else "No answer is"
    return f"{in_words(yes).capitalize()} of {in_words(asked)} answers {_is(yes)}"


def _low(pattern: AntiPattern) -> str:
    return "1" if pattern.at_most == 1 else f"{pattern.at_most} or lower"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
