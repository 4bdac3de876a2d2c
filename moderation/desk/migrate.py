"""Making and mending the tables, also when several processes open a new desk at once."""

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

_LOCK = 0x5C400196A7E


def bring_up_to_date(alias: str) -> None:
    """Run the migrations that the database *alias* lacks."""
    connection = connections[alias]
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    # SQLite's schema editor wants foreign keys off, and they cannot be turned off inside.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=alias):
            _wait_for_others(connection)
            executor = MigrationExecutor(connection)  # looks again: there may be nothing left
            executor.migrate(executor.loader.graph.leaf_nodes())
    finally:
        connection.enable_constraint_checking()


def _wait_for_others(connection: BaseDatabaseWrapper) -> None:
    """Let one process at a time migrate; SQLite's IMMEDIATE transaction does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
