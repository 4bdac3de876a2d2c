from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from moderation.attest import chain, verify_chain
from moderation.model import Event, IntegrityError, UsageError, digest_of

AT = datetime(2026, 11, 21, 9, 30, 0, 125, tzinfo=UTC)
EVENTS = [
    Event(at=AT, actor="p-1", act="submit", submission="s-1", digest=digest_of(b"1")),
    Event(at=AT, actor="m-1", act="claim", submission="s-1", digest=digest_of(b"1")),
    Event(at=AT, actor="m-1", act="approve", submission="s-1", digest="", detail="000001.json"),
]


def chained(events: list[Event]) -> list[tuple[Event, str]]:
    rows, prev = [], ""
    for event in events:
        prev = chain(prev, event)
        rows.append((event, prev))
    return rows


ROWS = chained(EVENTS)


def test_a_whole_chain_is_counted() -> None:
    assert (verify_chain(ROWS), verify_chain([])) == (3, 0)


def test_the_digest_is_of_the_row_and_the_one_before() -> None:
    assert chain("", EVENTS[0]) == digest_of(
        b'["","2026-11-21T09:30:00.000125+00:00","p-1","submit","s-1","'
        + digest_of(b"1").encode()
        + b'",""]'
    )


def test_the_zone_in_which_a_time_was_read_is_no_difference() -> None:
    here = replace(EVENTS[0], at=AT.astimezone(timezone(timedelta(hours=1))))
    assert chain("", here) == chain("", EVENTS[0])


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([ROWS[0], (replace(EVENTS[1], actor="m-2"), ROWS[1][1]), ROWS[2]], 2),
        ([(replace(EVENTS[0], at=AT + timedelta(seconds=1)), ROWS[0][1]), *ROWS[1:]], 1),
        ([ROWS[0], ROWS[2]], 2),
        (ROWS[1:], 1),
        ([ROWS[1], ROWS[0], ROWS[2]], 1),
        ([ROWS[0], ROWS[0], *ROWS[1:]], 2),
        ([*ROWS[:2], (EVENTS[2], "")], 3),
        (
            [
                *ROWS[:2],
                (replace(EVENTS[2], act="approve", digest="000001.json", detail=""), ROWS[2][1]),
            ],
            3,
        ),
    ],
    ids=[
        *("changed", "another time", "dropped", "first dropped", "swapped", "doubled"),
        *("no digest", "moved between fields"),
    ],
)
def test_a_changed_chain_names_the_first_bad_row(
    rows: list[tuple[Event, str]], number: int
) -> None:
    with pytest.raises(IntegrityError) as caught:
        verify_chain(rows)
    assert str(caught.value) == (
        f"event log: row {number}: does not follow from the one before, so the log was changed; "
        "restore it from a copy and ask who can write to the database"
    )


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        chain("", replace(EVENTS[0], at=AT.replace(tzinfo=None)))
    assert str(caught.value) == "event: the time has no zone; give it in UTC"
