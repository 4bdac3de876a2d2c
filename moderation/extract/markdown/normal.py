"""White space as Python-Markdown wants it, before anything else is read."""

import re

from moderation.extract.tracked import Text, joined

TAB = 4
"""Spaces of a tab, and of one level of a list."""

_BLANK = re.compile(r"(?<=\n) +\n")


def normalised(text: Text) -> Text:
    """Expand tabs and empty the lines that hold nothing but spaces.

    After ``markdown.preprocessors.NormalizeWhitespace``.

    Args:
        text: the page, each line ending in one newline

    """
    if "\t" in text:
        text = joined(_expanded(line) for line in text.lines())
    text = joined((text, "\n\n"))
    parts: list[Text] = []
    at = 0
    for match in _BLANK.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end() - 1
    return joined((*parts, text[at:])) if parts else text


def _expanded(line: Text) -> Text:
    """Expand the tabs of one line; each space it makes comes from the tab."""
    if "\t" not in line:
        return line
    characters: list[str] = []
    offsets: list[int] = []
    for character, at in zip(str(line), line.at, strict=True):
        width = TAB - len(characters) % TAB if character == "\t" else 1
        characters += (" " if character == "\t" else character) * width
        offsets += (at,) * width
    return Text("".join(characters), offsets)
