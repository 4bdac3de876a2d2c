"""The tutorial, followed to the letter: every command, every file, and what it says comes back."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from moderation.attest.keys import public_key_of
from moderation.commands import cli

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "first-page.md"
PASSPHRASE = "correct horse battery staple"  # of invented people, in a temporary folder
PAGE = "content/news/sports-day.md"
_PART = re.compile(r"^## (?P<title>[^\n]+)$|^```(?P<word>\w+)\n(?P<body>.*?)^```$", re.M | re.S)
_EXAMPLE_ID = re.compile(r"s-[a-z2-7]{10}")


class Pupil:
    """Somebody who does what the tutorial says, step by step."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.place = place
        self.patch = monkeypatch
        self.said = ""
        self.ids: dict[str, str] = {}
        self.built: list[str] = []

    def do(self, title: str, word: str, body: str) -> None:
        if word == "sh":
            for line in body.splitlines():
                self.type(title, line)
        elif word == "csv":
            (self.place / "class-list.csv").write_text(body, "utf-8")
        elif word == "markdown":
            Path(PAGE).write_text(body, "utf-8")
        elif body.startswith("Well done"):
            text = Path(PAGE).read_text("utf-8")
            Path(PAGE).write_text(re.sub(r"^Well done.*\n", body, text, flags=re.M), "utf-8")
            self.run("check", PAGE)
            assert "nothing stands against handing it in" in self.said
        else:
            self.expect(body)

    def type(self, title: str, line: str) -> None:
        words = shlex.split(line)
        if words[0] == "cd":
            self.patch.chdir(self.place / words[1])
        elif words[:2] == ["schoolgate", "build"] and "cheat" in title:
            self.cheat()
        elif words[0] == "schoolgate":
            self.run(*self.own(words[1:]), exits=1 if words[1] == "check" else 0)

    def run(self, *words: str, exits: int = 0) -> None:
        result = CliRunner().invoke(cli, words)
        self.said = result.output
        assert result.exit_code == exits, f"{words}: {result.output}"
        if words[0] == "build":
            self.built.append(self.said)

    def cheat(self) -> None:
        """Change one word of an approved page, build, and put it back."""
        before = Path(PAGE).read_bytes()
        Path(PAGE).write_bytes(before.replace(b"cheered", b"shouted"))
        self.run("build")
        assert "changed since it was approved" in " ".join(self.said.split())
        Path(PAGE).write_bytes(before)
        self.run("build")
        assert "sports-day" not in self.said

    def own(self, words: list[str]) -> list[str]:
        """Put this person's own ids, digests and keys in the place of those of the tutorial."""
        if "--key" in words:
            file = self.place / "home" / "keys" / f"{words[2]}.key"
            key = public_key_of(file.read_text("utf-8")).public.hex()
            words[words.index("--key") + 1] = key
        for number, word in enumerate(words):
            if _EXAMPLE_ID.fullmatch(word):
                words[number] = self.ids.setdefault(word, self.next_id())
        if "--digest" in words:
            words[words.index("--digest") + 1] = self.digest(words[1])
        return words

    def next_id(self) -> str:
        """Return the id of the first submission that was not looked at yet."""
        rows = self.queue()
        return next((r["id"] for r in rows if r["id"] not in self.ids.values()), "")

    def digest(self, submission: str) -> str:
        return next(row["digest"][:12] for row in self.queue() if row["id"] == submission)

    @staticmethod
    def queue() -> list[dict[str, str]]:
        rows = json.loads(CliRunner().invoke(cli, ["queue", "--format", "json"]).output)
        assert isinstance(rows, list)
        return rows

    def expect(self, shown: str) -> None:
        """Hold what was said to what the tutorial shows, but for how many files a site has."""
        said = " ".join(re.sub(r"has \d+ files", "has N files", self.said).split())
        for line in shown.splitlines():
            wanted = " ".join(re.sub(r"has \d+ files", "has N files", line).split())
            assert wanted in said, self.said


def _steps() -> Iterator[tuple[str, str, str]]:
    title = ""
    for part in _PART.finditer(TUTORIAL.read_text("utf-8")):
        title = part["title"] or title
        if part["word"]:
            yield title, part["word"], part["body"]


@pytest.mark.slow
def test_the_tutorial_can_be_followed_to_the_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("CI", "DATABASE_URL", "SCHOOLGATE_PERSON", "NO_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    monkeypatch.setenv("SCHOOLGATE_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.setenv("SCHOOLGATE_VAULT_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.setenv("SCHOOLGATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    pupil = Pupil(tmp_path, monkeypatch)
    for title, word, body in _steps():
        pupil.do(title, word, body)
    assert len(pupil.ids) == 2
    assert len(pupil.built) == 4
    site = tmp_path / "our-school" / "site"
    assert (site / "index.html").is_file()
    assert not (site / "news" / "sports-day").exists()
    assert "was taken down on" in pupil.built[-1]
