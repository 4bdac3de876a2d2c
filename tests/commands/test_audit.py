# ruff: noqa: S608 - the SQL is of an invented school
"""The log of who did what: each row counts, and a checkpoint on paper finds what no chain can."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from moderation.attest.chain import chain
from moderation.model import Event
from tests.commands.conftest import School

PAGE = "news/fair.md"
TEXT = '---\ntitle: "A fair"\ndescription: "A fair"\n---\n\nThe fair was lovely.\n'

_WORDS = ("actor", "act", "submission", "digest", "detail")


@pytest.fixture
def busy(school: School) -> School:
    """Return a school with six events and one decision."""
    school.write(PAGE, TEXT)
    school.run("submit", f"content/{PAGE}", "--as", "S-04")
    row = json.loads(school.run("queue", "--format", "json").output)[0]
    school.run("review", row["id"], "--format", "json", "--as", "S-03")
    school.run("approve", row["id"], "--digest", row["digest"][:12], "--as", "S-03")
    return school


def sql(school: School, *lines: str) -> None:
    database = sqlite3.connect(school.home / "desk.sqlite3")
    with database:
        for line in lines:
            database.execute(line)
    database.close()


def count(school: School) -> int:
    return int(json.loads(school.run("audit", "verify", "--format", "json").output)["events"])


def test_each_row_that_is_edited_is_named(busy: School) -> None:
    total = count(busy)
    assert total >= 4
    for row in range(1, total + 1):
        for column in ("actor", "act", "submission", "digest", "detail"):
            sql(busy, f"UPDATE desk_event SET {column} = {column} || 'x' WHERE number = {row}")
            told = busy.run("audit", "verify", exits=4).output
            assert f"event log: row {row}: does not follow from the one before" in told
            cut = f"substr({column}, 1, length({column}) - 1)"
            sql(busy, f"UPDATE desk_event SET {column} = {cut} WHERE number = {row}")
    assert count(busy) == total


def test_each_row_that_is_deleted_is_named(busy: School) -> None:
    total = count(busy)
    for row in range(1, total):
        sql(
            busy,
            f"CREATE TABLE kept AS SELECT * FROM desk_event WHERE number = {row}",
            f"DELETE FROM desk_event WHERE number = {row}",
        )
        told = busy.run("audit", "verify", exits=4).output
        assert f"event log: row {row}: is missing; restore the queue" in told
        sql(busy, "INSERT INTO desk_event SELECT * FROM kept", "DROP TABLE kept")
    sql(busy, f"DELETE FROM desk_event WHERE number = {total}")
    told = busy.run("audit", "verify", exits=4).output
    assert f"event log: holds {total - 1} of {total} events" in told


def test_each_row_that_is_inserted_or_swapped_is_named(busy: School) -> None:
    total = count(busy)
    for row in range(1, total):
        swap = (
            f"UPDATE desk_event SET number = -1 WHERE number = {row}",
            f"UPDATE desk_event SET number = {row} WHERE number = {row + 1}",
            f"UPDATE desk_event SET number = {row + 1} WHERE number = -1",
        )
        sql(busy, *swap)
        assert f"event log: row {row}: does not" in busy.run("audit", "verify", exits=4).output
        sql(busy, *swap)
    assert count(busy) == total
    sql(
        busy,
        "UPDATE desk_event SET number = number + 100 WHERE number >= 2",
        "UPDATE desk_event SET number = number - 99 WHERE number > 100",
        "INSERT INTO desk_event SELECT 2, at, actor, act, submission, digest, detail, link"
        " FROM desk_event WHERE number = 1",
    )
    assert "event log: row 2: does not follow" in busy.run("audit", "verify", exits=4).output


@pytest.mark.parametrize(
    "damage",
    [
        "at = 'yesterday'",
        "at = NULL",
        "actor = NULL",
        "digest = X'FF'",
        "act = 5",
        "link = NULL",
        "number = 'two'",
    ],
)
def test_a_damaged_row_is_told_and_never_a_traceback(busy: School, damage: str) -> None:
    sql(
        busy,
        "CREATE TABLE loose AS SELECT * FROM desk_event",
        "DROP TABLE desk_event",
        "ALTER TABLE loose RENAME TO desk_event",
        f"UPDATE desk_event SET {damage} WHERE number = 2",
    )
    told = busy.run("audit", "verify", exits=4).output
    assert told.startswith("schoolgate: ")
    assert "row 2" in told
    assert "restore" in told


def written(busy: School, *words: str) -> Path:
    file = busy.home / "checkpoint.txt"
    file.write_text(busy.run("audit", "checkpoint", *words).output)
    return file


def forged(busy: School, change: Callable[[Event], Event]) -> None:
    """Write the whole log anew, as somebody can who may write to the database."""
    database = sqlite3.connect(busy.home / "desk.sqlite3")
    rows = database.execute(
        "SELECT number, at, actor, act, submission, digest, detail FROM desk_event ORDER BY number"
    ).fetchall()
    link = ""
    with database:
        for number, at, *words in rows:
            time = datetime.fromisoformat(at).replace(tzinfo=UTC)
            event = change(Event(at=time, **dict(zip(_WORDS, words, strict=True))))
            link = chain(link, event)
            database.execute(
                "UPDATE desk_event SET actor = ?, link = ? WHERE number = ?",
                (event.actor, link, number),
            )
        database.execute("UPDATE desk_log_head SET link = ?", (link,))
    database.close()


def test_a_checkpoint_holds_while_the_log_grows(busy: School) -> None:
    file = written(busy)
    text = file.read_text()
    assert text.startswith("schoolgate checkpoint 1\nsite: ")
    assert all(len(line) <= 48 for line in text.splitlines())
    busy.write(PAGE, f"{TEXT}\nIt rained.\n")
    busy.run("submit", f"content/{PAGE}", "--as", "S-04")
    told = busy.run("audit", "verify", "--checkpoint", str(file)).output
    assert "nothing is missing or was written anew since 20" in told


def test_a_checkpoint_is_written_where_it_is_asked_for(busy: School) -> None:
    told = busy.run("audit", "checkpoint", "--out", str(busy.home.parent / "mail.txt")).output
    assert told == "mail.txt is written; keep it where neither database nor repository lies\n"
    assert (
        "unbroken"
        in busy.run("audit", "verify", "--checkpoint", str(busy.home.parent / "mail.txt")).output
    )


def test_a_machine_without_a_queue_says_that_the_log_lies_elsewhere(school: School) -> None:
    for file in school.home.glob("desk.sqlite3*"):
        file.unlink()
    told = school.run("audit", "verify").output
    assert "no events here: the log lies with the queue" in told


def test_a_checkpoint_may_be_signed_and_typed_in_from_paper(busy: School) -> None:
    file = written(busy, "--sign", "--as", "S-01")
    assert "signed: S-01\n" in file.read_text()
    told = busy.run("audit", "verify", "--checkpoint", str(file)).output
    assert "as S-01 signed then" in told
    file.write_text(file.read_text().replace("signed: S-01", "signed: S-03"))
    told = busy.run("audit", "verify", "--checkpoint", str(file), exits=4).output
    assert "signed: is not the signature of S-03" in told
    plain, _, _ = file.read_text().partition("signed:")
    file.write_text("\n\n".join(f"  {line.upper()}" for line in plain.splitlines()))
    lines = file.read_text().replace(busy_site(busy).upper(), busy_site(busy))
    file.write_text(lines)
    busy.run("audit", "verify", "--checkpoint", str(file))


def busy_site(busy: School) -> str:
    return (busy.root / ".schoolgate" / "site-id").read_text().strip()


def test_a_log_that_was_written_anew_is_found_by_the_checkpoint_alone(busy: School) -> None:
    file, total = written(busy), count(busy)
    forged(busy, lambda event: replace(event, actor="S-02" if event.actor == "S-03" else "S-04"))
    busy.run("audit", "verify")  # the chain alone cannot tell
    told = busy.run("audit", "verify", "--checkpoint", str(file), exits=4).output
    assert f"event log: row {total} is not the one that stood there on 20" in told
    assert "the log was written anew; restore it from a copy of that day" in told


def test_an_end_that_was_cut_off_is_found_by_the_checkpoint_alone(busy: School) -> None:
    file, total = written(busy), count(busy)
    sql(
        busy,
        f"DELETE FROM desk_event WHERE number = {total}",
        f"UPDATE desk_log_head SET number = {total - 1},"
        f" link = (SELECT link FROM desk_event WHERE number = {total - 1})",
    )
    busy.run("audit", "verify")
    told = busy.run("audit", "verify", "--checkpoint", str(file), exits=4).output
    assert f"event log: row {total} is missing: it held {total} on 20" in told
    assert "so its end was cut off" in told


def test_a_decision_that_was_deleted_is_found_by_the_checkpoint(busy: School) -> None:
    file = written(busy)
    (busy.root / ".schoolgate" / "approvals" / "000001.json").unlink()
    told = busy.run("audit", "verify", "--checkpoint", str(file), exits=4).output
    assert "approvals: decision 1 is missing: it held 1 on 20" in told


def test_the_log_survives_that_somebody_is_forgotten(busy: School) -> None:
    file = written(busy)
    busy.run("people", "retire-key", "S-04", key_of(busy, "S-04"), "--as", "S-01")
    busy.run("people", "suspend", "S-03", "--as", "S-01")
    (busy.home / "keys" / "S-04.key").unlink()
    roll = busy.home / "roll.csv"
    roll.write_text("reference,forename,surname,class\nP-0102,Bartholomew,Underhay,Oak\n")
    busy.run("roll", "import", str(roll), "--yes")
    told = busy.run("audit", "verify", "--checkpoint", str(file)).output
    assert "in one unbroken chain; 1 signed decisions verified" in told
    shown = busy.run("audit", "show", "--format", "json").output
    for name in ("Ottoline", "Quillfeather", "Underhay", "fair.md"):
        assert name not in shown


def key_of(busy: School, who: str) -> str:
    rows = json.loads(busy.run("keys", "show", "--format", "json").output)
    return next(str(row["key"]) for row in rows if row["person"] == who)
