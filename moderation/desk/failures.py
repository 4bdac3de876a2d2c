"""What goes wrong in a database, told in our own words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError

from moderation.model import IntegrityError, UsageError


@contextmanager
def told() -> Iterator[None]:
    """Turn an error of the database into one that says what to do.

    Raises:
        UsageError: it cannot be reached, is busy or has no room; the transaction was undone
        IntegrityError: it is damaged, or no database of ours

    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise UsageError(
            f"the queue: cannot be read or written ({_first_line(error)}); nothing was changed;"
            " see to the database and its disk, then retry"
        ) from error
    except DatabaseError as error:
        raise IntegrityError(
            f"the queue: is damaged or no queue of ours ({_first_line(error)}); restore it from a"
            " backup; what is approved stands in git"
        ) from error


def _first_line(error: Exception) -> str:
    """Keep the first line only: the next ones may quote values."""
    return (str(error).splitlines() or ["no reason given"])[0]
