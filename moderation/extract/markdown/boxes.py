"""Boxes such as ``!!! note "Title"``, after ``markdown.extensions.admonition``."""

import re
from collections import deque
from collections.abc import Iterator

from moderation.extract.markdown.blocks import Blocks, detab
from moderation.extract.markdown.normal import TAB
from moderation.extract.markdown.tree import Node
from moderation.extract.tracked import Text, joined

BOX = re.compile(r'(?:^|\n)!!! ?([\w\-]+(?: +[\w\-]+)*)(?: +"(.*?)")? *(?:\n|$)')
_SPACES = re.compile("  +")


def box(parser: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take a box, or an indented block that goes on with the box before it."""
    match = BOX.search(blocks[0])
    if match is None:
        return _goes_on(parser, parent, blocks)
    block = blocks.popleft()
    if match.start() > 0:
        parser.parse(parent, [block[: match.start()]])
    inner, rest = detab(block[match.end() :])
    kind, title = _kind_and_title(block, match)
    node = parent.add("div")
    node.attributes["class"] = joined(("admonition ", kind))
    if title:
        heading = node.add("p", title)
        heading.attributes["class"] = Text("admonition-title")
    parser.parse_chunk(node, inner)
    if rest:
        blocks.appendleft(rest)
    return True


def _kind_and_title(block: Text, match: re.Match[str]) -> tuple[Text, Text | None]:
    kind = block[match.start(1) : match.end(1)]
    words = joined(_single(kind))
    words = words.as_text(words.lower())
    title = block.group(match, 2)
    if title is None:
        first = words.cut(" ")[0]
        title = first.as_text(first.capitalize())
    return words, title


def _single(kind: Text) -> Iterator[Text]:
    """Leave one of several spaces."""
    at = 0
    for match in _SPACES.finditer(kind):
        yield kind[at : match.start() + 1]
        at = match.end()
    yield kind[at:]


def _goes_on(parser: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    node, indent = _continued(parent, blocks[0])
    if node is None:
        return False
    inner, rest = detab(blocks.popleft(), indent)
    if node.tag in ("li", "dd") and node.text:
        node.children.insert(0, Node("p", node.text))
        node.text = Text()
    parser.parse_chunk(node, inner)
    if rest:
        blocks.appendleft(rest)
    return True


def _continued(parent: Node, block: Text) -> tuple[Node | None, int]:
    """Find what *block* goes on with: a box, or the last item of a list in it."""
    node = parent.last
    if (
        node is None
        or node.tag != "div"
        or "admonition" not in (node.attributes.get("class") or "")
    ):
        return None, 0
    last, indent, shown = node.last, 0, str(block)
    while last is not None:
        if not (shown.startswith(" " * TAB * 2) and last.tag in ("ul", "ol", "dl")):
            break
        node = last.last
        last = node.last if node is not None else None
        shown = shown[TAB:]
        indent += TAB
    if not shown.startswith(" " * TAB) or node is None:
        return None, 0
    return node, indent + TAB
