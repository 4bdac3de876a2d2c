"""The filters that Schoolgate is measured beside: how each is asked, timed and started.

The packages of npm are installed, in the versions below, into ``build/peers``, which git ignores;
where there is no npm or no network they are left out, and that is said.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.language_measures import Flag, flag
from moderation.analysis.language import scan

FOLDER = Path("build/peers")
PACKAGES = {"obscenity": "0.4.6", "@2toad/profanity": "3.3.0"}
_RUNNER = Path(__file__).with_name("language_node.cjs")
_PATIENCE = 120
_FIRST = """\
import json, time
begin = time.process_time()
{code}
spent = time.process_time() - begin
lines = open("/proc/self/status").read().splitlines()
peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
print(json.dumps([spent, peak / 1024]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One filter.

    Args:
        name: how it is called, with its version
        flag: says whether it objects to a text
        seconds: CPU seconds that it takes for all of some texts
        first: arguments of a process that prints CPU seconds and megabytes of a first check
        thin: of the big sets, one text in so many is measured, where it is slow

    """

    name: str
    flag: Flag
    seconds: Callable[[list[str]], float]
    first: list[str] = field(default_factory=list)
    thin: int = 1

    def rate(self, texts: list[str]) -> float:
        """Return megabytes a second, the best of three runs."""
        size = sum(len(text.encode()) for text in texts)
        return size / min(self.seconds(texts) for _ in range(3)) / 1e6

    def start(self) -> tuple[float, float] | None:
        """Return CPU seconds and megabytes of a first check in a process of its own.

        None where the system does not tell the memory of a process (``/proc`` of Linux does).
        """
        done = subprocess.run(self.first, capture_output=True, text=True, check=False)
        if done.returncode:
            return None
        spent, peak = json.loads(done.stdout)
        return float(spent), float(peak)


def engine() -> Peer:
    """Return Schoolgate's engine alone, without reading Markdown and making findings."""
    code = "from moderation.analysis.language import scan\nscan('What a day!')"
    check = scan.__wrapped__
    return Peer(
        name="schoolgate, engine alone",
        flag=lambda text: bool(check(text)),
        seconds=_timed(check),
        first=_python(code),
    )


def schoolgate() -> Peer:
    """Return Schoolgate as it is called: ``moderation.check_text`` on Markdown."""
    code = "import moderation\nmoderation.check_text('What a day!', families=['language'])"
    return Peer(name="schoolgate", flag=flag, seconds=_timed(flag), first=_python(code))


def better_profanity() -> Peer:
    """Return better-profanity, from PyPI."""
    from better_profanity import Profanity, __version__

    check: Callable[[str], bool] = Profanity().contains_profanity
    code = "from better_profanity import profanity\nprofanity.contains_profanity('What a day!')"
    name = f"better-profanity {__version__}"
    return Peer(name=name, flag=check, seconds=_timed(check), first=_python(code), thin=10)


@contextmanager
def of_npm() -> Iterator[tuple[list[Peer], str]]:
    """Lend the filters of npm while one process of node serves them, or say why there are none."""
    why = installed()
    if why:
        yield [], why
        return
    command = [str(shutil.which("node")), str(_RUNNER), str(FOLDER)]
    with subprocess.Popen(
        [*command, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as node:
        try:
            yield [_of_node(node, command, name) for name in PACKAGES], ""
        finally:
            if node.stdin:
                node.stdin.close()


def installed() -> str:
    """Install the packages of npm; return what is in the way, or nothing."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "npm is not installed"
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = json.dumps({"private": True, "dependencies": PACKAGES})
    package = FOLDER / "package.json"
    there = all((FOLDER / "node_modules" / name / "package.json").exists() for name in PACKAGES)
    if there and package.read_text("utf-8") == wanted:
        return ""
    package.write_text(wanted, "utf-8")
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
    try:
        done = subprocess.run(
            command, cwd=FOLDER, capture_output=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        return "npm did not answer in time"
    return "npm could not fetch them" if done.returncode else ""


def _of_node(node: "subprocess.Popen[str]", command: list[str], name: str) -> Peer:
    def ask(texts: list[str]) -> tuple[list[bool], float]:
        if node.stdin is None or node.stdout is None:
            raise RuntimeError("node was started without pipes")
        node.stdin.write(json.dumps({"name": name, "texts": texts}) + "\n")
        node.stdin.flush()
        answer = json.loads(node.stdout.readline())
        return answer["flags"], max(answer["seconds"], 1e-9)

    return Peer(
        name=f"{name} {PACKAGES[name]}",
        flag=lambda text: ask([text])[0][0],
        seconds=lambda texts: ask(texts)[1],
        first=[*command, "first", name],
    )


def _timed(check: Callable[[str], object]) -> Callable[[list[str]], float]:
    def seconds(texts: list[str]) -> float:
        start = time.process_time()
        for text in texts:
            check(text)
        return max(time.process_time() - start, 1e-9)

    return seconds


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", _FIRST.format(code=code)]
