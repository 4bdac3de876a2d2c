"""A hook of our own that runs inside MkDocs: it keeps what each page became, for the output check.

The build copies this file into the export and names it in the effective ``mkdocs.yml``; so it
imports nothing of Schoolgate. Three things it does:

- it escapes every word of the front matter, because MkDocs' templates print it unescaped;
- it takes the address out of links to pages that are not published, and leaves their words;
- it writes each page's finished article aside, so that the output can be compared with it.
"""

import html
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from markupsafe import Markup, escape

ABSENT = "absent.json"
RENDERED = "rendered"
_LINK = re.compile(r"""(<a\b(?:[^>"']|"[^"]*"|'[^']*')*?)\shref="([^"]*)\"""")


class _File(Protocol):
    src_uri: str


class _Page(Protocol):
    @property
    def file(self) -> _File: ...

    meta: dict[str, object]
    content: str


class _Config(Protocol):
    config_file_path: str


def on_page_markdown(markdown: str, *, page: _Page, config: _Config, files: object) -> str:
    """Make the front matter safe to print; ``|e`` in a template does not escape it again."""
    page.meta = {key: escaped(value) for key, value in page.meta.items()}
    return markdown


def on_page_content(html: str, *, page: _Page, config: _Config, files: object) -> str:
    """Take the address out of links to pages that are not published."""
    return without_links(html, _absent(_folder(config)).get(page.file.src_uri, frozenset()))


def on_page_context(
    context: Mapping[str, object], *, page: _Page, config: _Config, nav: object
) -> Mapping[str, object]:
    """Write the finished article aside; every plugin has had its turn by now."""
    target = _folder(config) / RENDERED / f"{page.file.src_uri}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(page.content.encode())
    return context


def escaped(value: object) -> object:
    """Return *value* with every text in it escaped for HTML."""
    if isinstance(value, str):
        return Markup(escape(value))  # noqa: S704 - escaped on the spot
    if isinstance(value, dict):
        return {escaped(key): escaped(each) for key, each in value.items()}
    if isinstance(value, list):
        return [escaped(each) for each in value]
    return value


def without_links(article: str, absent: frozenset[str]) -> str:
    """Return *article* without the address of every link whose target is one of *absent*."""

    def _unlink(match: re.Match[str]) -> str:
        return match[1] if html.unescape(match[2]) in absent else match[0]

    return _LINK.sub(_unlink, article) if absent else article


@lru_cache(maxsize=1)  # the same for every page of a build
def _absent(folder: Path) -> Mapping[str, frozenset[str]]:
    listed = json.loads((folder / ABSENT).read_text("utf-8"))
    return {page: frozenset(targets) for page, targets in listed.items()}


def _folder(config: _Config) -> Path:
    return Path(config.config_file_path).parent
