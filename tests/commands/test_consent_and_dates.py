"""Days of publication and consents in decisions, as a school meets them at the command line."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from moderation.commands.consent_columns import Columns, remembered
from moderation.commands.workspace import Workspace
from moderation.registers import Channel
from tests.commands.conftest import School
from tests.spec_files import picture

TODAY = datetime.now(UTC).date()
PAGE = """---
title: Fete
description: The summer fete.
{days}assets:
  photos/fete.jpg:
    people: [P-0102]
    author: The office
    licence: own-work
---

# Fete

![Stalls on the green](/photos/fete.jpg)
"""
NOT_COMPARED = "not compared with the consent register"


def _day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def _grant(school: School, *words: str) -> None:
    form = ("--form", "cabinet 3")
    school.run("consent", "grant", "P-0102", "--channel", "website", *form, *words)


def _approve(school: School, path: str, person: str = "S-02") -> str:
    told = school.run("submit", f"content/{path}", "--as", "S-04", "--format", "json")
    row = json.loads(told.output)
    shown = school.run("review", row["id"], "--as", person, "--format", "json").stdout
    for finding in json.loads(shown)["findings"]:
        if finding["severity"] != "note":
            reason = ("--reason", "Looked at", "--as", person)
            school.run("ack", row["id"], finding["fingerprint"][:12], *reason)
    school.run("approve", row["id"], "--digest", row["digest"][:12], "--as", person)
    return str(row["id"])


def _publish(school: School, days: str = "") -> str:
    school.write("photos/fete.jpg", picture("size = [640, 480]\nspots = 80\n"))
    school.write("news/fete.md", PAGE.format(days=days))
    return _approve(school, "news/fete.md")


def _refused(school: School, exits: int) -> dict[str, str]:
    told = json.loads(school.run("verify", "--format", "json", exits=exits).stdout)
    return {row["path"]: row["reason"] for row in told["refused"]}


@pytest.mark.slow
def test_a_page_with_days_waits_and_the_build_says_until_when(school: School) -> None:
    _approve(school, "index.md")
    for page in ("contact.md", "news/index.md"):
        _approve(school, page)
    _grant(school)
    submission = _publish(school, f"publish: {_day(30)}\nexpires: {_day(40)}\n")
    said = school.run("status", submission).output
    assert f"news/fete.md is waiting: it is published on {_day(30)}, up to {_day(40)}" in said
    (row,) = json.loads(school.run("status", submission, "--format", "json").output)
    assert (row["publish"], row["expires"]) == (_day(30), _day(40))
    verified = json.loads(school.run("verify", "--format", "json").stdout)
    why = f"is approved, but not before {_day(30)}"
    waiting = [{"path": path, "reason": why} for path in ("news/fete.md", "photos/fete.jpg")]
    assert (verified["refused"], verified["dated"]) == ([], waiting)
    assert "2 more are approved, and published on other days" in school.run("verify").output
    built = " ".join(school.run("build").output.split())
    assert "left out, because it is published on other days" in built
    assert f"build again on {_day(30)}: a page begins or ends on that day" in built
    told = json.loads(school.run("build", "--format", "json").stdout)
    assert (told["dated"], told["next_day"]) == (waiting, _day(30))
    assert not (school.root / "site/news/fete").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"expires": -1}, "is over: it was published up to {0}"),
        ({"publish": -1}, "is published since {0}"),
        ({"publish": -1, "expires": 0}, "is published up to {1}"),
        ({"publish": 5}, "is waiting: it is published on {0}"),
        ({}, ""),
    ],
)
def test_status_says_on_which_days_a_page_is_published(
    school: School, days: dict[str, int], said: str
) -> None:
    lines = "".join(f"{key}: {_day(day)}\n" for key, day in days.items())
    school.write("news/fete.md", f"---\ntitle: Fete\n{lines}---\n\n# Fete\n\nCome.\n")
    submission = _approve(school, "news/fete.md", "S-03")
    told = school.run("status", submission).output
    expected = said.format(*map(_day, days.values()))
    assert (f"{submission}: news/fete.md {expected}\n" in told) is bool(days)
    assert "news/fete.md" not in _refused(school, 4)


@pytest.mark.slow
def test_a_page_whose_days_are_none_is_not_handed_in(school: School) -> None:
    school.write("news/fete.md", "---\ntitle: Fete\npublish: soon\n---\n\n# Fete\n")
    said = school.run("submit", "content/news/fete.md", "--as", "S-04", exits=5).output
    assert "publish: is no day; write one such as publish: 2026-12-24" in " ".join(said.split())


@pytest.mark.slow
def test_a_decision_dies_where_the_register_hears_of_a_no(school: School, tmp_path: Path) -> None:
    _grant(school)
    _publish(school)
    assert "news/fete.md" not in _refused(school, 4)
    rows = tmp_path / "answers.csv"
    rows.write_text(f"reference,channel,state,given\nP-0102,website,refused,{TODAY}\n", "utf-8")
    school.run("consent", "import", str(rows))
    why = _refused(school, 4)["news/fete.md"]
    assert "a consent that it rests on has ended or was taken back since" in why
    (school.home / "registers" / "consent.vault").unlink()
    assert "news/fete.md" not in _refused(school, 4)


@pytest.mark.slow
def test_a_machine_that_cannot_open_the_register_says_that_it_did_not_compare(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    _approve(school, "index.md")
    assert NOT_COMPARED not in school.run("verify", "--site", exits=4).output
    monkeypatch.delenv("SCHOOLGATE_VAULT_PASSPHRASE_FILE")
    said = school.run("verify", exits=4)
    assert f"{NOT_COMPARED}: its key is not at hand; set SCHOOLGATE_VAULT_KEY" in said.output
    monkeypatch.setenv("SCHOOLGATE_VAULT_KEY", "00" * 32)
    assert f"{NOT_COMPARED}: " in school.run("verify", exits=4).output


@pytest.mark.slow
def test_approving_again_renews_a_decision_after_the_consent_was_renewed(school: School) -> None:
    _grant(school, "--until", _day(200))
    submission = _publish(school)
    (first, *_) = _ends(school)
    _grant(school, "--until", _day(300))
    digest = json.loads(school.run("status", submission, "--format", "json").output)[0]["digest"]
    school.run("approve", submission, "--digest", digest[:12], "--as", "S-02")
    assert (first, _ends(school)[-1]) == (_day(200), _day(300))


def _ends(school: School) -> list[str]:
    import base64

    found = []
    for file in sorted((school.root / ".schoolgate/approvals").glob("*.json")):
        payload = base64.b64decode(json.loads(file.read_text("utf-8"))["payload"])
        found.append(json.loads(payload)["predicate"].get("consentsEnd", ""))
    return found


def test_a_consent_that_ends_before_the_page_appears_is_refused_beforehand(school: School) -> None:
    _grant(school, "--until", _day(20))
    school.write("photos/fete.jpg", picture("size = [640, 480]\nspots = 80\n"))
    school.write("news/fete.md", PAGE.format(days=f"publish: {_day(30)}\n"))
    words = ("check", "content/news/fete.md", "--family", "images", "--format", "json")
    found = json.loads(school.run(*words, exits=1).stdout)["findings"]
    told = {each["rule"]: (each["severity"], each["message"]) for each in found}
    message = f"P-0102 has consent up to {_day(20)}, and the page is published on {_day(30)}"
    assert told["consent-ends-before-publication"] == ("block", message)


@pytest.mark.parametrize("words", [("check",), ("queue",), ("status",)])
def test_how_many_consents_end_soon_is_said_where_somebody_looks(
    school: School, words: tuple[str, ...]
) -> None:
    assert "consents end within" not in school.run(*words).output
    for number, days in enumerate((10, 29, 31, 91), start=201):
        form = ("--form", "x", "--until", _day(days))
        school.run("consent", "grant", f"P-0{number}", "--channel", "website", *form)
    school.run(
        "consent", "grant", "P-0301", "--channel", "press", "--form", "x", "--until", _day(9)
    )
    line = "2 consents end within 30 days, 3 within 90; ask the families"
    said = school.run(*words)
    assert line in said.stderr
    assert "P-02" not in said.stderr


def test_an_answer_that_does_not_count_is_kept_and_said_to(school: School) -> None:
    words = ("--channel", "website", "--form", "x", "--basis", "public-task")
    said = school.run("consent", "grant", "P-0107", *words).output
    why = "it rests on public-task, which the policy does not accept"
    assert f"it is kept, but counts as no permission: {why}" in said
    (row,) = json.loads(school.run("consent", "show", "P-0107", "--format", "json").output)
    assert (row["state"], row["note"]) == ("unknown", why)


TWO = "reference,Website photos,Website films\nP-9,yes,no\n"


def test_what_a_column_asks_is_told_once(school: School, tmp_path: Path) -> None:
    file = tmp_path / "form.csv"
    file.write_text(TWO, "utf-8")
    assert "nothing is remembered" in school.run("consent", "mapping").output
    refused = school.run("consent", "import", str(file), exits=2).output
    assert "2 columns may ask about website" in " ".join(refused.split())
    named = ("--column", "website=Website photos", "--column", "video=Website films")
    school.run("consent", "import", str(file), *named, "--dry-run")
    assert "nothing is remembered" in school.run("consent", "mapping").output
    school.run("consent", "import", str(file), *named)
    rows = json.loads(school.run("consent", "mapping", "--format", "json").output)
    assert rows == [
        {"asks about": "website", "heading": "website photos"},
        {"asks about": "video", "heading": "website films"},
    ]
    assert "website is answered by" in school.run("consent", "import", str(file)).output
    school.run("consent", "mapping", "--forget")
    school.run("consent", "import", str(file), exits=2)


def test_who_sits_at_the_keyboard_is_asked_once(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    file = tmp_path / "form.csv"
    file.write_text(TWO, "utf-8")
    asked = school.run("consent", "import", str(file), input="Website photos\nwebsite photos\n")
    assert "Which column asks about website?" in asked.output
    assert "Which column" not in school.run("consent", "import", str(file)).output
    workspace = Workspace(school.root, school.home)
    kept = remembered(workspace).questions
    assert kept[Channel.WEBSITE] == "website photos"


@pytest.mark.parametrize("text", ["{", "[]", '{"wall": "x"}', "7"])
def test_a_damaged_memory_asks_anew(school: School, text: str) -> None:
    (school.home / "consent-columns.json").write_text(text, "utf-8")
    assert remembered(Workspace(school.root, school.home)) == Columns()
