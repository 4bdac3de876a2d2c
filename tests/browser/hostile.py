"""Payloads in every place of a page: built without any check, opened in a browser, counted.

Each payload stands on three pages, so that one which swallows the rest of a page does not hide
another place: alone in the body; as the address of links and pictures and in lists of attributes;
and in all that is printed as words (title, front matter, name of a file, alternative text,
caption).
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Page, Request

from moderation.extract import extract
from moderation.model import Asset, Declaration, ExtractionError
from moderation.pipeline.reading import read_tree
from moderation.policy import default_policy
from moderation.publish import recorder
from moderation.publish.child import Child, run_mkdocs
from moderation.publish.credits import caption
from moderation.publish.csp import security_policy, with_policy
from moderation.publish.effective import Export, effective_config
from moderation.publish.folder import read_folder
from moderation.publish.kit import Kit, load_kit
from moderation.publish.settings import read_settings
from tests.browser.served import BUILT_ON, ROOT, Site

SEEN = """
(() => {
  const note = what => { window.__ran = (window.__ran || []).concat([String(what)]) }
  for (const name of ["alert", "confirm", "prompt", "print"])
    Object.defineProperty(window, name, {value: () => note(name), writable: false})
  addEventListener("error", event => { if (event.message) note(event.message) }, true)
})()
"""
PROD = """
() => {
  for (const element of document.querySelectorAll("*")) {
    for (const {name} of [...element.attributes])
      if (name.startsWith("on")) element.dispatchEvent(new Event(name.slice(2)))
    const address = element.href || element.action || element.formAction || ""
    const scheme = (address.baseVal ?? String(address)).split(":")[0].toLowerCase()
    if (["javascript", "vbscript", "data"].includes(scheme))
      element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}))
  }
}
"""
IMPORT = "from moderation.extract.sanitise import sanitised"
_PHOTO = "photos/art.jpg"
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(slots=True)
class Seen:
    """What a browser did.

    Args:
        opened: how many pages were opened
        ran: pages on which a script of the payload ran
        elsewhere: addresses on other sites that were asked for

    """

    opened: int = 0
    ran: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def places(payload: str) -> Mapping[str, str]:
    """Return the pages that hold *payload*, by kind."""
    line = " ".join(_CONTROLS.sub(" ", payload).split())
    quoted = json.dumps(line)
    name = line.replace("/", "")[:60]
    return {
        "body": f"# Words\n\n{_CONTROLS.sub(' ', payload)}\n",
        "address": (
            f"# Words\n\n[a]({line})\n\n[b](<{line}>)\n\n![c]({line})\n\n![d](<{line}>)\n\n"
            f"[e][e]\n\n[e]: {line}\n\n<{line}>\n\n"
            f'words\n{{: title="{line}" }}\n\nwords\n{{: {line} }}\n\n# More {{: {line} }}\n'
            if _is_address(line)
            else f"# Words\n\nwords\n{{: {line} }}\n"
        ),
        "words": (
            f"---\ntitle: {quoted}\ndescription: {quoted}\nsummary: {quoted}\nowner: {quoted}\n"
            f"image_alt: {quoted}\n---\n\n[a](<{name}.pdf>)\n\n![{line}](../{_PHOTO})\n*{line}*\n"
        ),
    }


def _survives(text: str) -> bool:
    """Say whether MkDocs survives a page; on an attribute without a value it fails as a whole."""
    try:
        extract("a.md", text.encode())
    except ExtractionError as error:
        return "without a value" not in str(error) and "address that is none" not in str(error)
    return True


def _is_address(line: str) -> bool:
    """Say whether MkDocs survives *line* as an address; the reader refuses it otherwise."""
    try:
        for part in (line, line.split(" ", maxsplit=1)[0], line.split('"')[0], f"//{line}"):
            urlsplit(part)
    except ValueError:
        return False
    return not re.search(r"//[^/]*[\[\]]", line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A site of hostile pages.

    Args:
        files: what MkDocs made
        articles: what it made of each page without the theme, by place in the output
        kit: the locked theme

    """

    files: Mapping[str, bytes]
    articles: Mapping[str, str]
    kit: Kit

    def guarded(self) -> Mapping[str, bytes]:
        """Return the files with the policy that the build puts in."""
        return {
            place: self._guarded(place, data) if place.endswith(".html") else data
            for place, data in self.files.items()
        }

    def _guarded(self, place: str, data: bytes) -> bytes:
        page = data.decode()
        around = page.replace(self.articles.get(place, ""), "", 1)
        return with_policy(page, security_policy(around, self.kit)).encode()


def build_hostile(payloads: Sequence[str], folder: Path, *, clean: bool) -> Built:
    """Build the pages of *payloads* with MkDocs and the school's theme, and no check at all.

    Args:
        payloads: what stands on the pages
        folder: a new folder
        clean: False to leave the cleaning of articles out

    """
    limits = default_policy().limits
    settings = read_settings((ROOT / "mkdocs.yml").read_bytes())
    theme = read_tree(ROOT / settings.theme_dir, limits).assets
    content = read_tree(ROOT / "content", limits).assets
    pages = {
        f"p/{number:05}-{kind}.md": text if _survives(text) else "# Words\n"
        for number, payload in enumerate(payloads)
        for kind, text in places(payload).items()
    }
    export = Export(root=folder.resolve())
    admitted = {"index.md": "# Home\n", **pages}
    config = effective_config(
        settings, export, admitted=admitted, known={asset.path for asset in content}
    )
    _write(export, config, admitted, theme, clean=clean)
    _write_notes(export, payloads)
    run_mkdocs(export, Child(epoch=BUILT_ON, seconds=600), paths=())
    articles = {}
    for path in pages:
        raw = (export.root / "shown" / f"{path}.html").read_text("utf-8")
        articles[f"{path.removesuffix('.md')}/index.html"] = raw
    return Built(files=read_folder(export.site), articles=articles, kit=load_kit(theme))


def _write(
    export: Export, config: str, pages: Mapping[str, str], theme: Sequence[Asset], *, clean: bool
) -> None:
    hook = Path(recorder.__file__).read_text("utf-8")
    assert IMPORT in hook
    if not clean:
        hook = hook.replace(IMPORT, "sanitised = str")
    keep = "    return context\n"
    assert hook.count(keep) == 1
    shown = '    shown = _folder(config) / "shown" / f"{page.file.src_uri}.html"\n'
    shown += "    shown.parent.mkdir(parents=True, exist_ok=True)\n"
    shown += '    shown.write_text(page.content, "utf-8")\n'
    for path, text in pages.items():
        _put(export.docs / path, text.encode())
    for asset in theme:
        _put(export.theme / asset.path, asset.data)
    _put(export.docs / _PHOTO, (ROOT / "content" / _PHOTO).read_bytes())
    _put(export.hook, hook.replace(keep, shown + keep).encode())
    _put(export.config, config.encode())


def _write_notes(export: Export, payloads: Sequence[str]) -> None:
    captions = {}
    for number, payload in enumerate(payloads):
        declared = Declaration(
            path=_PHOTO, title=payload, author=payload, licence="CC-BY-4.0", source=payload
        )
        captions[f"p/{number:05}-words.md"] = {_PHOTO: caption(declared)}
    notes = {"captions": captions, "pages": {}, "prefix": "/"}
    _put(export.root / recorder.ABSENT, b"{}")
    _put(export.root / recorder.CREDITED, json.dumps(notes).encode())


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def visit(site: Site, paths: Sequence[str], new: Callable[[], BrowserContext], seen: Seen) -> None:
    """Open every page, let it load, touch all that could run something, and note what ran.

    A request to another site is noted unless the page's own policy keeps the browser from it.
    """

    def asked(request: Request) -> None:
        if not request.url.startswith((site.address, "data:")) and request.failure != "csp":
            seen.elsewhere.append(request.url)

    with new() as context:
        context.add_init_script(SEEN)
        context.on("requestfailed", asked)
        context.on("requestfinished", asked)
        page = context.new_page()
        for path in paths:
            if page.is_closed():
                page = context.new_page()
            _visit(page, f"{site.address}{path}", path, seen)


def _visit(page: Page, address: str, path: str, seen: Seen) -> None:
    seen.opened += 1
    with suppress(Error):  # a payload may lead the browser away in the middle
        page.goto(address, wait_until="load", timeout=5_000)
        page.evaluate(PROD)
    with suppress(Error):
        if page.evaluate("new Promise(done => setTimeout(() => done(window.__ran), 0))"):
            seen.ran.append(path)


def write_site(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of a site into a new folder."""
    for place, data in files.items():
        _put(folder / place, data)


DRIVER = f"""
async paths => {{
  const prod = {PROD.replace("document.", "frame.contentDocument.").replace("() =>", "frame =>")}
  const pause = time => new Promise(done => setTimeout(done, time))
  const ran = []
  const open = async path => {{
    const frame = document.createElement("iframe")
    // all but leading this page away
    frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-popups allow-modals"
    frame.src = path
    const loaded = new Promise(done => frame.addEventListener("load", done, {{once: true}}))
    document.body.append(frame)
    await Promise.race([loaded, pause(4000)])
    try {{ prod(frame) }} catch {{}}
    await pause(0)
    try {{ if (frame.contentWindow.__ran) ran.push(path) }} catch {{}}
    frame.remove()
  }}
  const left = [...paths]
  const lane = async () => {{ while (left.length) await open(left.shift()) }}
  await Promise.all([1, 2, 3, 4].map(lane))
  return ran
}}
"""


def visit_in_frames(
    site: Site, paths: Sequence[str], new: Callable[[], BrowserContext], seen: Seen
) -> None:
    """Do the same with every page in a frame of one page, which takes a tenth of the time."""

    def asked(request: Request) -> None:
        if not request.url.startswith((site.address, "data:")) and request.failure != "csp":
            seen.elsewhere.append(request.url)

    with new() as context:
        context.add_init_script(SEEN)
        context.on("requestfailed", asked)
        context.on("requestfinished", asked)
        page = context.new_page()
        page.goto(f"{site.address}driver.html")
        seen.ran += page.evaluate(DRIVER, [f"/{path}" for path in paths])
        seen.opened += len(paths)
