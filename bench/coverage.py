"""Run the tests under coverage and hold each room to its floor: ``python -m bench.coverage``.

With ``--go-on`` only the slow tests run, and what the others covered is taken from ``.coverage``,
where they ran under coverage: ``PYTEST_ADDOPTS="--cov=moderation --cov-branch" make test``.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

FLOORS = {
    **dict.fromkeys(("model", "policy", "attest", "publish", "review"), 100.0),
    **dict.fromkeys(("analysis", "checks", "commands", "desk", "extract"), 90.0),
    **dict.fromkeys(("mkdocs_plugin", "pipeline", "registers", "reports"), 90.0),
}
"""Branch coverage in per cent, from the conventions of the house."""


APART = frozenset({"cage.py", "child.py", "tasks.py"})
"""Of ``pipeline/confined``: they run in a process that may write nothing, nor what it covered.

``tests/pipeline/confined`` runs them all the same.
"""


def main() -> int:
    """Run, print a line a room, and return 1 where a room is below its floor."""
    going_on = sys.argv[1:] == ["--go-on"]
    which = "not corpus and not browser"
    more = ["-m", f"slow and {which}", "--cov-append"] if going_on else ["-m", which]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        covering = ["--cov=moderation", "--cov-branch", f"--cov-report=json:{report}"]
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"]
        tests = subprocess.run([*command, *more, *covering], check=False)
        if tests.returncode:
            return tests.returncode
        files = json.loads(report.read_text("utf-8"))["files"]
    covered: dict[str, int] = defaultdict(int)
    there: dict[str, int] = defaultdict(int)
    gaps: dict[str, list[str]] = defaultdict(list)
    for name, file in files.items():
        parts = Path(name).parts
        if "confined" in parts and parts[-1] in APART:
            continue
        room = parts[1] if len(parts) > 2 else "(top)"
        summary = file["summary"]
        covered[room] += summary["covered_lines"] + summary["covered_branches"]
        there[room] += summary["num_statements"] + summary["num_branches"]
        if summary["percent_covered"] < 100:
            gaps[room].append(f"{'/'.join(parts[2:])} {summary['percent_covered']:.0f}")
    failed = False
    for room in sorted(there):
        percent = 100 * covered[room] / there[room] if there[room] else 100.0
        floor = FLOORS.get(room, 0.0)
        below = percent < floor
        failed |= below
        where = ", ".join(gaps[room]) if below else ""
        print(
            f"{room:14} {percent:6.1f} %  floor {floor:.0f}  {'BELOW: ' + where if below else 'ok'}"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
