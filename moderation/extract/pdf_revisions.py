"""What lies around and below the PDF that a reader shows: other bytes, and earlier versions of it.

A PDF is changed by hanging the change on its end (ISO 32000-2:2020, 7.5.6): whoever cuts the file
there has the version before. Annex F allows one more end near the start of a linearised file, whose
``startxref`` is nought.
"""

import re
from collections.abc import Iterator

from moderation.extract.picture import strings
from moderation.model import ExtractionError

_SPACES = b"\0\t\n\f\r "
_END = b"%%EOF"
_LINEARISED_WITHIN = 1024
MAX_VERSIONS = 20
_ENDS = re.compile(rb"startxref\s{1,8}[1-9][0-9]{0,11}\s{1,8}%%EOF[\r\n]{0,2}")
"""A version of the file; a linearised one has an end more near its start, with a nought."""
_STREAM, _STREAM_ENDS = re.compile(rb"\bstream\r?\n"), b"endstream"
_COMMENT = re.compile(rb"^[ \t]*%([\x20-\x7e\x80-\xff]{5,})", re.MULTILINE)
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,9})\s{1,4}([0-9]{1,5})\s{1,4}obj\b")
_LETTERS = re.compile("[A-Za-z]{2}")
_FIRST_PAGE = re.compile(rb"startxref\s{1,8}0\s{1,8}%%EOF")


def _without_streams(data: bytes, at: int) -> bytes:
    kept = []
    while found := _STREAM.search(data, at):
        end = data.find(_STREAM_ENDS, found.end())
        kept.append(data[at : found.start()])
        if end < 0:
            break
        at = end + len(_STREAM_ENDS)
    else:
        kept.append(data[at:])
    return b"\n".join(kept)


def earlier_versions(data: bytes) -> Iterator[bytes]:
    """Yield the versions of a PDF that its bytes still hold, but for the last, oldest first.

    Raises:
        ExtractionError: there are more than :data:`MAX_VERSIONS`

    """
    ends = [match.end() for match in _ENDS.finditer(data)]
    if len(ends) > MAX_VERSIONS + 1:
        raise ExtractionError(
            f"the PDF keeps more than {MAX_VERSIONS} earlier versions of itself; print it to a "
            "new PDF"
        )
    for end in ends[:-1]:
        yield data[:end]


def between(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield place and text of what stands before, between and after the objects of a PDF."""
    start = max(data.find(b"%PDF-"), 0)
    yield "before the start", "\n".join(strings(data[:start]))
    rest = data[data.rindex(_END) + len(_END) :] if _END in data else b""
    yield "after the end", "\n".join(strings(rest))
    for match in _COMMENT.finditer(_without_streams(data, start)):
        text = match[1].decode("latin-1").strip()
        if not text.startswith(("PDF-", "%EOF")) and _LETTERS.search(text):
            yield "comment in the file", text


def strays(data: bytes) -> frozenset[str]:
    """Return the references of all objects that stand in the file, listed in it or not."""
    bare = _without_streams(data, 0)
    return frozenset(f"{int(m[1])} {int(m[2])} R" for m in _OBJECT.finditer(bare))


def unlisted(data: bytes) -> bytes:
    """Return the PDF without its lists of objects, so that a reader looks for them itself."""
    return data.replace(b"startxref", b"startxxxx")


def around(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield kind and detail of what is before the start, after the end, and hung on the end."""
    if not data.startswith(b"%PDF-"):
        yield "polyglot", "something else before the start of the PDF"
    rest = data[data.rindex(_END) + len(_END) :] if _END in data else b""
    if rest.strip(_SPACES):
        yield "trailing-bytes", f"{len(rest):,} bytes after the end of the PDF"
    earlier = max(data.count(_END), data.count(b"startxref")) - 1
    if b"/Linearized" in data[:_LINEARISED_WITHIN] and _FIRST_PAGE.search(data):
        earlier -= 1
    if earlier > 0:
        yield "earlier-revision", "an earlier version of the PDF, with what was taken out since"
