"""What the reader is measured against: Python-Markdown itself, and a page's text by hand."""

from functools import cache
from html.parser import HTMLParser

import markdown

from moderation.extract import extract
from moderation.model import Document
from moderation.policy.markdown import EXTENSION_CONFIGS, EXTENSIONS

_APART = frozenset(
    [
        *("address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div"),
        *("dl", "dt", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "template", "th", "thead", "tr", "ul"),
    ]
)
_UNREAD = frozenset({"script", "style", "title", "iframe"})


@cache
def _configured(*, with_toc: bool) -> markdown.Markdown:
    configs = {name: dict(each) for name, each in EXTENSION_CONFIGS.items()}
    made = markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=configs)
    if not with_toc:
        made.treeprocessors.deregister("toc")
    return made


def python_markdown(source: str, *, with_toc: bool = True) -> str:
    """Render a page as the build does; without toc, headings get no ids."""
    return _configured(with_toc=with_toc).reset().convert(source)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in _UNREAD
        self.kept.append("\n" if tag in _APART else "")

    def handle_endtag(self, tag: str) -> None:
        self.unread = max(0, self.unread - (tag in _UNREAD))
        self.kept.append("\n" if tag in _APART else "")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.kept.append(data)


def visible(html: str) -> list[str]:
    """Return the words a visitor reads."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return "".join(parser.kept).split()


def read(source: str, path: str = "page.md") -> Document:
    """Read a page."""
    return extract(path, source.encode())


def shown(document: Document) -> list[tuple[str, str, str]]:
    """List the pieces of a page: text, carrier, place."""
    return [
        (
            document.text[piece.start : piece.end],
            str(piece.carrier),
            str(document.locate(piece.start, piece.end).span),
        )
        for piece in document.pieces
        if piece.source_start >= 0
    ]
