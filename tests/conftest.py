"""Shared by every test."""

import os

import pytest
from hypothesis import settings

# The keyring of whoever runs the tests is not ours; read when the library is imported.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# Deterministic, and no deadline by the clock of a machine that others use too.
_EXAMPLES = 100 if os.environ.get("SCHOOLGATE_THOROUGH") else 20
settings.register_profile("schoolgate", deadline=None, derandomize=True, max_examples=_EXAMPLES)
settings.load_profile("schoolgate")


@pytest.fixture(autouse=True)
def nobody_reads_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test as at a desk; where CI matters a test says so itself."""
    for variable in ("CI", "TF_BUILD", "NO_COLOR", "DATABASE_URL"):
        monkeypatch.delenv(variable, raising=False)
