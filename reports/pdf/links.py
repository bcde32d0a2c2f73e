"""Where do I find which addresses in user text become clickable? Here: web addresses only."""

import re

WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,2000}")


def safe_address(text: str) -> str:
    """The text if all of it is a web address, else nothing: no other scheme ever becomes a link."""
    return text if WEB_ADDRESS.fullmatch(text) else ""
