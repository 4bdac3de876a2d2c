"""What CI trusts reads the repository and the site, and does nothing else."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from moderation.model import digest_of
from moderation.publish.folder import manifest_path
from moderation.publish.manifest import Origin, OutputFile, OutputManifest

ROOT = Path(__file__).parents[2]
ABSENT = (
    *("django", "mkdocs", "material", "jinja2", "rich", "keyring", "sqlite3"),
    *("PIL", "numpy", "onnxruntime", "pikepdf", "pypdfium2", "re2", "ahocorasick_rs"),
    *("http.client", "urllib.request", "asyncio", "moderation.analysis", "moderation.desk"),
    *("moderation.review", "moderation.reports.terminal", "moderation.pipeline.run"),
    *("moderation.pipeline.confined.reader", "moderation.checks.people", "moderation.extract.pdf"),
)
_RUN = f"""
import json, os, sys
acts = []
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
ACTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
        "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink",
        "os.truncate", "os.utime", "os.setxattr", "shutil.", "ctypes.", "ftplib.", "urllib.")
def hook(event, details):
    if event.startswith(ACTS) or (event == "open" and (details[2] or 0) & WRITING):
        acts.append([event, str(details[0])])
sys.addaudithook(hook)
from moderation.commands import cli
try:
    cli(sys.argv[1:])
except SystemExit as end:
    code = int(end.code or 0)
present = sorted(set({ABSENT!r}) & set(sys.modules))
print(json.dumps({{"code": code, "acts": acts, "present": present}}))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example school, with a site of one file that a build is said to have made."""
    place = tmp_path_factory.mktemp("small")
    for name in (".schoolgate", "content", "site_templates/theme"):
        shutil.copytree(ROOT / name, place / name)
    shutil.copy(ROOT / "mkdocs.yml", place)
    (place / "site").mkdir()
    (place / "site" / "index.html").write_bytes(b"<p>Hello")
    digest = digest_of(b"<p>Hello")
    file = OutputFile(path="index.html", digest=digest, size=8, origin=Origin.PAGE)
    made = OutputManifest(files=(file,), content=(), kit=(), epoch=1)
    manifest_path(place / "site").write_text(made.to_json())
    return place


def run(place: Path, *arguments: str) -> tuple[dict[str, object], str]:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "verify", *arguments],
        cwd=place,
        env={
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SCHOOLGATE_HOME": str(place / "no-such-home"),
            **({"SYSTEMROOT": os.environ["SYSTEMROOT"]} if os.name == "nt" else {}),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told, _, last = done.stdout.rstrip().rpartition("\n")
    return json.loads(last), told


def test_verifying_loads_no_framework_and_writes_and_starts_nothing(place: Path) -> None:
    answer, told = run(place)
    assert answer == {"code": 0, "acts": [], "present": []}
    assert "site/ holds exactly the 1 files that were built" in told


def test_what_is_refused_is_said_of_each_file(place: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt"
    shutil.copytree(place, spoilt)
    (spoilt / "site" / "extra.html").write_text("x")
    with (spoilt / "content" / "contact.md").open("a") as file:
        file.write("more\n")
    answer, told = run(spoilt, "--format", "json")
    assert answer == {"code": 4, "acts": [], "present": []}
    refused = {each["path"]: each["reason"] for each in json.loads(told)["refused"]}
    assert refused["site/extra.html"] == "was not built; remove it"
    assert refused["contact.md"].startswith("changed since it was approved on ")
    assert len(refused) == 2
