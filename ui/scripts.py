"""The scripts that stand within our pages, and the hashes by which the browser knows that they are ours.

A script is one constant text: what differs from drawing to drawing is read from an attribute beside it. A new one
goes into `OURS`, or no browser runs it.
"""

import base64
import hashlib
import re
from pathlib import Path

import streamlit

# A page that was just opened grows while its widgets arrive: look again until it rests or a person moves it.
LOOK = """(() => {
const asked = [...document.querySelectorAll("[data-look]")].pop(), key = asked?.dataset.key;
if (!key) { document.querySelector("[data-testid=stMain]")?.scrollTo({top: 0}); return; }
const find = () => document.querySelector(`.st-key-${key}`);
const show = () => { const item = find(); if (!item) return;
    item.scrollIntoView({block: item.offsetHeight > innerHeight * .6 ? "start" : "center"}); };
show(); find()?.querySelector("input")?.focus({preventScroll: true});
const watch = new ResizeObserver(show), page = document.querySelector("[data-testid=stMainBlockContainer]");
if (page) watch.observe(page);
for (const move of ["wheel", "pointerdown", "touchmove", "keydown"])
    addEventListener(move, () => watch.disconnect(), {once: true, passive: true});
setTimeout(() => watch.disconnect(), 2000);
})();"""
# The address that somebody came for is kept in their own tab; the way back from the sign-in service leads to the start.
KEEP_WANTED = """
if (location.pathname + location.search !== "/" && !location.search.includes("sign-in="))
    sessionStorage.setItem("mc-wanted", location.pathname + location.search);
"""
GO_TO_WANTED = """
(() => { const wanted = sessionStorage.getItem("mc-wanted"); sessionStorage.removeItem("mc-wanted");
if (wanted && wanted !== location.pathname + location.search) location.replace(location.origin + wanted); })();
"""
OURS = (LOOK, KEEP_WANTED, GO_TO_WANTED)
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def tag(script: str) -> str:
    """The script as it stands within a page; nothing may come between it and its tags, or its hash is another."""
    return f"<script>{script}</script>"


def hashes() -> tuple[str, ...]:
    """Of our scripts, and of those in the page that Streamlit begins with, as a content security policy has them."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    theirs = _INLINE.findall(page.read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(_hash(script) for script in (*theirs, *OURS)))


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
