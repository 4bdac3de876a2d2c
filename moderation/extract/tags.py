"""HTML, split into tags, comments and text in the one way in which every browser splits it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from moderation.extract.places import Places
from moderation.extract.tracked import Text
from moderation.model import ExtractionError

_SPACE = r"[ \t\n\f\r]"
_PAIR = (
    rf"""(?P<name>[^ \t\n\f\r"'<>/=`]++)"""
    rf"""(?:{_SPACE}*+={_SPACE}*+(?P<value>"[^"]*+"|'[^']*+'|[^ \t\n\f\r"'=<>`]++))?+"""
)
_UNNAMED = re.sub(r"\?P<\w+>", "?:", _PAIR)
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)"
    rf"(?P<pairs>(?:{_SPACE}++{_UNNAMED})*+){_SPACE}*+/?>"
)
_ATTRIBUTE = re.compile(_PAIR)
_DOCTYPE = re.compile(r"<!doctype[^\[\]<>]*>", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?[^<>]*>")
_DATA = re.compile(r"<!\[CDATA\[(?P<data>[^<>]*)\]\]>")
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
"""After :data:`html._charref`: what may stand for a character."""

RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content is no HTML, up to their end tag."""

PLAIN = frozenset({"title", "textarea"})
"""Elements whose content is text only, with entities."""

_FOREIGN = frozenset({"svg", "math", "plaintext", "frameset"})


class Kind(Enum):
    """What a token is."""

    TEXT = auto()
    START = auto()
    END = auto()
    COMMENT = auto()
    RAW = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a page.

    Args:
        kind: what it is
        text: its characters; of a comment and of raw content those inside
        name: of a tag, in lower case
        attributes: names in lower case with their values as written, in the order of the page

    """

    kind: Kind
    text: Text
    name: str = ""
    attributes: tuple[tuple[Text, Text | None], ...] = field(default=())


def tokens(page: Text, places: Places, *, foreign: bool = False) -> Iterator[Token]:
    """Split a page.

    Args:
        page: HTML
        places: for errors
        foreign: the file is SVG: XML, whose elements hold no raw text

    Raises:
        ExtractionError: something is not well formed, so that programs may read it differently

    """
    at = 0
    while at < len(page):
        found = _MARKUP.search(page, at)
        start = found.start() if found else len(page)
        if start > at:
            yield Token(Kind.TEXT, page[at:start])
        if found is None:
            return
        token, at = _markup(page, start, places, foreign=foreign)
        yield token
        if token.kind is Kind.START and token.name in RAW | PLAIN and not foreign:
            end = _end_of(page, at, token, places)
            if end > at:
                kind = Kind.RAW if token.name in RAW else Kind.TEXT
                yield Token(kind, page[at:end], token.name)
            at = end


def _markup(page: Text, at: int, places: Places, *, foreign: bool) -> tuple[Token, int]:
    match = _TAG.match(page, at)
    if match is None:
        return _declaration(page, at, places, foreign=foreign)
    name = match["name"].lower()
    text = page[at : match.end()]
    start, end = match.span("pairs")
    if match["close"]:
        if end > start:
            raise _malformed(page, at, places)
        return Token(Kind.END, text, name), match.end()
    if name in _FOREIGN and not foreign:
        trouble = f"holds <{name}>, which cannot be checked"
        raise places.refusal(page.at[at], trouble, "hand in a picture file in its place")
    pairs = _attributes(page, start, end, places) if end > start else ()
    return Token(Kind.START, text, name, pairs), match.end()


def _declaration(page: Text, at: int, places: Places, *, foreign: bool) -> tuple[Token, int]:
    if page.startswith("<!--", at):
        return _comment(page, at, places)
    if match := _DOCTYPE.match(page, at) or _INSTRUCTION.match(page, at):
        return Token(Kind.COMMENT, page[at + 2 : match.end() - 1]), match.end()
    if foreign and (match := _DATA.match(page, at)):
        return Token(Kind.RAW, page[match.start("data") : match.end("data")]), match.end()
    raise _malformed(page, at, places)


def _malformed(page: Text, at: int, places: Places) -> ExtractionError:
    trouble = "a tag is not written as it should be"
    remedy = 'write attributes as name="value" and a plain < as &lt;'
    return places.refusal(page.at[at], trouble, remedy)


def _comment(page: Text, at: int, places: Places) -> tuple[Token, int]:
    end = page.find("-->", at + 4)
    inside = page[at + 4 : end] if end >= 0 else Text()
    if end < 0 or "--!>" in inside or inside.startswith((">", "->")):
        trouble = "a comment is not closed as it should be"
        raise places.refusal(page.at[at], trouble, "write <!-- words --> or delete it")
    return Token(Kind.COMMENT, inside), end + 3


def _attributes(
    page: Text, start: int, end: int, places: Places
) -> tuple[tuple[Text, Text | None], ...]:
    pairs: dict[str, tuple[Text, Text | None]] = {}
    for match in _ATTRIBUTE.finditer(page, start, end):
        name, value = page[match.start("name") : match.end("name")], page.group(match, "value")
        if value is not None and value[:1] in ('"', "'"):
            value = value[1:-1]
        lower = str(name).lower()
        if lower in pairs:
            trouble = f"the attribute {lower} is written twice on one tag"
            raise places.refusal(page.at[start], trouble, "write it once")
        pairs[lower] = (name.as_text(lower), value)
    return tuple(pairs.values())


def _end_of(page: Text, at: int, token: Token, places: Places) -> int:
    """Find the end tag that closes raw or plain content."""
    end = re.compile(rf"</{token.name}(?=[ \t\n\f\r/>])", re.IGNORECASE).search(page, at)
    inside = page[at : end.start()] if end else Text()
    if end is None or (token.name == "script" and "<!--" in inside):
        trouble = f"<{token.name}> is never closed, or holds a comment"
        raise places.refusal(token.text.at[0], trouble, "delete it")
    return end.start()


def decoded(text: Text) -> Iterator[tuple[str, Text]]:
    """Yield runs of text with what they stand for: themselves, or the character of an entity."""
    at = 0
    for match in ENTITY.finditer(text):
        value = html.unescape(match[0])
        if value == match[0]:
            continue
        if match.start() > at:
            yield text[at : match.start()], text[at : match.start()]
        yield value, text[match.start() : match.end()]
        at = match.end()
    if at < len(text):
        yield text[at:], text[at:]
