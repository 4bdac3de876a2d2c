"""A site built with the example school's theme, and the server that shows it to a browser."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from moderation.pipeline.reading import read_tree
from moderation.policy import default_policy
from moderation.publish.csp import security_policy, with_policy
from moderation.publish.kit import load_kit

ROOT = Path(__file__).resolve().parents[2]
BUILT_ON = 1795262400  # noon on 21 November 2026, so that "coming dates" never change


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A built site and where it is served."""

    folder: Path
    address: str

    @property
    def paths(self) -> list[str]:
        """Every page, as a visitor writes it after the address."""
        files = sorted(self.folder.rglob("*.html"))
        found = [file.relative_to(self.folder).as_posix() for file in files]
        return [path.removesuffix("index.html") for path in found]


def build(content: Path, folder: Path, *, nav: bool = True) -> None:
    """Build *content* with the school's own configuration and theme, but without the gate.

    The gate has tests of its own; these look at what the theme makes of pages. Each page gets the
    security policy that the build puts in, so that whatever it stops is seen here.
    """
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    config["plugins"].remove("schoolgate")
    config["docs_dir"], config["site_dir"] = str(content), str(folder)
    config["theme"]["custom_dir"] = str(ROOT / "site_templates" / "theme")
    if not nav:
        del config["nav"], config["not_in_nav"]
    file = folder.with_suffix(".yml")
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-f", str(file)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(BUILT_ON), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    kit = load_kit(read_tree(ROOT / "site_templates" / "theme", default_policy().limits).assets)
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(with_policy(text, security_policy(text, kit)), encoding="utf-8")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve files, keep the connection and say nothing."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        """Find no file where the address holds what no name of a file can."""
        return super().translate_path(path).replace("\0", "")

    def end_headers(self) -> None:
        """Let the browser keep files of the theme from one page to the next."""
        if self.path.startswith("/assets/"):
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """A server that ends with the tests, even while a browser keeps a connection."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that hung up, and let any other trouble be seen."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve(folder: Path) -> Iterator[Site]:
    """Serve *folder* on loopback for as long as the block runs."""
    server = Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Site(folder=folder, address=f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
