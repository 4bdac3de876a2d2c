"""``schoolgate build`` where nothing changed, ``release`` and ``verify``, from the command line."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moderation.attest import Decision, Signer, wrap_key
from moderation.commands import cli
from moderation.model import Asset, Role, digest_of
from moderation.publish.deploy import next_release, read_built
from moderation.publish.signed_release import sign_release
from moderation.publish.site import load_site
from tests.publish.school import HOME, NOW, TRUST, School, make_school

DEPLOYER = Signer.from_seed("d-1", bytes.fromhex(digest_of(b"d-1")))
MODERATOR = Signer.from_seed("m-1", bytes.fromhex(digest_of(b"m-1")))
WORDS = "correct horse battery staple"


@dataclass(frozen=True)
class Place:
    """A school, the private folder of this machine, and a way to run commands there."""

    school: School

    @property
    def root(self) -> Path:
        return self.school.root

    def run(self, *arguments: str, exits: int = 0) -> Result:
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == exits, f"{result.exit_code}: {result.output}"
        return result


def _enter(place: Path, patch: pytest.MonkeyPatch) -> Place:
    patch.setenv("SCHOOLGATE_HOME", str(place / "home"))
    patch.setenv("SCHOOLGATE_PASSPHRASE_FILE", str(place / "passphrase"))
    patch.setenv("COLUMNS", "200")
    patch.setattr("moderation.commands.actor.COST", 2**10)
    for name in ("build", "verify", "release"):
        patch.setattr(f"moderation.commands.{name}.now", lambda: NOW)
    patch.chdir(place / "school")
    return Place(School(place / "school"))


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a school's site once, and sign its first release."""
    place = tmp_path_factory.mktemp("released")
    trust = TRUST.with_person("d-1", frozenset({Role.DEPLOYER})).with_key("d-1", DEPLOYER.key)
    school = make_school(place / "school", trust=trust)
    school.put(".schoolgate/site-id", "oak\n")
    keys = place / "home" / "keys"
    keys.mkdir(parents=True)
    for signer in (DEPLOYER, MODERATOR):
        (keys / f"{signer.person}.key").write_text(wrap_key(signer, WORDS, cost=2**10))
    (place / "passphrase").write_text(WORDS)
    with pytest.MonkeyPatch.context() as patch:
        at = _enter(place, patch)
        at.run("build")
        at.run("release", "sign", "--first", "--as", "d-1")
    return place


@pytest.fixture
def place(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    copy = tmp_path / "place"
    shutil.copytree(released, copy)
    note = json.loads((copy / "home" / "built.json").read_text())
    note["out"] = str(copy / "school" / "site")  # as if this machine had built it here
    (copy / "home" / "built.json").write_text(json.dumps(note))
    return _enter(copy, monkeypatch)


def test_where_nothing_changed_the_site_stays(place: Place) -> None:
    before = (place.root / "site" / "index.html").stat().st_ino
    output = place.run("build").output
    assert "nothing changed since the last build; site/ has the same " in output
    assert (place.root / "site" / "index.html").stat().st_ino == before
    answer = json.loads(place.run("build", "--format", "json").stdout)
    assert answer["admitted"] == 3
    assert [each["path"] for each in answer["refused"]] == ["news/old.md"]


def _page(place: Place) -> None:
    place.school.write("index.md", HOME + "\nMore.\n")


def _theme(place: Place) -> None:
    place.school.put("theme/main.html", '{% extends "base.html" %}\n\n')


def _config(place: Place) -> None:
    file = place.root / "mkdocs.yml"
    file.write_text(file.read_text() + "copyright: Oak\n")


def _decision(place: Place) -> None:
    place.school.sign(Asset("index.md", HOME.encode()), decision=Decision.TAKEDOWN)


def _site(place: Place) -> None:
    (place.root / "site" / "index.html").write_text("<p>Defaced")


def _site_and_list(place: Place) -> None:
    """Deface the site and write the digest into the list beside it, as an attacker would."""
    file = place.root / "site" / "index.html"
    old = digest_of(file.read_bytes())
    file.write_text("<p>Defaced")
    beside = place.root / "site.manifest.json"
    beside.write_text(beside.read_text().replace(old, digest_of(b"<p>Defaced")))


def _extra(place: Place) -> None:
    (place.root / "site" / "extra.html").write_text("x")


def _note(place: Place) -> None:
    (place.root.parent / "home" / "built.json").write_text("{}")


CHANGES: dict[str, Callable[[Place], None]] = {
    "a page": _page,
    "the theme": _theme,
    "mkdocs.yml": _config,
    "a decision": _decision,
    "the site": _site,
    "the site and its list": _site_and_list,
    "one file more": _extra,
    "the note of this machine": _note,
}


@pytest.mark.parametrize("change", CHANGES)
def test_where_anything_changed_the_site_is_built(
    place: Place, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    CHANGES[change](place)
    _expect_a_build(place, monkeypatch)


@pytest.mark.parametrize("days", [1, 800])
def test_on_another_day_the_site_is_built(
    place: Place, days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.commands.build.now", lambda: NOW + timedelta(days=days))
    _expect_a_build(place, monkeypatch)


@pytest.mark.parametrize("variable", ["SOURCE_DATE_EPOCH", "SCHOOLGATE_TRUST_ANCHOR"])
def test_told_otherwise_by_the_environment_the_site_is_built(
    place: Place, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "1700000000")
    _expect_a_build(place, monkeypatch)


def test_asked_to_the_site_is_built_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    _expect_a_build(place, monkeypatch, "--again")


def _expect_a_build(place: Place, patch: pytest.MonkeyPatch, *arguments: str) -> None:
    """Expect the command to go on to the gate, which is stopped there to save the time."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    patch.setattr("moderation.commands.build.load_witnessed", stop)
    result = place.run("build", *arguments, exits=130)
    assert "nothing changed since" not in result.output


def test_a_release_is_verified_and_shown(place: Place) -> None:
    output = place.run("verify", "--site", "--release", "site.release.json").output
    assert "they are release 1, signed by d-1" in output
    answer = json.loads(
        place.run("release", "show", "site.release.json", "--format", "json").stdout
    )
    assert {key: answer[key] for key in ("number", "signer", "decisions", "people")} == {
        "number": 1,
        "signer": "d-1",
        "decisions": 4,
        "people": 1,
    }
    assert "signer: d-1\n" in place.run("release", "show", "site.release.json").output
    args = ("verify", "--site", "--release", "site.release.json", "--format", "json")
    assert json.loads(place.run(*args).stdout)["release"] == 1


def test_exactly_the_listed_files_are_copied(place: Place) -> None:
    (place.root / "site" / "extra.html").write_text("x")
    output = place.run("release", "copy", "../www", "--fresh").output
    assert "site/extra.html is not in the release and stayed behind" in output
    copied = {p.relative_to("../www").as_posix() for p in Path("../www").rglob("*") if p.is_file()}
    listed = {each["path"] for each in json.loads(Path("site.manifest.json").read_text())["files"]}
    assert copied == listed
    assert Path("../www.release.json").read_text() == Path("site.release.json").read_text()
    place.run("release", "copy", "../www")  # once more: it is known what was deployed last


def test_a_machine_that_keeps_nothing_must_say_what_was_deployed(place: Place) -> None:
    output = place.run("release", "copy", "../www", exits=2).output
    assert "--deployed: name the release that was deployed last, or say --fresh" in output
    assert not Path("../www").exists()
    shutil.copy("site.release.json", "last.json")
    place.run("release", "copy", "../www", "--deployed", "last.json")


def test_what_a_stolen_key_signed_is_found_by_a_build_of_ones_own(place: Place) -> None:
    _site_and_list(place)
    moment = NOW.replace(tzinfo=UTC)
    site = load_site(place.root, now=moment)
    built = read_built(place.root / "site")
    release = next_release(site, built, None, signer="d-1", now=moment)
    Path("site.release.json").write_text(sign_release(release, DEPLOYER, site.trust))
    output = place.run("release", "copy", "../www", "--fresh", "--rebuild", exits=4).output
    assert "is a file of the output that differs in a second build; build again" in output
    assert not Path("../www").exists()


def test_a_changed_site_is_not_copied(place: Place) -> None:
    _site_and_list(place)
    output = place.run("release", "copy", "../www", "--fresh", exits=4).output
    assert "is not a release of what was built here" in output
    assert not Path("../www").exists()


def test_a_site_that_changed_since_it_was_listed_is_not_copied(place: Place) -> None:
    _site(place)
    output = place.run("release", "copy", "../www", "--fresh", exits=4).output
    assert "site/index.html: has changed since it was built; build again" in output


def test_a_deleted_takedown_is_noticed(place: Place) -> None:
    shutil.copy("site.release.json", "last.json")
    (place.root / ".schoolgate" / "approvals" / "000004.json").unlink()
    place.run("verify")  # the repository is whole in itself, so this alone cannot tell
    output = place.run("verify", "--deployed", "last.json", exits=4).output
    assert ".schoolgate/approvals: lacks entry 4, or has another one there, that stood" in output


def test_nothing_is_signed_that_a_second_build_does_not_make(place: Place) -> None:
    before = Path("site.release.json").read_text()
    _site_and_list(place)
    output = place.run("release", "sign", "--as", "d-1", exits=4).output
    assert "is a file of the output that differs in a second build; build again" in output
    assert "site: 1 files came out otherwise in a second build" in output
    assert Path("site.release.json").read_text() == before


def test_a_moderator_may_not_sign_a_release(place: Place) -> None:
    output = place.run("release", "sign", "--as", "m-1", exits=3).output
    assert "m-1: may not sign releases; it takes one of deployer, head" in output


def test_the_next_release_counts_on(place: Place) -> None:
    shutil.copy("site.release.json", "last.json")
    assert "release 2 is signed" in place.run("release", "sign", "--as", "d-1").output
    place.run("verify", "--site", "--release", "site.release.json", "--deployed", "last.json")
    shutil.copy("site.release.json", "newer.json")
    older = ("verify", "--site", "--release", "last.json", "--deployed", "newer.json")
    assert "is release 1, and release 2 was deployed last" in place.run(*older, exits=4).output


def test_a_first_release_is_said_to_be_one_and_is_one_only_once(place: Place) -> None:
    place.run("release", "sign", "--first", "--as", "d-1", exits=2)
    Path("site.release.json").unlink()
    place.run("release", "sign", "--as", "d-1", exits=2)


@pytest.mark.parametrize("text", ["", "{}", "\x00", '{"payload":"x"}'])
def test_a_damaged_release_is_an_integrity_failure(place: Place, text: str) -> None:
    Path("site.release.json").write_text(text)
    for arguments in (
        ("verify", "--release", "site.release.json"),
        ("verify", "--deployed", "site.release.json"),
        ("release", "show", "site.release.json"),
        ("release", "copy", "../www", "--fresh"),
        ("release", "sign", "--as", "d-1"),
    ):
        output = place.run(*arguments, exits=4).output
        assert output.startswith(("schoolgate: site.release.json: ", "note: "))
        assert "Traceback" not in output


@pytest.mark.parametrize("text", ["", "{}", '{"version":99}'])
def test_a_damaged_manifest_is_an_integrity_failure(place: Place, text: str) -> None:
    Path("site.manifest.json").write_text(text)
    output = place.run("verify", "--site", exits=4).output
    assert "schoolgate: site.manifest.json: " in output


@pytest.mark.slow
def test_a_second_build_comes_out_the_same(place: Place) -> None:
    told = place.run("build", "--twice").output
    assert "a second build came out the same, byte for byte" in told
    output = place.run("verify", "--site", "--rebuild").output
    assert "a second build came out the same, byte for byte" in output
