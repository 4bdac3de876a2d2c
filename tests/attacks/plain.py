"""Plain MkDocs, with the gate switched off: what a school has that only reviews pull requests.

``mkdocs build`` with Material, in the working tree, with the settings that stand there but for two
lines: the gate's own plugin and ``strict``, which is off by default. What a row does after the gate
happens before this build, for there is no gate; what it does to the finished site happens after it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from moderation.publish.folder import walk
from tests.attacks.scenario import AttackedSite
from tests.attacks.ways import found_among, read_all

SECONDS = 120
_OURS = ("  - schoolgate\n", "strict: true\n")
# One process has MkDocs and Material at hand, and each build is made by a child of it.
_SERVER = """
import os, sys, logging, warnings, time
warnings.simplefilter("ignore")
from mkdocs.config import load_config
from mkdocs.commands.build import build
import material.plugins.search.plugin, pymdownx.snippets
logging.disable(logging.CRITICAL)
for line in sys.stdin:
    root, out = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        code = 1
        try:
            os.chdir(root)
            sys.stdout = sys.stderr = open(os.devnull, "w")
            sys.path.insert(0, root)
            with open("mkdocs.yml", "rb") as settings:
                build(load_config(settings, site_dir=out))
            code = 0
        finally:
            os._exit(code)
    end = time.monotonic() + LIMIT
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > end:
            os.kill(child, 9)
        time.sleep(0.01)
    print("built", flush=True)
"""


class Plain:
    """A process that builds one site after another with plain MkDocs.

    Args:
        seconds: the most that one build may take

    """

    def __init__(self, *, seconds: int = SECONDS) -> None:
        self._seconds = seconds
        self._server = subprocess.Popen(
            [sys.executable, "-c", _SERVER.replace("LIMIT", str(seconds))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            text=True,
        )

    def __enter__(self) -> "Plain":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.communicate()

    def published(self, site: AttackedSite) -> tuple[str, ...]:
        """Build *site*, and name the files of the output that hold the canary."""
        self.build(site)
        return on_the_site(site)

    def build(self, site: AttackedSite) -> None:
        """Build *site* as it stands, and do to the output what the row does to it."""
        if site.between is not None:
            site.between()
        shutil.rmtree(site.out, ignore_errors=True)
        _without_the_gate(site.root / "mkdocs.yml")
        site.out.parent.mkdir(parents=True, exist_ok=True)
        if site.environment:
            self._by_itself(site)
        else:
            self._served(site)
        if site.afterwards is not None and site.out.is_dir():
            site.afterwards(site.out)

    def _served(self, site: AttackedSite) -> None:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(f"{site.root}\t{site.out}\n")
        self._server.stdin.flush()
        assert self._server.stdout.readline() == "built\n", "plain MkDocs could not be started"

    def _by_itself(self, site: AttackedSite) -> None:
        """Build as somebody would who types it, where the surroundings are what was attacked."""
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", str(site.out)],
            cwd=site.root,
            env={**os.environ, **site.environment},
            capture_output=True,
            timeout=self._seconds,
            check=False,
        )


def on_the_site(site: AttackedSite, files: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
    """Name the files of the output that hold the canary of *site*.

    Args:
        site: what was built
        files: the output, where it was read before

    """
    return found_among(
        read_all(site.out) if files is None else files,
        site.canary,
        (each.data for each in site.handed[1:]),
    )


def _without_the_gate(settings: Path) -> None:
    text = settings.read_bytes()
    for line in _OURS:
        text = text.replace(line.encode(), b"")
    settings.write_bytes(text)


def contents(folder: Path) -> dict[str, bytes]:
    """Return what a pull request can show: each file by its path, a link by where it leads."""
    found = {}
    for path, ordinary in walk(folder):
        file = folder / path
        if ordinary:
            found[path] = file.read_bytes()
        elif file.is_symlink():
            found[path] = os.fsencode(file.readlink())
    return found


def seen_in_review(site: AttackedSite, before: dict[str, bytes]) -> bool:
    """Say whether the canary stands in clear in the difference that a reviewer reads.

    That is in the name or in the lines of a text that is new or changed below the repository. A
    reviewer who reads each line sees it there, also in a comment or in the front matter; so this is
    kinder to the review than any school's is. What happens after the review, outside of the
    repository, or inside of a picture or a download is not seen.
    """
    word = site.canary.encode()
    changed = [(p, d) for p, d in contents(site.root).items() if before.get(p) != d]
    return any(word in path.encode() or _shows(word, data) for path, data in changed)


def _shows(word: bytes, data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return word in data and b"\0" not in data
