"""The hash chain of the event log: change, drop or swap a row, and every later one tells.

Rows cut off at the end cannot be seen here; the signed approvals, which count up, tell of those.
"""

from collections.abc import Iterable
from datetime import UTC

from moderation.attest.canonical import canonical
from moderation.model import Event, IntegrityError, UsageError, digest_of


def chain(prev: str, event: Event) -> str:
    """Return the digest that stands beside *event*.

    Args:
        prev: the digest beside the row before, empty for the first
        event: the row; its time is taken in UTC, to the microsecond

    Raises:
        UsageError: the time has no zone

    """
    if event.at.utcoffset() is None:
        raise UsageError("event: the time has no zone; give it in UTC")
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    row = [prev, at, event.actor, event.act, event.submission, event.digest, event.detail]
    return digest_of(canonical(row))


def verify_chain(rows: Iterable[tuple[Event, str]]) -> int:
    """Follow the chain and return how many rows it has.

    Raises:
        IntegrityError: a row was changed, dropped, added or moved; names the first

    """
    return len(follow_chain(rows))


def follow_chain(rows: Iterable[tuple[Event, str]]) -> tuple[str, ...]:
    """Follow the chain and return the digest beside each row.

    Raises:
        IntegrityError: a row was changed, dropped, added or moved; names the first

    """
    prev, links = "", []
    for number, (event, digest) in enumerate(rows, start=1):
        if chain(prev, event) != digest:
            raise IntegrityError(
                f"event log: row {number}: does not follow from the one before, so the log was "
                "changed; restore it from a copy and ask who can write to the database"
            )
        prev = digest
        links.append(digest)
    return tuple(links)
