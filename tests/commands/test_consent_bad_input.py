"""What is wrong with registers and pictures is said clearly, and none of it is a pass."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import School
from tests.spec_files import picture

PAGE = """---
title: Fete
description: The summer fete.
assets:
  photos/fete.jpg:
    people: [{people}]
    author: The office
    licence: own-work
---

# Fete

![Stalls on the green](/photos/fete.jpg)
"""
PLAIN = 'size = [640, 480]\ncolour = "lightblue"\n'


def _write(school: School, people: str, photo: bytes) -> None:
    school.write("photos/fete.jpg", photo)
    school.write("news/fete.md", PAGE.format(people=people))


def _found(school: School, exits: int) -> dict[str, tuple[str, str]]:
    words = ("check", "content/news/fete.md", "--family", "images", "--format", "json")
    told = json.loads(school.run(*words, exits=exits).stdout)
    assert told["outcome"] != "pass"
    return {each["rule"]: (each["severity"], each["message"]) for each in told["findings"]}


def _import(school: School, tmp_path: Path, text: str, exits: int = 0) -> str:
    file = tmp_path / "answers.csv"
    file.write_text(text, "utf-8")
    return " ".join(school.run("consent", "import", str(file), exits=exits).output.split())


@pytest.mark.parametrize(
    "words", [("check",), ("consent", "show", "P-0101"), ("consent", "expiring")]
)
def test_a_register_with_the_wrong_key_is_not_opened(
    school: School, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SCHOOLGATE_VAULT_KEY", "00" * 32)
    said = school.run(*words, exits=4).output
    wrong = ": wrong key, or the file was damaged; restore both from your backup\n"
    assert said in {f"schoolgate: {register}{wrong}" for register in ("roll", "consent")}


def test_an_unknown_state_names_the_row_and_what_may_stand_there(
    school: School, tmp_path: Path
) -> None:
    said = _import(school, tmp_path, "reference,channel,state\nP-0101,website,perhaps\n", 2)
    assert "answers.csv: row 2: state is not one of granted, expired, unknown, refused" in said
    said = _import(school, tmp_path, "reference,Website\nP-0101,perhaps\n", 2)
    assert "row 2: the answer for website is not understood; write yes, no, withdrawn" in said


def test_of_two_rows_that_contradict_each_other_the_stricter_counts_and_it_is_said(
    school: School, tmp_path: Path
) -> None:
    rows = "reference,channel,state\nP-0102,website,withdrawn\nP-0102,website,granted\n"
    said = _import(school, tmp_path, rows)
    assert "two answers that contradict each other, the stricter counts: P-0102" in said
    _write(school, "P-0102", picture(PLAIN))
    assert _found(school, 1)["consent-withdrawn"] == (
        "block",
        "P-0102 has no consent for website: withdrawn",
    )


def test_a_name_in_place_of_a_reference_is_not_kept(school: School, tmp_path: Path) -> None:
    said = _import(school, tmp_path, "reference,Website\nOttoline Quillfeather,yes\n", 2)
    assert "row 2: write a reference such as P-0112" in said
    assert "Quillfeather" not in said


def test_a_person_nobody_knows_is_blocked_and_said_at_the_import(
    school: School, tmp_path: Path
) -> None:
    _write(school, "P-9999", picture(PLAIN))
    assert _found(school, 1)["consent-missing"] == (
        "block",
        "P-9999 is in the picture, and the consent register does not know them",
    )
    said = _import(school, tmp_path, "reference,channel,state\nP-9999,website,granted\n")
    assert "on no roll, so look whether the reference is right: P-9999" in said


def test_a_declared_person_on_a_photo_without_people_is_asked_about(
    school: School, tmp_path: Path
) -> None:
    _import(school, tmp_path, "reference,channel,state\nP-0102,website,granted\n")
    _write(school, "P-0102", picture(PLAIN))
    assert _found(school, 1)["declared-not-seen"] == (
        "review",
        "1 person is declared, and no face is seen: are they seen from behind?",
    )


@pytest.mark.parametrize(
    "photo",
    [
        b"",
        picture(PLAIN)[:200],
        b"GIF89a\x00\x00\x00\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff;",
        b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452" + "00" * 8 + "0802000000"),
    ],
    ids=["an empty file", "a header alone", "a GIF of nought by nought", "a PNG of nought"],
)
def test_a_photo_without_pixels_is_not_checked(
    school: School, tmp_path: Path, photo: bytes
) -> None:
    _import(school, tmp_path, "reference,channel,state\nP-0102,website,granted\n")
    _write(school, "P-0102", photo)
    words = ("check", "content/news/fete.md", "--format", "json")
    told = json.loads(school.run(*words, exits=5).stdout)
    assert told["outcome"] == "block"
    assert [each["path"] for each in told["errors"]] == ["photos/fete.jpg"]


def test_a_photo_without_a_register_is_blocked(school: School) -> None:
    (school.home / "registers" / "consent.vault").unlink()
    _write(school, "P-0102", picture(PLAIN))
    assert _found(school, 1)["consent-missing"] == (
        "block",
        "P-0102 is in the picture, and no consent register is at hand",
    )
