"""ID3 and APE tags, which stand before and behind sound.

After *ID3 tag version 2.4.0 - Main Structure* (id3.org, 2000) with 2.2 and 2.3, ID3v1 and the
*APE Tags Specification* of 2004.
"""

import re
import zlib

from moderation.extract.media.found import Recording, damaged, is_copyright, number

_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_PICTURES = ("APIC", "PIC")
_COMMENTS = ("COMM", "USLT", "COM", "ULT", "USER", "SYLT")
_FOOTER = 0x10
_UNSYNC, _EXTENDED = 0x80, 0x40
_MOST_UNPACKED = 5_000_000
_OLD, _OLD_FIELDS = 128, ((3, 33), (33, 63), (63, 93), (93, 97), (97, 125), (97, 127))
_APE_HEAD = 32
_NAME = re.compile(rb"[A-Z0-9 ]{3,4}")


def read_start(found: Recording, at: int = 0) -> int:
    """Read the ID3 tags at *at* and have them taken out; return where they end.

    Raises:
        ExtractionError: one is damaged

    """
    start, kept = at, b""
    while found.data.startswith(b"ID3", at):
        found.step()
        end, frames = read_tag(found, at)
        kept += frames
        at = end
    if at > start:
        found.swap(start, at, _tag(kept))
    return at


def read_tag(found: Recording, at: int) -> tuple[int, bytes]:
    """Read one ID3 tag; return where it ends, and its notices of copyright as frames of 2.4.

    Raises:
        ExtractionError: it is damaged

    """
    version, flags = number(found.data, at + 3, 1), number(found.data, at + 5, 1)
    end = at + 10 + _safe(found.data, at + 6)
    body = found.data[at + 10 : end]
    if version not in (2, 3, 4) or end > len(found.data):
        raise damaged("an ID3 tag")
    if flags & _UNSYNC and version < 4:
        body = body.replace(b"\xff\x00", b"\xff")
    if flags & _EXTENDED and version > 2:
        size = _safe(body, 0) if version == 4 else number(body, 0, 4) + 4
        found.say_strings("ID3 extended header", body[:size])
        body = body[size:]
    return end + (10 if flags & _FOOTER else 0), _frames(found, body, version)


def _frames(found: Recording, body: bytes, version: int) -> bytes:
    short = version == 2
    head, kept, at = (6 if short else 10), b"", 0
    while at + head <= len(body) and body[at]:
        found.step()
        name = body[at : at + (3 if short else 4)]
        if not _NAME.fullmatch(name):
            raise damaged("an ID3 tag")
        size = number(body, at + 3, 3) if short else _size(body, at, version)
        raw = body[at + head : at + head + size]
        if len(raw) != size:
            raise damaged("an ID3 tag")
        flags = 0 if short else number(body, at + 9, 1)
        kept += _frame(found, name.decode("ascii"), _plain(raw, flags, version))
        at += head + size
    found.say_strings("ID3 padding", body[at:])
    return kept


def _size(body: bytes, at: int, version: int) -> int:
    """Return the size of a frame; programs wrote plain numbers into tags of 2.4 as well."""
    plain = number(body, at + 4, 4)
    if version == 3 or plain < 0x80:
        return plain
    safe = _safe(body, at + 4) if not plain & 0x80808080 else plain
    following = body[at + 10 + safe :][:4]
    return safe if not following.strip(b"\0") or _NAME.fullmatch(following) else plain


def _plain(raw: bytes, flags: int, version: int) -> bytes:
    """Undo what may have been done to a frame."""
    if version == 3:
        packed, skipped = flags & 0x80, (4 if flags & 0x80 else 0) + (1 if flags & 0x20 else 0)
    else:
        packed, skipped = flags & 0x08, (1 if flags & 0x40 else 0) + (4 if flags & 0x01 else 0)
        if flags & 0x02:
            raw = raw.replace(b"\xff\x00", b"\xff")
    raw = raw[skipped:]
    if not packed:
        return raw
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(raw, _MOST_UNPACKED)
    except zlib.error as error:
        raise damaged("an ID3 tag") from error
    if stream.unconsumed_tail or not stream.eof:
        raise damaged("an ID3 tag")
    return plain


def _frame(found: Recording, name: str, raw: bytes) -> bytes:
    place = f"ID3 {name}"
    if name in _PICTURES:
        _add_picture(found, raw, short=name == "PIC")
    elif name.startswith("T") and raw:
        text = _text(raw[1:], raw[0])
        found.say(place, text)
        if is_copyright(name):
            plain = b"\x03" + text.encode("utf-8", "replace")
            return b"TCOP" + _unsafe(len(plain)) + bytes(2) + plain
    elif name in _COMMENTS and raw:
        found.say(place, _text(raw[4:], raw[0]))
    elif name.startswith("W"):
        found.say(place, raw.replace(b"\0", b"\n").decode("latin-1"))
    else:
        found.say_strings(place, raw)
        if name in ("GEOB", "GEO"):
            found.part("embedded-file", "a file inside the recording")
    return b""


def _text(raw: bytes, encoding: int) -> str:
    """Decode text, whose values are kept apart by zeros; each may have a byte order mark."""
    code = _ENCODINGS[encoding] if encoding < len(_ENCODINGS) else "latin-1"
    if code == "utf-16" and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        code = "utf-16-le"
    if code == "latin-1":
        try:  # many programs write UTF-8 and call it Latin-1
            return raw.decode("utf-8").replace("\0", "\n")
        except UnicodeDecodeError:
            pass
    return raw.decode(code, "replace").replace("\ufeff", "").replace("\0", "\n")


def _add_picture(found: Recording, raw: bytes, *, short: bool) -> None:
    if len(raw) < 6:
        raise damaged("a picture")
    at = 4 if short else raw.find(b"\0", 1) + 1
    at += 1
    wide = raw[0] in (1, 2)
    end = at
    while end < len(raw) and raw[end : end + (2 if wide else 1)].strip(b"\0"):
        end += 2 if wide else 1
    found.say("ID3 cover description", _text(raw[at:end], raw[0]))
    picture = raw[end + (2 if wide else 1) :]
    if picture:
        found.cover("ID3 cover", picture)


def _tag(frames: bytes) -> bytes:
    return b"ID3\x04\0\0" + _unsafe(len(frames)) + frames if frames else b""


def _safe(data: bytes, at: int) -> int:
    """Return a number that keeps the highest bit of each byte free."""
    raw = number(data, at, 4)
    if raw & 0x80808080:
        raise damaged("an ID3 tag")
    return sum(((raw >> 8 * place) & 0x7F) << 7 * place for place in range(4))


def _unsafe(size: int) -> bytes:
    return bytes((size >> 7 * place) & 0x7F for place in (3, 2, 1, 0))


def read_end(found: Recording, start: int) -> int:
    """Read the tags at the end of the file and have them cut; return where they begin.

    Args:
        found: the recording
        start: where the sound begins, before which nothing is read

    Raises:
        ExtractionError: one is damaged

    """
    data, end = found.data, len(found.data)
    if end - start >= _OLD and data.startswith(b"TAG", end - _OLD):
        end -= _OLD
        for begin, stop in _OLD_FIELDS[:-1]:
            text = data[end + begin : end + stop].rstrip(b"\0 ")
            found.say("ID3v1", _text(text.partition(b"\0")[0], 0))
    ape = end - _APE_HEAD
    if ape >= start and data.startswith(b"APETAGEX", ape):
        end = _read_ape(found, ape, start)
    if end < len(data):
        found.swap(end, len(data))
    return end


def _read_ape(found: Recording, foot: int, start: int) -> int:
    size = number(found.data, foot + 12, 4, little=True)
    count = number(found.data, foot + 16, 4, little=True)
    at = foot + _APE_HEAD - size
    if at < start or count > 10_000:
        raise damaged("an APE tag")
    begin = at
    for _ in range(count):
        found.step()
        length = number(found.data, at, 4, little=True)
        stop = found.data.find(b"\0", at + 8, foot)
        if stop < 0 or stop + 1 + length > foot:
            raise damaged("an APE tag")
        name = found.data[at + 8 : stop].decode("latin-1")
        _ape_item(found, name, found.data[stop + 1 : stop + 1 + length])
        at = stop + 1 + length
    head = begin - _APE_HEAD
    return head if head >= start and found.data.startswith(b"APETAGEX", head) else begin


def _ape_item(found: Recording, name: str, value: bytes) -> None:
    if name.lower().startswith("cover art"):
        description, _, picture = value.partition(b"\0")
        found.say("APE cover description", description.decode("utf-8", "replace"))
        found.cover("APE cover", picture)
    else:
        found.say(f"APE {name}"[:80], value.decode("utf-8", "replace").replace("\0", "\n"))
