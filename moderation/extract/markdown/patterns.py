"""The patterns of inline markup in their order, after ``markdown.inlinepatterns``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.entities import codepoint2name

from moderation.extract.markdown.blocks import Reference
from moderation.extract.markdown.fuel import Fuel
from moderation.extract.markdown.inline import PLACEHOLDER, Act, Kept, Taken
from moderation.extract.markdown.links import bracketed, clean_title, target
from moderation.extract.markdown.stash import ETX, STX, Stash, escaped_code
from moderation.extract.markdown.tree import Node
from moderation.extract.tracked import Text, joined

BACKTICK = r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)"
ESCAPE = r"\\(.)"
LINK = r"(?<!\!)\["
IMAGE = r"\!\["
AUTOLINK = r"<([A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>"
AUTOMAIL = r"<([^<> !]+@[^@<> ]+)>"
BREAK = r"  \n"
HTML = (
    r"""(<(\/?+[a-zA-Z][^\s"'<>@]*+(?:\s+[^\s"'=<>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|"""
    r"""[^\s"'=<>]++))?+)*+\s*+/?|!--(?:(?!<!--|-->).)*--|[?](?:(?!<[?]|[?]>).)*[?]|"""
    r"""!\[CDATA\[(?:(?!<!\[CDATA\[|\]\]>).)*\]\])>)"""
)
ENTITY = r"(&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)"
ESCAPABLE = "\\`*_{}[]()>#+-.!|"
ESCAPED = re.compile(STX + r"(\d+)" + ETX)
_REFERENCE = re.compile(r"\s?\[([^\]]*)\]", re.DOTALL)
_TICKS = re.compile("`+")
_SPACES = re.compile(r"\s+", re.MULTILINE)


def in_order(patterns: "Patterns", *, paired: bool) -> Sequence[tuple[re.Pattern[str], Act]]:
    """Return the patterns with what answers for each, in the order in which they are tried.

    Args:
        patterns: answers for the matches
        paired: the page holds asterisks or underscores, so emphasis is looked for

    """
    listed: tuple[tuple[str, Act], ...] = (
        (BACKTICK, patterns.backtick),
        (ESCAPE, patterns.escape),
        (LINK, patterns.reference),
        (LINK, patterns.link),
        (IMAGE, patterns.image),
        (IMAGE, patterns.image_reference),
        (LINK, patterns.short_reference),
        (IMAGE, patterns.short_image_reference),
        (AUTOLINK, patterns.autolink),
        (AUTOMAIL, patterns.automail),
        (BREAK, patterns.line_break),
        (HTML, patterns.html),
        (ENTITY, patterns.html),
    )
    compiled = tuple((_compiled(each), act) for each, act in listed)
    if not paired:
        return compiled
    # Imported here: it brings all of Python-Markdown along, which many a page can do without.
    from moderation.extract.markdown.emphasis import PAIRED, Emphasis

    return (*compiled, (PAIRED, Emphasis(patterns.fuel).take))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)


@dataclass(slots=True)
class Patterns:
    """Answers for each match of a pattern."""

    references: Mapping[str, Reference]
    stash: Stash
    kept: Kept
    fuel: Fuel
    used: set[str] = field(default_factory=set)

    def backtick(self, match: re.Match[str], data: Text) -> Taken:
        """Make a code span, or unescape the backslashes before one."""
        if match[1]:
            slashes = data[match.start(1) : match.end(1)]
            pairs = [slashes[at + 1 : at + 2] for at in range(0, len(slashes), 2)]
            return joined(_code_of(each) for each in pairs), match.start(), match.end()
        begin = match.start()
        start, end = self._code_span(begin, data)
        if end is None:
            return None, begin, start
        code = escaped_code(data[start:end].strip()).final()
        return Node("code", code), begin, end + (start - begin)

    def _code_span(self, begin: int, data: Text) -> tuple[int, int | None]:
        runs = (match.span() for match in _TICKS.finditer(data, begin))
        start = next(runs)[1]
        ticks = start - begin
        longest, end = 0, 0
        for first, stop in runs:
            self.fuel.step(8, data)
            if stop - first == ticks:
                return start, first
            if stop - first > longest:
                longest, end = stop - first, stop
        if 0 < longest < ticks:
            return start - (ticks - longest), end - longest
        self.fuel.copy(8 * (len(data) - begin), data)
        return start + ticks, None

    def escape(self, match: re.Match[str], data: Text) -> Taken:
        """Take a character for itself."""
        if match[1] not in ESCAPABLE:
            return None, match.start(), match.end()
        return _code_of(data[match.start(1) : match.end(1)]), match.start(), match.end()

    def link(self, match: re.Match[str], data: Text) -> Taken | None:
        """Make a link: ``[text](target "title")``."""
        return self._pointed(match, data, "a", "href")

    def image(self, match: re.Match[str], data: Text) -> Taken | None:
        """Make an image: ``![alt](target "title")``."""
        return self._pointed(match, data, "img", "src")

    def _pointed(self, match: re.Match[str], data: Text, tag: str, name: str) -> Taken | None:
        text = bracketed(data, match.end(), self.fuel)
        where = target(data, text[1], self.fuel) if text else None
        if text is None or where is None:
            return None
        node = self._made(tag, name, text[0])
        node.attributes[name] = self.kept.plain(where.href).strip()
        if where.title is not None:
            node.attributes["title"] = clean_title(self.kept.plain(where.title.strip()))
        return node, match.start(), where.end

    def reference(self, match: re.Match[str], data: Text) -> Taken | None:
        """Make a link: ``[text][label]``."""
        return self._labelled(match, data, "a", "href")

    def image_reference(self, match: re.Match[str], data: Text) -> Taken | None:
        """Make an image: ``![alt][label]``."""
        return self._labelled(match, data, "img", "src")

    def short_reference(self, match: re.Match[str], data: Text) -> Taken | None:
        """Make a link: ``[label]``."""
        return self._labelled(match, data, "a", "href", short=True)

    def short_image_reference(self, match: re.Match[str], data: Text) -> Taken | None:
        """Make an image: ``![label]``."""
        return self._labelled(match, data, "img", "src", short=True)

    def _labelled(
        self, match: re.Match[str], data: Text, tag: str, name: str, *, short: bool = False
    ) -> Taken | None:
        text = bracketed(data, match.end(), self.fuel)
        if text is None:
            return None
        label, end = text[0].lower(), text[1]
        if not short:
            written = _REFERENCE.match(data, end)
            if written is None:
                return None
            label, end = written[1].lower() or label, written.end()
        label = _SPACES.sub(" ", label)
        found = self.references.get(label)
        if found is None:
            return None, match.start(), end
        self.used.add(label)
        node = self._made(tag, name, text[0])
        node.attributes[name] = found.target
        if found.title:
            node.attributes["title"] = found.title
        return node, match.start(), end

    def _made(self, tag: str, name: str, text: Text) -> Node:
        if tag == "a":
            return Node("a", text)
        return Node("img", attributes={name: None, "alt": self.kept.plain(text)})

    def autolink(self, match: re.Match[str], data: Text) -> Taken:
        """Make a link of an address in angle brackets."""
        address = data[match.start(1) : match.end(1)]
        href = self.kept.plain(address)
        return Node("a", address.final(), attributes={"href": href}), match.start(), match.end()

    def automail(self, match: re.Match[str], data: Text) -> Taken:
        """Make a link of a mail address in angle brackets."""
        address = self.kept.plain(data[match.start(1) : match.end(1)])
        if STX in address:
            raise self.fuel.refusal(address, "escapes a mail address", "leave out the backslash")
        if address.startswith("mailto:"):
            address = address[len("mailto:") :]
        letters = joined(_entity(address[at : at + 1]) for at in range(len(address)))
        mail = joined(("".join(f"&#{ord(letter)};" for letter in "mailto:"), *_numbers(address)))
        return Node("a", letters.final(), attributes={"href": mail}), match.start(), match.end()

    def line_break(self, match: re.Match[str], _: Text) -> Taken:
        """Break the line."""
        return Node("br"), match.start(), match.end()

    def html(self, match: re.Match[str], data: Text) -> Taken:
        """Put a tag, comment or entity aside as it is."""
        parts: list[Text] = []
        raw = data[match.start(1) : match.end(1)]
        at = 0
        for each in PLACEHOLDER.finditer(raw):
            node = self.kept.nodes[int(each[1])]
            if isinstance(node, Node):
                trouble = "has Markdown inside an HTML tag or comment"
                raise self.fuel.refusal(raw, trouble, "write it without markup")
            slash = Text("\\", (node.at[0] - 1,))
            parts += (raw[at : each.start()], slash, unescaped(node))
            at = each.end()
        return self.stash.store(joined((*parts, raw[at:]))), match.start(), match.end()


def unescaped(text: Text) -> Text:
    """Turn the placeholders of escaped characters into the characters."""
    parts: list[Text] = []
    at = 0
    for match in ESCAPED.finditer(text):
        parts += (text[at : match.start()], Text(chr(int(match[1])), (text.at[match.start()],)))
        at = match.end()
    return joined((*parts, text[at:])) if parts else text


def _code_of(character: Text) -> Text:
    code = f"{STX}{ord(character)}{ETX}"
    return Text(code, (character.at[0],) * len(code))


def _entity(letter: Text) -> Text:
    name = codepoint2name.get(ord(letter))
    entity = f"&{name};" if name else f"&#{ord(letter)};"
    return Text(entity, (letter.at[0],) * len(entity))


def _numbers(address: Text) -> list[Text]:
    numbers = [f"&#{ord(letter)};" for letter in str(address)]
    return [
        Text(number, (at,) * len(number)) for number, at in zip(numbers, address.at, strict=True)
    ]
