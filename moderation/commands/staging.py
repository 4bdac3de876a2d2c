"""The stage of the demo: a copy of the worked example on which real commands are run."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import click

from moderation.commands.output import width
from moderation.commands.resources import example, templates
from moderation.commands.workspace import HOME
from moderation.model import ExitCode

MARK = ".schoolgate-demo"
"""The file by which the demo knows a folder of its own."""

_PASSPHRASE = "passphrase.txt"  # noqa: S105 - the example's own, which protects nothing
_COPIED = ("content", ".schoolgate")


@dataclass(frozen=True, slots=True)
class Handed:
    """A submission of the demo."""

    id: str
    digest: str


@dataclass(slots=True, kw_only=True)
class Stage:
    """A copy of the example school, its people's throw-away keys, and what happened so far."""

    root: Path
    out: Path
    environment: dict[str, str]
    head: str = "S-01"
    moderator: str = "S-03"
    publisher: str = "S-04"
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    kept: dict[str, bytes] = field(default_factory=dict)

    def title(self, text: str) -> None:
        """Print a heading."""
        click.echo(f"\n{click.style(text, bold=True)}\n")

    def data(self, name: str) -> str:
        """Return the path of a file of the demo."""
        return str(templates() / "demo" / name)

    def bring(self, draft: str) -> str:
        """Put a draft into the content folder and return the path of its page."""
        source = templates() / "demo" / draft
        for file in sorted(path for path in source.rglob("*") if path.is_file()):
            target = self.root / "content" / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        page = next(iter(sorted(source.rglob("*.md"))))
        return page.relative_to(source).as_posix()

    def run(self, *arguments: str, expect: ExitCode = ExitCode.CLEAN) -> str:
        """Run a real command, show it with what it prints, and return that."""
        shown = " ".join(f'"{a}"' if " " in a else a for a in map(self._short, arguments))
        click.echo(click.style(f"$ schoolgate {shown}", fg="cyan"))
        done = self._command(arguments)
        click.echo(done.stdout + done.stderr)
        if done.returncode != expect:
            self.surprises.append(f"schoolgate {arguments[0]} exited with {done.returncode}")
        return done.stdout

    def submit(self, page: str) -> Handed:
        """Hand a page in as the publisher."""
        self.run("submit", f"content/{page}", "--as", self.publisher)
        rows = json.loads(self._command(("queue", "--format", "json")).stdout)
        row = next(each for each in rows if each["page"] == page)
        return Handed(row["id"], row["digest"])

    def finding(self, handed: Handed, rule: str) -> str:
        """Return the first characters of the id of a finding, as review shows it."""
        words = ("review", handed.id, "--format", "json", "--as", self.head)
        told = json.loads(self._command(words).stdout)
        prints = [each["fingerprint"] for each in told["findings"] if each["rule"] == rule]
        if not prints:
            self.surprises.append(f"{rule} did not report anything")
        return str(prints[0])[:8] if prints else rule

    def note(self, page: str) -> None:
        """Ask the tool itself what became of a page, for the table at the end."""
        verdict = json.loads(self._command(("check", f"content/{page}", "--format", "json")).stdout)
        states = json.loads(self._command(("status", "--format", "json")).stdout)
        mine = [state["status"] for state in states if state["page"] == page]
        found = sorted({finding["rule"] for finding in verdict["findings"]})
        self.rows.append(
            (page, verdict["outcome"], mine[-1] if mine else "not handed in", ", ".join(found))
        )

    def renew(self) -> None:
        """Sign the people of the copy for another year; the example as it ships expires one day."""
        for words in (("renew", "--as", self.head), ("sign", "--as", self.moderator)):
            done = self._command(("trust", *words))
            if done.returncode:
                self.surprises.append(f"trust {words[0]} exited with {done.returncode}")

    def tamper(self, path: str) -> None:
        """Change one byte of a file of the content folder."""
        file = self.root / "content" / path
        self.kept[path] = file.read_bytes()
        file.write_bytes(self.kept[path][:-2] + b"!\n")

    def restore(self, path: str) -> None:
        """Put the file back as it was."""
        (self.root / "content" / path).write_bytes(self.kept.pop(path))

    def close(self) -> None:
        """Put back whatever was tampered with."""
        for path in list(self.kept):
            self.restore(path)

    def summary(self) -> str:
        """Return the closing table and where to look."""
        rows = [("page", "verdict", "decision", "on the site", "findings")]
        for page, verdict, decision, found in self.rows:
            there = (self.out / page.removesuffix(".md") / "index.html").exists()
            rows.append((page, verdict, decision, "yes" if there else "no", found))
        wide = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = [
            "  ".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)).rstrip()
            for row in rows
        ]
        where = self._short(str(self.out))
        serve = f"python3 -m http.server --bind 127.0.0.1 --directory {where} 8000"
        return "\n".join(
            [
                *lines,
                f"\nThe site is in {where}/. To look at it:\n",
                f"  {serve}\n  and open http://127.0.0.1:8000/",
            ]
        )

    def _short(self, text: str) -> str:
        here = str(Path.cwd())
        return text.removeprefix(f"{here}{os.sep}") if text.startswith(here) else text

    def _command(self, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own command line, on the example
            [sys.executable, "-m", "moderation", *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
        )


def _is_ours(variable: str) -> bool:
    """Say whether a variable would change the demo; its people are invented, so it may tell all."""
    return variable.startswith("SCHOOLGATE_") or variable in ("CI", "TF_BUILD", "DATABASE_URL")


def prepare(place: Path, out: Path) -> Stage:
    """Copy the worked example to *place*, with a private folder of its own."""
    root, home = place / "school", place / "private"
    for name in _COPIED:
        shutil.copytree(example() / name, root / name)
    shutil.copyfile(example() / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(templates() / "theme", root / "site_templates" / "theme")
    shutil.copytree(templates() / "demo" / "keys", home / "keys")
    (place / MARK).write_text("the demo may remove this folder\n", "utf-8")
    passphrase = templates() / "demo" / _PASSPHRASE
    environment = {
        **{key: value for key, value in os.environ.items() if not _is_ours(key)},
        HOME: str(home),
        "SCHOOLGATE_PASSPHRASE_FILE": str(passphrase),
        "SCHOOLGATE_VAULT_PASSPHRASE_FILE": str(passphrase),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "COLUMNS": str(width()),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    return Stage(root=root, out=out, environment=environment)
