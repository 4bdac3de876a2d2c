"""Opening the desk: Django without a project, one connection a database, tables made on first use.

This module imports Django inside its functions only: importing the desk must cost nothing.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from moderation.model import UsageError, digest_of
from moderation.registers.files import make_folder, sync_folder

if TYPE_CHECKING:
    from moderation.desk.queue import DjangoQueueStore

TIMEOUT = 30
"""Seconds a writer waits for another before it gives up."""

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": TIMEOUT,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
"""What held in the simulated power cuts and parallel writers of ``docs/decisions``.

Deferred transactions fail with "database is locked" when two begin to read and then write, and
WAL with ``synchronous=NORMAL`` loses what was acknowledged last.
"""


def open_desk(where: str | Path) -> "DjangoQueueStore":
    """Open the queue, and make its tables where they are missing or old.

    Args:
        where: path of a SQLite file, or a database URL as in ``DATABASE_URL``

    Raises:
        UsageError: the URL cannot be used, or the database cannot be reached or written
        IntegrityError: the file is no database of ours

    """
    from django.core.exceptions import ImproperlyConfigured

    try:
        alias = _connect(_database(str(where)))
    except ImproperlyConfigured as error:  # its message names the engine, never the address
        raise UsageError(
            "DATABASE_URL: the library for this kind of database is not installed; for PostgreSQL: "
            "pip install schoolgate[postgres]"
        ) from error

    from moderation.desk.failures import told
    from moderation.desk.migrate import bring_up_to_date
    from moderation.desk.queue import DjangoQueueStore

    with told():
        bring_up_to_date(alias)
    return DjangoQueueStore(alias)


def _database(where: str) -> dict[str, object]:
    """Turn a path or URL into Django's settings of one database."""
    import dj_database_url

    database: dict[str, object] = {"ENGINE": "django.db.backends.sqlite3", "NAME": where}
    if "@" in where and "://" not in where:
        raise UsageError("DATABASE_URL: has no scheme; write it as in postgres://user@host/name")
    if "://" in where:
        try:
            database = dict(dj_database_url.parse(where))
        except ValueError as error:  # its message quotes the URL, which may hold a password
            raise UsageError(
                "DATABASE_URL: cannot be read; write it as in postgres://user@host/name"
            ) from error
    if database["ENGINE"] == "django.db.backends.sqlite3":
        _make_private(Path(str(database["NAME"])))
        database["OPTIONS"] = dict(SQLITE_OPTIONS)
    return database


def _make_private(file: Path) -> None:
    """Make the database file with its folder, for its owner only; SQLite's side files follow it."""
    try:
        make_folder(file.parent)
        file.touch(mode=0o600)
        sync_folder(file.parent)
    except OSError as error:
        raise UsageError(
            f"{file}: the queue cannot be opened ({error.strerror}); choose a folder that can be"
            " written"
        ) from error


def _connect(database: dict[str, object]) -> str:
    """Set Django up once, and make one more database known to it; return its alias."""
    import django
    from django.conf import settings
    from django.db import connections

    if not settings.configured:
        settings.configure(INSTALLED_APPS=["moderation.desk"], USE_TZ=True, DATABASES={})
        django.setup()
    alias = f"desk-{digest_of(repr(sorted(database.items())).encode())[:16]}"
    if alias not in connections.settings:
        default = connections.settings["default"]
        both = connections.configure_settings({"default": default, alias: database})
        connections.settings[alias] = both[alias]
    return alias
