"""HTML as a browser meets it: tags, text, comments and scripts, and signs that it is ambiguous."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from moderation.policy.markup import holds_tag, server_comment

_WATCHED = (
    *("script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "base"),
    *("link", "meta", "form", "template", "noscript", "textarea", "xmp", "plaintext", "noembed"),
    *("noframes", "title"),
)
_OPENED = re.compile(rf"<({'|'.join(_WATCHED)})(?![a-z0-9-])", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>[^<]*(</title)?", re.IGNORECASE)
_RAW = ("script", "style")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag; names in lower case, attribute values with entities resolved."""

    name: str
    attributes: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """Return the value of an attribute, or None."""
        return dict(self.attributes).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What a piece of HTML holds.

    Args:
        tags: start tags, in order
        text: the text outside scripts and styles, in order
        scripts: each script tag with what stands in it
        styles: what stands in style elements
        flaws: why a browser may read this differently; empty for sound HTML

    """

    tags: tuple[Tag, ...]
    text: tuple[str, ...]
    scripts: tuple[tuple[Tag, str], ...]
    styles: tuple[str, ...]
    flaws: tuple[str, ...]


@lru_cache(maxsize=8)  # the same few pieces of one page are looked at from several sides
def read_markup(html: str) -> Markup:
    """Read *html*.

    Where Python's parser and a browser may part ways (a comment or a title that holds what looks
    like a tag), the result says so; such HTML is refused rather than understood.
    """
    parser = _Parser()
    parser.feed(html)
    parser.close()
    seen = Counter(tag.name for tag in parser.tags if tag.name in _WATCHED)
    raw = Counter(name.lower() for name in _OPENED.findall(html))
    flaws = [f"a {name} tag stands where none should be" for name in raw if raw[name] != seen[name]]
    if not all(title[1] for title in _TITLE.finditer(html)):
        flaws.append("a title holds what looks like a tag")
    if parser.pending:
        flaws.append(f"a {parser.pending} element has no end")
    return Markup(
        tags=tuple(parser.tags),
        text=tuple(parser.words),
        scripts=tuple(parser.scripts),
        styles=tuple(parser.styles),
        flaws=(*parser.flaws, *flaws),
    )


def bare(text: str) -> str:
    """Return *text* without white space, in which two readings of a page may differ."""
    return "".join(text.split())


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.words: list[str] = []
        self.scripts: list[tuple[Tag, str]] = []
        self.styles: list[str] = []
        self.flaws: list[str] = []
        self.pending = ""
        self._body: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.flaws.append(f"a {tag} tag has an attribute twice")
        self.tags.append(Tag(tag, tuple((name, value or "") for name, value in attrs)))
        if tag in _RAW:
            self.pending = tag
            self._body = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _RAW:  # a browser ignores the slash and reads on
            self.flaws.append(f"a {tag} element is closed in its own tag")
            self.pending = ""

    def handle_endtag(self, tag: str) -> None:
        if tag != self.pending:
            return
        body = "".join(self._body)
        if tag == "script":
            self.scripts.append((self.tags[-1], body))
        else:
            self.styles.append(body)
        self.pending = ""

    def handle_data(self, data: str) -> None:
        (self._body if self.pending else self.words).append(data)

    def handle_comment(self, data: str) -> None:
        if holds_tag(data) or data.startswith((">", "->")):
            self.flaws.append("a comment holds what looks like a tag")
        if server_comment(data):
            self.flaws.append("a comment is an instruction to the web server")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.flaws.append("a declaration stands where none should be")

    def unknown_decl(self, data: str) -> None:
        self.flaws.append("a declaration stands where none should be")

    def handle_pi(self, data: str) -> None:
        self.flaws.append("a processing instruction stands where none should be")
