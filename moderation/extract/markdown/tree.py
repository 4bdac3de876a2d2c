"""The page as a tree, as Python-Markdown builds it with :mod:`xml.etree`."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.extract.tracked import Text

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
        "canvas",
        "colgroup",
        "dd",
        "body",
        "dt",
        "group",
        "html",
        "iframe",
        "li",
        "legend",
        "math",
        "map",
        "noscript",
        "output",
        "object",
        "option",
        "progress",
        "script",
        "style",
        "summary",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "video",
        "center",
    ]
)
"""``markdown.util.BLOCK_LEVEL_ELEMENTS``."""


@dataclass(slots=True, eq=False)
class Node:
    """An element: its text comes before its children, its tail after its end.

    *origin* is the extent in the source of the Markdown that made it, where that is known.
    """

    tag: str
    text: Text | None = None
    tail: Text | None = None
    attributes: dict[str, Text | None] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    origin: tuple[int, int] | None = None

    def add(self, tag: str, text: Text | None = None) -> "Node":
        """Append an element and return it."""
        child = Node(tag, text)
        self.children.append(child)
        return child

    @property
    def last(self) -> "Node | None":
        """The last child."""
        return self.children[-1] if self.children else None

    def iter(self) -> Iterator["Node"]:
        """Yield this element and all below it, in the order of the page."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def is_block(tag: str) -> bool:
    """Say whether *tag* is a block of its own, as Python-Markdown sees it."""
    return tag.lower().rstrip("/") in BLOCKS


def is_code(node: Node | None) -> bool:
    """Say whether *node* is a code block."""
    return (
        node is not None
        and node.tag == "pre"
        and node.children[:1] != []
        and (node.children[0].tag == "code")
    )
