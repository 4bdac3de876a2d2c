"""Vorbis comments, which Ogg and FLAC files carry: ``NAME=value``, one after the other.

After the *Ogg Vorbis I format specification: comment field and header specification* and, for
pictures, the METADATA_BLOCK_PICTURE of RFC 9639, section 8.8.
"""

import base64
import binascii

from moderation.extract.media.found import Recording, damaged, is_copyright, number

_MOST = 10_000
_PICTURES = ("METADATA_BLOCK_PICTURE", "COVERART")


def read_comments(found: Recording, body: bytes, place: str) -> tuple[bytes, int]:
    """Read a block of comments.

    Args:
        found: gets the texts and pictures
        body: from the name of the program on
        place: what the texts are called

    Returns:
        a block that only holds the notices of copyright, and how many bytes were read; no bytes
        where there are no such notices

    Raises:
        ExtractionError: it is damaged

    """
    program, at = _sized(body, 0)
    found.say(f"{place} encoder", program.decode("utf-8", "replace"))
    count = number(body, at, 4, little=True)
    at += 4
    if count > _MOST:
        raise damaged("the list of comments")
    kept: list[bytes] = []
    for _ in range(count):
        raw, at = _sized(body, at)
        name, _, value = raw.decode("utf-8", "replace").partition("=")
        if name.upper() in _PICTURES:
            _add_picture(found, value, name.upper(), place)
            continue
        found.say(f"{place} {name}"[:80], value or name)
        if is_copyright(name):
            kept.append(raw)
    return (block(kept) if kept else b""), at


def block(comments: list[bytes]) -> bytes:
    """Return a block of comments that names no program."""
    sized = b"".join(len(raw).to_bytes(4, "little") + raw for raw in comments)
    return bytes(4) + len(comments).to_bytes(4, "little") + sized


def add_flac_picture(found: Recording, body: bytes, place: str) -> None:
    """Keep a picture as FLAC describes one.

    Raises:
        ExtractionError: it is damaged

    """
    at = 4
    for what in ("type", "description"):
        size = number(body, at, 4)
        at += 4
        if what == "description":
            found.say(f"{place} description", body[at : at + size].decode("utf-8", "replace"))
        at += size
    at += 16
    size = number(body, at, 4)
    picture = body[at + 4 : at + 4 + size]
    if len(picture) != size:
        raise damaged("a picture")
    found.cover(place, picture)


def _add_picture(found: Recording, value: str, name: str, place: str) -> None:
    try:
        picture = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise damaged("a picture") from error
    if name == "COVERART":
        found.cover(f"{place} cover", picture)
    else:
        add_flac_picture(found, picture, f"{place} cover")


def _sized(body: bytes, at: int) -> tuple[bytes, int]:
    size = number(body, at, 4, little=True)
    end = at + 4 + size
    if end > len(body):
        raise damaged("the list of comments")
    return body[at + 4 : end], end
