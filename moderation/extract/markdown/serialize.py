"""From the tree to HTML, after ``markdown.treeprocessors`` and ``markdown.serializers``."""

import re

from moderation.extract.markdown.fuel import Fuel
from moderation.extract.markdown.patterns import unescaped
from moderation.extract.markdown.stash import (
    HTML,
    STX,
    Stash,
    escaped_text,
    escaped_value,
)
from moderation.extract.markdown.tree import Node, is_block, is_code
from moderation.extract.tracked import NOWHERE, Text, joined

_NEWLINE = Text("\n")
_ALONE = ("br", "hr", "img")
_WRAPPED = re.compile(rf"<p>{HTML.pattern}</p>|{HTML.pattern}")
_NAME = re.compile(r"^\<\/?([^ >]+)")


def prettify(root: Node) -> None:
    """Put line ends between blocks, after line breaks and at the end of code."""
    _prettify(root)
    for node in root.iter():
        if node.tag == "br":
            tail = node.tail
            node.tail = joined((_NEWLINE, tail)) if tail and tail.strip() else _NEWLINE
        if is_code(node):
            held = node.children[0]
            if not held.children and held.text is not None:
                held.text = joined((held.text.rstrip(), _NEWLINE)).final()


def _prettify(node: Node) -> None:
    if is_block(node.tag) and node.tag not in ("code", "pre"):
        first = node.children[0] if node.children else None
        if not (node.text and node.text.strip()) and first is not None and is_block(first.tag):
            node.text = _NEWLINE
        for child in node.children:
            if is_block(child.tag):
                _prettify(child)
    if not (node.tail and node.tail.strip()):
        node.tail = _NEWLINE


def serialized(root: Node, stash: Stash, fuel: Fuel) -> Text:
    """Write what is inside *root* as HTML, with the raw HTML back in its places."""
    parts: list[str] = []
    todo: list[Node | Text] = [*reversed(root.children), root.text or Text()]
    while todo:
        each = todo.pop()
        if isinstance(each, Text):
            parts.append(each)
            continue
        parts += _start(each, stash, fuel)
        after = escaped_text(unescaped(each.tail)) if each.tail else Text()
        todo.append(after)
        if each.tag not in _ALONE:
            todo.append(Text(f"</{each.tag}>"))
        todo += reversed(each.children)
        if each.text:
            text = each.text if each.tag == "code" else unescaped(each.text)
            todo.append(escaped_text(text))
    return _restored(joined(parts).strip(), stash, fuel).strip()


def _start(node: Node, stash: Stash, fuel: Fuel) -> list[str]:
    """Write the start tag; its name and its end remember the Markdown that made it."""
    first, last = node.origin or (NOWHERE, NOWHERE)
    name = Text(node.tag, (first, *(NOWHERE,) * (len(node.tag) - 1)))
    parts: list[str] = ["<", name]
    for key in sorted(node.attributes):
        value = node.attributes[key]
        if value is None:
            parts += (" ", key)
            continue
        value = unescaped(value)
        if STX in HTML.sub(lambda match: _entity(match, stash), value):
            trouble = "has markup in the alternative text, address or attribute"
            place = first if first >= 0 else value.extent()[0]
            raise fuel.refusal_at(place, trouble, "write it as plain words")
        parts += (" ", key, '="', escaped_value(value), '"')
    end = " />" if node.tag in _ALONE else ">"
    parts.append(Text(end, (*(NOWHERE,) * (len(end) - 1), last)))
    return parts


def _entity(match: re.Match[str], stash: Stash) -> str:
    """Return an entity that was put aside; its placeholder again if it is more than that."""
    html = stash.kept[int(match[1])]
    return match[0] if STX in html or set(html) & set('<>"') else str(html)


def _restored(text: Text, stash: Stash, fuel: Fuel) -> Text:
    """Put raw HTML back, without the paragraph around it where it is a block."""
    parts: list[Text] = []
    at = 0
    fuel.deeper(text)
    for match in _WRAPPED.finditer(text):
        html = stash.kept[int(match[1] or match[2])]
        fuel.copy(len(html), text)
        if match[1] and not _is_block(html):
            html = joined(("<p>", html, "</p>"))
        parts += (text[at : match.start()], _restored(html, stash, fuel))
        at = match.end()
    fuel.higher()
    return joined((*parts, text[at:])) if parts else text


def _is_block(html: Text) -> bool:
    match = _NAME.match(html)
    return match is not None and (match[1][0] in "!?@%" or is_block(match[1]))
