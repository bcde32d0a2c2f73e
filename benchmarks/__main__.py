"""Where do I start the benchmarks? `python -m benchmarks` runs all, `python -m benchmarks sessions` one of them."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib import metadata

from benchmarks import api, autosave, browser, kills, portfolio, reports, scoring, sessions, start, store, what_if
from benchmarks.line import BenchmarkFailed, Line

WIDTH = 58
NAMES = (
    "scoring",
    "reports",
    "store",
    "postgres",
    "kills",
    "portfolio",
    "api",
    "start",
    "browser",
    "what-if",
    "sessions",
)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Print the table, line by line as it is measured; 1 when something has no figure. A missed goal is no failure."""
    wanted = _arguments()
    benchmarks: dict[str, Callable[[], Iterable[Line]]] = {
        "scoring": scoring.run,
        "reports": reports.run,
        "store": _store,
        "postgres": autosave.run,
        "kills": kills.run,
        "portfolio": portfolio.run,
        "api": api.run,
        "start": start.run,
        "browser": browser.run,
        "what-if": what_if.run,
        "sessions": lambda: sessions.run(wanted.sessions, wanted.seconds, wanted.defaults),
    }
    print(_machine())
    print(f"\n{'what':<{WIDTH}} {'median':>9}   {'p95':>9}   goal")
    failed = 0
    for name, run in benchmarks.items():
        if wanted.which in (name, "all"):
            failed += not _shown(run)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what is promised to be fast.")
    parser.add_argument(
        "which", nargs="?", default="all", choices=("all", *NAMES), help="one benchmark; all without it"
    )
    parser.add_argument("--sessions", type=int, default=sessions.SESSIONS, help="sessions: how many people")
    parser.add_argument("--seconds", type=float, default=sessions.SECONDS, help="sessions: for how long they answer")
    parser.add_argument(
        "--defaults", action="store_true", help="sessions: without the app's settings for the garbage collector"
    )
    return parser.parse_args()


def _store() -> list[Line]:
    return [Line(f"store: {what}", median, None, limit) for what, median, limit in store.run()]


def _shown(run: Callable[[], Iterable[Line]]) -> bool:
    try:
        for line in run():
            _show(line)
    except BenchmarkFailed as failure:
        print(f"NOT MEASURED: {failure}", flush=True)
        return False
    return True


def _show(line: Line) -> None:
    verdict = "met" if line.is_met else "MISSED"
    goal = f"{'p95 ' if line.goal_of == 'p95' else ''}≤ {line.goal_ms:.0f} {line.unit}, {verdict}"
    median, p95 = (_figure(figure, line.unit) for figure in (line.median_ms, line.p95_ms))
    print(f"{line.what:<{WIDTH}} {median:>9}   {p95:>9}   {goal}", flush=True)
    for note in line.notes:
        print(f"    {note}")


def _figure(figure: float | None, unit: str) -> str:
    if figure is None:
        return ""
    return f"{figure:.2f} {unit}" if figure < 10 else f"{figure:.0f} {unit}"


def _machine() -> str:
    """What the figures were taken on, and how busy it was with other things."""
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    return (
        f"{os.cpu_count()} cores, {gigabytes:.0f} GB memory, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, Streamlit {metadata.version('streamlit')}, {_chromium()}"
    )


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        return "Playwright's own Chromium"
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    return said.strip() or "a Chromium that does not say its version"


if __name__ == "__main__":
    sys.exit(main())
