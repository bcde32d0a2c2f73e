"""A service in a process of its own: on a word, writes 300 long lines into a folder."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from predlog import PredictionLog

FOLDER, NAME, KEY = sys.argv[1:]
LOG = PredictionLog(Path(FOLDER), "churn", "1", KEY.encode())
print("ready", flush=True)
sys.stdin.readline()
for number in range(300):
    moment = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    LOG.record(f"{NAME}-{number}", {"age": number}, "no " * 20000, 1.0, moment)
