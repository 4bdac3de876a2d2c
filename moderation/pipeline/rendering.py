"""What a page looks like, as far as its own bytes decide that: the article, in one form.

The reader of pages renders Markdown as the site does. What comes out is cleaned as the build cleans
it, and every address in it is replaced by what it means: a file of the content folder, or a place
elsewhere. So the article that somebody approved and the one that MkDocs makes later can be compared
letter by letter, though MkDocs writes its links as they are reached from where the page stands.

Two things are left out because the build adds them: ids of headings, by which the table of contents
reaches them, and the difference between kinds of white space around the article.
"""

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from moderation.extract.decode import decode
from moderation.extract.front_matter import read_front_matter
from moderation.extract.markdown.render import rendered
from moderation.extract.sanitise import sanitised
from moderation.extract.tracked import Text
from moderation.model import Asset, digest_of
from moderation.pipeline.targets import resolve

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ADDRESSES = ("href", "src")

Meaning = Callable[[str], str | None]
"""The file of the content folder that an address leads to; None for what lies elsewhere."""


def rendered_digest(page: Asset) -> str:
    """Digest the article that a page makes, as an approval binds it.

    Args:
        page: the page, with the bytes that were looked at

    Raises:
        ExtractionError: it cannot be read

    """
    return digest_of(in_one_form(article_of(page), meaning_on(page.path)).encode())


def article_of(page: Asset) -> str:
    """Return the article of a page as HTML, with the addresses as they were written.

    Raises:
        ExtractionError: it cannot be read

    """
    source = decode(page.path, page.data).text
    start = read_front_matter(page.path, source).end
    text = Text(source[start:], range(start, len(source)))
    return sanitised(str(rendered(page.path, source, text).html))


def meaning_on(page: str) -> Meaning:
    """Return what the addresses mean that are written on a page of the content folder."""
    return lambda address: resolve(page, address)


def in_one_form(
    article: str, meaning: Meaning, *, absent: Callable[[str], bool] | None = None
) -> str:
    """Write a cleaned article in one form.

    Args:
        article: HTML, as :func:`moderation.extract.sanitise.sanitised` returns it
        meaning: what its addresses mean
        absent: says of a file whether links to it lose their address; None takes none away

    """
    writer = _Writer(meaning, absent or (lambda _: False))
    writer.feed(article)
    writer.close()
    return "".join(writer.parts).strip()


class _Writer(HTMLParser):
    def __init__(self, meaning: Meaning, absent: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._meaning = meaning
        self._absent = absent

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = (self._attribute(tag, name, value or "") for name, value in sorted(attrs))
        self.parts.append(f"<{tag}{''.join(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")

    def _attribute(self, tag: str, name: str, value: str) -> str:
        if name == "id" and tag in _HEADINGS:
            return ""
        if name in _ADDRESSES:
            file = self._meaning(value)
            if file is not None:
                if tag == "a" and self._absent(file):
                    return ""
                value = _written(file, value)
        return f' {name}="{escape(value)}"'


def _written(file: str, address: str) -> str:
    """Write an address of the site by its file, with the question and the place in it."""
    parts = urlsplit(address.strip())
    question = f"?{parts.query}" if parts.query else ""
    place = f"#{parts.fragment}" if parts.fragment else ""
    return f"site:{file}{question}{place}"
