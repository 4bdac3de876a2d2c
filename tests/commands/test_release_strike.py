"""``schoolgate release strike``: a takedown reaches the web while nothing can be built."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from moderation.attest import Signer, wrap_key
from moderation.commands import cli
from moderation.model import Role, digest_of
from moderation.publish.deploy import read_built, read_text
from moderation.publish.folder import read_folder
from moderation.publish.release import Release
from moderation.publish.signed_release import read_deployed, sign_release
from moderation.publish.verify import changes
from tests.publish.school import NOW, TRUST, School, make_school

DEPLOYER = Signer.from_seed("d-1", bytes.fromhex(digest_of(b"d-1")))
MODERATOR = Signer.from_seed("m-1", bytes.fromhex(digest_of(b"m-1")))
TRUSTING = TRUST.with_person("d-1", frozenset({Role.DEPLOYER})).with_key("d-1", DEPLOYER.key)
WORDS = "correct horse battery staple"
LATER = NOW + timedelta(days=900)
_CLOCKS = ("build", "verify", "release", "striking", "taking_down", "trusting", "session")


@dataclass(frozen=True)
class Place:
    """A school whose first release was deployed to *www*."""

    root: Path
    patch: pytest.MonkeyPatch

    @property
    def www(self) -> Path:
        return self.root.parent / "www"

    def run(self, *arguments: str, exits: int = 0) -> str:
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == exits, f"{result.exit_code}: {result.output}"
        return result.output

    def set_clocks(self, moment: datetime) -> None:
        for name in (*_CLOCKS, "workspace"):
            self.patch.setattr(f"moderation.commands.{name}.now", lambda: moment)

    def take_down(self, path: str = "photos/fair.jpg", *more: str) -> None:
        self.run("takedown", path, "--reason", "A parent asked", "--as", "m-1", *more)

    def strike(self, *more: str, exits: int = 0) -> str:
        return self.run("release", "strike", "../www", "--as", "d-1", *more, exits=exits)

    def release(self, name: str = "www.release.json") -> Release:
        return read_deployed(read_text(self.root.parent / name), TRUSTING, source=name)


def _enter(place: Path, patch: pytest.MonkeyPatch) -> Place:
    patch.setenv("SCHOOLGATE_HOME", str(place / "home"))
    patch.setenv("SCHOOLGATE_PASSPHRASE_FILE", str(place / "passphrase"))
    patch.setattr("moderation.commands.actor.COST", 2**10)
    patch.chdir(place / "school")
    at = Place(place / "school", patch)
    at.set_clocks(NOW)
    return at


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a school's site once, release it, and copy it to the web."""
    place = tmp_path_factory.mktemp("deployed")
    make_school(place / "school", trust=TRUSTING).put(".schoolgate/site-id", "oak\n")
    keys = place / "home" / "keys"
    keys.mkdir(parents=True)
    for signer in (DEPLOYER, MODERATOR):
        (keys / f"{signer.person}.key").write_text(wrap_key(signer, WORDS, cost=2**10))
    (place / "passphrase").write_text(WORDS)
    with pytest.MonkeyPatch.context() as patch:
        at = _enter(place, patch)
        at.run("build")
        at.run("release", "sign", "--first", "--as", "d-1")
        at.run("release", "copy", "../www", "--fresh")
    return place


@pytest.fixture
def place(deployed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    shutil.copytree(deployed, tmp_path / "place")
    return _enter(tmp_path / "place", monkeypatch)


def keep_old(place: Place) -> None:
    for each in ("www", "www.manifest.json", "www.release.json"):
        source, target = place.root.parent / each, place.root.parent / each.replace("www", "old")
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


def require_gone(place: Place) -> None:
    left = read_folder(place.www)
    assert not {"news/fair/index.html", "photos/fair.jpg"} & left.keys()
    texts = [data for path, data in left.items() if path.endswith((".html", ".xml", ".json"))]
    assert not any(b"summer" in data or b"news/fair" in data for data in texts)


def expired(place: Place) -> None:
    place.set_clocks(LATER)
    assert "expired on" in place.run("build", exits=4)


def another_kit(place: Place) -> None:
    with (place.root / "mkdocs.yml").open("a") as file:
        file.write("hooks: [steal.py]\n")
    assert "hooks" in place.run("build", exits=2)


def damaged_policy(place: Place) -> None:
    (place.root / ".schoolgate" / "policy.toml").write_text("[limits\n")
    place.run("build", exits=2)


def clock_behind(place: Place) -> None:
    place.set_clocks(NOW - timedelta(days=800))


@pytest.mark.parametrize("trouble", [expired, another_kit, damaged_policy, clock_behind])
def test_a_takedown_reaches_the_web_while_nothing_can_be_built(
    place: Place, trouble: Callable[[Place], None]
) -> None:
    keep_old(place)
    trouble(place)
    place.take_down()
    before = place.release()
    told = place.strike()
    assert "release 2 is signed and in place; files gone from www/: 2; what led" in told
    require_gone(place)
    after = place.release()
    assert (after.number, after.prev, after.rests.approvals.seq) == (2, before.digest, 5)
    assert changes(place.www, {each.path: each.digest for each in after.files}) == ()
    assert {each.path for each in after.files} < {each.path for each in before.files}
    words = ("verify", "--struck", "../old", "--release", "../www.release.json", "--out", "../www")
    assert "is what old/ comes to once everything that was taken down" in place.run(*words)
    assert json.loads(place.run(*words, "--format", "json")) == {
        "release": 2,
        "files": len(after.files),
        "wrong": [],
    }
    assert "holds nothing that was taken down; release 2 stays" in place.strike()


def test_it_is_an_ordinary_release_to_everybody_else(place: Place) -> None:
    shutil.copy("../www.release.json", "../first.json")
    place.take_down()
    place.strike()
    words = ("verify", "--site", "--out", "../www", "--release", "../www.release.json")
    assert "they are release 2, signed by d-1" in place.run(*words, "--deployed", "../first.json")
    old = ("verify", "--site", "--release", "../first.json", "--deployed", "../www.release.json")
    assert "is release 1, and release 2 was deployed last" in place.run(*old, exits=4)
    assert "use schoolgate release strike on the deployed site" in place.run(
        "release", "sign", "--deployed", "../www.release.json", "--as", "d-1", exits=4
    )
    place.run("build")
    place.run("release", "sign", "--deployed", "../www.release.json", "--as", "d-1")
    place.run("release", "copy", "../www")
    assert place.release().number == 3


def test_a_deleted_takedown_is_noticed(place: Place) -> None:
    place.take_down()
    place.strike()
    (place.root / ".schoolgate" / "approvals" / "000005.json").unlink()
    assert "approvals: lacks entry 5" in place.strike(exits=4)
    require_gone(place)


def test_what_somebody_else_signed_is_compared_byte_for_byte(place: Place) -> None:
    keep_old(place)
    place.take_down()
    place.strike()
    words = ("verify", "--struck", "../old", "--release", "../www.release.json")
    (place.www / "index.html").write_text("<p>Defaced")
    told = place.run(*words, "--out", "../www", exits=4)
    assert "has changed since it was built" in told
    signed = place.release()
    for forged in (
        replace(signed, files=signed.files[1:]),
        replace(signed, number=3),
        replace(signed, files=place.release("old.release.json").files),
    ):
        text = sign_release(forged, DEPLOYER, TRUSTING)
        (place.root.parent / "www.release.json").write_text(text)
        assert "is not what release 1 comes to" in place.run(*words, exits=4)
    (place.root.parent / "www.release.json").unlink()
    shutil.copy("../old.release.json", "../www.release.json")
    assert "is not what release 1 comes to" in place.run(*words, exits=4)
    assert "name the release" in place.run("verify", "--struck", "../old", exits=2)


def _changed(place: Place) -> None:
    (place.www / "404.html").write_text("<p>Defaced")


def _manifest_of_another(place: Place) -> None:
    beside = place.root.parent / "www.manifest.json"
    beside.write_text(beside.read_text().replace('"epoch":', '"epoch":1'))


def _no_release(place: Place) -> None:
    (place.root.parent / "www.release.json").unlink()


@pytest.mark.parametrize("spoil", [_changed, _manifest_of_another, _no_release])
def test_a_copy_that_is_not_the_release_is_struck_and_not_signed(
    place: Place, spoil: Callable[[Place], None]
) -> None:
    spoil(place)
    place.take_down()
    told = place.strike(exits=4)
    assert "www/ is struck, files gone: 2; no release is signed" in told
    require_gone(place)
    if spoil is not _no_release:
        assert place.release().number == 1


def test_a_manifest_that_hides_where_something_stands_is_not_believed(place: Place) -> None:
    beside = place.root.parent / "www.manifest.json"
    beside.write_text(beside.read_text().replace('"source":"news/fair.md"', '"source":"index.md"'))
    place.take_down()
    told = place.strike(exits=4)
    assert "news/fair.md: was taken down, and the manifest does not say where it stands" in told
    assert place.release().number == 1


def test_without_a_key_the_files_go_all_the_same(place: Place) -> None:
    place.take_down()
    (place.root.parent / "passphrase").write_text("wrong")
    before = read_folder(place.www)
    place.strike(exits=3)
    assert read_folder(place.www) == before
    told = place.strike("--unsigned")
    assert "no release is signed\nthe release beside it stays as it is" in told
    require_gone(place)


def test_what_cannot_be_removed_is_said(place: Place) -> None:
    (place.www / "photos" / "fair.jpg").unlink()
    (place.www / "photos" / "fair.jpg").mkdir()
    place.take_down()
    told = place.strike("--unsigned", exits=5)
    assert "www/photos/fair.jpg: cannot be removed" in told


def test_on_a_full_disk_it_is_struck_in_place(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    place.take_down()
    monkeypatch.setattr("moderation.commands.striking.put_in_place", full)
    place.strike(exits=2)
    require_gone(place)
    assert place.release().files == read_built(place.www).published  # what was signed stands there


def test_one_that_was_cut_off_is_gone_through_once_more(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    place.take_down()
    with monkeypatch.context() as patch:
        patch.setattr("moderation.commands.striking.put_in_place", cut_off)
        place.strike(exits=130)
    assert (place.www / "news" / "fair" / "index.html").exists()
    assert "release 2 is signed and in place" in place.strike()
    require_gone(place)
    assert place.release().files == read_built(place.www).published


def test_what_is_taken_down_while_the_site_is_built_does_not_come_back(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moderation.publish.build import build as really

    def slow(*arguments: object, **names: object) -> object:
        monkeypatch.setattr("moderation.commands.build.build", really)
        place.take_down()  # somebody else, while MkDocs is at work
        return really(*arguments, **names)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr("moderation.commands.build.build", slow)
    told = place.run("build", "--again")
    assert "what was taken down meanwhile has left site/ again; files gone: 2" in told
    left = read_folder(place.root / "site")
    assert not {"news/fair/index.html", "photos/fair.jpg"} & left.keys()
    place.run("verify", "--site")


def test_what_is_taken_down_while_a_release_is_copied_does_not_come_back(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moderation.publish.deploy import copy_release as really

    def slow(*arguments: object, **names: object) -> None:
        really(*arguments, **names)  # type: ignore[arg-type]  # as it was called
        place.take_down()

    monkeypatch.setattr("moderation.commands.release.copy_release", slow)
    told = place.run("release", "copy", "../www")
    assert "what was taken down meanwhile has left www/ again; files gone: 2" in told
    require_gone(place)


def test_what_is_approved_while_the_site_is_built_comes_with_the_next_build(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moderation.publish.build import build as really

    def slow(*arguments: object, **names: object) -> object:
        School(place.root).sign(School(place.root).write("index.md", "# Welcome\n"))
        return really(*arguments, **names)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr("moderation.commands.build.build", slow)
    assert "meanwhile" not in place.run("build", "--again")


def test_what_cannot_leave_after_all_is_named(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moderation.publish.deploy import copy_release as really

    def slow(*arguments: object, **names: object) -> None:
        really(*arguments, **names)  # type: ignore[arg-type]  # as it was called
        (place.www / "photos" / "fair.jpg").unlink()
        (place.www / "photos" / "fair.jpg").mkdir()
        place.take_down()

    monkeypatch.setattr("moderation.commands.release.copy_release", slow)
    told = place.run("release", "copy", "../www")
    assert "www/photos/fair.jpg: cannot be removed" in told
