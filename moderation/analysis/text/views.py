"""A text as bytes in which every character is one byte: quick to search, offsets kept.

Letters become lower case; a character outside ASCII becomes one byte too, so that an offset in a
view is an offset in the text.
"""

from itertools import compress

_LETTERS = bytes(range(ord("a"), ord("z") + 1))
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_DIGITS = b"0123456789"
_CONTINUATION = bytes(range(0x80, 0xC0))
_LEADS = bytes(range(0xC0, 0x100))


def _table(default: bytes, groups: dict[bytes, bytes]) -> bytes:
    table = bytearray(default * 256)
    for members, value in groups.items():
        for index, member in enumerate(members):
            table[member] = value[index] if len(value) > 1 else value[0]
    return bytes(table)


_WORDS = _table(b" ", {_LETTERS: _LETTERS, _CAPITALS: _LETTERS, _DIGITS: _DIGITS})
_KINDS = _table(
    b";",
    {
        _LETTERS + _CAPITALS: b"a",
        _DIGITS + b"@$+|": b"0",
        b"!(<": b"1",
        b"-._": b"-",
        b"*%#^&~?": b"*",
        b" \t\n\r\f\v": b" ",
        _LEADS: b"h",
    },
)
_CASES = _table(b" ", {_LETTERS: b"a", _CAPITALS: b"A"})
_LOWER = _table(b" ", {_LETTERS: _LETTERS, _CAPITALS: _LETTERS})
_NOT_LETTERS = bytes(set(range(256)) - set(_LETTERS) - set(_CAPITALS))
_IS_LETTER = _table(b"\0", {_LETTERS + _CAPITALS: b"\1"})


def cases(raw: bytes) -> bytes:
    """Name each letter's case: ``a`` or ``A``; anything else a space."""
    return raw.translate(_CASES) if raw.isascii() else raw.translate(_CASES, _CONTINUATION)


def words(raw: bytes) -> bytes:
    """Keep letters and digits, everything else becomes a space; a space is put on both ends."""
    if raw.isascii():
        return b" " + raw.translate(_WORDS) + b" "
    return b" " + raw.translate(_WORDS, _CONTINUATION) + b" "


def kinds(raw: bytes) -> bytes:
    """Name each character's kind; a space is put on both ends.

    ``a`` letter, ``0`` digit or sign that is written for a letter, ``1`` sign that may be, ``*``
    sign that hides a letter, a space, ``h`` outside ASCII, ``-`` hyphen, dot and underscore, ``;``
    anything else.
    """
    if raw.isascii():
        return b" " + raw.translate(_KINDS) + b" "
    return b" " + raw.translate(_KINDS, _CONTINUATION) + b" "


def letters(raw: bytes) -> bytes:
    """Keep letters only, run together; ``letter_offsets`` says where they stood."""
    return raw.translate(_LOWER, _NOT_LETTERS)


def titled_letters(raw: bytes) -> bytes:
    """Keep letters only, as ``letters`` does; the first of each run of letters is a capital."""
    return raw.title().translate(None, _NOT_LETTERS)


def letter_offsets(raw: bytes) -> list[int]:
    """Return the offset in the text of every letter of ``letters``."""
    single = raw if raw.isascii() else raw.translate(None, _CONTINUATION)
    flags = single.translate(_IS_LETTER)
    return list(compress(range(len(flags)), flags))
