"""Lists as the extension ``sane_lists`` reads them, after ``markdown.blockprocessors``."""

import re
from collections import deque

from moderation.extract.markdown.blocks import Blocks, loose_detab
from moderation.extract.markdown.normal import TAB
from moderation.extract.markdown.tree import Node
from moderation.extract.tracked import Text, joined

NUMBERED = re.compile(r"^[ ]{0,3}\d+\.[ ]+(.*)")
BULLETED = re.compile(r"^[ ]{0,3}[*+-][ ]+(.*)")
NUMBERED_ITEM = re.compile(r"^[ ]{0,3}((\d+\.))[ ]+(.*)")
BULLETED_ITEM = re.compile(r"^[ ]{0,3}(([*+-]))[ ]+(.*)")
INDENTED_ITEM = re.compile(r"^[ ]{4,7}((\d+\.)|[*+-])[ ]+.*")
INDENT = re.compile(r"^(([ ]{4})+)")
_LISTS = ("ul", "ol")


def ordered(parser: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take a block that begins with ``1.``."""
    return bool(NUMBERED.match(blocks[0])) and _listed(
        parser, parent, blocks.popleft(), "ol", NUMBERED_ITEM
    )


def unordered(parser: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take a block that begins with a bullet."""
    return bool(BULLETED.match(blocks[0])) and _listed(
        parser, parent, blocks.popleft(), "ul", BULLETED_ITEM
    )


def _listed(parser: Blocks, parent: Node, block: Text, tag: str, item: re.Pattern[str]) -> bool:
    parser.fuel.step(40 * block.count("\n"), block)
    items = deque(_items(block, item))
    last = parent.last
    if last is not None and last.tag == tag:
        node = last
        _wrap_last(node.children[-1])
        parser.parse_in("looselist", node.add("li"), [items.popleft()])
    elif parent.tag in _LISTS:
        node = parent
    else:
        node = parent.add(tag)
        first = re.match(r"[ ]*(\d+)", block)
        if tag == "ol" and first is not None and first[1] != "1":
            node.attributes["start"] = block[first.start(1) : first.end(1)]
    parser.states.append("list")
    for each in items:
        inside = each.startswith(" " * TAB)
        parser.parse(node.children[-1] if inside else node.add("li"), [each])
    parser.states.pop()
    return True


def _items(block: Text, item: re.Pattern[str]) -> list[Text]:
    """Break a block into items, each with the lines that go on with it."""
    items: list[list[Text]] = []
    for line in block.lines():
        body = line.rstrip("\n")
        if match := item.match(body):
            items.append([line[match.start(3) :]])
        elif INDENTED_ITEM.match(body) and not items[-1][0].startswith(" " * TAB):
            items.append([line])
        else:
            items[-1].append(line)
    whole = [joined(lines) for lines in items]
    return [*(each[:-1] for each in whole[:-1]), whole[-1]]


def _wrap_last(item: Node) -> None:
    """Put the text of an item into a paragraph, since its list has become a loose one."""
    if item.text:
        item.children.insert(0, Node("p", item.text))
        item.text = Text()
    last = item.last
    if last is not None and last.tail:
        item.add("p", last.tail.lstrip())
        last.tail = Text()


def indented(parser: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take an indented block that belongs to the list item before it."""
    last = parent.last
    in_list = parent.tag == "li" or (last is not None and last.tag in _LISTS)
    if not (blocks[0].startswith(" " * TAB) and in_list) or parser.is_in("detabbed"):
        return False
    block = blocks.popleft()
    level, sibling = _level(parser, parent, block)
    block = loose_detab(block, level)
    parser.states.append("detabbed")
    if parent.tag == "li":
        below = last if last is not None and last.tag in _LISTS else parent
        parser.parse(below, [block])
    elif sibling.tag == "li":
        parser.parse(sibling, [block])
    elif sibling.last is not None and sibling.last.tag == "li":
        item = sibling.last
        if item.text:
            item.children.insert(0, Node("p", item.text))
            item.text = Text()
        parser.parse_chunk(item, block)
    else:
        parser.parse(sibling.add("li"), [block])
    parser.states.pop()
    return True


def _level(parser: Blocks, parent: Node, block: Text) -> tuple[int, Node]:
    """Find the list that is as deep as *block* is indented."""
    match = INDENT.match(block)
    depth = len(match[1]) // TAB if match else 0
    level = 1 if parser.is_in("list") else 0
    while depth > level:
        child = parent.last
        if child is None or child.tag not in (*_LISTS, "li"):
            break
        if child.tag in _LISTS:
            level += 1
        parent = child
    return level, parent
