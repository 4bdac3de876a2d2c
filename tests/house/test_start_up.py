"""Checking a page of text starts at once: no framework is loaded for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRAMEWORKS = (
    *("django", "mkdocs", "material", "rich", "jinja2"),
    *("PIL", "numpy", "onnxruntime", "pikepdf", "pypdfium2"),
)
_REPORT = f"""
import json
present = sorted(set({FRAMEWORKS!r}) & set(sys.modules))
print(json.dumps(present))
"""
_CHECK = """
import sys
from moderation.commands import cli
try:
    cli(["check", "page.md", "--format", "text"])
except SystemExit as end:
    print(end.code, file=sys.stderr)
"""
_TEXT = """
import sys
import moderation
assert moderation.check_text("# Hello\\n\\nWhat a day!\\n").outcome == "pass"
"""
_NOTHING = """
import sys
import moderation
heavy = [name for name in sys.modules if name.startswith("moderation.")]
assert heavy == [], heavy
"""


@pytest.mark.parametrize("code", [_CHECK, _TEXT, _NOTHING], ids=["check", "check_text", "import"])
def test_no_framework_is_loaded(code: str, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Hello\n\nWhat a [day](https://example.org)!\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code + _REPORT],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "SCHOOLGATE_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []
    assert code is not _CHECK or done.stderr.splitlines()[-1] in ("0", "ExitCode.CLEAN")
