"""Headings, rules, code, quotes, references and paragraphs, after ``markdown.blockprocessors``."""

import re
from collections import deque

from moderation.extract.markdown.blocks import Blocks, Reference, detab, loose_detab
from moderation.extract.markdown.normal import TAB
from moderation.extract.markdown.stash import escaped_code
from moderation.extract.markdown.tree import Node, is_code
from moderation.extract.tracked import Text, joined

HASH = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)")
SETEXT = re.compile(r"^.*?\n(?:=+|-+)[ ]*(\n|$)", re.MULTILINE)
RULE = re.compile(
    r"^[ ]{0,3}(?=(?P<atomicgroup>(-+[ ]{0,2}){3,}|(_+[ ]{0,2}){3,}|(\*+[ ]{0,2}){3,}))"
    r"(?P=atomicgroup)[ ]*$",
    re.MULTILINE,
)
QUOTE = re.compile(r"(^|\n)[ ]{0,3}>[ ]?(.*)")
REFERENCE = re.compile(
    r"""^[ ]{0,3}\[([^\[\]]*)\]:[ ]*(?:\n[ ]*)?([^\s]+)[ ]*(?:\n[ ]*)?"""
    r"""((["\'])(.*)\4[ ]*|\((.*)\)[ ]*)?$""",
    re.MULTILINE,
)


def empty(_: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Skip an empty line; after a code block it belongs to the code."""
    if blocks[0] and not blocks[0].startswith("\n"):
        return False
    block = blocks.popleft()
    filler = block[:1] if block else Text("\n\n")
    if len(block) > 1:
        blocks.appendleft(block[1:])
    last = parent.last
    if last is not None and is_code(last):
        code = last.children[0]
        code.text = joined((code.text or "", filler)).final()
    return True


def code(_: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take an indented block as code."""
    if not blocks[0].startswith(" " * TAB):
        return False
    block, rest = detab(blocks.popleft())
    lines = escaped_code(block.rstrip())
    last = parent.last
    if last is not None and is_code(last):
        held = last.children[0]
        held.text = joined((held.text or "", "\n", lines, "\n")).final()
    else:
        parent.add("pre").add("code", joined((lines, "\n")).final())
    if rest:
        blocks.appendleft(rest)
    return True


def hash_heading(parser: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take the first ``# Heading`` of a block."""
    match = HASH.search(blocks[0])
    if match is None:
        return False
    block = blocks.popleft()
    before, after = block[: match.start()], block[match.end() :]
    if before:
        parser.parse(parent, [before])
    start, end = match.span("header")
    parent.add(f"h{len(match['level'])}", block[start:end].strip())
    if after:
        blocks.appendleft(loose_detab(after) if parser.is_in("looselist") else after)
    return True


def setext_heading(_: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take a heading that is underlined with ``===`` or ``---``."""
    if not SETEXT.match(blocks[0]):
        return False
    block = blocks.popleft()
    first = block.find("\n")
    second = block.find("\n", first + 1)
    tag = "h1" if block.startswith("=", first + 1) else "h2"
    parent.add(tag, block[:first].strip())
    if second >= 0:
        blocks.appendleft(block[second + 1 :])
    return True


def rule(parser: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take the first horizontal rule of a block."""
    match = RULE.search(blocks[0])
    if match is None:
        return False
    block = blocks.popleft()
    before = block[: match.start()].rstrip("\n")
    if before:
        parser.parse(parent, [before])
    parent.add("hr")
    after = block[match.end() :].lstrip("\n")
    if after:
        blocks.appendleft(after)
    return True


def quote(parser: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take a block quote; it goes on to the end of the block."""
    match = QUOTE.search(blocks[0])
    if match is None:
        return False
    block = blocks.popleft()
    parser.parse(parent, [block[: match.start()]])
    parser.fuel.step(40 * block.count("\n"), block)
    block = joined(_unquoted(line) for line in block[match.start() :].lines())
    last = parent.last
    node = last if last is not None and last.tag == "blockquote" else parent.add("blockquote")
    parser.states.append("blockquote")
    parser.parse_chunk(node, block)
    parser.states.pop()
    return True


def _unquoted(line: Text) -> Text:
    body = line.rstrip("\n")
    if body.strip() == ">":
        return line[len(body) :]
    match = QUOTE.match(body)
    return line[match.start(2) :] if match else line


def reference(parser: Blocks, _: Node, blocks: deque[Text]) -> bool:
    """Take the definitions of reference links that follow one another."""
    block = blocks[0]
    match = REFERENCE.search(block)
    if match is None:
        return False
    blocks.popleft()
    start = end = match.start()
    for each in REFERENCE.finditer(block, start):
        if each.start() > start and (block[end : each.start()].strip("\n") or "\n" in each[0]):
            break
        target = block[each.start(2) : each.end(2)].lstrip("<").rstrip(">")
        title = block.group(each, 5) or block.group(each, 6)
        parser.references[each[1].strip().lower()] = Reference(target, title)
        end = each.end()
    if block[end:].strip():
        blocks.appendleft(block[end:].lstrip("\n"))
    if block[:start].strip():
        blocks.appendleft(block[:start].rstrip("\n"))
    return True


def paragraph(parser: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take what is nothing else; in a tight list it is the item's own text."""
    block = blocks.popleft()
    if not block.strip():
        return True
    if not parser.is_in("list"):
        parent.add("p", block.lstrip())
    elif parent.last is not None:
        parent.last.tail = joined((parent.last.tail or "", "\n", block))
    else:
        parent.text = joined((parent.text, "\n", block)) if parent.text else block.lstrip()
    return True
