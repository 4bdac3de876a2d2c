"""What lies around and below the PDF that a reader shows: other bytes, and earlier versions of it.

A PDF is changed by hanging the change on its end (ISO 32000-2:2020, 7.5.6): whoever cuts the file
there has the version before. Annex F allows one more end near the start of a linearised file, whose
``startxref`` is nought.
"""

import re
from collections.abc import Iterator

_SPACES = b"\0\t\n\f\r "
_END = b"%%EOF"
_LINEARISED_WITHIN = 1024
_FIRST_PAGE = re.compile(rb"startxref\s{1,8}0\s{1,8}%%EOF")


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
