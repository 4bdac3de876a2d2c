"""A page as Python-Markdown renders it, every character still knowing where it came from."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from moderation.extract.markdown.blocks import Blocks, Reference
from moderation.extract.markdown.boxes import box
from moderation.extract.markdown.fuel import Fuel
from moderation.extract.markdown.inline import Inline, Kept
from moderation.extract.markdown.lists import indented, ordered, unordered
from moderation.extract.markdown.normal import normalised
from moderation.extract.markdown.patterns import Patterns, in_order
from moderation.extract.markdown.serialize import prettify, serialized
from moderation.extract.markdown.simple import (
    code,
    empty,
    hash_heading,
    paragraph,
    quote,
    reference,
    rule,
    setext_heading,
)
from moderation.extract.markdown.stash import Stash
from moderation.extract.markdown.tables import table
from moderation.extract.markdown.tree import Node
from moderation.extract.tracked import Text

_IN_ORDER = (
    *(box, empty, indented, code, table, hash_heading, setext_heading),
    *(rule, ordered, unordered, quote, reference, paragraph),
)
_MOST_LINES = 50_000
_MOST_SPECIAL = 50_000
_SPACES = re.compile(" {200,}")
_LITERAL = ("pre", "code", "h1", "h2", "h3", "h4", "h5", "h6")
_VALUED = ("id", "href", "src", "data-toc-label")
_SECTION = re.compile(
    r"<!\[(?!(?:cdata|else|endif|if|ignore|include|rcdata|temp)(?![a-z0-9._-]))", re.IGNORECASE
)
"""A marked section of a name that Python's HTML parser, with which MkDocs looks for ids, fails on
before 3.13 (https://github.com/python/cpython/issues/77057): the whole site would not be built."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a page, and the definitions of links that stand in it unseen."""

    html: Text
    references: Mapping[str, Reference]
    used: Set[str] = frozenset()


def rendered(path: str, source: str, text: Text | None = None) -> Rendered:
    """Render the page as Python-Markdown does with the extensions of ``policy.markdown``.

    Args:
        path: the page, for errors
        source: its text, each line ending in one newline
        text: what is to be rendered of it; all unless given

    Raises:
        ExtractionError: it holds something that is not read; the message names the line

    """
    text = Text.of(source) if text is None else text
    if not text.strip():
        return Rendered(Text(), {})
    fuel = Fuel(path, source)
    _refuse_too_much(source, fuel)
    stash = Stash()
    text = _without_asides(normalised(text), stash, fuel)
    root = Node("div")
    blocks = Blocks(fuel, _IN_ORDER)
    blocks.parse_chunk(root, text)
    paired = "*" in text or "_" in text
    used = _mark(root, blocks, stash, fuel, paired=paired)
    prettify(root)
    if "{" in source:
        from moderation.extract.markdown.attributes import assign

        assign(root, fuel)
    _refuse_unbuildable(root, fuel)
    return Rendered(serialized(root, stash, fuel), blocks.references, used)


def _refuse_too_much(source: str, fuel: Fuel) -> None:
    """Refuse what is no page at all: it would take minutes to build."""
    if source.count("\n") > _MOST_LINES:
        raise fuel.refusal_at(-1, f"holds more than {_MOST_LINES:,} lines", "make several pages")
    for match in _SPACES.finditer(source):
        # Python-Markdown looks for the end of every run of spaces from each space in it.
        fuel.step(len(match[0]) ** 2 // 8, Text(match[0], range(*match.span())))
    special = sum(source.count(each) for each in "&<>\t")
    if special > _MOST_SPECIAL:
        trouble = f"holds more than {_MOST_SPECIAL:,} tags, tabs and entities"
        raise fuel.refusal_at(-1, trouble, "make several pages")


def _without_asides(text: Text, stash: Stash, fuel: Fuel) -> Text:
    """Put fenced code and raw HTML aside.

    What most pages do without is imported only where it is needed.
    """
    if "```" in text or "~~~" in text:
        from moderation.extract.markdown.fences import without_fences

        text = without_fences(text, stash, fuel)
    section = _SECTION.search(str(text)) if "<![" in text else None
    if section:
        trouble = "holds <![, the begin of an instruction to programs"
        raise fuel.refusal(text[section.start() : section.end()], trouble, "take it out")
    if "<" in text or "&#" in text:
        from moderation.extract.markdown.raw import without_html

        text = without_html(text, stash, fuel)
    return text


def _mark(root: Node, blocks: Blocks, stash: Stash, fuel: Fuel, *, paired: bool) -> set[str]:
    """Read the markup inside the blocks; return the labels that links used."""
    kept = Kept()
    patterns = Patterns(blocks.references, stash, kept, fuel)
    Inline(in_order(patterns, paired=paired), kept, fuel).run(root)
    return patterns.used


def _refuse_unbuildable(root: Node, fuel: Fuel) -> None:
    """Refuse what MkDocs would fail on or would add text to."""
    for node in root.iter():
        if node.tag not in _LITERAL and node.text and node.text.strip() == "[TOC]":
            trouble = "asks for a table of contents with [TOC]"
            raise fuel.refusal(node.text, trouble, "delete it, each page has one at its side")
        for key, value in node.attributes.items():
            if value is None and key in _VALUED:
                place = key.at[0] if isinstance(key, Text) else -1
                trouble = f"gives an element the attribute {key} without a value"
                raise fuel.refusal_at(place, trouble, "write a value or leave it out")
            if value and key in ("href", "src") and "//" in value and not _is_address(value):
                raise fuel.refusal(value, "has an address that is none", "mend the address")


def _is_address(value: Text) -> bool:
    from urllib.parse import urlsplit

    try:
        urlsplit(value)
    except ValueError:
        return False
    return True
