"""Finished HTML, kept aside under a placeholder until the page is put together."""

import re
from dataclasses import dataclass, field

from moderation.extract.tracked import Text, joined

STX, ETX = "\x02", "\x03"
"""Characters around a placeholder; no page holds them, they are refused when it is decoded."""

HTML = re.compile(STX + r"wzxhzdk:([0-9]+)" + ETX)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_ESCAPED = re.compile('[&<>"]')
_ESCAPED_TEXT = re.compile("[&<>]")
# After markdown.serializers.RE_AMP: an ampersand that begins an entity is left alone.
BARE = re.compile(r"&(?!(?:\#[0-9]+|\#x[0-9a-f]+|[0-9a-z]+);)|[<>]", re.IGNORECASE)
_BARE_OR_QUOTE = re.compile(BARE.pattern + '|"', re.IGNORECASE)


@dataclass(slots=True)
class Stash:
    """The raw HTML of one page, by number."""

    kept: list[Text] = field(default_factory=list)

    def store(self, html: Text) -> Text:
        """Keep *html* and return its placeholder."""
        self.kept.append(html)
        return Text(f"{STX}wzxhzdk:{len(self.kept) - 1}{ETX}")


def escaped(text: Text) -> Text:
    """Escape every special character of the text of a code block."""
    return _replaced(text, _ESCAPED)


def escaped_code(text: Text) -> Text:
    """Escape the text of a code span, as ``markdown.util.code_escape`` does."""
    return _replaced(text, _ESCAPED_TEXT)


def escaped_text(text: Text) -> Text:
    """Escape what is no entity, as the serializer of Python-Markdown does."""
    return _replaced(text, BARE)


def escaped_value(text: Text) -> Text:
    """Escape the value of an attribute, as the serializer of Python-Markdown does."""
    return _replaced(text, _BARE_OR_QUOTE)


def _replaced(text: Text, special: re.Pattern[str]) -> Text:
    parts: list[Text] = []
    at = 0
    for match in special.finditer(text):
        entity = _ESCAPES[match[0]]
        origin = text.at[match.start()]
        parts += (text[at : match.start()], Text(entity, (origin,) * len(entity)))
        at = match.end()
    return joined((*parts, text[at:])) if parts else text
