"""Bytes to text, exactly or not at all."""

import codecs
import re
from dataclasses import dataclass

from moderation.model import ExtractionError

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_PRINTABLE = b"\t\n" + bytes(range(0x20, 0x7F))
_SAMPLE = 512


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text file: its text, each line ending in one newline, and how it was encoded."""

    text: str
    encoding: str


def decode(path: str, data: bytes) -> Decoded:
    """Decode UTF-8, or UTF-16 that says so or shows it by its zero bytes.

    Raises:
        ExtractionError: the bytes are something else, or hold control characters, which some
            programs drop so that the words around them join

    """
    encoding, skip = _encoding(data)
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise ExtractionError(
            f"{path}: is not {encoding.upper()} text (byte {error.start + skip}); "
            "save it as UTF-8 and hand it in again"
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = None if _is_clean(text) else _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        code = f"U+{ord(control[0]):04X}"
        raise ExtractionError(
            f"{path}: line {line}: column {column} holds the control character {code}; delete it"
        )
    return Decoded(text, encoding)


def _is_clean(text: str) -> bool:
    """Say whether a text is ASCII without control characters, which most are: quick to tell."""
    return text.isascii() and not text.encode().translate(None, _PRINTABLE)


def _encoding(data: bytes) -> tuple[str, int]:
    """Name the encoding, and count the bytes of the mark before the text."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8", len(codecs.BOM_UTF8)
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-8", 0
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le", 2
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be", 2
    return _unmarked(data), 0


def _unmarked(data: bytes) -> str:
    """Tell UTF-16 by every second byte being zero, as it is in text in Latin letters."""
    sample = data[: _SAMPLE - len(data[:_SAMPLE]) % 2] if len(data) % 2 == 0 else b""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if half and even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return "utf-8"
