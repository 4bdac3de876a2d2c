"""A takedown is one act by one person, whatever else is out of order."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from moderation.attest.log import ApprovalLog
from moderation.attest.statement import Statement
from moderation.commands.reserve import SIZE, keep_reserve, release_reserve
from moderation.commands.workspace import Workspace
from moderation.model import AssetRef, digest_of
from moderation.publish.folder import manifest_path
from moderation.publish.manifest import Origin, OutputFile, OutputManifest
from tests.commands.conftest import School

ROOT = Path(__file__).parents[2]
PAGE = "news/fair.md"
TEXT = '---\ntitle: "A fair"\ndescription: "A fair"\n---\n\nThe fair was lovely.\n'
FILES = {
    "404.html": "<p>Not here",
    "index.html": '<ul><li><a href="news/fair/">A fair</a></li><li>Home</li></ul>',
    "news/fair/index.html": "<p>The fair was lovely." + " Really." * 6000,
    "search/search_index.json": json.dumps(
        {"docs": [{"location": "", "text": "Home"}, {"location": "news/fair/", "text": "Fair"}]}
    ),
    "sitemap.xml": "<url><loc>https://x.example/news/fair/</loc></url>\n",
}
SOURCES = {"index.html": "index.md", "news/fair/index.html": PAGE}


@pytest.fixture
def busy(school: School) -> School:
    """Return a school with one approved page, and a site that is said to be built of it."""
    school.write(PAGE, TEXT)
    school.run("submit", f"content/{PAGE}", "--as", "S-04")
    row = json.loads(school.run("queue", "--format", "json").output)[0]
    school.run("review", row["id"], "--format", "json", "--as", "S-03")
    school.run("approve", row["id"], "--digest", row["digest"][:12], "--as", "S-03")
    build_said(school.root / "site")
    return school


def build_said(out: Path) -> None:
    for path, text in FILES.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text)
    files = tuple(
        OutputFile(
            path=path,
            digest=digest_of(text.encode()),
            size=len(text),
            origin=Origin.PAGE if path in SOURCES else Origin.GENERATED,
            source=SOURCES.get(path, ""),
        )
        for path, text in sorted(FILES.items())
    )
    content = (AssetRef(PAGE, digest_of(TEXT.encode()), len(TEXT)),)
    made = OutputManifest(files=files, content=content, kit=(), epoch=1)
    manifest_path(out).write_text(made.to_json())


def decisions(root: Path) -> list[str]:
    entries = ApprovalLog(root / ".schoolgate" / "approvals").read()
    return [str(Statement.from_payload(e.payload, source=n).decision) for n, e in entries]


def require_gone(root: Path, out: Path | None = None) -> None:
    assert decisions(root) == ["approve", "takedown"]
    out = out or root / "site"
    assert not (out / "news").exists()
    for file in filter(Path.is_file, out.rglob("*")):
        assert "fair" not in file.read_text().lower(), file.name


def take_down(busy: School, *words: str, exits: int = 0) -> str:
    return busy.run(
        "takedown", PAGE, "--reason", "A parent asked", "--as", "S-03", *words, exits=exits
    ).output


def test_the_page_leaves_the_site_at_once(busy: School) -> None:
    assert "site/: 1 file is gone, and what led there is cut out of 3 more" in take_down(busy)
    require_gone(busy.root)
    assert (busy.root / "site" / "index.html").read_text() == "<ul><li>Home</li></ul>"
    assert json.loads((busy.root / "site" / "search" / "search_index.json").read_text()) == {
        "docs": [{"location": "", "text": "Home"}]
    }
    assert "taken-down" in busy.run("status").output


def test_the_copy_on_the_web_server_is_struck_too(busy: School, tmp_path: Path) -> None:
    build_said(tmp_path / "www")
    told = take_down(busy, "--out", str(tmp_path / "www"))
    assert "www/: 1 file is gone" in told
    require_gone(busy.root, tmp_path / "www")
    busy.run("verify", "--site", "--out", str(tmp_path / "www"))


def test_another_folder_than_a_site_is_not_touched(busy: School, tmp_path: Path) -> None:
    told = take_down(busy, "--out", str(tmp_path), exits=5)
    assert "is no site that a build made; name the folder of one" in told
    require_gone(busy.root)


def test_with_people_who_have_expired(busy: School, monkeypatch: pytest.MonkeyPatch) -> None:
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(days=500)
    for name in ("trusting", "workspace", "taking_down", "session", "verify"):
        monkeypatch.setattr(f"moderation.commands.{name}.now", lambda: later)
    assert "expired on" in busy.run("verify", exits=4).output
    take_down(busy)
    require_gone(busy.root)


def test_with_a_kit_that_is_not_the_locked_one(busy: School) -> None:
    with (busy.root / "mkdocs.yml").open("a") as file:
        file.write("\nhooks: [steal.py]\n")
    shutil.rmtree(busy.root / "site_templates", ignore_errors=True)
    take_down(busy)
    require_gone(busy.root)


def test_with_a_damaged_policy(busy: School) -> None:
    (busy.root / ".schoolgate" / "policy.toml").write_text("[limits\n")
    take_down(busy)
    require_gone(busy.root)


def _torn(approvals: Path) -> None:
    (approvals / "000001.json").write_text('{"payload":')


def _one_more_that_is_torn(approvals: Path) -> None:
    (approvals / "000002.json").write_bytes(b"\xff")


def _another_name(approvals: Path) -> None:
    (approvals / "000001 (1).json").write_text("{}")


def _no_statement(approvals: Path) -> None:
    entry = json.loads((approvals / "000001.json").read_text())
    (approvals / "000001.json").write_text(json.dumps({**entry, "payload": "e30="}))


def _linked(approvals: Path) -> None:
    approvals.rename(approvals.with_name("elsewhere"))
    approvals.symlink_to("elsewhere")


@pytest.mark.parametrize(
    "damage", [_torn, _one_more_that_is_torn, _another_name, _no_statement, _linked]
)
def test_a_damaged_log_keeps_nothing_on_the_built_site(
    busy: School, damage: Callable[[Path], None]
) -> None:
    damage(busy.root / ".schoolgate" / "approvals")
    told = take_down(busy, exits=4)
    assert f"schoolgate: {PAGE}: has left site/, files gone: 1, and is not signed: " in told
    assert "; take it down once more when that is mended, or the next build brings it back" in told
    assert not (busy.root / "site" / "news").exists()
    assert "fair" not in (busy.root / "site" / "index.html").read_text().lower()


def test_of_a_damaged_log_each_folder_that_stays_is_named(busy: School, tmp_path: Path) -> None:
    _torn(busy.root / ".schoolgate" / "approvals")
    told = take_down(busy, "--out", str(tmp_path), exits=4)
    assert "is no site that a build made; name the folder of one; take it down once more" in told
    assert not (busy.root / "site" / "news").exists()


def test_a_damaged_log_lets_nobody_strike_who_may_not(busy: School) -> None:
    _torn(busy.root / ".schoolgate" / "approvals")
    words = ("takedown", PAGE, "--reason", "x", "--as", "S-04")
    told = busy.run(*words, exits=3).output
    assert "the approval of this path cannot be read, and S-04 may not do this; ask" in told
    assert (busy.root / "site" / "news" / "fair" / "index.html").exists()


def test_who_handed_it_in_may_strike_it_though_another_entry_is_damaged(busy: School) -> None:
    _one_more_that_is_torn(busy.root / ".schoolgate" / "approvals")
    busy.run("takedown", PAGE, "--reason", "x", "--as", "S-04", exits=4)
    assert not (busy.root / "site" / "news").exists()


def test_versions_before_an_urgent_one_leave_the_repository(busy: School) -> None:
    kept = busy.root / ".schoolgate" / "before"
    busy.write(PAGE, TEXT.replace("lovely", "called off"))
    busy.run("urgent", f"content/{PAGE}", "--reason", "Storm", "--as", "S-01")
    assert [file.name for file in kept.iterdir()] == [digest_of(TEXT.encode())]
    (kept / "notes.txt").write_text("not ours")
    busy.run("takedown", PAGE, "--reason", "A parent asked", "--as", "S-03")
    assert [file.name for file in kept.iterdir()] == ["notes.txt"]


def test_one_that_cannot_be_removed_is_named(busy: School) -> None:
    name = digest_of(b"some page")
    (busy.root / ".schoolgate" / "before" / name).mkdir(parents=True)
    assert f"before/{name}: cannot be removed" in take_down(busy, exits=5)


def test_with_a_damaged_queue(busy: School) -> None:
    from django.db import connections

    connections.close_all()
    (busy.home / "desk.sqlite3").write_bytes(b"this is no database" * 500)
    for side in ("-wal", "-shm"):
        (busy.home / f"desk.sqlite3{side}").unlink(missing_ok=True)
    told = take_down(busy, exits=5)
    assert "is taken down, but the queue does not say so (the queue: is damaged" in told
    require_gone(busy.root)


def test_with_a_locked_queue(busy: School, monkeypatch: pytest.MonkeyPatch) -> None:
    from moderation.desk.setup import SQLITE_OPTIONS

    monkeypatch.setitem(SQLITE_OPTIONS, "timeout", 0.1)
    other = sqlite3.connect(busy.home / "desk.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    told = take_down(busy, exits=5)
    other.rollback()
    other.close()
    assert "is taken down, but the queue does not say so" in told
    require_gone(busy.root)
    take_down(busy)
    assert "taken-down" in busy.run("status").output


def test_somebody_who_may_not_strikes_nothing(busy: School) -> None:
    busy.run("keys", "new", "S-09")
    words = ("takedown", PAGE, "--reason", "x", "--as", "S-09")
    assert "belongs to nobody on this site" in busy.run(*words, exits=3).output
    assert (busy.root / "site" / "news" / "fair" / "index.html").exists()


def test_what_was_never_approved_strikes_nothing(busy: School) -> None:
    words = ("takedown", "news/fete.md", "--reason", "x", "--as", "S-03")
    assert "no approval covers this path" in busy.run(*words, exits=2).output
    assert (busy.root / "site" / "news" / "fair" / "index.html").exists()


def test_the_reserve_is_kept_outside_git_and_given_back(tmp_path: Path) -> None:
    (tmp_path / "school" / ".git").mkdir(parents=True)
    (tmp_path / "home").mkdir()
    workspace = Workspace(tmp_path / "school", tmp_path / "home")
    keep_reserve(workspace)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file.stat().st_size for file in files] == [SIZE, SIZE]
    assert {file.parent.name for file in files} == {".git", "home"}
    before = files[0].read_bytes()
    keep_reserve(workspace)
    assert files[0].read_bytes() == before
    assert release_reserve(workspace)
    assert not any(file.exists() for file in files)
    assert not release_reserve(workspace)


_FULL = """
set -e
mount -t tmpfs -o size=4m none "$2"
cp -a "$1/." "$2/"
cd "$2/school"
export SCHOOLGATE_HOME="$2/home" SCHOOLGATE_PASSPHRASE_FILE="$2/passphrase"
[ "$4" = reserve ] || rm -f "$2/home/schoolgate-reserve"
dd if=/dev/zero of="$2/fill" bs=4096 2>/dev/null || true
if echo "full" > "$2/more" 2>/dev/null; then echo "the disk is not full"; exit 1; fi
rm -f "$2/more"
set +e
"$3" -c "import moderation.commands.actor as a
a.COST = 2**10
from moderation.commands import cli
cli(['takedown', 'news/fair.md', '--reason', 'x', '--as', 'S-03'])"
echo "exit $?"
rm "$2/fill"
cp -a "$2/school/." "$1/school/"
rm -rf "$1/school/site"
cp -a "$2/school/site" "$1/school/site"
"""


def _mounting() -> list[str]:
    """Return how this machine lets somebody mount a disk of their own; empty if it does not."""
    for how in (["unshare", "-rm"], ["unshare", "-m"]):  # the second is for root alone
        try:
            subprocess.run(
                [*how, "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"],
                check=True,
                capture_output=True,
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return how
    return []


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
@pytest.mark.parametrize("reserve", ["reserve", "none"])
def test_on_a_full_disk(busy: School, tmp_path: Path, reserve: str) -> None:
    how = _mounting()
    if not how:
        pytest.skip("this machine lets nobody mount a disk; the next test asks it otherwise")
    keep_reserve(Workspace(busy.root, busy.home))
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (*how, "sh", "-c", _FULL, "sh", str(busy.root.parent), str(disk))
    done = subprocess.run(
        [*script, sys.executable, reserve],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONPATH": str(ROOT)},
        timeout=180,
    )
    assert "is taken down; commit" in done.stdout, done.stdout + done.stderr
    assert "exit 5" in done.stdout or "exit 0" in done.stdout
    require_gone(busy.root)


_NOT_A_BYTE = """
import resource, sys
import moderation.commands.actor as a
from moderation.commands import cli
a.COST = 2**10
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
cli(["takedown", sys.argv[1], "--reason", "x", "--as", "S-03"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_where_not_one_byte_can_be_written_it_leaves_the_built_site(busy: School) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _NOT_A_BYTE, PAGE],
        cwd=busy.root,
        capture_output=True,
        text=True,
        env={
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SCHOOLGATE_HOME": str(busy.home),
            "SCHOOLGATE_PASSPHRASE_FILE": str(busy.home.parent / "passphrase"),
        },
        timeout=180,
    )
    assert "could not be written (File too large); make room" in done.stderr, done.stderr
    assert done.returncode == 2
    assert decisions(busy.root) == ["approve"]
    assert not (busy.root / "site" / "news").exists()
    for file in filter(Path.is_file, (busy.root / "site").rglob("*")):
        assert "fair" not in file.read_text().lower(), file.name


@pytest.mark.parametrize("fails", [1, 2])
def test_room_is_made_for_the_signature(
    busy: School, monkeypatch: pytest.MonkeyPatch, fails: int
) -> None:
    keep_reserve(Workspace(busy.root, busy.home))
    append, tries = ApprovalLog.append, []

    def full(log: ApprovalLog, *rest: object) -> None:
        tries.append((busy.home / "schoolgate-reserve").exists())
        tries.append((busy.root / "site" / "news" / "fair" / "index.html").exists())
        if len(tries) <= 2 * fails:
            raise OSError(28, "No space left on device")
        append(log, *rest)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(ApprovalLog, "append", full)
    take_down(busy)
    assert tries == [True, True, False, True, False, False][: 2 * fails + 2]
    require_gone(busy.root)


def test_a_disk_that_stays_full_is_said(busy: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ApprovalLog, "append", full)
    told = take_down(busy, exits=2)
    assert "could not be written (No space left on device); make room" in told
    assert decisions(busy.root) == ["approve"]
    assert not (busy.root / "site" / "news").exists()  # it is off this site all the same
