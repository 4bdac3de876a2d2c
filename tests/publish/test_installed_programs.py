"""A program whose files are not those that were installed builds nothing."""

import base64
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from moderation.model import BuildError
from moderation.publish.installed import changed_programs
from moderation.publish.kit import COMPARED, load_kit

ROOT = Path(__file__).resolve().parents[2]
FILES = {"oakbuild/__init__.py": b"A = 1\n", "oakbuild/page.html": b"<p></p>\n"}


def _record(path: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(data)}\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a program of two files, and a command outside of the packages."""
    lines = "".join(_record(path, data) for path, data in FILES.items())
    lines += _record("../bin/oakbuild", b"gone") + "oakbuild-1.dist-info/RECORD,,\n"
    state = tmp_path / "oakbuild-1.dist-info"
    state.mkdir()
    (state / "METADATA").write_text("Metadata-Version: 2.1\nName: oakbuild\nVersion: 1\n")
    (state / "RECORD").write_text(lines)
    for path, data in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_programs_are_as_they_were_installed(installed: Path) -> None:
    assert list(changed_programs(["oakbuild", *COMPARED])) == []


def test_a_file_with_one_byte_more_is_named(installed: Path) -> None:
    (installed / "oakbuild/page.html").write_bytes(b"<p>!</p>\n")
    assert list(changed_programs(["oakbuild"])) == [
        "oakbuild: oakbuild/page.html is not as it was installed; install Schoolgate again"
    ]


def test_a_file_that_is_gone_is_named(installed: Path) -> None:
    (installed / "oakbuild/__init__.py").unlink()
    assert list(changed_programs(["oakbuild"])) == [
        "oakbuild: oakbuild/__init__.py is not as it was installed; install Schoolgate again"
    ]


def test_a_program_that_records_nothing_is_not_judged(installed: Path) -> None:
    (installed / "oakbuild-1.dist-info/RECORD").unlink()
    assert list(changed_programs(["oakbuild"])) == []


def test_a_changed_program_builds_nothing(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.publish.kit.COMPARED", ("oakbuild",))
    assert load_kit(()).own == {}
    (installed / "oakbuild/page.html").write_bytes(b"")
    with pytest.raises(BuildError) as error:
        load_kit(())
    assert str(error.value) == (
        "oakbuild: oakbuild/page.html is not as it was installed; install Schoolgate again"
    )


IMPORTED = """
import atexit, runpy, sys
from importlib.metadata import packages_distributions
of = packages_distributions()
tell = lambda: print(*{name for each in sys.modules for name in of.get(each.split(".")[0], ())})
atexit.register(tell)
sys.argv[0] = "mkdocs"
runpy.run_module("mkdocs", run_name="__main__")
"""
NOT_ALWAYS_THERE = {"setuptools", "typing-extensions", "google-re2"}
"""MkDocs and what it imports try these and do without."""
OURS = {"schoolgate"}


def test_every_program_that_a_build_imports_is_compared(tmp_path: Path) -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    config["plugins"].remove("schoolgate")
    config["docs_dir"], config["site_dir"] = str(tmp_path / "content"), str(tmp_path / "site")
    config["theme"]["custom_dir"] = str(ROOT / "site_templates" / "theme")
    del config["nav"], config["not_in_nav"]
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("# Home\n\n```python\na = 1\n```\n")
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config))
    done = subprocess.run(
        [sys.executable, "-P", "-c", IMPORTED, "build", "--quiet", "-f", tmp_path / "mkdocs.yml"],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {name.lower().replace("_", "-") for name in done.stdout.split()}
    assert "mkdocs-material" in imported
    assert imported - OURS - NOT_ALWAYS_THERE - set(COMPARED) == set()
