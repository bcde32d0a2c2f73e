"""Where secrets are taken out of addresses before the web server writes these into its log."""

import logging
import re

ACCESS_LOG = "uvicorn.access"
# What follows is a secret, whatever it looks like.
SECRET = re.compile(r"(/(?:l|badge)/)[^\s?\"]+")


def masked(text: str) -> str:
    """The text without the secrets of addresses: "/l/…"."""
    return SECRET.sub("\\1…", text)


class Masking(logging.Filter):
    """Masks what the log is about to write; it lets every line through."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(masked(one) if isinstance(one, str) else one for one in record.args)
        record.msg = masked(str(record.msg))
        return True


def mask_access_logs() -> None:
    """From now on no line of the web server's access log holds a secret; a second call does nothing."""
    log = logging.getLogger(ACCESS_LOG)
    if not any(isinstance(one, Masking) for one in log.filters):
        log.addFilter(Masking())
