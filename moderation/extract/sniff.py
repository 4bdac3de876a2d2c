"""What a file is, told by its content; its ending only chooses between kinds of text."""

import re
from functools import lru_cache
from pathlib import PurePosixPath

from moderation.extract.media.heads import media_type_of

_BY_START: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"%PDF-", "application/pdf"),
    (b"%!PS", "application/postscript"),
    (b"{\\rtf", "application/rtf"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xca\xfe\xba\xbe", "application/x-executable"),
    (b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (b"#!", "text/x-script"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
_BY_WORD: tuple[tuple[bytes, str], ...] = (
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"BZh", "application/x-bzip2"),
    (b"MZ", "application/x-executable"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
)
"""Beginnings that a text might have as well: these count only where zero bytes follow."""

_STARTS = tuple(start for start, _ in _BY_START)
_WORDS = tuple(start for start, _ in _BY_WORD)
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"), "image/heic"),
    **dict.fromkeys((b"mif1", b"msf1"), "image/heif"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    b"qt  ": "video/quicktime",
}
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_OLE: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "application/x-encrypted-office"),
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("__substg1.0_", "application/vnd.ms-outlook"),
)
"""Names of the streams in files of the old form, in UTF-16 (MS-CFB, 2.6.1)."""
_TAR, _TAR_AT = b"ustar", 257
_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", f"{_OFFICE}wordprocessingml.document"),
    (b"xl/", f"{_OFFICE}spreadsheetml.sheet"),
    (b"ppt/", f"{_OFFICE}presentationml.presentation"),
)
_ODF = re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z-]+)")
_ODF_PACKED = "application/vnd.oasis.opendocument.text"
"""Whoever packs one with an ordinary program packs the type too; the reader tells which it is."""
_BY_ENDING = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".csv": "text/csv",
    ".tsv": "text/csv",
    ".svg": "image/svg+xml",
}
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_SVG = re.compile(rb"<svg\b", re.IGNORECASE)
_PROLOGUE = (b"<?xml", b"<!doctype svg")
_START = 4_096
UNKNOWN = "application/octet-stream"


def sniff(path: str, data: bytes) -> str:
    """Name the media type of *data*.

    Args:
        path: its ending chooses between kinds of text, and nothing else
        data: the file

    Returns:
        a media type; ``application/octet-stream`` where nothing is known of it

    """
    found = _binary(data)
    if found:
        return found
    start = data[:_START].replace(b"\x00", b"") if _is_wide(data) else data[:_START]
    if b"\x00" in start:
        return UNKNOWN
    for mark in _TEXT_MARKS:
        start = start.removeprefix(mark)
    start = _after_comments(start)
    if _SVG.match(start):
        return "image/svg+xml"
    chosen = _chosen(path)
    if chosen != "text/markdown" and _HTML.match(start):
        return "text/html"
    return "text/plain" if chosen == "image/svg+xml" else chosen


@lru_cache(maxsize=64)
def _chosen(path: str) -> str:
    """Choose between kinds of text by the ending."""
    return _BY_ENDING.get(PurePosixPath(path).suffix.lower(), "text/plain")


def _after_comments(start: bytes) -> bytes:
    """Skip what may stand before the first tag that tells the type."""
    while True:
        start = start.lstrip()
        if start.startswith(b"<!--"):
            _, closed, start = start.partition(b"-->")
        elif start[:16].lower().startswith(_PROLOGUE):
            _, closed, start = start.partition(b">")
        else:
            return start
        if not closed:
            return b""


def _binary(data: bytes) -> str:
    if found := media_type_of(data):
        return found
    if data.startswith(_STARTS) or (b"\x00" in data[:_START] and data.startswith(_WORDS)):
        return next(found for start, found in (*_BY_START, *_BY_WORD) if data.startswith(start))
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "video/mp4")
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12], UNKNOWN)
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return "image/bmp"
    if len(data) > 1 and data[0] == 0xFF and data[1] in (0xFB, 0xF3, 0xF2):
        return "audio/mpeg"
    return _container(data)


def _container(data: bytes) -> str:
    """Name what holds other files or streams."""
    if data.startswith(_TAR, _TAR_AT):
        return "application/x-tar"
    if data.startswith(_OLE):
        return _old(data)
    return _zipped(data) if data.startswith(_ZIP) else ""


def _old(data: bytes) -> str:
    """Tell what a file of the old form holds by the names of the streams in it."""
    for name, media_type in _IN_OLE:
        if name.encode("utf-16-le") in data:
            return media_type
    return "application/x-ole-storage"


def _zipped(data: bytes) -> str:
    """Tell what a ZIP file holds by the names in it."""
    odf = _ODF.search(data, 0, 200)
    if odf:
        return odf[1].decode("ascii")
    if b"[Content_Types].xml" in data:
        for folder, media_type in _IN_ZIP:
            if _lists(data, folder):
                return media_type
    if _lists(data, b"mimetype") and _lists(data, b"content.xml"):
        return _ODF_PACKED
    return "application/zip"


def _lists(data: bytes, start: bytes) -> bool:
    """Say whether the directory at the end of a ZIP file lists something that begins so."""
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        if data.startswith(start, at + 46):
            return True
        at = data.find(b"PK\x01\x02", at + 46)
    return False


def _is_wide(data: bytes) -> bool:
    """Say whether *data* looks like UTF-16, whose Latin letters have a zero byte each."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:512]
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return (
        half > 0
        and len(data) % 2 == 0
        and ((odd > half * 0.6 and even < half * 0.1) or (even > half * 0.6 and odd < half * 0.1))
    )
