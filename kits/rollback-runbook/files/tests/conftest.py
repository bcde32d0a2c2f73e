"""A folder to rehearse in."""

from pathlib import Path

import pytest
from rehearsal import Drill


@pytest.fixture
def drill(tmp_path: Path) -> Drill:
    return Drill(tmp_path)
