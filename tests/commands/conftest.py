"""A school's site as ``schoolgate init`` makes it, with three more people."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moderation.attest.keys import public_key_of
from moderation.commands import cli

PASSPHRASE = "correct horse battery staple"  # of invented people, in a temporary folder
PEOPLE = {"S-02": "safeguarding-lead", "S-03": "moderator", "S-04": "publisher"}
ROLL = "reference,forename,surname,class\nP-0101,Ottoline,Quillfeather,Oak\n"
CONSENT = "reference,channel,state\nP-0101,website,refused\n"


@dataclass(frozen=True)
class School:
    """A site and the way to run commands in it."""

    root: Path
    home: Path

    def run(self, *arguments: str, exits: int = 0, **options: str) -> Result:
        result = CliRunner().invoke(cli, arguments, **options)  # type: ignore[arg-type]
        assert result.exit_code == exits, f"{result.exit_code}: {result.output}"
        return result

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the site once; scrypt takes a quarter of a second for each key."""
    place = tmp_path_factory.mktemp("made")
    (place / "passphrase").write_text(PASSPHRASE)
    (place / "vault-passphrase").write_text("four other words altogether")
    with pytest.MonkeyPatch.context() as patch:
        _enter(place, patch)
        patch.chdir(place)
        _run("init", "school", "--name", "Fernlea Primary School")
        patch.chdir(place / "school")
        for person, role in PEOPLE.items():
            _run("keys", "new", person)
            key = public_key_of((place / "home" / "keys" / f"{person}.key").read_text())
            words = ("people", "add", person, "--role", role, "--key", key.public.hex())
            _run(*words, "--as", "S-01")
        for name, text in (("roll", ROLL), ("consent", CONSENT)):
            (place / f"{name}.csv").write_text(text)
            _run(name, "import", str(place / f"{name}.csv"))
    return place


@pytest.fixture
def school(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> School:
    place = tmp_path / "place"
    shutil.copytree(made, place)
    _enter(place, monkeypatch)
    monkeypatch.chdir(place / "school")
    return School(place / "school", place / "home")


def _enter(place: Path, patch: pytest.MonkeyPatch) -> None:
    for variable in ("CI", "DATABASE_URL", "SCHOOLGATE_PERSON", "NO_COLOR"):
        patch.delenv(variable, raising=False)
    patch.setenv("SCHOOLGATE_HOME", str(place / "home"))
    patch.setenv("SCHOOLGATE_PASSPHRASE_FILE", str(place / "passphrase"))
    patch.setenv("SCHOOLGATE_VAULT_PASSPHRASE_FILE", str(place / "vault-passphrase"))
    patch.setenv("COLUMNS", "100")
    # The real cost of a guess is a quarter of a second; tests/attest proves it, these need not.
    patch.setattr("moderation.commands.actor.COST", 2**10)
    patch.setattr("moderation.registers.vault_key.COST", 2**10)


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
