"""A hook of our own that runs inside MkDocs: it keeps what each page became, for the output check.

The build copies this file into the export and names it in the effective ``mkdocs.yml``; of
Schoolgate it imports nothing but what cleans an article. Five things it does:

- it escapes every word of the front matter, because MkDocs' templates print it unescaped;
- it takes the address out of links to pages that are not published, and leaves their words;
- it writes each page's article aside, so that the output can be compared with it;
- it cleans the article before the theme, the index or any other page gets it;
- it puts the credits that the build made under the pictures, and onto a page of their own.
"""

import html
import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypedDict
from urllib.parse import unquote, urlsplit

from markupsafe import Markup, escape

from moderation.extract.sanitise import sanitised

ABSENT = "absent.json"
RENDERED = "rendered"
CREDITED = "credits.json"
_LINK = re.compile(r"""(<a\b(?:[^>"']|"[^"]*"|'[^']*')*?)\shref="([^"]*)\"""")


_BLOCK = re.compile(r"(</?p>)")
_INSIDE = r"""(?:[^>"']|"[^"]*"|'[^']*')*>"""
_STEP = re.compile(r"<a\b|</a\b|<img\b", re.IGNORECASE)
_REST = re.compile(_INSIDE)
_SOURCE = re.compile(r"""\ssrc=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ONE_PICTURE = re.compile(
    rf"\s*(<img\b{_INSIDE})\s*(?:<br\s*/?>)?\s*(.*)", re.IGNORECASE | re.DOTALL
)


class _File(Protocol):
    src_uri: str
    dest_uri: str


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
    """Write the article aside, without links to what is not published, and clean it."""
    html = without_links(html, _absent(_folder(config)).get(page.file.src_uri, frozenset()))
    target = _folder(config) / RENDERED / f"{page.file.src_uri}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(html.encode())
    return sanitised(html)


def on_page_context(
    context: Mapping[str, object], *, page: _Page, config: _Config, nav: object
) -> Mapping[str, object]:
    """Put the credits in; the search plugin has had its turn by now."""
    made = _credits(_folder(config))
    lines = made["captions"].get(page.file.src_uri, {})
    page.content = made["pages"].get(page.file.src_uri) or captioned(
        page.content, page.file.dest_uri, lines, made["prefix"]
    )
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


def captioned(article: str, place: str, captions: Mapping[str, str], prefix: str = "/") -> str:
    """Return *article* with a line under each picture that has one.

    A picture that stands alone in its paragraph, or with its caption, becomes a figure.

    Args:
        article: what MkDocs made of the page, without the theme
        place: path of the page in the output
        captions: HTML, by place of the picture in the output
        prefix: path of the site's address

    """
    if not captions:
        return article

    def _line(tag: str) -> str:
        return captions.get(_shown(place, tag, prefix), "")

    parts = _BLOCK.split(article)
    for at in range(1, len(parts), 2):
        if parts[at] == "<p>" and parts[at + 2 : at + 3] == ["</p>"]:
            figure = _figure(parts[at + 1], _line)
            if figure:
                parts[at : at + 3] = ["", figure, ""]
    return "".join(part if part.startswith("<figure ") else _lined(part, _line) for part in parts)


def _figure(body: str, line: Callable[[str], str]) -> str:
    """Return a paragraph that is one picture, with or without words of its own, as a figure."""
    match = _ONE_PICTURE.fullmatch(body)
    if match is None or not line(match[1]):
        return ""
    words = match[2].rstrip()
    if words and not (words.startswith("<em>") and words.find("</em>") == len(words) - 5):
        return ""
    words += " " if words else ""
    said = f'<span class="school-credit">{line(match[1])}</span>'
    return (
        f'<figure class="school-figure">{match[1]}<figcaption>{words}{said}</figcaption></figure>'
    )


def _lined(part: str, line: Callable[[str], str]) -> str:
    """Return *part* with a line behind each picture, or behind the link that the picture is."""
    out, waiting, linked, done = [], "", False, 0
    for name, tag, end in _steps(part):
        out.append(part[done:end])
        done = end
        linked = name == "<a" or (linked and name != "</a")
        said = line(tag) if name == "<img" else ""
        waiting += f' <span class="school-credit">{said}</span>' if said else ""
        if not linked:
            out.append(waiting)
            waiting = ""
    return "".join((*out, part[done:], waiting))


def _steps(part: str) -> Iterator[tuple[str, str, int]]:
    """Yield links, their ends and pictures: the beginning of the tag, all of it, where it ends."""
    start = _STEP.search(part)
    while start is not None:
        rest = _REST.match(part, start.end())
        if rest is None:  # it never ends, so that browsers read no further tag either
            return
        yield start[0].lower(), part[start.start() : rest.end()], rest.end()
        start = _STEP.search(part, rest.end())


def _shown(place: str, tag: str, prefix: str) -> str:
    """Return which file of the output a picture shows."""
    match = _SOURCE.search(tag)
    try:
        path = unquote(urlsplit(html.unescape(match[1] or match[2] or "")).path) if match else ""
    except ValueError:
        return ""
    if path.startswith("/"):
        return posixpath.normpath(path.removeprefix(prefix))
    return posixpath.normpath(posixpath.join(posixpath.dirname(place), path))


class _Made(TypedDict):
    captions: dict[str, dict[str, str]]
    pages: dict[str, str]
    prefix: str


@lru_cache(maxsize=1)  # likewise the same for every page
def _credits(folder: Path) -> _Made:
    made: _Made = json.loads((folder / CREDITED).read_text("utf-8"))
    return made


@lru_cache(maxsize=1)  # the same for every page of a build
def _absent(folder: Path) -> Mapping[str, frozenset[str]]:
    listed = json.loads((folder / ABSENT).read_text("utf-8"))
    return {page: frozenset(targets) for page, targets in listed.items()}


def _folder(config: _Config) -> Path:
    return Path(config.config_file_path).parent
