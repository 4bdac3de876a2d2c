"""``schoolgate roll``: imports that lose nothing, keys that open nothing else, errors that help."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from moderation.commands.workspace import now
from tests.commands.conftest import School

WHOLE = "adno,forename,surname,class\n1,Ottoline,Quill,4B\n2,Barnaby,Vane,4A\n3,Una,Thistle,4A\n"
PAGE = "# Fête\n\nCome and join us.\n"


class Kept(KeyringBackend):
    """A keyring in memory."""

    priority = 9

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringError


@pytest.fixture
def kept() -> Iterator[Kept]:
    before, ring = keyring.get_keyring(), Kept()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def _list(tmp_path: Path, text: str | bytes) -> str:
    file = tmp_path / "list.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(file)


def test_an_import_says_what_differs_and_keeps_references(school: School, tmp_path: Path) -> None:
    said = school.run("roll", "import", _list(tmp_path, WHOLE), "--yes").output
    assert "3 new, 1 gone, 0 changed, 0 as before" in said
    assert "3 pupils are kept, encrypted, until" in said
    said = school.run("roll", "import", _list(tmp_path, WHOLE.replace("4B", "5B"))).output
    assert "0 new, 0 gone, 1 changed, 2 as before" in said
    shown = school.run("roll", "show", "--count", "--format", "json").output
    assert json.loads(shown) == [{"class": "all", "pupils": 3}]
    assert school.run("roll", "show", "--count").output == "3\n"


def test_a_dry_run_changes_nothing(school: School, tmp_path: Path) -> None:
    before = (school.home / "registers" / "roll.vault").read_bytes()
    said = school.run("roll", "import", _list(tmp_path, WHOLE), "--dry-run").output
    assert "3 pupils would be kept; nothing was changed" in said
    assert (school.home / "registers" / "roll.vault").read_bytes() == before


def test_the_list_of_one_class_does_not_replace_the_whole_roll(
    school: School, tmp_path: Path
) -> None:
    school.run("roll", "import", _list(tmp_path, WHOLE), "--yes")
    one = "adno,forename,surname,class\n1,Ottoline,Quill,4B\n"
    said = school.run("roll", "import", _list(tmp_path, one), exits=2).output
    assert "list.csv: lacks 2 of 3 pupils; nothing was changed" in said
    assert school.run("roll", "show", "--count").output == "3\n"


def test_which_column_holds_what_is_told_once(school: School, tmp_path: Path) -> None:
    file = _list(tmp_path, "vorname,nachname\nOttoline,Quill\n")
    assert "--column forename=HEADING" in school.run("roll", "import", file, exits=2).output
    named = ("--column", "forename=Vorname", "--column", "surname=nachname")
    school.run("roll", "import", file, *named, "--yes")
    school.run("roll", "import", file)
    said = school.run("roll", "import", file, "--column", "forename=nowhere", exits=2).output
    assert "--column forename=nowhere: write NAME=HEADING, a heading of row 1" in said


def test_two_schools_of_one_site_have_a_roll_each(school: School, tmp_path: Path) -> None:
    school.run("roll", "import", _list(tmp_path, WHOLE), "--school", "OAK")
    assert school.run("roll", "show", "--count").output == "4\n"


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        ("forename,surname\nZo\u00eb,Q\n".encode("cp1252"), (), "is not UTF-8; save it as CSV"),
        (WHOLE.encode(), ("--encoding", "klingon"), "klingon: is no encoding"),
        (b"\xff\xfea", (), "is not UTF-8"),
        (WHOLE.encode(), ("--school", "oak"), "one to three capital letters"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(
    school: School, tmp_path: Path, data: bytes, options: tuple[str, ...], message: str
) -> None:
    said = school.run("roll", "import", _list(tmp_path, data), *options, exits=2).output
    assert message in " ".join(said.split())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_list_in_another_encoding_is_read(school: School, tmp_path: Path, encoding: str) -> None:
    file = _list(tmp_path, "forename,surname\nZo\u00eb,Quill\n".encode(encoding))
    option = ("--encoding", encoding) if encoding == "cp1252" else ()
    said = school.run("roll", "import", file, "--dry-run", *option).output
    assert "1 pupils would be kept" in said


def test_who_is_forgotten_is_gone_from_every_register(school: School) -> None:
    school.run("roll", "forget", "P-0101", "P-0999", exits=2)
    school.run("roll", "forget", "P-0101")
    assert school.run("roll", "show", "--count").output == "0\n"
    assert "unknown" in school.run("consent", "show", "P-0101").output


def test_a_register_with_the_wrong_key_is_an_integrity_failure(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.write("news/fete.md", PAGE)
    monkeypatch.setenv("SCHOOLGATE_VAULT_KEY", "00" * 32)
    assert "wrong key" in school.run("check", "content/news/fete.md", exits=4).output
    monkeypatch.setenv("SCHOOLGATE_VAULT_KEY", "short")
    assert "no key of 32 bytes" in school.run("check", "content/news/fete.md", exits=4).output
    monkeypatch.delenv("SCHOOLGATE_VAULT_KEY")
    (school.home / "vault.key").write_bytes(b"\xff")
    assert "cannot be read" in school.run("check", "content/news/fete.md", exits=4).output
    (school.home / "vault.key").unlink()
    assert "no key of the registers" in school.run("check", "content/news/fete.md", exits=4).output


def test_another_passphrase_does_not_open_the_registers(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.write("news/fete.md", PAGE)
    (tmp_path / "other").write_text("some other passphrase")
    monkeypatch.setenv("SCHOOLGATE_VAULT_PASSPHRASE_FILE", str(tmp_path / "other"))
    said = school.run("check", "content/news/fete.md", exits=3).output
    assert "the passphrase is not the one" in " ".join(said.split())


def test_an_expired_roll_passes_nothing(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.write("news/fete.md", PAGE)
    said = school.run("roll", "import", _list(tmp_path, WHOLE), "--yes").output
    later = now() + timedelta(days=401)
    monkeypatch.setattr("moderation.commands.workspace.now", lambda: later)
    end = re.findall(r"until (\S+)", said)[0]
    said = school.run("check", "content/news/fete.md", exits=4).output
    assert f"roll: ended on {end}; import this year's" in " ".join(said.split())
    school.run("roll", "import", _list(tmp_path, WHOLE))


@pytest.mark.parametrize("day", ["2020-08-31", "2190-01-01"])
def test_a_roll_ends_within_two_years_or_so(school: School, tmp_path: Path, day: str) -> None:
    said = school.run("roll", "import", _list(tmp_path, WHOLE), "--until", day, exits=2).output
    assert "take a day within the next 800 days" in said


def test_two_schools_do_not_lock_each_other_out(school: School, tmp_path: Path) -> None:
    rows = "reference,forename,surname\nP-0101,New,Comer\n"
    said = school.run("roll", "import", _list(tmp_path, rows), "--school", "ASH", exits=2).output
    assert "uses references of another school's roll" in said
    school.run("roll", "import", _list(tmp_path, WHOLE), "--school", "P")
    assert school.run("roll", "show", "--count").output == "4\n"


def test_a_workbook_is_no_csv(school: School, tmp_path: Path) -> None:
    said = school.run("roll", "import", _list(tmp_path, b"PK\x03\x04"), exits=2).output
    assert "is a workbook; save the sheet as CSV UTF-8" in said


def test_the_keyring_opens_the_registers_and_the_passphrase_still_does(
    school: School, tmp_path: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in (school.home / "registers").iterdir():
        file.unlink()
    (school.home / "vault.key").unlink()
    school.run("roll", "import", _list(tmp_path, WHOLE))
    assert len(kept.kept) == 1
    with monkeypatch.context() as patch:
        patch.delenv("SCHOOLGATE_VAULT_PASSPHRASE_FILE")
        assert school.run("roll", "show", "--count").output == "3\n"
    kept.kept.clear()
    assert school.run("roll", "show", "--count").output == "3\n"


def test_a_new_key_replaces_the_old_one_everywhere(school: School, kept: Kept) -> None:
    old = (school.home / "vault.key").read_bytes()
    sealed = (school.home / "registers" / "roll.vault").read_bytes()
    assert "2 registers are sealed under the new key" in school.run("roll", "rotate").output
    assert (school.home / "vault.key").read_bytes() != old
    assert (school.home / "registers" / "roll.vault").read_bytes() != sealed
    assert school.run("roll", "show", "--count").output == "1\n"
    kept.kept.clear()
    assert school.run("roll", "show", "--count").output == "1\n"


def test_a_change_of_keys_broken_off_asks_to_go_on(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):

        def stop(*_: object) -> int:
            raise KeyboardInterrupt

        patch.setattr("moderation.commands.vaulting.reseal", stop)
        from moderation.commands.vaulting import rotate
        from moderation.commands.workspace import need_workspace

        rotate(school.home, need_workspace().site)
    said = school.run("roll", "show", exits=4).output
    assert "go on with it: schoolgate roll rotate" in " ".join(said.split())
    school.run("roll", "rotate")
    assert school.run("roll", "show", "--count").output == "1\n"


def test_a_key_in_the_environment_is_changed_there(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in (school.home / "registers").iterdir():
        file.unlink()
    monkeypatch.setenv("SCHOOLGATE_VAULT_KEY", "ab" * 32)
    school.run("roll", "import", _list(tmp_path, WHOLE))
    assert "SCHOOLGATE_VAULT_KEY_NEXT" in school.run("roll", "rotate", exits=4).output
    monkeypatch.setenv("SCHOOLGATE_VAULT_KEY_NEXT", "cd" * 32)
    school.run("roll", "rotate")
    monkeypatch.setenv("SCHOOLGATE_VAULT_KEY", "cd" * 32)
    assert school.run("roll", "show", "--count").output == "3\n"


def test_a_machine_without_the_roll_sees_that_a_pupil_is_named(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.write("news/fete.md", "# Fete\n\nWell done, Ottoline Quillfeather, and the rest.\n")
    place = tmp_path / "roll.filter"
    said = school.run("roll", "filter", str(place)).output
    assert "roll.filter tells of 1 pupils" in said
    for file in (school.home / "registers").iterdir():
        file.unlink()
    assert "pupil-named" not in school.run("check", "content/news/fete.md", exits=1).output
    monkeypatch.setenv("SCHOOLGATE_ROLL_FILTER", str(place))
    monkeypatch.setenv("SCHOOLGATE_ROLL_FILTER_KEY", said.split()[-1])
    said = school.run("check", "content/news/fete.md", "--format", "json", exits=1).output
    told = [f["message"] for f in json.loads(said)["findings"] if f["rule"] == "pupil-named"]
    assert told == ["a pupil on the roll is named"]
    assert b"uill" not in place.read_bytes()


def test_a_filter_that_cannot_be_used_passes_nothing(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.write("news/fete.md", PAGE)
    place = tmp_path / "roll.filter"
    key = school.run("roll", "filter", str(place)).output.split()[-1]
    for file in (school.home / "registers").iterdir():
        file.unlink()
    monkeypatch.setenv("SCHOOLGATE_ROLL_FILTER", str(place))
    for data, secret in (
        (place.read_bytes(), ""),
        (place.read_bytes(), "00" * 32),
        (place.read_bytes()[:-1], key),
        (b"", key),
    ):
        place.write_bytes(data)
        monkeypatch.setenv("SCHOOLGATE_ROLL_FILTER_KEY", secret)
        school.run("check", "content/news/fete.md", exits=4)
    place.unlink()
    school.run("check", "content/news/fete.md", exits=4)
