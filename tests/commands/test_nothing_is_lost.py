"""What the second look broke: files lost, keys lost, drafts shown where everybody reads."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from moderation.commands import cli
from moderation.commands.declare import declare
from moderation.extract import extract
from moderation.extract.declarations import read_declarations
from moderation.model import Declaration, ExtractionError, UsageError
from moderation.pipeline.reading import refuse_links
from tests.commands.conftest import PASSPHRASE, School

PHOTO = Declaration(path="photos/a.jpg", people=(), author="Us", licence="own-work")
PAGE = "---\ntitle: Fete\nsummary: staff only\n---\n\n# Fete\n\nCome.\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("bare", [False, True])
def test_a_declaration_changes_nothing_else(newline: str, mark: str, bare: bool) -> None:
    plain = PAGE.partition("---\n\n")[2] if bare else PAGE
    page = (mark + plain.replace("\n", newline)).encode()
    changed = declare("news/a.md", page, PHOTO, replace=False)
    before, after = extract("news/a.md", page), extract("news/a.md", changed)
    assert after.visible_text == before.visible_text
    assert {k: v for k, v in after.front_matter.items() if k != "assets"} == before.front_matter
    assert dict(read_declarations(after)) == {PHOTO.path: PHOTO}
    assert changed.startswith("\ufeff".encode()) == bool(mark)
    assert (b"\r\n" in changed) == (newline == "\r\n")
    assert changed.count(b"\n") == changed.count(newline.encode())
    again = declare("news/a.md", changed, PHOTO, replace=True)
    assert dict(read_declarations(extract("news/a.md", again))) == {PHOTO.path: PHOTO}
    other = Declaration(path="photos/b.jpg", people=("P-1",), decorative=True)
    both = dict(read_declarations(extract("a.md", declare("a.md", changed, other, replace=False))))
    assert both == {PHOTO.path: PHOTO, other.path: other}


def test_mixed_line_ends_and_other_encodings_are_refused() -> None:
    with pytest.raises(UsageError, match="mixes two kinds of line ends"):
        declare("a.md", b"# A\r\n\nb\n", PHOTO, replace=False)
    with pytest.raises(UsageError, match="is not saved as UTF-8"):
        declare("a.md", "# A page\n".encode("utf-16"), PHOTO, replace=False)


def test_the_demo_removes_only_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build" / "demo").mkdir(parents=True)
    (tmp_path / "build" / "demo" / "thesis.txt").write_text("precious")
    result = CliRunner().invoke(cli, ["demo"])
    assert (result.exit_code, "is not a folder of the demo" in result.output) == (2, True)
    assert (tmp_path / "build" / "demo" / "thesis.txt").read_text() == "precious"
    (tmp_path / "build").rename(tmp_path / "precious")
    (tmp_path / "precious" / "demo" / ".schoolgate-demo").touch()
    (tmp_path / "build").symlink_to(tmp_path / "precious")
    assert CliRunner().invoke(cli, ["demo"]).exit_code == 2
    assert (tmp_path / "precious" / "demo" / "thesis.txt").exists()


def test_a_site_is_not_made_over_a_key_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    monkeypatch.setenv("SCHOOLGATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SCHOOLGATE_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    key = tmp_path / "home" / "keys" / "S-01.key"
    key.parent.mkdir(parents=True)
    key.write_text("the head's only key of another site")
    result = CliRunner().invoke(cli, ["init", "school"])
    assert (result.exit_code, "holds a key of theirs already" in result.output) == (2, True)
    assert not (tmp_path / "school").exists()
    assert key.read_text() == "the head's only key of another site"
    key.unlink()
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert CliRunner().invoke(cli, ["init", "."]).exit_code == 0
    assert (tmp_path / "empty" / ".schoolgate" / "trust.json").exists()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert CliRunner().invoke(cli, ["init", str(tmp_path / "link")]).exit_code == 2
    assert CliRunner().invoke(cli, ["init", "x", "--name", "<script>"]).exit_code == 2


def test_an_init_that_was_killed_is_done_again_with_the_key_it_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    monkeypatch.setenv("SCHOOLGATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SCHOOLGATE_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.setattr("moderation.commands.actor.COST", 2**10)
    assert CliRunner().invoke(cli, ["init", "school"]).exit_code == 0
    key = (tmp_path / "home" / "keys" / "S-01.key").read_text()
    # Killed before the site took its place: the key is there, and what was being written.
    (tmp_path / "school").rename(tmp_path / ".schoolgate-init-killed")
    (tmp_path / "home" / "site-id").unlink()
    assert CliRunner().invoke(cli, ["init", "school"]).exit_code == 0
    assert (tmp_path / "home" / "keys" / "S-01.key").read_text() == key
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "passphrase", "school"]
    result = CliRunner().invoke(cli, ["init", "second"])
    assert (result.exit_code, "of another site" in result.output) == (2, True)


def test_the_private_folder_is_private_and_outside_the_site(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.home.chmod(0o755)
    school.run("keys", "show")
    assert school.home.stat().st_mode & 0o777 == 0o700
    monkeypatch.setenv("SCHOOLGATE_HOME", str(school.root / "content" / "private"))
    assert "lies inside the site" in school.run("keys", "show", exits=2).output


def test_a_review_is_not_shown_where_everybody_reads(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.write("news/fete.md", PAGE)
    told = school.run("submit", "content/news/fete.md", "--as", "S-04", "--format", "json")
    row = json.loads(told.output)
    school.run("review", row["id"], "--as", "S-03")
    folder = school.home / "review" / row["id"]
    assert (folder / "news" / "fete.md").read_text() == PAGE
    monkeypatch.setenv("CI", "woodpecker")
    assert "this output is public" in school.run("review", row["id"], exits=3).output
    monkeypatch.delenv("CI")
    school.run("return", row["id"], "--reason", "Leave Ottoline out", "--as", "S-03")
    assert not folder.exists()
    assert "Leave Ottoline out" in school.run("status", row["id"], "--format", "json").output
    monkeypatch.setenv("TF_BUILD", "True")
    assert "Ottoline" not in school.run("status", row["id"], "--format", "json").output


def test_accepting_one_finding_does_not_accept_the_next(school: School) -> None:
    school.write(
        "news/fete.md", f"{PAGE}\nOttoline Quillfeather came. Ottoline Quillfeather went.\n"
    )
    checked = school.run("check", "content/news/fete.md", "--format", "json", exits=1)
    prints = [finding["fingerprint"] for finding in json.loads(checked.output)["findings"]]
    assert len(set(prints)) == len(prints) == 2


def test_ids_are_not_guessed_from_nothing(school: School) -> None:
    school.write("news/fete.md", PAGE)
    school.run("submit", "content/news/fete.md", "--as", "S-04")
    assert "write more of the id" in school.run("status", "s-", exits=2).output
    words = ("ack", "s-", "", "--reason", "because", "--as", "S-03")
    school.run(*words, exits=2)


def test_an_empty_folder_is_not_a_clean_one(school: School) -> None:
    (school.root / "content" / "empty").mkdir()
    assert "there is no file to check" in school.run("check", "content/empty", exits=2).output


def test_an_approved_file_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "news").symlink_to(tmp_path / "outside")
    with pytest.raises(ExtractionError, match="is or lies behind a link"):
        refuse_links(tmp_path / "content", "news/a.md")


def test_a_database_address_without_its_scheme_makes_no_file(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "bob:hunter2@host/name")
    told = school.run("queue", exits=2).output
    assert "has no scheme" in told
    assert "hunter2" not in told
    assert not any("hunter2" in path.name for path in school.root.iterdir())


@pytest.mark.parametrize("text", ["reference,forename,surname\nP-1,A\0,B\n", f"{'x' * 200_000}\n"])
def test_a_table_that_is_none_is_refused(school: School, tmp_path: Path, text: str) -> None:
    file = tmp_path / "roll.csv"
    file.write_text(text)
    school.run("roll", "import", str(file), exits=2)


def test_a_policy_that_cannot_be_read_is_named(school: School) -> None:
    (school.root / ".schoolgate" / "policy.toml").write_bytes(b"# caf\xe9\nversion = 1\n")
    told = school.run("check", exits=2).output
    assert "policy.toml: byte 6 is not UTF-8; save the file as UTF-8" in told


def test_a_refused_page_is_told_as_json_too(school: School) -> None:
    school.write("news/fete.md", f"{PAGE}\n<script>alert(1)</script>\n")
    words = ("submit", "content/news/fete.md", "--as", "S-04", "--format", "json")
    result = school.run(*words, exits=1)
    told = json.loads(result.stdout)
    assert (told["id"], told["status"], told["verdict"]["outcome"]) == (
        None,
        "not handed in",
        "block",
    )


def test_no_file_that_we_name_names_a_pupil(school: School, tmp_path: Path) -> None:
    told = school.run("new", "page", "Ottoline Quillfeather wins", exits=2).output
    assert "would name the pupil P-0101" in told
    assert "Quillfeather" not in told
    page = school.write("news/fete.md", PAGE)
    photo = tmp_path / "ottoline_quillfeather.jpg"
    photo.write_bytes(b"never read")
    words = ("--nobody", "--author", "Us", "--licence", "own-work")
    told = school.run("add", "photo", str(page), str(photo), *words, exits=2).output
    assert "would name the pupil P-0101" in told


def test_a_private_folder_belongs_to_one_site(school: School) -> None:
    school.run("keys", "show")
    (school.home / "site-id").write_text("another-site\n")
    assert "of another site" in school.run("queue", exits=2).output
    assert "of another site" in school.run("init", "second", exits=2).output
    assert not (school.root / "second").exists()


def test_the_demo_is_not_run_in_a_school_of_its_own(school: School) -> None:
    (school.root / "site").mkdir()
    assert "a school's own site" in school.run("demo", exits=2).output


def test_only_those_who_decide_or_handed_it_in_review(school: School) -> None:
    school.write("news/fete.md", PAGE)
    words = ("submit", "content/news/fete.md", "--as", "S-01", "--format", "json")
    row = json.loads(school.run(*words).output)
    assert "neither decides" in school.run("review", row["id"], "--as", "S-04", exits=3).output


@pytest.mark.parametrize(
    ("arguments", "trouble"),
    [
        (("Fete", "--path", "../x.md"), "a path of the site has"),
        (("Fete", "--path", "news/x.txt"), "a path of the site has"),
        (("???",), "has no letter"),
    ],
)
def test_a_new_page_has_a_path_of_the_site(
    school: School, arguments: tuple[str, ...], trouble: str
) -> None:
    assert trouble in school.run("new", "page", *arguments, exits=2).output
    school.run("new", "page", "Fete", "--path", "news/the-fete.md")
    assert (school.root / "content" / "news" / "the-fete.md").exists()


def test_long_hidden_text_says_that_it_was_cut(school: School) -> None:
    school.write("news/fete.md", f"{PAGE}\n<!-- {'secret ' * 60} -->\n")
    words = ("submit", "content/news/fete.md", "--as", "S-04", "--format", "json")
    row = json.loads(school.run(*words).output)
    assert (
        "more; --format json shows all)" in school.run("review", row["id"], "--as", "S-03").output
    )
    shown = json.loads(school.run("review", row["id"], "--as", "S-03", "--format", "json").output)
    assert any(len(each["text"]) > 400 for each in shown["hidden"])


def test_what_the_system_refuses_is_told_without_a_traceback(school: School) -> None:
    school.write("news/fete.md", PAGE)
    (school.root / "site").write_text("a file where the site should go")
    blocked = school.home / "keys"
    (blocked / "S-04.key").rename(school.home / "S-04.key")
    (blocked / "S-04.key").mkdir()
    told = school.run("submit", "content/news/fete.md", "--as", "S-04", exits=4).output
    assert "S-04.key: is not a file" in told
