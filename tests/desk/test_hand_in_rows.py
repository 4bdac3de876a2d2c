"""The publisher's signature in the database: kept, read strictly, and added to what was there."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from moderation.desk import open_desk
from moderation.model import HandIn, IntegrityError, ReviewState
from tests.desk.samples import event, state

SIGNED = replace(state(), handed_in=HandIn("ab" * 32, bytes(range(64)), 7))


def run(desk: Path, *commands: str) -> None:
    with closing(sqlite3.connect(desk)) as database, database:
        for command in commands:
            database.execute(command)


@pytest.mark.parametrize("given", [SIGNED, state()])
def test_the_signature_is_kept_with_the_submission(desk: Path, given: ReviewState) -> None:
    store = open_desk(desk)
    saved = store.save(given, expected=0, event=event(given))
    assert store.load(given.id) == saved == replace(given, revision=1)
    store.close()


@pytest.mark.parametrize(
    "change",
    [
        "hand_in_key = 'p-1'",
        "hand_in_key = ''",
        "hand_in_key = 7",
        "hand_in_signature = ''",
        "hand_in_signature = 'AB' || substr(hand_in_signature, 3)",
        "hand_in_signature = x'00'",
        "hand_in_after = 'soon'",
        "hand_in_after = -1",
    ],
)
def test_what_is_no_signature_is_an_integrity_error(desk: Path, change: str) -> None:
    store = open_desk(desk)
    store.save(SIGNED, expected=0, event=event(SIGNED))
    run(desk, f"UPDATE desk_submission SET {change}")  # noqa: S608 - ours
    with pytest.raises(IntegrityError) as caught:
        store.states()
    assert str(caught.value) == (
        f"{SIGNED.id}: the publisher's signature in the queue is not one; restore the queue from a"
        " backup, or hand the page in again"
    )
    store.close()


def test_a_queue_of_before_is_opened_and_its_pages_lack_a_signature(desk: Path) -> None:
    store = open_desk(desk)
    store.save(SIGNED, expected=0, event=event(SIGNED))
    store.close()
    run(
        desk,
        "ALTER TABLE desk_submission DROP COLUMN hand_in_key",
        "ALTER TABLE desk_submission DROP COLUMN hand_in_signature",
        "ALTER TABLE desk_submission DROP COLUMN hand_in_after",
        "DELETE FROM django_migrations WHERE app = 'desk' AND name = '0002_hand_in'",
    )
    moved = desk.rename(desk.with_name("older.sqlite3"))
    store = open_desk(moved)
    assert store.states() == (replace(SIGNED, handed_in=None, revision=1),)
    store.close()
