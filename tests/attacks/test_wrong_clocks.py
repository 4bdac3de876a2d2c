"""T21: under a wrong clock nothing more is published, and a takedown works all the same."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from moderation.attest import verify_log
from moderation.model import Asset, AssetRef, IntegrityError
from moderation.publish.gate import permitted
from tests.publish.school import NOW, School, make_school
from tests.review.office import PAGE, Office, page

FAKE = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
REQUIRED = bool(os.environ.get("SCHOOLGATE_REQUIRE_BROWSER"))
faked = pytest.mark.skipif(
    FAKE is None and not REQUIRED, reason="libfaketime is not installed (Debian: libfaketime)"
)
YEARS = [NOW.replace(year=NOW.year + years) for years in (-10, 10)]


@pytest.fixture
def school(tmp_path: Path) -> School:
    made = make_school(tmp_path / "oak")
    made.put(".schoolgate/site-id", "oak\n")
    return made


def verified_at(school: School, time: str) -> tuple[int, str]:
    """Run ``schoolgate verify`` in a process whose clock says *time*."""
    assert FAKE is not None, "libfaketime must be there where SCHOOLGATE_REQUIRE_BROWSER is set"
    given = {
        **os.environ,
        "LD_PRELOAD": str(FAKE),
        "FAKETIME": f"@{time}",
        "TZ": "UTC",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "SCHOOLGATE_HOME": str(school.root.parent / "home"),
    }
    command = [sys.executable, "-c", "from moderation.commands import cli; cli()", "verify"]
    done = subprocess.run(command, cwd=school.root, env=given, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


@faked
@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("2026-11-21 09:30:00", "3 files are approved, byte for byte"),
        ("2016-11-21 09:30:00", "more than 400 days ahead"),
        ("2036-11-21 09:30:00", "trust.json: expired on 2027-11-01"),
    ],
    ids=["now", "ten years back", "ten years ahead"],
)
def test_a_wrong_clock_of_the_machine_admits_nothing_more(
    school: School, time: str, said: str
) -> None:
    code, output = verified_at(school, time)
    assert said in output
    assert code == 4
    assert "Traceback" not in output


@pytest.mark.parametrize("clock", YEARS, ids=["ten years back", "ten years ahead"])
def test_a_takedown_works_whatever_the_clock_says(clock: datetime, tmp_path: Path) -> None:
    office = Office(tmp_path)
    state = office.submit("p-1", page("# Sports day\n"))
    office.approve("m-1", state)
    files = [Asset(PAGE, b"# Sports day\n")]
    assert [ref.path for ref in _admitted(office, files)] == [PAGE]
    right, office.now = office.now, clock
    try:
        office.takedown("m-2", PAGE)
    except IntegrityError as error:
        pytest.fail(f"a takedown was refused: {error}")
    office.now = right
    assert _admitted(office, files) == ()


def _admitted(office: Office, files: list[Asset]) -> tuple[AssetRef, ...]:
    statements = verify_log(office.log.read(), office.trust)
    manifest = permitted(files, statements, office.trust, office.policy, now=office.now)
    return manifest.admitted
