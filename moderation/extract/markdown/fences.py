"""Fenced code blocks, after ``markdown.extensions.fenced_code``."""

import re

from moderation.extract.markdown.attributes import name_of, scanned
from moderation.extract.markdown.fuel import Fuel
from moderation.extract.markdown.stash import Stash, escaped, escaped_value
from moderation.extract.tracked import Text, joined
from moderation.model import ExtractionError

FENCED = re.compile(
    r"""(?P<fence>^(?:~{3,}|`{3,}))[ ]*                          # opening fence
    ((\{(?P<attrs>[^\n]*)\})|                                # (optional {attrs} or
    (\.?(?P<lang>[\w#.+-]*)[ ]*)?                            # optional (.)lang
    (hl_lines=(?P<quot>"|')(?P<hl_lines>.*?)(?P=quot)[ ]*)?) # optional hl_lines)
    \n                                                       # newline (end of opening fence)
    (?P<code>.*?)(?<=\n)                                     # the code block
    (?P=fence)[ ]*$                                          # closing fence
""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_OPENING = re.compile(r"^(?:~{3,}|`{3,})", re.MULTILINE)
_CLOSING = re.compile(r"^(~{3,}|`{3,})[ ]*$", re.MULTILINE)
_SETTINGS = ("linenums", "guess_lang", "noclasses", "use_pygments", "hl_lines")


def without_fences(text: Text, stash: Stash, fuel: Fuel) -> Text:
    """Put every fenced code block aside and return the page with placeholders."""
    if not _OPENING.search(text):
        return text
    _pay(text, fuel)
    parts: list[Text] = []
    done = at = 0
    while match := FENCED.search(text, at):
        html = _block(text, match, fuel)
        if html is None:
            fuel.step(len(match[0]), text[match.start() :])
            at = match.end("attrs")
            continue
        parts += (text[done : match.start()], joined(("\n", stash.store(html), "\n")))
        done = at = match.end()
    return joined((*parts, text[done:]))


def _pay(text: Text, fuel: Fuel) -> None:
    """Pay for the search: a fence that nothing closes is looked for to the end of the page."""
    closings = {match[1]: match.start() for match in _CLOSING.finditer(text)}
    for match in _OPENING.finditer(text):
        if closings.get(match[0], -1) <= match.start():
            fuel.step(len(text) - match.start(), text[match.start() :])


def _block(text: Text, match: re.Match[str], fuel: Fuel) -> Text | None:
    """Make the HTML of a block; None where its attribute list is not closed properly."""
    if match["hl_lines"]:
        raise _setting(text[match.start() :], fuel)
    code = escaped(text[match.start("code") : match.end("code")])
    language = text.group(match, "lang")
    identity, classes, pairs = Text(), list[Text](), list[Text]()
    words = text.group(match, "attrs")
    if words:
        found, rest = scanned(words)
        if rest:
            return None
        for name, value in found:
            value = name if value is None else value
            if name == "id":
                identity = value
            elif name == ".":
                classes.append(value)
            elif name in _SETTINGS:
                raise _setting(words, fuel)
            else:
                pairs += (joined((" ", name_of(name), '="', escaped_value(value), '"')),)
        language = classes.pop(0) if classes else None
    return joined(
        (
            *("<pre", *_attribute("id", identity)),
            *(*_attribute("class", _spaced(classes)), "><code"),
            *(*_attribute("class", joined(("language-", language)) if language else Text()),),
            *(*pairs, ">", code, "</code></pre>"),
        )
    )


def _setting(text: Text, fuel: Fuel) -> ExtractionError:
    trouble = "sets how a code block is highlighted, which this site does not do"
    return fuel.refusal(text, trouble, "leave the setting out")


def _attribute(name: str, value: Text) -> tuple[str, ...]:
    return (f' {name}="', escaped_value(value), '"') if value else ()


def _spaced(words: list[Text]) -> Text:
    return joined(part for word in words for part in (" ", word))[1:]
