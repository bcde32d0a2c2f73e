"""A service in a process of its own: writes 200 long lines into a folder."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from predlog import PredictionLog

FOLDER, NAME, KEY = sys.argv[1:]
LOG = PredictionLog(Path(FOLDER), "churn", "1", KEY.encode())
for number in range(200):
    moment = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    LOG.record(f"{NAME}-{number}", {"age": number}, "no " * 2000, 1.0, moment)
