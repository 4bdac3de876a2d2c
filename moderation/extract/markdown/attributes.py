"""Attribute lists such as ``{ .class title="..." }``, after ``markdown.extensions.attr_list``."""

import re

from moderation.extract.markdown.fuel import Fuel
from moderation.extract.markdown.tree import Node, is_block
from moderation.extract.tracked import Text

_WORDS = re.compile(
    r"""(?P<double>[^ =}]+=".*?")|(?P<single>[^ =}]+='.*?')"""
    r"""|(?P<value>[^ =}]+=[^ =}]+)|(?P<word>[^ =}]+)|(?P<space>\ )"""
)
_BASE = r"\{\:?[ ]*([^\}\n ][^\n]*)\}"
HEADER = re.compile(rf"[ ]+{_BASE}[ ]*$")
BLOCK = re.compile(rf"\n[ ]*{_BASE}[ ]*$")
INLINE = re.compile(rf"^{_BASE}")
_NAME = re.compile(
    r"[^A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff"
    r"\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    r"\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    r"\uf900-\ufdcf\ufdf0-\ufffd"
    r"\:\-\.0-9\u00b7\u0300-\u036f\u203f-\u2040]+"
)
BOOLEAN = frozenset(
    [
        "checked",
        "compact",
        "declare",
        "defer",
        "disabled",
        "ismap",
        "multiple",
        "noresize",
        "noshade",
        "nowrap",
        "readonly",
        "selected",
    ]
)
"""``markdown.serializers.BOOLEAN_ATTRIBUTES['xhtml']``."""

_HEADERS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol")


def scanned(words: Text) -> tuple[list[tuple[Text, Text | None]], Text]:
    """Split an attribute list into names and values, and what is left from a ``}`` on."""
    found: list[tuple[Text, Text | None]] = []
    at = 0
    while match := _WORDS.match(words, at):
        if match.lastgroup != "space":
            found.append(_pair(words[match.start() : match.end()], str(match.lastgroup)))
        at = match.end()
    rest = words.find("}", at)
    return found, words[rest:] if rest >= 0 else Text()


def _pair(word: Text, kind: str) -> tuple[Text, Text | None]:
    if kind == "word":
        if word.startswith("."):
            return word[:1], word[1:]
        if word.startswith("#"):
            return Text("id"), word[1:]
        return word, None
    at = word.find("=")
    value = word[at + 1 :]
    quotes = {"double": '"', "single": "'"}
    return word[:at], value.strip(quotes[kind]) if kind in quotes else value


def assign(root: Node, fuel: Fuel) -> None:
    """Take every attribute list out of the text and put it on its element."""
    for node in root.iter():
        for text in (node.text, node.tail):
            if text and "{" in text:
                # Each brace is looked for to the end of its line, as Python-Markdown does.
                fuel.copy(text.count("{") * len(text), text)
        if is_block(node.tag):
            _assign_block(node)
        elif node.tail and (match := INLINE.match(node.tail)):
            rest = _assigned(node, node.tail[match.start(1) : match.end(1)])
            node.tail = node.tail[match.end() :] + rest


def _assign_block(node: Node) -> None:
    header = node.tag in _HEADERS
    pattern = HEADER if header or node.tag in ("td", "th") else BLOCK
    holder = _holder(node)
    if holder is None:
        return
    text = node.text if holder is node else holder.tail
    match = pattern.search(text) if text else None
    if text is None or match is None:
        return
    if _assigned(node, text[match.start(1) : match.end(1)], strict=True):
        return
    text = text[: match.start()]
    if header:
        text = text.rstrip("#").rstrip()
    if holder is node:
        node.text = text
    else:
        holder.tail = text


def _holder(node: Node) -> Node | None:
    """Find what holds the last line of text of a block: a child by its tail, or the block."""
    if not node.children:
        return node
    if node.tag != "li":
        return node.children[-1] if node.children[-1].tail else node
    place = next((i for i, child in enumerate(node.children) if child.tag in _LISTS), None)
    if place is None:
        return node.children[-1] if node.children[-1].tail else node
    if place > 0 and node.children[place - 1].tail:
        return node.children[place - 1]
    return node


def _assigned(node: Node, words: Text, *, strict: bool = False) -> Text:
    found, rest = scanned(words)
    if strict and rest:
        return rest
    for name, value in found:
        if name == ".":
            held = node.attributes.get("class")
            node.attributes["class"] = held + " " + (value or "") if held else value
            continue
        # The key remembers that the publisher wrote it: it may be a handler of events.
        key = name.as_text(name_of(name))
        node.attributes.pop(key, None)
        boolean = value is None and key.lower() in BOOLEAN
        node.attributes[key] = key if boolean else value
    return rest


def name_of(word: str) -> str:
    """Make the name of an attribute of *word*, as Python-Markdown does."""
    return _NAME.sub("_", word)
