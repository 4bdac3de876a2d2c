"""The queue in a database, through Django's ORM."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError as TakenError
from django.db import connections, transaction
from django.db.models import QuerySet

from moderation.attest.chain import chain
from moderation.desk.failures import told
from moderation.desk.models import EventRow, LogHead, SubmissionRow, WaiverRow
from moderation.desk.rows import event_of, fields_of, state_of, waiver_rows
from moderation.desk.turns import in_turn
from moderation.model import Event, IntegrityError, ReviewState, ReviewStatus, SubmissionId
from moderation.review.identity import require_identity
from moderation.review.store import Change, changed_meanwhile, in_utc, not_in_queue

_HEAD = 1
_UNREADABLE = (ValueError, TypeError, AttributeError)
"""What Django raises where a column holds no value of its kind."""


class DjangoQueueStore:
    """A queue in the database that Django knows by *alias*; see :func:`moderation.desk.open_desk`.

    Every act that writes is one transaction that begins with the lock for writing, so that two
    writers wait for each other instead of failing.
    """

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def load(self, submission: SubmissionId, /) -> ReviewState:
        """Return the state of one submission."""
        found = self._read(SubmissionRow.objects.using(self._alias).filter(pk=submission))
        if not found:
            raise not_in_queue(submission)
        return found[0]

    def save(self, state: ReviewState, *, expected: int, event: Event) -> ReviewState:
        """Save one state and its event."""
        return self.save_all([(state, expected, event)])[0]

    def save_all(self, changes: Sequence[Change]) -> tuple[ReviewState, ...]:
        """Save several states and their events, all or none."""
        for state, _, _ in changes:
            require_identity(state)
        with told(), in_turn(self._alias), transaction.atomic(using=self._alias):
            saved = tuple(self._put(state, expected) for state, expected, _ in changes)
            for _, _, event in changes:
                self._append(event)
        return saved

    def states(self, *statuses: ReviewStatus, page: str | None = None) -> tuple[ReviewState, ...]:
        """Return the states with one of these statuses, oldest first."""
        rows = SubmissionRow.objects.using(self._alias).order_by("submitted_at", "id")
        if statuses:
            rows = rows.filter(status__in=[status.value for status in statuses])
        if page is not None:
            rows = rows.filter(page=page)
        return self._read(rows)

    def record(self, event: Event) -> None:
        """Log what was done without changing a state."""
        with told(), in_turn(self._alias), transaction.atomic(using=self._alias):
            self._append(event)

    def events(self) -> Iterator[tuple[Event, str]]:
        """Yield every event with its link of the hash chain.

        Raises:
            IntegrityError: a row is missing, or rows were cut off the end

        """
        with told(), transaction.atomic(using=self._alias):
            rows, head = self._rows(), self._head()
        for place, row in enumerate(rows, start=1):
            if trouble := "is missing" if row.number != place else _damage(row):
                raise _broken(place, trouble)
            yield event_of(row)
        if (len(rows), rows[-1].link if rows else "") != (head.number, head.link):
            raise IntegrityError(
                f"event log: holds {len(rows)} of {head.number} events, or its last is not the one"
                " that was written; restore the queue from a backup"
            )

    def close(self) -> None:
        """Close this thread's connection; the next act opens it again."""
        connections[self._alias].close()

    def _rows(self) -> list[EventRow]:
        """Return the rows of the log; names the first that cannot be read."""
        rows = EventRow.objects.using(self._alias).order_by("number")
        try:
            return list(rows)
        except _UNREADABLE as error:
            place = 1
            with suppress(*_UNREADABLE):
                while rows.filter(number=place).first():
                    place += 1
            raise _broken(place, "is damaged") from error

    def _read(self, rows: QuerySet[SubmissionRow]) -> tuple[ReviewState, ...]:
        waivers: dict[str, list[WaiverRow]] = defaultdict(list)
        with told(), self._reading():
            theirs = WaiverRow.objects.using(self._alias).filter(submission__in=rows)
            for waiver in theirs.order_by("place"):
                waivers[waiver.submission_id].append(waiver)
            states = tuple(state_of(row, waivers[row.id]) for row in rows)
        for state in states:
            require_identity(state)
        return states

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """See one moment, without the lock for writing: whoever only reads makes nobody wait."""
        connection = connections[self._alias]
        connection.ensure_connection()  # which is when Django reads the mode
        options = vars(connection)
        mode = options.get("transaction_mode")  # of SQLite alone
        options["transaction_mode"] = None
        try:
            with transaction.atomic(using=self._alias):
                yield
        finally:
            options["transaction_mode"] = mode

    def _put(self, state: ReviewState, expected: int) -> ReviewState:
        rows = SubmissionRow.objects.using(self._alias)
        fields = {**fields_of(state), "revision": expected + 1}
        try:
            if expected == 0:
                rows.create(id=state.id, **fields)
            elif not rows.filter(pk=state.id, revision=expected).update(**fields):
                raise changed_meanwhile(state.id)
        except TakenError as error:
            raise changed_meanwhile(state.id) from error
        waivers = WaiverRow.objects.using(self._alias)
        waivers.filter(submission=state.id).delete()
        waivers.bulk_create(waiver_rows(state))
        return replace(state, revision=expected + 1)

    def _append(self, event: Event) -> None:
        event, head = in_utc(event), self._head()
        number, link = head.number + 1, chain(head.link, event)
        EventRow.objects.using(self._alias).create(
            number=number,
            at=event.at,
            actor=event.actor,
            act=event.act,
            submission=event.submission,
            digest=event.digest,
            detail=event.detail,
            link=link,
        )
        LogHead.objects.using(self._alias).filter(pk=_HEAD).update(number=number, link=link)

    def _head(self) -> LogHead:
        heads = LogHead.objects.using(self._alias).select_for_update()
        return heads.get_or_create(pk=_HEAD, defaults={"number": 0, "link": ""})[0]


def _damage(row: EventRow) -> str:
    """Say whether a row holds what no row of ours does; a database may not ask for kinds."""
    time: object = row.at
    words = (row.actor, row.act, row.submission, row.digest, row.detail, row.link)
    whole = isinstance(time, datetime) and all(isinstance(word, str) for word in words)
    return "" if whole else "is damaged"


def _broken(place: int, trouble: str) -> IntegrityError:
    return IntegrityError(
        f"event log: row {place}: {trouble}; restore the queue from a backup and ask who can write"
        " to the database"
    )
