"""Data frames and settings that tests begin with."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

FOLDER = Path(__file__).parent.parent


def normal(seed: int, rows: int, columns: int = 1, mean: float = 0.0) -> pd.DataFrame:
    """Independent standard normal columns, moved by `mean`; each seed is another draw."""
    values = np.random.default_rng(seed).standard_normal((columns, rows), dtype=np.float32)
    names = [f"x{place:02}" for place in range(columns)]
    return pd.DataFrame((values + np.float32(mean)).T, columns=names, copy=False)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The shipped settings, without a column that the tests' tables do not have."""
    text = (FOLDER / "monitor.toml").read_text(encoding="utf-8")
    path = tmp_path / "monitor.toml"
    path.write_text(text.replace('exclude = ["customer_id"]', "exclude = []"), encoding="utf-8")
    return path
