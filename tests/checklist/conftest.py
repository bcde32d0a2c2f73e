"""What tests of the loader share: a small sound content in a folder of its own, to break as one likes."""

from pathlib import Path

import pytest

from tests.checklist.builders import Content, a_content


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return a_content(tmp_path)
