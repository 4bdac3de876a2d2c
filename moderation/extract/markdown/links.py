"""The brackets of links and images, after ``markdown.inlinepatterns.LinkInlineProcessor``."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from moderation.extract.markdown.fuel import Fuel
from moderation.extract.tracked import Text

TARGET = re.compile(r"""\(\s*(?:(<[^<>]*>)\s*(?:('[^']*'|"[^"]*")\s*)?\))?""", re.DOTALL)
_BRACKET = re.compile(r"[\[\]]")
_SPACE = re.compile(r"\s")


class Target(NamedTuple):
    """Where a link leads, its title if it has one, and the offset after it."""

    href: Text
    title: Text | None
    end: int


def bracketed(data: Text, index: int, fuel: Fuel) -> tuple[Text, int] | None:
    """Read up to the ``]`` that closes the bracket before *index*; None if nothing does."""
    depth = 1
    for match in _BRACKET.finditer(data, index):
        fuel.step(3, data)
        depth += 1 if match[0] == "[" else -1
        if depth == 0:
            return data[index : match.start()], match.end()
    fuel.copy(len(data) - index, data)
    return None


def target(data: Text, index: int, fuel: Fuel) -> Target | None:
    """Read ``(target "title")`` at *index*; None if it is not there or never closed."""
    match = TARGET.match(data, index)
    if match is None:
        return None
    if match[1]:
        title = data.group(match, 2)
        href = data[match.start(1) + 1 : match.end(1) - 1].strip()
        return Target(href, title[1:-1] if title else None, match.end())
    closing = data.find(")", match.end())
    fuel.step(4 * ((closing if closing >= 0 else len(data)) - match.end()), data)
    return _Scan(match.end()).run(data, fuel)


def clean_title(title: Text) -> Text:
    """Take the quotation marks off a title and make its line ends spaces."""
    title = title.strip()
    if title[:1] == title[-1:] and title[:1] in ('"', "'"):
        title = title[1:-1]
    return Text(_SPACE.sub(" ", title), title.at)


@dataclass(slots=True)
class _Scan:
    """Looks for the bracket that closes a target, which may hold brackets and quoted titles.

    The names and the order of the steps are those of ``LinkInlineProcessor.getLink``.
    """

    start: int
    brackets: int = 1
    backtrack: int = 1
    last_bracket: int = -1
    quote: str = ""
    start_quote: int = -1
    exit_quote: int = -1
    alt_quote: str = ""
    start_alt: int = -1
    exit_alt: int = -1
    last: str = ""

    def run(self, data: Text, fuel: Fuel) -> Target | None:
        """Read on until the target is closed."""
        for at, character in enumerate(str(data)[self.start :], self.start):
            self._take(character, at)
            if self.brackets == 0:
                fuel.step(4 * (at - self.start), data)
                return self._closed(data, at)
            if character != " ":
                self.last = character
        fuel.step(4 * (len(data) - self.start), data)
        if self.backtrack == 0:
            return Target(data[self.start : self.last_bracket - 1], None, self.last_bracket)
        return None

    def _take(self, character: str, at: int) -> None:
        if character == "(":
            self._opened()
        elif character == ")":
            self._closing(at)
        elif character in ("'", '"'):
            self._quoted(character, at)

    def _opened(self) -> None:
        if not self.quote:
            self.brackets += 1
        elif self.backtrack > 0:
            self.backtrack -= 1

    def _closing(self, at: int) -> None:
        if self._is_title() or self._is_alt_title():
            self.brackets = 0
        elif not self.quote:
            self.brackets -= 1
        elif self.backtrack > 0:
            self.backtrack -= 1
            if self.backtrack == 0:
                self.last_bracket = at + 1

    def _quoted(self, character: str, at: int) -> None:
        if not self.quote:
            self.backtrack, self.brackets = self.brackets, 1
            self.start_quote, self.quote = at + 1, character
        elif character != self.quote and not self.alt_quote:
            self.start_alt, self.alt_quote = at + 1, character
        elif character == self.quote:
            self.exit_quote = at + 1
        else:
            self.exit_alt = at + 1

    def _closed(self, data: Text, at: int) -> Target:
        if self._is_title():
            title = data[self.start_quote : self.exit_quote - 1]
            return Target(data[self.start : self.start_quote - 1], title, at + 1)
        if self._is_alt_title():
            title = data[self.start_alt : self.exit_alt - 1]
            return Target(data[self.start : self.start_alt - 1], title, at + 1)
        return Target(data[self.start : at], None, at + 1)

    def _is_title(self) -> bool:
        return self.exit_quote >= 0 and self.quote == self.last

    def _is_alt_title(self) -> bool:
        return self.exit_alt >= 0 and self.alt_quote == self.last
