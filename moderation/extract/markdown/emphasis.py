"""Emphasis: which asterisks and underscores belong together."""

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import DelimiterProcessor

from moderation.extract.markdown.fuel import Fuel
from moderation.extract.markdown.tree import Node
from moderation.extract.tracked import Text

if TYPE_CHECKING:
    from markdown import Markdown

PAIRED = re.compile(r"\*|_", re.DOTALL)


class Emphasis(DelimiterProcessor):
    """Pairs delimiters with Python-Markdown's own code, and keeps the offsets of the text."""

    def __init__(self, fuel: Fuel) -> None:
        """Set up ``*`` and ``_`` as Python-Markdown does."""
        super().__init__("*", "strong,em", cast("Markdown", SimpleNamespace()))
        self.add("_", "strong,em", smart=True)
        self._fuel = fuel
        self._tracked = Text()

    def take(self, match: re.Match[str], data: Text) -> tuple[Node | None, int, int]:
        """Answer for the delimiter at *match*: an element or None, and the range it covers."""
        self._tracked = data
        element, start, end = self.handleMatch(match, str(data))
        if start is None or end is None:  # pragma: no cover - it always gives both
            return None, match.start(), match.end()
        return self._node(element) if element is not None else None, start, end

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """Find the next delimiter."""
        match = super().search(data, start)
        waiting = sum(len(each.stack) for each in self.delimiters.values())
        stop = match.start() if match else len(data)
        self._fuel.step(8 * (stop - start) + waiting + 50, self._tracked)
        return match

    def _build_element(self, data: str, start: int = 0, offset: int = 0) -> tuple[Element, int]:
        built = super()._build_element(self._tracked, start, offset)  # type: ignore[misc] # stubs
        return cast("tuple[Element, int]", built)

    def _node(self, element: Element) -> Node:
        self._fuel.deeper(self._tracked)
        text, tail = cast("Text | None", element.text), cast("Text | None", element.tail)
        node = Node(element.tag, text, tail, children=[self._node(each) for each in element])
        self._fuel.higher()
        return node
