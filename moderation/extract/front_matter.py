"""A page's own settings: a strict part of YAML between two lines of ``---``.

What is read here is exactly what MkDocs reads, or it is refused: no anchors, aliases, tags or
double keys, and no word that YAML 1.1 takes for something else than it looks like (``yes`` is
true, ``1:30`` is ninety); such a word is written in quotation marks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from moderation.model import ExtractionError

# After mkdocs.utils.meta, which reads the page when the site is built.
BLOCK = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
HEADER = re.compile(r"^[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
_OPENING = re.compile(r"-{3}[ \t]*(?:\n|$)")
_LARGEST = 16_384


class Carried(NamedTuple):
    """A word or sentence of the settings: its text, its place in the source, its dotted key."""

    text: str
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The settings of a page.

    Args:
        values: by key
        end: offset in the source at which the page itself begins
        carried: every key and every value, in order

    """

    values: Mapping[str, object] = field(default_factory=dict)
    end: int = 0
    carried: tuple[Carried, ...] = ()


class SettingsError(Exception):
    """Settings are not in the part of YAML that is read: the line in them, from one, and why."""

    def __init__(self, line: int, trouble: str) -> None:
        super().__init__(trouble)
        self.line = line
        self.trouble = trouble


def read_front_matter(path: str, source: str) -> FrontMatter:
    """Read the settings at the top of a page.

    Args:
        path: the page, for errors
        source: its text, each line ending in one newline

    Raises:
        ExtractionError: MkDocs would read them in another way or not at all; the message names
            line and key, never a value

    """
    match = BLOCK.match(source)
    if match is None:
        _refuse_unclosed(path, source)
        return FrontMatter()
    text = match[1]
    if len(text.encode()) > _LARGEST:
        raise _error(path, 2, "is longer than 16 KiB; move the text into the page")
    # Imported here: a page without front matter needs no YAML.
    from moderation.extract.settings import read_settings

    try:
        values, placed = read_settings(text)
    except SettingsError as error:
        raise _error(path, error.line + 1, error.trouble) from None
    start = match.start(1)
    carried = tuple(Carried(part, start + a, start + b, key) for part, a, b, key in placed)
    end = len(source) - len(source[match.end() :].lstrip("\n"))
    return FrontMatter(values, end, carried)


def _refuse_unclosed(path: str, source: str) -> None:
    if _OPENING.match(source):
        raise _error(path, 1, "is not closed; write a line of --- after it, and text below that")


def _error(path: str, line: int, trouble: str) -> ExtractionError:
    return ExtractionError(f"{path}: line {line}: the front matter {trouble}")
