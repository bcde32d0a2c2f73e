"""The table at the end of a test run: each kit that was tried, and the libraries it really ran with."""

from typing import Any

PROPERTY = "kit"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Under xdist it is drawn where all reports arrive."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    tried = sorted(
        (told, "passed" if report.passed else "failed")
        for report in reports
        for name, told in getattr(report, "user_properties", ())
        if name == PROPERTY and report.when == "call"
    )
    if not tried:
        return
    terminalreporter.section("Starter kits and what they ran with")
    for (kit, served, ran_with), outcome in tried:
        terminalreporter.line(f"{kit:<22} {outcome}  {served}")
        terminalreporter.line(f"{'':<22} {ran_with}")
