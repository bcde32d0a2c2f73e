"""What somebody reads who opens a report's file: each format by a library that is not ours."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pdfplumber
from markdown_it import MarkdownIt
from markdown_it.token import Token
from openpyxl import load_workbook
from pypdf import PdfReader

NUMBER = re.compile(r"\d+(?:\.\d+)?")
HIDDEN = ("style", "script", "title")


def single(text: str) -> str:
    """The text with white space single, so that line breaks do not matter."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """The letters and digits alone, for where a format may break a word."""
    return "".join(sign for sign in text if sign.isalnum())


def numbers(text: str) -> list[float]:
    return [float(found) for found in NUMBER.findall(text)]


def pdf(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def plumbed(content: bytes) -> str:
    """The PDF again, in the order in which its text was written."""
    with pdfplumber.open(io.BytesIO(content)) as book:
        return " ".join("".join(char["text"] for char in page.chars) for page in book.pages)


def html(content: bytes) -> str:
    page = _Page()
    page.feed(content.decode("utf-8"))
    return " ".join(page.words)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within.append(tag)
        self.words += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        while self.within and self.within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not set(self.within) & set(HIDDEN):
            self.words.append(data)


def xlsx(content: bytes) -> str:
    book = load_workbook(io.BytesIO(content))
    return " ".join(_plain(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def markdown(content: bytes) -> str:
    tokens = MarkdownIt("commonmark").enable("table").parse(content.decode("utf-8"))
    return " ".join("".join(map(_inline, token.children or ())) for token in tokens)


def _inline(part: Token) -> str:
    return f" {part.attrs['href']} " if part.type == "link_open" else part.content or " "


def as_json(content: bytes) -> str:
    return " ".join(map(_plain, _leaves(json.loads(content))))


def _leaves(tree: Any) -> Iterator[Any]:
    if isinstance(tree, dict | list):
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from _leaves(branch)
    else:
        yield tree


def as_csv(content: bytes) -> str:
    """What stands in the cells; the sign that keeps a spreadsheet from running one is no part of it."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return " ".join(cell.removeprefix("'") for row in rows for cell in row)


def _plain(value: Any) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else "" if value is None else str(value)


# Every format that tells all of a report, and beside them those that tell the answers.
FULL: Mapping[str, Callable[[bytes], str]] = {
    "pdf": pdf,
    "html": html,
    "xlsx": xlsx,
    "markdown": markdown,
    "json": as_json,
}
ANSWERS: Mapping[str, Callable[[bytes], str]] = {"csv": as_csv, "csv_excel": as_csv}
ALL = {**FULL, **ANSWERS}
