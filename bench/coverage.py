"""Run the tests under coverage and hold each room to its floor: ``python -m bench.coverage``."""

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


def main() -> int:
    """Run, print a line a room, and return 1 where a room is below its floor."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        tests = subprocess.run(
            [
                *(
                    sys.executable,
                    "-m",
                    "pytest",
                    "-q",
                    "-n",
                    "2",
                    "-m",
                    "not corpus and not browser",
                ),
                *("--cov=moderation", "--cov-branch", f"--cov-report=json:{report}"),
            ],
            check=False,
        )
        if tests.returncode:
            return tests.returncode
        files = json.loads(report.read_text("utf-8"))["files"]
    covered: dict[str, int] = defaultdict(int)
    there: dict[str, int] = defaultdict(int)
    gaps: dict[str, list[str]] = defaultdict(list)
    for name, file in files.items():
        parts = Path(name).parts
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
