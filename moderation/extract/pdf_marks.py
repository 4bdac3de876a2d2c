"""Words in the drawing of a page that are not drawn: properties of marks, and comments.

Mark-up in a page's content may carry an alternative or a replacement of what it marks (ISO
32000-2:2020, 14.9). PDFium reads a replacement in the place of the words that are drawn, so a page
with one is read a second time without it: a reader sees what is drawn.
"""

import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from moderation.model import Carrier

if TYPE_CHECKING:
    from pikepdf import Pdf

_HELD = re.compile(rb"/(?!Lang\b)[^\s/<>\[\](){}%]+\s*(?:\(|<(?!<))")
"""A name before a string: operators take none, so that both stand in a dictionary."""
_MARKS = frozenset({"BDC", "DP", "MP", "BMC"})
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_COMMENT = re.compile(rb"%([^\r\n]{5,})")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_REPLACED = re.compile(
    rb"/"
    + b"".join(b"(?:%c|#%02x|#%02X)" % (each, each, each) for each in b"ActualText")
    + rb"(?![^\s/<>\[\](){}%])"
)
_CARRIERS = {
    "/Alt": (Carrier.ALT, "alternative text"),
    "/ActualText": (Carrier.ALT, "replacement text"),
    "/E": (Carrier.ALT, "abbreviation"),
}


def marks(pdf: "Pdf", content: bytes) -> Iterator[tuple[Carrier, str, str]]:
    """Yield carrier, place and text of what one content stream holds besides its drawing.

    Args:
        pdf: the file that holds the stream
        content: the unpacked stream

    """
    if b"%" in content:
        for comment in _COMMENT.findall(_STRING.sub(b"", content)):
            text = comment.decode("latin-1").strip()
            if _LETTERS.search(text):
                yield Carrier.HIDDEN, "comment in the drawing", text
    if _HELD.search(content):
        yield from _properties(pdf, content)


def _properties(pdf: "Pdf", content: bytes) -> Iterator[tuple[Carrier, str, str]]:
    import pikepdf

    with warnings.catch_warnings():
        # What pikepdf warns of it leaves out, and that may be the words.
        warnings.simplefilter("error", UserWarning)
        try:
            instructions = pikepdf.parse_content_stream(pdf.make_stream(content))
        except UserWarning as error:
            raise ValueError("malformed content") from error
    for instruction in instructions:
        if str(instruction.operator) in _MARKS and len(instruction.operands) > 1:
            yield from _strings(instruction.operands[1])


def _strings(properties: object) -> Iterator[tuple[Carrier, str, str]]:
    from pikepdf import Dictionary, String

    if not isinstance(properties, Dictionary):
        return
    for key, value in properties.items():
        if isinstance(value, String) and key != "/Lang" and str(value).strip():
            carrier, what = _CARRIERS.get(key, (Carrier.HIDDEN, f"mark {key[1:]}"))
            yield carrier, what, str(value)


def holds_more(content: bytes) -> bool:
    """Say whether a content stream may hold comments, or marks with words of their own."""
    return b"%" in content or _HELD.search(content) is not None


def is_replaced(content: bytes) -> bool:
    """Say whether a content stream has readers show other words than it draws."""
    return _REPLACED.search(content) is not None


def bare(content: bytes) -> bytes:
    """Return a content stream without replacements."""
    return _REPLACED.sub(b"/Drawn", content)
