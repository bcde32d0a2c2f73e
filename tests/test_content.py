"""The shipped checklist is complete and in its order, and scoring can build on it."""

import re
from collections import Counter
from graphlib import TopologicalSorter

import pytest

from checklist.loader import BASE_PRIORITIES, the_checklist
from checklist.model import EFFORTS, AntiPattern, Area, Section
from scoring.evaluate import evaluate
from scoring.model import Answers, Response

CHECKLIST = the_checklist()

# Ids are lifelong: an item that is renamed or dropped would orphan the answers that people gave to it.
SECTIONS = {
    ("data", "data-quality"): ("data-validation", "schema-validation", "data-freshness", "data-lineage"),
    ("data", "versioning"): ("data-versioning", "data-reproducibility", "data-catalog", "data-access-control"),
    ("development", "experiment-tracking"): (
        "experiment-logging",
        "model-versioning",
        "artifact-storage",
        "experiment-reproducibility",
    ),
    ("development", "model-testing"): ("unit-tests", "integration-tests", "performance-tests", "ab-testing"),
    ("deployment", "ci-cd"): (
        "automated-testing",
        "model-validation",
        "staging-deployment",
        "production-deployment",
        "rollback",
    ),
    ("deployment", "infrastructure"): ("scalability", "reliability", "security", "resource-management"),
    ("monitoring", "performance-monitoring"): (
        "model-metrics",
        "data-drift-detection",
        "model-drift-detection",
        "alerting",
    ),
    ("monitoring", "business-metrics"): ("business-kpis", "roi-measurement", "user-feedback", "cost-tracking"),
    ("governance", "lifecycle"): ("model-registry", "approval-process", "retirement-process", "documentation"),
    ("governance", "compliance"): ("bias-detection", "explainability", "privacy-compliance", "audit-trails"),
}
NAMES = {
    "data": "Data pipeline",
    "data-quality": "Data quality checks",
    "versioning": "Data versioning",
    "development": "Model development",
    "experiment-tracking": "Experiment tracking",
    "model-testing": "Model testing",
    "deployment": "Model deployment",
    "ci-cd": "CI/CD pipeline",
    "infrastructure": "Infrastructure",
    "monitoring": "Model monitoring",
    "performance-monitoring": "Performance monitoring",
    "business-metrics": "Business metrics",
    "governance": "Model governance",
    "lifecycle": "Lifecycle management",
    "compliance": "Compliance and ethics",
}
SUMMARY = {
    ("Data management", "Data quality monitoring"): ("data-validation", "schema-validation", "data-freshness"),
    ("Data management", "Data versioning"): ("data-versioning", "data-reproducibility"),
    ("Data management", "Data lineage tracking"): ("data-lineage", "data-catalog"),
    ("Data management", "Data access controls"): ("data-access-control",),
    ("Model development", "Experiment tracking"): ("experiment-logging", "artifact-storage"),
    ("Model development", "Model versioning"): ("model-versioning",),
    ("Model development", "Automated testing"): (
        "unit-tests",
        "integration-tests",
        "performance-tests",
        "ab-testing",
    ),
    ("Model development", "Reproducibility"): ("experiment-reproducibility",),
    ("Deployment", "CI/CD pipeline"): ("automated-testing", "model-validation"),
    ("Deployment", "Staging environment"): ("staging-deployment",),
    ("Deployment", "Automated deployment"): ("production-deployment",),
    ("Deployment", "Rollback capability"): ("rollback",),
    ("Monitoring", "Performance monitoring"): ("model-metrics",),
    ("Monitoring", "Drift detection"): ("data-drift-detection", "model-drift-detection"),
    ("Monitoring", "Alerting"): ("alerting",),
    ("Monitoring", "Business metrics"): ("business-kpis", "roi-measurement", "user-feedback", "cost-tracking"),
    ("Governance", "Model registry"): ("model-registry",),
    ("Governance", "Approval process"): ("approval-process", "retirement-process"),
    ("Governance", "Documentation"): ("documentation",),
    ("Governance", "Compliance"): ("bias-detection", "explainability", "privacy-compliance", "audit-trails"),
}
HEALTH = {
    "reproduce-old-model": (
        "data-reproducibility",
        "experiment-reproducibility",
        "model-versioning",
        "artifact-storage",
    ),
    "know-degradation": ("model-metrics", "model-drift-detection", "alerting"),
    "fast-rollback": ("rollback", "model-registry"),
    "pipeline-tests": ("automated-testing", "unit-tests", "integration-tests"),
    "trace-prediction": ("data-lineage", "audit-trails", "data-versioning"),
}
FAILURES = ("data-drift", "model-degradation", "deployment-issues", "monitoring-gaps", "rollback-failures")
ANTI_PATTERNS = ("works-on-my-machine", "set-and-forget", "black-box", "data-leakage")
LEVELS = ("Ad hoc", "Basic", "Intermediate", "Advanced", "Expert")
# The rule of the priorities: what a section's items have, but for those named apart. Other sections are free.
SECTION_PRIORITY = {
    "performance-monitoring": "high",
    "ci-cd": "medium",
    "model-testing": "medium",
    "lifecycle": "low",
    "compliance": "low",
}
ITEM_PRIORITY = {"rollback": "high"}


def all_rated(rating: int) -> Answers:
    return Answers({item.id: Response.rated(rating) for item in CHECKLIST.items})


# Complete, and in its order


def test_the_41_items_stand_in_their_sections_and_areas_in_order() -> None:
    found = {(section.area, section.id): tuple(i.id for i in section.items) for section in CHECKLIST.sections}
    assert list(found.items()) == list(SECTIONS.items())
    assert len(CHECKLIST.items) == 41
    assert [area.id for area in CHECKLIST.areas] == list(dict.fromkeys(area for area, _ in SECTIONS))


def test_areas_and_sections_have_their_names() -> None:
    parts: tuple[Area | Section, ...] = (*CHECKLIST.areas, *CHECKLIST.sections)
    assert {part.id: part.name for part in parts} == NAMES


def test_the_summary_has_its_20_lines_and_leaves_out_infrastructure_alone() -> None:
    assert [((line.group, line.name), line.items) for line in CHECKLIST.summary] == list(SUMMARY.items())
    assert len(CHECKLIST.summary) == 20
    counted = Counter(item for line in CHECKLIST.summary for item in line.items)
    left_out = set(SECTIONS["deployment", "infrastructure"])
    assert counted == Counter(item.id for item in CHECKLIST.items if item.id not in left_out)


def test_the_health_check_points_to_its_items() -> None:
    assert [(question.id, question.items) for question in CHECKLIST.health] == list(HEALTH.items())


def test_there_are_five_levels_with_four_characteristics_each() -> None:
    assert [(level.number, level.name) for level in CHECKLIST.levels] == list(enumerate(LEVELS, start=1))
    assert [len(set(level.characteristics)) for level in CHECKLIST.levels] == [4] * 5


def test_every_item_has_five_answers_four_steps_and_two_or_three_tools() -> None:
    for item in CHECKLIST.items:
        tools = item.remedy.tools
        assert (len(item.answers), len(item.remedy.steps)) == (5, 4), item.id
        assert len(tools) in (2, 3), item.id
        assert len({tool.name for tool in tools}) == len({tool.url for tool in tools}) == len(tools), item.id
        assert all(re.fullmatch(r"https://[\w.-]+\.[a-z]+(/[\w./-]*)?", tool.url) for tool in tools), tools


def test_a_tool_has_one_address_everywhere() -> None:
    tools = {(tool.name, tool.url.rstrip("/")) for item in CHECKLIST.items for tool in item.remedy.tools}
    assert [name for name, count in Counter(name for name, _ in tools).items() if count > 1] == []


# What scoring builds on


def test_priorities_follow_the_rule() -> None:
    for item in CHECKLIST.items:
        wanted = ITEM_PRIORITY.get(item.id, SECTION_PRIORITY.get(item.section, item.priority))
        assert item.priority == wanted, item.id
        assert item.effort in EFFORTS
    assert [priority.id for priority in CHECKLIST.priorities] == ["critical", *BASE_PRIORITIES]


def test_every_failure_mode_is_prevented_by_an_item_and_no_item_prevents_more_than_two() -> None:
    assert tuple(failure.id for failure in CHECKLIST.failures) == FAILURES
    assert {failure for item in CHECKLIST.items for failure in item.prevents} == set(FAILURES)
    assert [item.id for item in CHECKLIST.items if len(set(item.prevents)) > 2] == []


def test_needs_name_items_and_lead_back_to_one_that_needs_nothing() -> None:
    needs = {item.id: {need.item for need in item.needs} for item in CHECKLIST.items}
    order = tuple(TopologicalSorter(needs).static_order())
    assert set(order) == set(CHECKLIST.order)
    assert all(need.rating in (2, 3, 4, 5) for item in CHECKLIST.items for need in item.needs)


def test_each_anti_pattern_shows_at_level_1_and_not_from_level_3_on() -> None:
    assert tuple(pattern.id for pattern in CHECKLIST.anti_patterns) == ANTI_PATTERNS
    assert evaluate(CHECKLIST, all_rated(1)).anti_patterns == ANTI_PATTERNS
    assert evaluate(CHECKLIST, all_rated(3)).anti_patterns == ()
    assert evaluate(CHECKLIST, all_rated(5)).anti_patterns == ()


@pytest.mark.parametrize("pattern", CHECKLIST.anti_patterns, ids=lambda pattern: pattern.id)
def test_an_anti_pattern_shows_from_its_own_items_alone(pattern: AntiPattern) -> None:
    assert set(pattern.items) <= set(CHECKLIST.order)
    low = {item_id: Response.rated(pattern.at_most) for item_id in pattern.items[: pattern.count]}
    high = {item_id: Response.rated(5) for item_id in CHECKLIST.order if item_id not in low}
    assert evaluate(CHECKLIST, Answers({**high, **low})).anti_patterns == (pattern.id,)
    one_less = {**high, **low, pattern.items[0]: Response.rated(pattern.at_most + 1)}
    assert evaluate(CHECKLIST, Answers(one_less)).anti_patterns == ()
