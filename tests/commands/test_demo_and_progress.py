"""The demo's stage, progress on a terminal, and what the wheel ships."""

import io
import json
import sys
from pathlib import Path

import pytest

from moderation.commands import resources
from moderation.commands.progress import Watched, waiting
from moderation.commands.staging import MARK, prepare
from moderation.model import ExitCode, UsageError
from moderation.pipeline.executors import Serial
from tests.commands.conftest import School


class Screen(io.StringIO):
    """A terminal that somebody sits at."""

    def isatty(self) -> bool:
        return True


def _sit_at(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Put a terminal in the place of stderr; a fixture cannot, since pytest puts its own there."""
    found = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", found)
    return found


def _lost(number: int) -> int:
    return -number


@pytest.mark.parametrize("count", [3, 60])
def test_long_work_shows_a_bar_and_changes_no_result(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = _sit_at(monkeypatch)
    work = range(count)
    assert list(Watched(Serial()).map(abs, work, lost=_lost)) == list(work)
    assert ("checking" in screen.getvalue()) == (count > 20)


def test_waiting_is_shown_at_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _sit_at(monkeypatch)
    with waiting("building"):
        pass
    assert "building" in screen.getvalue()
    quiet = io.StringIO()
    monkeypatch.setattr(sys, "stderr", quiet)
    with waiting("building"):
        pass
    assert quiet.getvalue() == ""


def test_an_installation_that_is_not_whole_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="install schoolgate again"):
        resources._first(tmp_path / "a", tmp_path / "b")


@pytest.mark.slow
def test_the_stage_runs_real_commands_and_notices_what_is_not_as_it_should_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage = prepare(tmp_path / "demo", tmp_path / "site")
    assert (tmp_path / "demo" / MARK).is_file()
    page = stage.bring("abusive")
    stage.run("check", f"content/{page}", expect=ExitCode.FINDINGS)
    assert stage.surprises == []
    stage.run("check", f"content/{page}")
    assert stage.surprises == ["schoolgate check exited with 1"]
    stage.note(page)
    assert "not handed in" in stage.summary()
    assert "abusive-word" in stage.summary()
    before = (stage.root / "content" / "contact.md").read_bytes()
    stage.tamper("contact.md")
    assert (stage.root / "content" / "contact.md").read_bytes() != before
    stage.close()
    assert (stage.root / "content" / "contact.md").read_bytes() == before
    stage.title("A heading")
    assert "A heading" in capsys.readouterr().out


def test_pages_of_the_handbook_are_written(
    school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    told = school.run("rules", "--write", str(tmp_path)).output
    assert "wrote commands.md" in told
    assert (tmp_path / "rules" / "pupil-named.md").is_file()
    assert "schoolgate approve" in (tmp_path / "commands.md").read_text("utf-8")


def test_programs_read_what_acts_say(school: School) -> None:
    school.write("news/fete.md", "---\ntitle: Fete\n---\n\n# Fete\n\nCome.\n")
    words = ("submit", "content/news/fete.md", "--as", "S-04", "--format", "json")
    row = json.loads(school.run(*words).output)
    school.run("review", row["id"], "--as", "S-03")
    approve = ("approve", row["id"], "--digest", row["digest"][:12], "--as", "S-03")
    told = json.loads(school.run(*approve, "--format", "json").output)
    assert (told["status"], told["approved_by"]) == ("approved", ["S-03"])
    (school.root / "content" / "news" / "fete.md").unlink()
    school.run("takedown", "news/fete.md", "--reason", "Over", "--as", "S-03")
    assert json.loads(school.run("audit", "verify", "--format", "json").output)["decisions"] == 2
