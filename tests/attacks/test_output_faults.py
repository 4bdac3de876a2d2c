"""Whatever happens to a finished site, ``verify`` tells before it is deployed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from moderation.commands import cli
from moderation.model import ExitCode
from moderation.publish.deploy import release_path
from tests.attacks.faults import (
    FAULTS,
    NOTHING,
    FinishedSite,
    blind,
    finish,
    missed,
    seeded,
    verified,
    without_release,
)
from tests.publish.school import NOW

SEED = int(os.environ.get("SCHOOLGATE_SEED", "20261122"))
COUNT, MANY = 172, 2_021  # each kind four times, and 47 times
KINDS = tuple(FAULTS)
SIGNED_ONLY = KINDS[KINDS.index("a page and the list changed") :]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> FinishedSite:
    return finish(tmp_path_factory.mktemp("faults"))


@pytest.fixture
def finished(whole: FinishedSite) -> Iterator[FinishedSite]:
    yield whole
    whole.mend()


def test_the_site_as_it_was_built_is_whole(finished: FinishedSite) -> None:
    assert verified(finished) == ""
    assert not finished.is_changed()


def test_faults_of_every_kind_are_told(finished: FinishedSite) -> None:
    print(f"seed {SEED}, {COUNT} faults of {len(KINDS)} kinds")
    assert missed(finished, KINDS, verified, seed=SEED, count=COUNT) == []


@pytest.mark.slow
def test_two_thousand_faults_are_told(finished: FinishedSite) -> None:
    print(f"seed {SEED + 1}, {MANY} faults of {len(KINDS)} kinds")
    assert missed(finished, KINDS, verified, seed=SEED + 1, count=MANY) == []


@pytest.mark.parametrize("kind", NOTHING)
def test_what_changes_no_published_byte_is_not_told(finished: FinishedSite, kind: str) -> None:
    for number in range(4):
        NOTHING[kind](seeded(f"{SEED} {number}"), finished)
        assert (finished.is_changed(), verified(finished)) == (False, ""), number


@pytest.mark.parametrize("kind", NOTHING)
def test_a_fault_that_changes_nothing_fails_the_harness(
    finished: FinishedSite, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FAULTS, kind, NOTHING[kind])
    with pytest.raises(AssertionError, match="changed nothing"):
        missed(finished, [kind], verified, seed=SEED, count=1)


def test_with_verifying_switched_off_every_fault_is_missed(finished: FinishedSite) -> None:
    found = missed(finished, KINDS, blind, seed=SEED, count=len(KINDS))
    assert [line.partition(":")[0] for line in found] == list(KINDS)


def test_only_the_signed_release_tells_where_the_list_was_changed_too(
    finished: FinishedSite,
) -> None:
    agreed = [kind for kind in SIGNED_ONLY if kind not in ("the list damaged", "the list gone")]
    found = missed(finished, agreed, without_release, seed=SEED, count=len(agreed))
    assert [line.partition(":")[0] for line in found] == agreed


@pytest.mark.parametrize("kind", FAULTS)
def test_the_command_tells_each_kind_and_ends_with_4(
    finished: FinishedSite, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHOOLGATE_HOME", str(tmp_path))
    monkeypatch.setattr("moderation.commands.verify.now", lambda: NOW)  # a clock
    monkeypatch.chdir(finished.site.root)
    (finished.site.root / ".schoolgate" / "site-id").write_text("oak\n")
    command = ["verify", "--site", "--release", str(release_path(finished.out))]
    sound = CliRunner().invoke(cli, command)
    assert sound.exit_code == 0, sound.output
    FAULTS[kind](seeded(f"{SEED} {kind}"), finished)
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == ExitCode.INTEGRITY, result.output
    assert "Traceback" not in result.output
