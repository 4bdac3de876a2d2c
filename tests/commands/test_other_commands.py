"""The smaller commands, and every way out."""

import io
import json
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from PIL import Image

from moderation.commands import COMMANDS, cli
from moderation.commands.lazy import LazyGroup
from tests.commands.conftest import School

PAGE = "---\ntitle: Fete\ndescription: The fete.\n---\n\n# The fete\n\nCome.\n"


def _photo(gps: bool = True) -> bytes:
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_every_command_of_the_table_is_there_and_has_an_example() -> None:
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        leaves = (
            [command.get_command(context, each) for each in command.list_commands(context)]
            if isinstance(command, click.Group)
            else [command]
        )
        for leaf in leaves:
            assert leaf is not None
            assert "Example: schoolgate" in " ".join((leaf.help or "").split()), name


def test_a_slip_of_the_pen_gets_an_offer() -> None:
    result = CliRunner().invoke(cli, ["chek"])
    assert (result.exit_code, "Did you mean check?" in result.output) == (2, True)
    assert "schoolgate --help lists them" in CliRunner().invoke(cli, ["zzzzzz"]).output


def test_help_and_version_are_clean() -> None:
    assert CliRunner().invoke(cli, []).exit_code == 0
    assert CliRunner().invoke(cli, ["--help"]).exit_code == 0
    assert CliRunner().invoke(cli, ["--version"]).output.startswith("schoolgate ")


def _failing(error: BaseException) -> LazyGroup:
    group = LazyGroup("schoolgate", contents={}, package="none", help="")

    @click.command()
    def fail() -> None:
        raise error

    group.get_command = lambda ctx, name: fail  # type: ignore[method-assign]
    group.resolve_command = lambda ctx, args: ("fail", fail, [])  # type: ignore[method-assign]
    return group


def test_an_internal_error_exits_with_5_and_quotes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SCHOOLGATE_DEBUG", raising=False)
    result = CliRunner().invoke(_failing(ZeroDivisionError("Ottoline Quillfeather")), ["fail"])
    assert result.exit_code == 5
    assert "internal error (ZeroDivisionError in test_other_commands.py" in result.output
    assert "Quillfeather" not in result.output
    monkeypatch.setenv("SCHOOLGATE_DEBUG", "1")
    result = CliRunner().invoke(_failing(ZeroDivisionError("the whole story")), ["fail"])
    assert "the whole story" in result.output


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_exits_with_130(error: BaseException) -> None:
    result = CliRunner().invoke(_failing(error), ["fail"])
    assert (result.exit_code, "stopped" in result.output) == (130, True)


def test_rules_and_explain(school: School) -> None:
    rows = json.loads(school.run("rules", "--format", "json").output)
    assert {"pupil-named", "abusive-word", "active-content"} <= {row["rule"] for row in rows}
    assert "pupil-named" in school.run("rules").output
    told = school.run("explain", "location-in-photo").output
    assert "nobody may accept it" in told
    assert "What to do" in told
    assert "did you mean pupil-named?" in school.run("explain", "pupil-name", exits=2).output
    assert "schoolgate rules lists them" in school.run("explain", "zzz", exits=2).output


def test_a_page_is_not_written_over(school: School) -> None:
    school.run("new", "page", "Summer / fete 2026.", "--type", "policy")
    assert (school.root / "content" / "policies" / "summer-fete-2026.md").exists()
    school.run("new", "page", "Summer / fete 2026.", "--type", "policy", exits=2)
    school.run("new", "page", '"quoted"', exits=2)
    school.run("new", "page", " ", exits=2)


def test_a_photo_is_brought_in_without_its_location_and_declared(
    school: School, tmp_path: Path
) -> None:
    page = school.write("news/fete.md", PAGE)
    photo = tmp_path / "The Fete.JPG"
    photo.write_bytes(_photo())
    words = ("add", "photo", str(page), str(photo), "--author", "The office")
    licence = ("--licence", "own-work")
    school.run(*words, *licence, exits=2)
    school.run(*words, *licence, "--nobody", "--people", "P-0101", exits=2)
    told = school.run(*words, *licence, "--nobody").output
    line = "![[[Say what the picture shows]]](../photos/the-fete.jpg)"
    assert line in told
    page.write_text(f"{page.read_text()}\n{line}\n")
    unread = school.run("check", str(page), "--format", "json", exits=1).output
    rules = [f["rule"] for f in json.loads(unread)["findings"]]
    assert rules == ["no-people-declared", "placeholder-left"]
    page.write_text(page.read_text().replace(f"\n{line}\n", ""))
    assert photo.read_bytes() == _photo()
    text = page.read_text()
    assert text.endswith(PAGE.partition("---\n\n")[2])
    page.write_text(text + "\n![The tent](../photos/the-fete.jpg)\n")
    asked = school.run("check", "content/news/fete.md", "--format", "json", exits=1).output
    assert [f["rule"] for f in json.loads(asked)["findings"]] == ["no-people-declared"]
    school.run(*words, *licence, "--nobody", exits=2)
    school.run(*words, *licence, "--people", "P-0101", "--replace")
    found = json.loads(
        school.run("check", "content/news/fete.md", "--format", "json", exits=1).output
    )["findings"]
    assert [(f["rule"], f["severity"]) for f in found] == [
        ("consent-refused", "block"),
        ("declared-not-seen", "review"),
    ]
    other = tmp_path / "other" / "the-fete.jpg"
    other.parent.mkdir()
    other.write_bytes(_photo(gps=False)[:-2] + b"\xff\xd9")
    Image.new("RGB", (30, 30), "red").save(other)
    again = (*words[:3], str(other), *words[4:], *licence, "--nobody")
    assert "another file has this name" in school.run(*again, exits=2).output
    school.run(*again, "--replace")
    inside = school.root / "content" / "photos" / "the-fete.jpg"
    inside.write_bytes(_photo())
    clean = (*words[:3], str(inside), *words[4:], *licence, "--nobody")
    assert "--replace takes it out" in school.run(*clean, exits=2).output
    school.run(*clean, "--replace")
    assert b"Exif" not in inside.read_bytes()


def test_what_is_no_picture_is_not_brought_in(school: School, tmp_path: Path) -> None:
    page = school.write("news/fete.md", PAGE)
    words = ("--nobody", "--author", "Us", "--licence", "own-work")
    for name, data in (("a.jpg", b"only words"), ("b.svg", b"<svg></svg>"), ("c.png", _photo())):
        (tmp_path / name).write_bytes(data)
    for name in ("a.jpg", "b.svg"):
        told = school.run("add", "photo", str(page), str(tmp_path / name), *words, exits=2).output
        assert f"{name}: is no JPEG, PNG, WebP or GIF picture" in told
    photo = str(tmp_path / "c.png")
    school.run("add", "photo", str(page), photo, *words[1:], "--people", "Jane Doe", exits=2)
    school.run("add", "photo", str(page), photo, *words[:4], "all-rights-reserved", exits=2)
    assert not (school.root / "content" / "photos").exists()
    assert page.read_text() == PAGE


def test_a_photo_goes_into_a_page_without_front_matter(school: School) -> None:
    page = school.write("news/bare.md", "# Bare\n\nNothing yet.\n")
    school.write("photos/tent.jpg", _photo(gps=False))
    words = ("add", "photo", "content/news/bare.md", "content/photos/tent.jpg", "--nobody")
    school.run(*words, "--author", "A", "--licence", "own-work", "--decorative")
    assert page.read_text().startswith("---\nassets:\n  photos/tent.jpg:\n")
    told = school.run("check", "content/news/bare.md", "--format", "json", exits=1)
    assert json.loads(told.output)["errors"] == []


def test_keys_and_roll_and_consent_are_shown_without_names(school: School) -> None:
    keys = json.loads(school.run("keys", "show", "--format", "json").output)
    assert [row["person"] for row in keys] == ["S-01", "S-02", "S-03", "S-04"]
    school.run("keys", "new", "S-04", exits=2)
    told = school.run("roll", "show", "--format", "json").output
    assert json.loads(told) == [{"class": "Oak", "pupils": 1}]
    rows = json.loads(school.run("consent", "show", "P-0101", "P-9", "--format", "json").output)
    assert [row["state"] for row in rows] == ["refused", "unknown"]
    for register in ("roll", "consent"):
        (school.home / "registers" / f"{register}.vault").unlink()
    school.run("roll", "show", exits=2)
    school.run("consent", "show", "P-1", exits=2)


def test_a_folder_that_is_not_empty_is_left_alone(school: School) -> None:
    school.run("init", str(school.root), exits=2)
    school.run("init", "new-school", "--name", 'Bad "name"', exits=2)
    assert not Path("new-school").exists()


def test_outside_a_site_commands_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["queue"], ["check"], ["people", "list"]):
        result = CliRunner().invoke(cli, words)
        assert result.exit_code == 2, result.output


def test_a_damaged_site_is_an_integrity_failure(school: School) -> None:
    trust = school.root / ".schoolgate" / "trust.json"
    trust.write_text(trust.read_text().replace("payload", "payl0ad", 1))
    for words in (["build"], ["verify"], ["queue"], ["people", "list"]):
        school.run(*words, exits=4)
    trust.unlink()
    school.run("people", "list", exits=4)
    (school.root / ".schoolgate" / "site-id").unlink()


def test_an_event_log_that_was_changed_is_noticed(school: School) -> None:
    import sqlite3

    school.write("news/fete.md", PAGE)
    school.run("submit", "content/news/fete.md", "--as", "S-04")
    assert "submit" in school.run("audit", "show").output
    school.run("audit", "verify")
    with sqlite3.connect(school.home / "desk.sqlite3") as base:
        (table,) = [
            row[0]
            for row in base.execute("select name from sqlite_master where type = 'table'")
            if "event" in row[0]
        ]
        for trigger in base.execute("select name from sqlite_master where type = 'trigger'"):
            base.execute(f"drop trigger {trigger[0]}")
        base.execute(f"update {table} set actor = 'S-01'")  # noqa: S608
    base.close()
    school.run("audit", "verify", exits=4)


def test_the_private_folder_has_a_place_of_its_own(
    school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from moderation.commands.workspace import find_workspace

    monkeypatch.delenv("SCHOOLGATE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    workspace = find_workspace()
    assert workspace is not None
    site = (school.root / ".schoolgate" / "site-id").read_text().strip()
    assert workspace.home.name == site
    (school.root / ".schoolgate" / "site-id").write_text("../../etc")
    result = CliRunner().invoke(cli, ["keys", "show"])
    assert (result.exit_code, "site-id: is missing or damaged" in result.output) == (2, True)


def test_a_passphrase_is_asked_for_only_where_somebody_is(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.write("news/fete.md", PAGE)
    monkeypatch.setenv("SCHOOLGATE_PASSPHRASE_FILE", "/nowhere/at/all")
    school.run("submit", "content/news/fete.md", "--as", "S-04", exits=3)
    monkeypatch.delenv("SCHOOLGATE_PASSPHRASE_FILE")
    told = school.run("submit", "content/news/fete.md", "--as", "S-04", exits=3).output
    assert "nobody is there to ask" in told
    assert (
        "say who you are: --as S-01" in school.run("submit", "content/news/fete.md", exits=3).output
    )
    school.run("submit", "content/news/fete.md", "--as", "S-99", exits=3)


@pytest.mark.parametrize("style", ["terminal", "text", "json", "sarif", "junit", "github"])
def test_every_format_tells_the_same_finding_and_ci_tells_no_name(
    school: School, style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.write("news/fete.md", PAGE + "\nWell done Ottoline Quillfeather!\n")
    monkeypatch.setenv("CI", "true")
    told = school.run("check", "content/news/fete.md", "--format", style, exits=1).output
    assert "P-0101" in told
    assert "Quillfeather" not in told


def test_terminal_and_text_show_the_line_to_its_author(school: School) -> None:
    school.write("news/fete.md", PAGE + "\nWell done Ottoline Quillfeather!\n")
    told = school.run("check", "content/news/fete.md", exits=1).output
    assert "Well done Ottoline Quillfeather!" in told
    assert school.run("check", "content/news/fete.md", "--fail-on", "block").exit_code == 0


def test_python_dash_m_runs_it() -> None:
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "moderation", "--version"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.startswith("schoolgate ")) == (0, True)
