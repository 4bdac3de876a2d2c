"""Ways to write a text on a Markdown page, so that the place of each character is known.

A writer gives each character of a text as what is written before it and the character as written;
a place is what a page holds before and after the text.
"""

import random
from collections.abc import Callable, Sequence

Written = list[tuple[str, str]]
"""Each character of a text: what is written before it, and the character as written."""
Writer = Callable[[str, random.Random], Written]
Place = tuple[str, str]

_INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
_NAMED = ("&shy;", "&#8203;", "&#x200b;", "&zwnj;", "&zwj;", "&ZeroWidthSpace;", "&#xAD;")
_BIDI = ("\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\u2069", "\u061c")
_CYRILLIC = dict(zip("aceopxyi", "асеорхуі", strict=True))
_ACCENTS = dict(zip("aeiouycnst", "áéíöûýčñšť", strict=True))
_DIGITS = dict(zip("aeiost", "431057", strict=True))
AROUND = ("", "", "👩‍👩‍👧‍👦 ", "🇬🇧 ", "👍🏽 ", "é — ", "ﬁ Æ ", "𝒳𝒴 ", "1️⃣ ", "&amp; ", "x\u0301 ")


def _plain(text: str, rng: random.Random) -> Written:
    return [("", c) for c in text]


def _bold(character: str) -> str:
    if not character.isalpha():
        return character
    return chr(ord(character) + (0x1D400 - 65 if character.isupper() else 0x1D41A - 97))


def _upper(text: str, rng: random.Random) -> Written:
    return [("", c.upper()) for c in text]


def _each(table: dict[str, str]) -> Writer:
    return lambda text, rng: [("", table.get(c, c)) for c in text]


def _some(write: Callable[[str, random.Random], str]) -> Writer:
    """Write some letters, one at least, in another way."""

    def writer(text: str, rng: random.Random) -> Written:
        letters = [i for i, c in enumerate(text) if c.isalpha()]
        chosen = set(rng.sample(letters, rng.randrange(1, min(4, len(letters)) + 1)))
        return [("", write(c, rng) if i in chosen else c) for i, c in enumerate(text)]

    return writer


def _entity(character: str, rng: random.Random) -> str:
    code = ord(character)
    return rng.choice([f"&#{code};", f"&#x{code:x};", f"&#X{code:04X};", f"&#0{code};"])


def _between(signs: Sequence[str]) -> Writer:
    """Put something that nobody sees between two letters."""

    def writer(text: str, rng: random.Random) -> Written:
        out = _plain(text, rng)
        for at in _gaps(text, rng):
            out[at] = (rng.choice(signs), out[at][1])
        return out

    return writer


def _joined(sign: str) -> Writer:
    return lambda text, rng: [(sign if at else "", c) for at, c in enumerate(text)]


def _inside(opens: str, closes: str) -> Writer:
    """Set a part of the text that begins and ends inside it between two marks."""

    def writer(text: str, rng: random.Random) -> Written:
        out = _plain(text, rng)
        gaps = [i for i in range(1, len(text)) if text[i - 1].isalpha() and text[i].isalpha()]
        first = rng.choice(gaps[:-1])
        last = rng.choice([i for i in gaps if i > first])
        out[first], out[last] = (opens, out[first][1]), (closes, out[last][1])
        return out

    return writer


def _head(opens: str, closes: str) -> Writer:
    """Set the first letters between two marks, which do not belong to what is found."""

    def writer(text: str, rng: random.Random) -> Written:
        out = _plain(text, rng)
        last = next(i for i in range(1, len(text)) if text[i - 1 : i + 1].isalpha())
        out[0], out[last] = (opens, out[0][1]), (closes, out[last][1])
        return out

    return writer


def _gaps(text: str, rng: random.Random) -> list[int]:
    inside = [i for i in range(1, len(text)) if text[i - 1].isalpha() and text[i].isalpha()]
    return rng.sample(inside, rng.randrange(1, min(3, len(inside)) + 1))


_TEXTUAL: dict[str, Writer] = {
    "plain": _plain,
    "entity": _some(_entity),
    "full width": lambda t, r: [("", chr(ord(c) + 0xFEE0) if c.isalpha() else c) for c in t],
    "one full width": _some(lambda c, r: chr(ord(c) + 0xFEE0)),
    "bold letters": lambda t, r: [("", _bold(c)) for c in t],
    "accents": _each(_ACCENTS),
    "cyrillic": _each(_CYRILLIC),
    "combining": _some(lambda c, r: c + r.choice("\u0301\u0308\u0336")),
    "zero width": _between(_INVISIBLE),
    "entity of nothing": _between(_NAMED),
    "bidi": _between(_BIDI),
    "entity and accent": _some(lambda c, r: f"&#{ord(_ACCENTS.get(c, c))};"),
}
WORDS_ONLY: dict[str, Writer] = {
    "upper case": _upper,
    "spaces": _joined(" "),
    "dots": _joined("."),
    "hyphens": _joined("-"),
    "digits": _each(_DIGITS),
}
_MARKUP: dict[str, Writer] = {
    "tag": _inside("<b>", "</b>"),
    "tag with attributes": _inside('<span class="x" lang="en">', "</span>"),
    "tag at the front": _head("<i>", "</i>"),
    "empty tag": _between(("<wbr>", "<b></b>", "<span></span>")),
    "comment": _between(("<!-- x -->", "<!---->")),
}

_EMPHASIS: dict[str, Writer] = {
    "emphasis": _inside("*", "*"),
    "strong": _inside("**", "**"),
    "emphasis at the front": _head("*", "*"),
    "strong at the front": _head("**", "**"),
}


_PLACES: dict[str, Place] = {
    "paragraph": ("", "\n"),
    "heading": ("## ", "\n"),
    "list": ("- one\n- ", "\n- three\n"),
    "nested list": ("1.  one\n\n    - ", "\n"),
    "quotation": ("> ", "\n"),
    "table": ("| a | b |\n|---|---|\n| x | ", " |\n"),
    "strong paragraph": ("**now:** ", "\n"),
    "link": ("[", "](https://www.example.org/page).\n"),
    "second line": ("A line before it\n", "\nand one after.\n"),
}
_HTML: dict[str, Place] = {
    "html block": ("<div>\n<p>", "</p>\n</div>\n"),
    "details": ("<details><summary>", "</summary>More</details>\n"),
}
_ATTRIBUTES: dict[str, Place] = {
    "alternative text": ("![", "](photo.jpg)\n"),
    "title of a link": ('[here](https://www.example.org/ "', '").\n'),
    "title of an image": ('![A tree](photo.jpg "', '")\n'),
    "alt of a tag": ('<img src="photo.jpg" alt="', '">\n'),
    "title of a tag": ('<abbr title="', '">SATs</abbr>\n'),
}

_FOLDED = {name: _PLACES[name] for name in ("paragraph", "second line", "list", "quotation")}
_SPACED: dict[str, Writer] = {
    "line break": lambda t, r: [("", "\n" if c == " " else c) for c in t],
    "spaces of a kind": lambda t, r: [
        ("", r.choice(" \u00a0\u2009") if c == " " else c) for c in t
    ],
    "entity of a space": lambda t, r: [("", "&nbsp;" if c == " " else c) for c in t],
}
_PLAIN = {name: _TEXTUAL[name] for name in _TEXTUAL if "entity" not in name}
_TEXT_FILE: dict[str, Place] = {
    "line": ("", "\n"),
    "after a tab": ("1.\t", "\n"),
    "quoted": ("“", "”\n"),
}
_HTML_FILE: dict[str, Place] = {
    "body": ("<!doctype html><html><body><p>", "</p></body></html>\n"),
    "cell": ("<table><tr><td>x<td>", "</table>\n"),
    "item": ("<ul>\n<li>one\n<li>", "\n</ul>\n"),
}
_HTML_SETTINGS: dict[str, Place] = {
    "title": ("<html><head><title>", "</title></head><body>Hello</body></html>\n"),
    "alt": ('<p><img src="a.jpg" alt="', '"></p>\n'),
    "description": ('<html><head><meta name="description" content="', '"></head><body>A</body>\n'),
}
KINDS = (
    ("page.md", _PLACES, _TEXTUAL | _MARKUP | _EMPHASIS),
    ("page.md", _PLACES, _TEXTUAL | _MARKUP | _EMPHASIS),
    ("page.md", _HTML, _TEXTUAL | _MARKUP),
    ("page.md", _ATTRIBUTES, _TEXTUAL),
    ("page.md", _FOLDED, _SPACED),
    ("page.html", _HTML_FILE, _TEXTUAL | _MARKUP),
    ("page.html", _HTML_SETTINGS, _TEXTUAL),
    ("notes.txt", _TEXT_FILE, _PLAIN),
)
"""Kinds of files, the places of each, and the ways to write a text there."""
