"""Pictures and decisions; `docs/screenshots.py` takes the pictures."""
