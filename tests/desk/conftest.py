"""Queues of each kind: the same tests hold for all of them.

PostgreSQL joins in where ``SCHOOLGATE_TEST_DATABASE`` is the URL of a database to be emptied.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from moderation.desk import open_desk
from moderation.review.memory import MemoryQueueStore
from moderation.review.store import QueueStore

if TYPE_CHECKING:
    from moderation.desk.queue import DjangoQueueStore

SERVER = os.environ.get("SCHOOLGATE_TEST_DATABASE", "")
DATABASES = ["sqlite", *(["postgresql"] if SERVER else [])]


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with the tables in it, to be copied."""
    path = tmp_path_factory.mktemp("desk") / "desk.sqlite3"
    open_desk(path).close()
    return path


@pytest.fixture
def desk(empty_desk: Path, tmp_path: Path) -> Path:
    """Return a SQLite file of one's own with the tables in it."""
    path = tmp_path / "desk.sqlite3"
    shutil.copyfile(empty_desk, path)
    return path


@pytest.fixture(params=DATABASES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return a database that has no tables yet."""
    if request.param == "sqlite":
        return str(tmp_path / "new" / "desk.sqlite3")
    _empty(open_desk(SERVER))
    return SERVER


@pytest.fixture(params=["memory", *DATABASES])
def queue(request: pytest.FixtureRequest) -> Iterator[QueueStore]:
    """Return an empty queue of each kind."""
    if request.param == "memory":
        yield MemoryQueueStore()
        return
    if request.param == "postgresql":
        _empty(open_desk(SERVER))
    store = open_desk(SERVER if request.param == "postgresql" else request.getfixturevalue("desk"))
    yield store
    store.close()


def _empty(store: "DjangoQueueStore") -> None:
    with connections[store._alias].cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    store.close()


@pytest.fixture
def environment() -> dict[str, str]:
    """Return the environment of a child process that imports what this one imports."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
