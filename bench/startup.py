"""How long a check of a text-only page takes beside importing click alone, in the same run."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 6.0
_PAGE = (
    "# Harvest festival\n\n"
    + "The whole school sang in the hall, and we thank every family.\n\n" * 40
)
_ROUNDS = 15


def main() -> int:
    """Print both medians and their ratio; return 1 where the ratio is above the limit."""
    ratio, check, peer = measure()
    print(f"python -c 'import click'   {peer * 1000:7.1f} ms (median of {_ROUNDS})")
    print(f"schoolgate check page.md   {check * 1000:7.1f} ms")
    print(f"ratio                      {ratio:7.2f}    (at most {LIMIT})")
    return int(ratio > LIMIT)


def measure() -> tuple[float, float, float]:
    """Return ratio, seconds of a check and seconds of the import, taken in turns."""
    checks: list[float] = []
    peers: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.md"
        page.write_text(_PAGE, "utf-8")
        for _ in range(_ROUNDS):
            peers.append(_seconds(["-c", "import click"], folder))
            checks.append(_seconds(["-m", "moderation", "check", "page.md"], folder))
    check, peer = statistics.median(checks), statistics.median(peers)
    return check / peer, check, peer


def _seconds(arguments: list[str], folder: str) -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
