"""One rig for all tests here: starting it takes as long as twenty faults."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.ground import quick_disk, strace_works
from tests.faults.rig import Rig


@pytest.fixture(scope="session")
def rig() -> Iterator[Rig]:
    """Return a rig whose places are ready."""
    if not strace_works() and not os.environ.get("SCHOOLGATE_REQUIRE_BROWSER"):
        pytest.skip("strace is not here, or may not watch; CI has it")
    with tempfile.TemporaryDirectory(prefix="faults-", dir=quick_disk()) as folder:
        made = Rig(Path(folder))
        try:
            made.prepare()
            yield made
        finally:
            made.close()
