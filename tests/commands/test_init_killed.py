"""``schoolgate init`` that is killed is finished by the same command, wherever it was killed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moderation.commands import cli
from moderation.commands.moving_in import Move, is_half_moved
from tests.commands.conftest import PASSPHRASE

KILL = """
import os, signal, sys
from pathlib import Path
import moderation.commands.actor
from moderation.commands import cli

moderation.commands.actor.COST = 2**10
state = {"begun": False, "left": 0}

def hook(event, words):
    # From the list of what moves on: a name is given, or one that was needed aside is removed.
    if event not in ("os.rename", "os.link", "os.remove", "os.rmdir"):
        return
    state["begun"] |= event == "os.link" or str(words[1]).endswith("moving.json")
    if state["begun"]:
        if not state["left"]:
            os.kill(os.getpid(), signal.SIGKILL)
        state["left"] -= 1

def run(place, step):
    os.environ["SCHOOLGATE_HOME"] = str(place / "home")
    os.dup2(os.open(place / "told", os.O_WRONLY | os.O_CREAT), 1)
    os.chdir(place)
    state["left"] = step
    sys.addaudithook(hook)
    cli(["init", "site"])

for step in range(100):
    place = Path(f"killed-{step}")
    place.mkdir()
    if sys.argv[1] == "there":
        (place / "site").mkdir()
    child = os.fork()
    if not child:
        run(place.absolute(), step)
    if os.waitpid(child, 0)[1] == 0:
        break
"""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that is killed")


@pytest.fixture(scope="module", params=["there", "new"])
def killed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kill init at each of its last steps, each time in a folder of its own."""
    place = tmp_path_factory.mktemp(f"killed-{request.param}")
    (place / "passphrase").write_text(PASSPHRASE)
    word = {"SCHOOLGATE_PASSPHRASE_FILE": str(place / "passphrase")}
    program = [sys.executable, "-c", KILL, request.param]
    subprocess.run(program, check=True, cwd=place, env=os.environ | word)
    places = sorted(place.glob("killed-*"), key=lambda each: len(names(each / "site")))
    half = next(each for each in places if names(each / "site"))
    shutil.copytree(half, place / "half")
    (listed,) = (place / "half").glob(".schoolgate-init-*/moving.json")
    listed.write_text(listed.read_text().replace(str(half), "HALF"))
    return place


@pytest.fixture
def halfway(killed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where init was killed when some of its files had moved, or all of them."""
    place = tmp_path / "half"
    shutil.copytree(killed / "half", place)
    (listed,) = place.glob(".schoolgate-init-*/moving.json")  # it names the place
    listed.write_text(listed.read_text().replace("HALF", str(place)))
    enter(place, killed / "passphrase", monkeypatch)
    return place


def enter(place: Path, word: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("SCHOOLGATE_HOME", str(place / "home"))
    patch.setenv("SCHOOLGATE_PASSPHRASE_FILE", str(word))
    patch.setattr("moderation.commands.actor.COST", 2**10)
    patch.chdir(place)


def init(*words: str) -> Result:
    return CliRunner().invoke(cli, ["init", *(words or ("site",))])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_the_same_command_finishes_what_was_killed_at_any_step(
    killed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *places, whole = sorted(killed.glob("killed-*"), key=lambda each: int(each.name[7:]))
    assert len(places) >= 6
    wanted = names(whole / "site")
    told = 0
    for place in places:
        enter(place, killed / "passphrase", monkeypatch)
        result = init()
        if "is ready" in (place / "told").read_text():
            told += 1  # only what lay aside was still there
        else:
            assert (result.exit_code, "is ready" in result.output) == (0, True)
            assert [name for name in names(place) if name.startswith(".")] == []
        assert names(place / "site") == wanted
        site = (place / "site" / ".schoolgate" / "site-id").read_text()
        assert (place / "home" / "site-id").read_text() == site
        monkeypatch.chdir(place / "site")
        assert CliRunner().invoke(cli, ["policy", "check"]).exit_code == 0
    assert 0 < told < len(places) - 2


def test_what_is_put_into_the_folder_meanwhile_is_not_swallowed(halfway: Path) -> None:
    (halfway / "site" / "mine.md").write_text("# Mine")
    before = names(halfway / "site")
    result = init()
    assert (result.exit_code, "is not empty" in result.output) == (2, True)
    assert names(halfway / "site") == before


def test_what_was_changed_meanwhile_is_not_taken_for_ours(halfway: Path) -> None:
    file = next(path for path in (halfway / "site").rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes() + b"\n")
    assert init().exit_code == 2


def test_a_link_in_the_place_of_a_file_is_not_taken_for_it(halfway: Path) -> None:
    file = next(path for path in (halfway / "site").rglob("*") if path.is_file())
    file.rename(halfway / "moved")
    file.symlink_to(halfway / "moved")
    assert init().exit_code == 2


def test_another_name_of_the_school_is_another_command(halfway: Path) -> None:
    assert init("site", "--name", "Elm School").exit_code == 2
    assert init().exit_code == 0


def test_a_list_that_cannot_be_read_is_no_list(halfway: Path) -> None:
    (listed,) = halfway.glob(".schoolgate-init-*/moving.json")
    listed.write_text("{}")
    assert init().exit_code == 2
    assert not is_half_moved(listed.parent)


def test_without_the_key_of_then_nothing_goes_on(
    halfway: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHOOLGATE_HOME", str(halfway / "elsewhere"))
    result = init()
    assert (result.exit_code, "set SCHOOLGATE_HOME as it was then" in result.output) == (2, True)


def test_a_site_that_somebody_else_planted_is_not_finished(
    halfway: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("SCHOOLGATE_HOME", str(halfway / "other"))
        assert init("elsewhere/theirs").exit_code == 0
    key = Path("keys") / "S-01.key"
    shutil.copy(halfway / "other" / key, halfway / "home" / key)
    result = init()
    assert (result.exit_code, "signed with somebody else's key" in result.output) == (2, True)


def test_another_site_beside_it_leaves_what_lies_aside(
    halfway: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (aside,) = halfway.glob(".schoolgate-init-*")
    half = is_half_moved(aside)
    with monkeypatch.context() as patch:
        patch.setenv("SCHOOLGATE_HOME", str(halfway / "other"))
        assert init("second").exit_code == 0
    assert aside.exists() == half
    assert init().exit_code == (0 if half else 2)


def test_what_cannot_be_moved_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    enter(tmp_path, tmp_path / "passphrase", monkeypatch)
    (tmp_path / "site").mkdir()

    def stop(workspace: object, site: str) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("moderation.commands.init._name_home", stop)
        for words in (("site",), ("new",)):
            assert init(*words).exit_code != 0
    assert names(tmp_path / "site") == []
    assert names(tmp_path) == ["home", "passphrase", "site"]
    assert list((tmp_path / "home").rglob("*.key")) == []
    assert init().exit_code == 0


def test_nothing_is_begun_where_there_is_no_list(tmp_path: Path) -> None:
    move = Move(aside=tmp_path, place=tmp_path / "site", name="Oak School", head="S-01")
    assert (move.goes_on(), is_half_moved(tmp_path)) == (False, False)
