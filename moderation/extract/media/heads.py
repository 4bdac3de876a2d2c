"""What kind of sound or video a file is, by its first bytes."""

_BRANDS = (b"M4A ", b"M4B ", b"M4P ", b"F4A ")
_EARLY = (b"moov", b"mdat", b"wide", b"pnot")
"""How QuickTime files began before they had to say what they are."""
_EBML, _OGG = b"\x1aE\xdf\xa3", b"OggS\0"
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (b"FLV\x01", "video/x-flv"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x00\x00\x01\xb3", "video/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"MThd\0\0\0\x06", "audio/midi"),
)
_AIFF = (b"AIFF", b"AIFC")
_HEAD = 4_096
_TS_PACKET = 188
_AAC = (b"\xff\xf1", b"\xff\xf9", b"\xff\xf0", b"\xff\xf8")
_MP3 = (b"\xff\xfa", b"\xff\xe2", b"\xff\xe3")


def media_type_of(data: bytes) -> str:
    """Name the type of sound or video that *data* begins as; nothing if it is neither."""
    for start, found in _STARTS:
        if data.startswith(start):
            return found
    if data[4:8] == b"ftyp":
        return "audio/mp4" if data[8:12] in _BRANDS else ""
    if data[4:8] in _EARLY and data[:2] == b"\0\0":
        return "video/quicktime"
    if data[:4] == b"FORM" and data[8:12] in _AIFF:
        return "audio/aiff"
    return _in_container(data) or _in_frames(data)


def _in_container(data: bytes) -> str:
    if data.startswith(_EBML):
        return "video/webm" if b"webm" in data[:64] else "video/x-matroska"
    if data.startswith(_OGG):
        return "video/ogg" if b"\x80theora" in data[:_HEAD] else "audio/ogg"
    return ""


def _in_frames(data: bytes) -> str:
    if data.startswith(_AAC) and len(data) > 7:
        size = (int.from_bytes(data[3:6], "big") >> 5) & 0x1FFF
        return "audio/aac" if size > 7 and data[size : size + 1] in (b"", b"\xff") else ""
    if data.startswith(_MP3) and b"\0" in data[:_HEAD]:
        return "audio/mpeg"
    packets = data[: 3 * _TS_PACKET : _TS_PACKET]
    return "video/mpeg" if packets == b"GGG" and b"\0" in data[:_HEAD] else ""
