import json
import logging
import sys

import pytest

import logbook
from data.errors import StoreError
from logbook import JsonLines, Lines, redacted, story, take_over

SECRET = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE"


def _record(message: str, *values: object, error: BaseException | None = None, **extra: str) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("checkup", logging.ERROR, "f.py", 1, message, values, info)
    record.__dict__.update(extra)
    return record


def _raised(fault: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise fault from cause
    except Exception as error:
        return error


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"GET /l/{SECRET} 303", "GET /l/… 303"),
        (f"GET /badge/{SECRET}.svg?x=1 200", "GET /badge/…?x=1 200"),
        (f"Authorization: Bearer mlops-checkup-{SECRET}", "Authorization: … …"),
        (f"sent mlops-checkup-{SECRET}.", "sent …."),
        ("postgresql://app:hunter2@db:5432/x", "postgresql://app:…@db:5432/x"),
        ("password='two words' and passphrase: abc", "password=… and passphrase: …"),
        ("Vera <vera.m@example.org> came", "Vera <…> came"),
        (f"held {SECRET} there", "held … there"),
        ("one\r\n2026 ERROR forged", "one 2026 ERROR forged"),
        ("incident 0a1b2c3d of system 01966f2e-7f52-7cc3-98c4-dc0c0c07398f", None),
    ],
)
def test_secrets_and_addresses_are_left_out(text: str, left: str | None) -> None:
    assert redacted(text) == (text if left is None else left)


def test_a_line_of_json_has_time_level_event_and_incident() -> None:
    line = JsonLines().format(_record("incident %s", "0a1b2c3d", incident="0a1b2c3d", event="incident"))
    told = json.loads(line)
    assert "\n" not in line
    assert (told["level"], told["event"], told["incident"]) == ("error", "incident", "0a1b2c3d")
    assert told["time"].endswith("Z")
    assert told["message"] == "incident 0a1b2c3d"


@pytest.mark.parametrize("form", [Lines(), JsonLines()])
def test_what_somebody_wrote_stays_out_of_the_story_of_a_fault(form: logging.Formatter) -> None:
    note = "our password list is on the wiki"
    fault = _raised(StoreError("It failed"), _raised(ValueError(f"cannot convert '{note}'\nDETAIL: row ({note})")))
    line = form.format(_record("incident %s", "0a1b2c3d", error=fault))
    assert note not in line
    assert "wiki" not in line
    assert "ValueError" in line
    assert "StoreError" in line
    assert "test_logbook.py" in line


def test_a_story_says_where_in_the_order_in_which_it_happened() -> None:
    told = story(_raised(KeyError("second"), _raised(TypeError("first"))))
    assert told.index("TypeError: first") < told.index("This led to:") < told.index("KeyError: 'second'")
    assert "in _raised" in told


def test_a_library_writes_in_our_form_from_then_on() -> None:
    logger = logging.Logger("some.library")
    logger.addHandler(logging.StreamHandler(sys.stderr))
    logger.propagate = False
    take_over(logger)
    assert (logger.handlers, logger.propagate) == ([], True)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("/l/SECRET-43_", "/l/…"),
        ("/l/SECRET?x=1", "/l/…?x=1"),
        ("/badge/SECRET.svg", "/badge/…"),
        ("http://app/l/SECRET", "http://app/l/…"),
        ("/l/a/b/c", "/l/…"),
        ("/results?system=1", "/results?system=1"),
        ("/oauth2callback?token=abc&x=1", "/oauth2callback?token=…&x=1"),
    ],
)
def test_the_access_log_holds_no_secret(line: str, written: str, caplog: pytest.LogCaptureFixture) -> None:
    logbook.redact_access_log()
    logbook.redact_access_log()
    log = logging.getLogger(logbook.ACCESS_LOG)
    assert sum(isinstance(one, logbook.Redacting) for one in log.filters) == 1
    with caplog.at_level(logging.INFO, logger=logbook.ACCESS_LOG):
        log.info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:1", "GET", line, "1.1", 303)
    assert caplog.messages == [f'127.0.0.1:1 - "GET {written} HTTP/1.1" 303']
