"""The real browser of the browser tests, of the benchmarks and of the README's pictures."""

import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium: the system's own, else Playwright's."""
    return playwright.chromium.launch(executable_path=_chromium(), args=list(FLAGS))


def _chromium() -> str | None:
    """The system's Chromium; None for Playwright's own."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)
