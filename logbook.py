"""How the app's log is written: one line or one JSON object an event, and never a secret, a note or an address."""

import json
import logging
import re
import sys
import traceback
import uuid
from datetime import UTC, datetime

LOG = logging.getLogger("checkup")
ACCESS_LOG = "uvicorn.access"
HIDDEN = "…"
# What must not be written down, and what stands there instead.
_SECRETS: tuple[tuple[re.Pattern[str], str], ...] = (
    # The part of a link, a badge or a download that opens it.
    (re.compile(r"(/(?:l|badge)/)[^\s?\"']+"), rf"\1{HIDDEN}"),
    (re.compile(r"\b(Bearer|Basic)\s+\S+", re.IGNORECASE), rf"\1 {HIDDEN}"),
    (re.compile(r"\bmlops-checkup-[A-Za-z0-9_-]{20,}"), HIDDEN),
    # A password in an address, and any setting whose name says what it is.
    (re.compile(r"(\w+://[^\s:/@]*:)[^\s@]+@"), rf"\1{HIDDEN}@"),
    (
        re.compile(r"((?:pass(?:word|phrase|wd)?|secret|token|cookie|authorization|api_?key)[\"']?\s*[=:]\s*)"
                   r"(?:\"[^\"]*\"|'[^']*'|[^\s,;&]+)", re.IGNORECASE),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), HIDDEN),
    # 256 random bits as we write them, and hashes of such.
    (re.compile(r"(?<![\w-])[A-Za-z0-9_-]{43}(?![\w-])"), HIDDEN),
    (re.compile(r"\b[0-9a-f]{64}\b"), HIDDEN),
)  # fmt: skip
# What somebody typed stands in quotes in a fault's words: a name of one word may help, a sentence is theirs.
_SENTENCE = re.compile(r"(['\"])(?:(?!\1).)*\s(?:(?!\1).)*\1")
_LINE_BREAKS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
LONGEST = 500


def set_up(as_json: bool) -> None:
    """From now on everything that is logged goes to stderr in one form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else Lines())
    handler.addFilter(_is_news)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOG.setLevel(logging.INFO)


class Redacting(logging.Filter):
    """Takes secrets out of what a log of others is about to write; it lets every line through."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(redacted(one) if isinstance(one, str) else one for one in record.args)
        record.msg = redacted(str(record.msg))
        return True


def redact_access_log() -> None:
    """From now on no line of the web server's access log holds a secret; a second call does nothing."""
    log = logging.getLogger(ACCESS_LOG)
    if not any(isinstance(one, Redacting) for one in log.filters):
        log.addFilter(Redacting())


def take_over(logger: logging.Logger) -> None:
    """A logger that a library gave an own form writes in ours."""
    logger.handlers.clear()
    logger.propagate = True


def incident(error: BaseException) -> str:
    """Write a fault down under a number that visitors are told; the number."""
    number = uuid.uuid4().hex[:8]
    LOG.error("incident %s", number, exc_info=error, extra={"incident": number, "event": "incident"})
    return number


def redacted(text: str) -> str:
    """The text on one line without secrets and addresses."""
    said = _LINE_BREAKS.sub(" ", text)
    for pattern, instead in _SECRETS:
        said = pattern.sub(instead, said)
    return said


def story(error: BaseException) -> str:
    """A traceback: where, in which order, which kinds of faults, and of their words the first line without quotes."""
    told = traceback.TracebackException.from_exception(error, limit=40)
    return "".join(_told(told, set()))


def _told(told: traceback.TracebackException, seen: set[int]) -> list[str]:
    if id(told) in seen:
        return []
    seen.add(id(told))
    before: list[str] = []
    if told.__cause__ is not None:
        before = [*_told(told.__cause__, seen), "\nThis led to:\n\n"]
    elif told.__context__ is not None and not told.__suppress_context__:
        before = [*_told(told.__context__, seen), "\nMeanwhile another one happened:\n\n"]
    frames = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n' for frame in told.stack]
    return [*before, "Traceback (most recent call last):\n", *frames, f"{_words(told)}\n"]


def _words(told: traceback.TracebackException) -> str:
    """The fault's own last line, as in "KeyError: 'x'"."""
    lines = "".join(told.format_exception_only()).strip().splitlines()
    said = _SENTENCE.sub(HIDDEN, redacted(lines[0] if lines else "a fault without words"))
    return said if len(said) <= LONGEST else said[:LONGEST] + HIDDEN


def _is_news(record: logging.LogRecord) -> bool:
    """What others say only when it is a warning, and not what Streamlit says of a fault before it asks us.

    We write that down with its number, and without what people wrote. So no request is logged either.
    """
    if record.name.partition(".")[0] == LOG.name:
        return True
    return record.levelno >= logging.WARNING and not (record.name == "streamlit.error_util" and record.exc_info)


class Lines(logging.Formatter):
    """For people: time, level, who says it, and what."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{_time(record)} {record.levelname} {record.name}: {redacted(record.getMessage())}"
        told = _story_of(record)
        return f"{head}\n{told.rstrip()}" if told else head


class JsonLines(logging.Formatter):
    """For programs: one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        values = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", record.name),
            "message": redacted(record.getMessage()),
            "incident": getattr(record, "incident", None),
            "trace": _story_of(record),
        }
        return json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _story_of(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    return story(error) if error else ""
