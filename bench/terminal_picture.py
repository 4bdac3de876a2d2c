"""Draw ``docs/images/terminal-check.svg`` from what ``schoolgate check`` really prints.

Run ``python -m bench.terminal_picture`` in a checkout, on Linux or macOS. The page that is checked
is the second of ``site_templates/demo``; everybody on it is invented.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "site_templates" / "demo"
PICTURE = ROOT / "docs" / "images" / "terminal-check.svg"
PAGE = "content/news/chess-club.md"
WIDTH = 96
_PAPER, _INK = (24, 28, 37), (226, 230, 238)
_COLOURS = [(24, 28, 37), (240, 113, 120), (166, 218, 149), (238, 200, 120)]
_COLOURS += [(130, 170, 255), (210, 150, 235), (120, 200, 225), (226, 230, 238)]
THEME = TerminalTheme(_PAPER, _INK, _COLOURS, _COLOURS)
_FONT_FACE = re.compile(r"@font-face \{\{.*?\}\}", re.DOTALL)


def main() -> int:
    """Write the picture."""
    PICTURE.write_text(draw(PAGE, printed()), "utf-8")
    print(f"wrote {PICTURE.relative_to(ROOT)}")
    return 0


def printed() -> str:
    """Return what a check of the demo's second page prints on a terminal with colours."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copytree(DEMO / "named", place / "content")
        (place / ".schoolgate").mkdir()
        (place / ".schoolgate" / "site-id").write_text("picture")
        home = {"SCHOOLGATE_HOME": str(place / "home"), "COLUMNS": str(WIDTH)}
        environment = {key: os.environ[key] for key in ("PATH",)} | home | {"PYTHONPATH": str(ROOT)}
        for register in ("roll", "consent"):
            _run([register, "import", str(DEMO / f"{register}.csv")], place, environment)
        return _on_terminal(["check", PAGE], place, environment)


def draw(page: str, output: str) -> str:
    """Return the picture of *output*, which may hold colours, as SVG."""
    import rich._export_format

    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_terminal=True)
    console.print(Text.assemble(("$ ", "bold green"), f"schoolgate check {page}"))
    console.print(Text.from_ansi(output.rstrip("\n")))
    # Rich's own frame asks another host for a font; any monospace will do.
    plain = _FONT_FACE.sub("", rich._export_format.CONSOLE_SVG_FORMAT)
    return console.export_svg(
        title="schoolgate check", theme=THEME, code_format=plain, unique_id="schoolgate"
    )


def _run(arguments: list[str], place: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "moderation", *arguments]
    subprocess.run(command, cwd=place, env=environment, check=True, capture_output=True)


def _on_terminal(arguments: list[str], place: Path, environment: dict[str, str]) -> str:
    """Run a command with a terminal of its own, and return what it wrote there."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "moderation", *arguments]
    child = subprocess.Popen(command, cwd=place, env=environment, stdout=theirs)
    os.close(theirs)
    written = b""
    try:
        while chunk := os.read(ours, 65536):
            written += chunk
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    child.wait()
    return written.decode("utf-8").replace("\r\n", "\n")


if __name__ == "__main__":
    sys.exit(main())
