"""``schoolgate consent``: answers come in, withdrawals stay, and pages are found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from moderation.model import ConflictError
from moderation.registers.lock import locked
from tests.commands.conftest import School

PAGE = """---
title: Fete
assets:
  fete.jpg:
    people: [P-0101]
    author: The office
    licence: own-work
---

# Fete
"""
FORM = "Timestamp,Name,Photos on the website?\n21/09/2026 10:15:00,Ottoline Quillfeather,Yes\n"


def _file(tmp_path: Path, text: str) -> str:
    file = tmp_path / "form.csv"
    file.write_text(text, "utf-8")
    return str(file)


def _states(school: School, *references: str) -> list[tuple[str, str]]:
    shown = school.run("consent", "show", *references, "--format", "json").output
    return [(row["channel"], row["state"]) for row in json.loads(shown)]


def test_a_form_comes_in_and_is_said_to(school: School, tmp_path: Path) -> None:
    file = _file(tmp_path, FORM)
    said = school.run("consent", "import", file, "--dry-run").output
    assert "1 answers read, 1 new or changed" in said
    assert "nothing was changed" in said
    assert _states(school, "P-0101") == [("website", "refused")]
    school.run("consent", "import", file)
    assert _states(school, "P-0101") == [("website", "refused")]  # the one of today is later


def test_a_withdrawal_stays_until_a_later_answer(school: School, tmp_path: Path) -> None:
    school.run("consent", "withdraw", "P-0101", "--channel", "website")
    said = school.run("consent", "import", _file(tmp_path, FORM)).output
    assert "a no from before, and so it stays: P-0101" in said
    assert _states(school, "P-0101") == [("website", "withdrawn")]


def test_rows_that_contradict_each_other_are_said(school: School, tmp_path: Path) -> None:
    rows = "reference,channel,state\nP-9,website,granted\nP-9,website,refused\n"
    said = school.run("consent", "import", _file(tmp_path, rows)).output
    assert "two answers that contradict each other, the stricter counts: P-9" in said
    assert _states(school, "P-9") == [("website", "refused")]


def test_a_grant_is_recorded_with_its_form_and_ends(school: School) -> None:
    words = ("--channel", "press", "--form", "cabinet 3", "--until", "2026-12-24", "--with-name")
    school.run("consent", "grant", "P-0102", *words)
    assert _states(school, "P-0102") == [("press", "granted"), ("website", "unknown")]
    listed = school.run("consent", "expiring", "--within", "3000", "--format", "json").output
    assert [(row["reference"], row["ends"]) for row in json.loads(listed)] == [
        ("P-0102", "2026-12-24")
    ]


def test_a_withdrawal_says_where_the_pictures_are(school: School) -> None:
    school.write("news/fete.md", PAGE)
    said = school.run("consent", "withdraw", "P-0101").output
    assert "P-0101: withdrawn for every channel" in said
    assert "not published, but declared: content/news/fete.md in fete.jpg" in said
    rows = json.loads(school.run("consent", "where-used", "P-0101", "--format", "json").output)
    assert rows == [
        {"page": "news/fete.md", "picture": "fete.jpg", "here": "yes", "published": "no"}
    ]
    assert "shows them (0 photos known)" in school.run("consent", "withdraw", "P-0102").output


def test_a_grant_for_somebody_on_no_roll_is_recorded_and_told(school: School) -> None:
    words = ("--channel", "website", "--form", "cabinet 3")
    assert "on no roll" not in school.run("consent", "grant", "P-0101", *words).output
    said = school.run("consent", "grant", "P-7777", *words).output
    assert "on no roll, so look whether the reference is right: P-7777" in said


def test_every_row_that_cannot_be_read_is_told_at_once(school: School, tmp_path: Path) -> None:
    rows = "".join(f"P-{number},website,perhaps\n" for number in range(30))
    text = f"reference,channel,state\nP-1,website,granted\n{rows}"
    said = school.run("consent", "import", _file(tmp_path, text), exits=2).output
    assert [f"row {number}: state is not one of" in said for number in (2, 3, 22, 23)] == [
        *(False, True, True, False)
    ]
    assert "and 10 more rows like these" in said


def test_the_channel_may_stand_in_brackets(school: School, tmp_path: Path) -> None:
    text = "reference,Consent: Photograph (website),Consent: Photograph (in school)\nP-9,Yes,No\n"
    school.run("consent", "import", _file(tmp_path, text))
    assert _states(school, "P-9") == [("display", "refused"), ("website", "granted")]


def test_coverage_counts_by_class(school: School) -> None:
    rows = json.loads(school.run("consent", "coverage", "--format", "json").output)
    assert rows == [
        {
            "class": "Oak",
            "channel": "website",
            "pupils": 1,
            "granted": 0,
            "not": 1,
            "unknown": 0,
        }
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("grant", "Ottoline", "--channel", "website", "--form", "x"), "not a name"),
        (("where-used", "Ottoline"), "not a name"),
    ],
)
def test_a_name_is_no_reference(school: School, words: tuple[str, ...], message: str) -> None:
    assert message in school.run("consent", *words, exits=2).output


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("name,class\nX Y,4B\n", (), "no column asks about website, social"),
        (FORM, ("--column", "website=nowhere"), "write CHANNEL=HEADING, a heading of row 1"),
        (FORM, ("--dated", "nowhere"), "--dated nowhere: is no heading of row 1"),
    ],
)
def test_an_export_that_does_not_tell_is_refused(
    school: School, tmp_path: Path, text: str, options: tuple[str, ...], message: str
) -> None:
    said = school.run("consent", "import", _file(tmp_path, text), *options, exits=2).output
    assert message in " ".join(said.split())


def test_a_column_can_be_named(school: School, tmp_path: Path) -> None:
    text = "reference,darf ins netz,wann\nP-9,ja\n".replace("ja", "yes,2026-10-01")
    options = ("--column", "website=Darf ins Netz", "--dated", "wann")
    school.run("consent", "import", _file(tmp_path, text), *options)
    assert _states(school, "P-9") == [("website", "granted")]


def test_a_page_that_cannot_be_searched_is_no_proof_of_absence(school: School) -> None:
    school.write("news/fete.md", PAGE.replace("[P-0101]", "Ottoline"))
    said = school.run("consent", "where-used", "P-0101", exits=2).output
    assert "news/fete.md: cannot be searched" in said


def test_without_registers_nothing_is_counted(school: School) -> None:
    (school.home / "registers" / "roll.vault").unlink()
    assert "no roll here" in school.run("consent", "coverage", exits=2).output
    (school.home / "registers" / "consent.vault").unlink()
    assert "no consent register" in school.run("consent", "expiring", exits=2).output


def test_no_answer_is_lost_where_several_write_at_once(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in (school.home / "registers").glob("*.vault"):
        file.unlink()
    monkeypatch.setenv("SCHOOLGATE_VAULT_KEY", "ab" * 32)
    program = "import sys; from moderation.commands import cli; cli(sys.argv[1:])"
    words = ("consent", "grant", "--channel", "press", "--form", "x")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, *words, f"P-{number:04}"], stdout=subprocess.DEVNULL
        )
        for number in range(201, 205)
    ]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert _states(school, *(f"P-{n:04}" for n in range(201, 205))).count(("press", "granted")) == 4


def test_registers_that_another_program_holds_are_not_waited_for_for_ever(tmp_path: Path) -> None:
    with (
        locked(tmp_path),
        pytest.raises(ConflictError, match="by another program; try again"),
        locked(tmp_path, timeout=0),
    ):
        pass


def test_two_columns_that_may_ask_the_same_are_asked_about(school: School, tmp_path: Path) -> None:
    text = "reference,Website photos,Website video?,x\nP-9,yes,no,\n".replace("video", "films of")
    said = school.run("consent", "import", _file(tmp_path, text), exits=2).output
    assert "2 columns may ask about website" in " ".join(said.split())
