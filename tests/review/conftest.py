"""A fresh office for each test."""

from pathlib import Path

import pytest

from tests.review.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return an office with an empty queue and log."""
    return Office(tmp_path)
