"""Raw HTML blocks: which parts of a page Python-Markdown leaves as they are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from markdown.htmlparser import HTMLExtractor

from moderation.extract.markdown.fuel import Fuel
from moderation.extract.markdown.stash import Stash
from moderation.extract.markdown.tree import is_block
from moderation.extract.tracked import Text, joined

if TYPE_CHECKING:
    from markdown import Markdown


def without_html(text: Text, stash: Stash, fuel: Fuel) -> Text:
    """Put every block of raw HTML aside and return the page with placeholders.

    The parser is Python-Markdown's own, so that it cannot differ; here it only learns to keep
    the offsets.
    """
    extractor = _Extractor(text, stash, fuel)
    extractor.feed(str(text))
    extractor.close()
    return joined(extractor.cleandoc)


class _Holder:
    """What the extractor wants of a ``Markdown`` object."""

    def __init__(self, stash: Stash) -> None:
        self.htmlStash = self
        self._stash = stash
        self.extractor: _Extractor | None = None

    def is_block_level(self, tag: str) -> bool:
        """Say whether *tag* is a block of its own."""
        return is_block(tag)

    def store(self, html: str) -> str:
        """Keep finished HTML; what the extractor joined itself is joined again with offsets."""
        if not isinstance(html, Text) and self.extractor is not None:
            html = joined(self.extractor.cached)
        return self._stash.store(cast("Text", html))


class _Extractor(HTMLExtractor):
    """Keeps offsets: whatever the parser passes on is a part of the text at its place."""

    def __init__(self, text: Text, stash: Stash, fuel: Fuel) -> None:
        holder = _Holder(stash)
        holder.extractor = self
        self._text = text
        self._fuel = fuel
        self._place = 0
        super().__init__(cast("Markdown", holder))

    @property
    def cached(self) -> Sequence[str]:
        """The parts of the block that is being read."""
        return cast("Sequence[str]", self._cache)  # type: ignore[attr-defined] # not in the stubs

    def goahead(self, end: bool) -> None:
        """Read on; the parser has dropped what it has read and counts from nought again."""
        self._place = 0
        super().goahead(end)

    def updatepos(self, i: int, j: int) -> int:
        """Note where the parser is."""
        self._place = j
        self._fuel.step(40, self._text[j : j + 1])
        return super().updatepos(i, j)

    def handle_data(self, data: str) -> None:
        """Keep text."""
        super().handle_data(self._here(data))

    def handle_empty_tag(self, data: str, is_block: bool) -> None:
        """Keep a tag, comment or entity that has no content."""
        super().handle_empty_tag(self._here(data), is_block)

    def parse_starttag(self, i: int) -> int:
        """Pay for a tag before it is read: one that is never closed is read to the end."""
        end = self.rawdata.find(">", i)
        self._fuel.step(2 * ((end if end >= 0 else len(self.rawdata)) - i), self._text)
        return super().parse_starttag(i)

    def get_starttag_text(self) -> str:
        """Return the tag that begins here."""
        return self._here(super().get_starttag_text())

    def get_endtag_text(self, tag: str) -> str:
        """Return the tag that ends here."""
        return self._here(super().get_endtag_text(tag))

    def _here(self, data: str) -> Text:
        start = len(self._text) - len(self.rawdata) + self._place
        part = self._text[start : start + len(data)]
        if part != data:
            trouble = "holds an entity without a semicolon or a comment that ends in --!>"
            raise self._fuel.refusal(part, trouble, "write &amp; for a plain & or mend the comment")
        return part
