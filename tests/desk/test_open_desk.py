"""Opening the desk: nothing of Django before, safe settings, and plain words for trouble."""

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connections

from moderation.attest.chain import verify_chain
from moderation.desk import open_desk
from moderation.desk.setup import SQLITE_OPTIONS, _database
from moderation.model import IntegrityError, UsageError
from tests.desk.samples import event, state

if TYPE_CHECKING:
    from moderation.desk.queue import DjangoQueueStore


def one_value(store: "DjangoQueueStore", sql: str) -> object:
    """Ask the database of *store* for one value."""
    with connections[store._alias].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_importing_the_desk_leaves_django_asleep(environment: dict[str, str]) -> None:
    code = "import sys, moderation.desk; sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert done.returncode == 0


def test_sqlite_is_opened_so_that_a_power_cut_loses_nothing(desk: Path) -> None:
    store = open_desk(desk)
    assert {
        name: one_value(store, f"PRAGMA {name}")
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    } == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}
    assert connections[store._alias].transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]  # SQLite's own
    store.close()


def test_a_new_desk_is_made_with_its_folder_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "home" / "desk.sqlite3"
    store = open_desk(str(path))
    store.record(event(state()))
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    assert modes == {
        "desk.sqlite3": 0o600,
        "desk.sqlite3-wal": 0o600,
        "desk.sqlite3-shm": 0o600,
    }
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    store.close()


def test_two_desks_are_open_at_once_and_a_desk_twice_is_the_same(
    desk: Path, tmp_path: Path
) -> None:
    one, two, again = open_desk(desk), open_desk(tmp_path / "two.sqlite3"), open_desk(desk)
    one.save(state(), expected=0, event=event(state()))
    assert (len(one.states()), len(two.states()), len(again.states())) == (1, 0, 1)
    one.close()
    two.close()


def test_a_url_names_the_database(tmp_path: Path) -> None:
    store = open_desk(f"sqlite:///{tmp_path / 'desk.sqlite3'}")
    assert one_value(store, "PRAGMA synchronous") == 2
    store.close()
    assert (tmp_path / "desk.sqlite3").exists()


def test_postgresql_keeps_its_own_options(tmp_path: Path) -> None:
    found = _database("postgres://gate@db.example:5433/school?sslmode=require")
    assert {key: found[key] for key in ("ENGINE", "NAME", "USER", "HOST", "PORT", "OPTIONS")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "school",
        "USER": "gate",
        "HOST": "db.example",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }
    assert _database(str(tmp_path / "desk.sqlite3"))["OPTIONS"] == SQLITE_OPTIONS


def test_a_url_that_cannot_be_read_is_not_quoted() -> None:
    with pytest.raises(UsageError) as caught:
        open_desk("nosuch://gate:secret@db.example/school")
    assert str(caught.value) == (
        "DATABASE_URL: cannot be read; write it as in postgres://user@host/name"
    )


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(UsageError) as caught:
        open_desk(tmp_path / "home" / "desk.sqlite3")
    assert str(caught.value) == (
        f"{tmp_path / 'home' / 'desk.sqlite3'}: the queue cannot be opened (File exists);"
        " choose a folder that can be written"
    )


def test_a_file_that_is_no_database_is_an_integrity_error(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite3"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(IntegrityError) as caught:
        open_desk(path)
    assert str(caught.value) == (
        "the queue: is damaged or no queue of ours (file is not a database); restore it from a"
        " backup; what is approved stands in git"
    )


def test_a_database_that_went_away_is_told(desk: Path) -> None:
    store = open_desk(desk)
    with sqlite3.connect(desk) as other:
        other.execute("DROP TABLE desk_waiver")
    other.close()
    with pytest.raises(UsageError) as caught:
        store.states()
    assert str(caught.value) == (
        "the queue: cannot be read or written (no such table: desk_waiver); nothing was"
        " changed; see to the database and its disk, then retry"
    )
    store.close()


@pytest.mark.parametrize(
    ("sql", "trouble"),
    [
        ("UPDATE desk_event SET actor = 'm-9' WHERE number = 2", "row 2: does not follow"),
        ("DELETE FROM desk_event WHERE number = 2", "row 2: is missing"),
        ("DELETE FROM desk_event WHERE number = 3", "holds 2 of 3 events"),
        ("DELETE FROM desk_event", "holds 0 of 3 events"),
        ("UPDATE desk_event SET link = 'x' WHERE number = 3", "row 3: does not follow"),
    ],
)
def test_a_log_that_was_changed_is_found_out(desk: Path, sql: str, trouble: str) -> None:
    store = open_desk(desk)
    for act in ("submit", "claim", "return"):
        store.record(event(state(), act))
    with sqlite3.connect(desk) as other:
        other.execute(sql)
    other.close()
    with pytest.raises(IntegrityError, match=trouble):
        verify_chain(store.events())
    store.close()


@pytest.mark.parametrize("read", ["load", "states"])
def test_files_changed_in_the_database_are_found_out(desk: Path, read: str) -> None:
    store = open_desk(desk)
    store.save(state(), expected=0, event=event(state()))
    with sqlite3.connect(desk) as other:
        other.execute("UPDATE desk_submission SET assets = replace(assets, 'index', 'other')")
    other.close()
    with pytest.raises(IntegrityError, match="are not those that were handed in"):
        store.load(state().id) if read == "load" else store.states()
    store.close()


def test_every_change_of_the_tables_has_its_migration(desk: Path) -> None:
    open_desk(desk).close()
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
