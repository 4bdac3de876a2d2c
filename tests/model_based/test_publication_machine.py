"""The gate as a machine of states, beside a reference that was written from the rules.

The default run is modest; ``SCHOOLGATE_THOROUGH=1`` goes far, and tries every mistake.
"""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from moderation.desk import open_desk
from moderation.model import SchoolgateError
from moderation.review.blobs import FileBlobStore
from moderation.review.store import BlobStore, QueueStore
from tests.model_based.bugs import BUGS, Patch
from tests.model_based.machine import Machine

THOROUGH = bool(os.environ.get("SCHOOLGATE_THOROUGH"))
EASY = (
    *("takedowns_are_forgotten", "refusals_are_forgotten", "a_part_may_change"),
    *("a_retry_signs_again", "the_queue_loses", "nothing_expires"),
)
"""Bugs that a few steps find."""


class OnTheDisk(Machine):
    """The same with SQLite, files, and a queue that somebody opens who comes later."""

    def stores(self, folder: Path) -> tuple[QueueStore, BlobStore]:
        return open_desk(folder / "desk.sqlite3"), FileBlobStore(folder / "blobs")

    def reopened(self) -> QueueStore:
        return open_desk(Path(self.folder.name) / "desk.sqlite3")

    def teardown(self) -> None:
        open_desk(Path(self.folder.name) / "desk.sqlite3").close()
        super().teardown()


def run(machine: type[Machine], examples: int, steps: int, *, shrink: bool = True) -> None:
    """Run *machine* so often, with so many steps each time."""
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=phases,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_is_live_is_what_the_rules_say() -> None:
    run(Machine, 500 if THOROUGH else 5, 50 if THOROUGH else 20)


def test_so_it_is_on_the_disk() -> None:
    run(OnTheDisk, 50 if THOROUGH else 1, 40 if THOROUGH else 15)


@pytest.mark.parametrize("name", BUGS if THOROUGH else EASY)
def test_the_machine_finds_a_mistake(name: str, monkeypatch: Patch) -> None:
    monkeypatch.setattr(sys, "stderr", sys.stdout)
    BUGS[name](monkeypatch)
    with pytest.raises((AssertionError, SchoolgateError)):
        run(Machine, 60, 20, shrink=False)
