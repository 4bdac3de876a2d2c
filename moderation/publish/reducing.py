"""A file of the output as it is once other files are struck: pages, search index and sitemap."""

import gzip
import json
import re
import zlib
from collections.abc import Collection

from moderation.publish.cutting import cut, leads, leads_anywhere
from moderation.publish.layout import SEARCH_INDEX, SITEMAP, reach

_URL = re.compile(r"[ \t]*<url>.*?</url>\n?", re.DOTALL)
_LOC = re.compile(r"<loc>([^<]*)</loc>")
_UNREADABLE = (
    *(ValueError, KeyError, TypeError, AttributeError, AssertionError, RecursionError),
    *(OSError, EOFError, zlib.error),
)
"""What readers of JSON, HTML and gzip raise on a file that is none."""


def is_text(place: str) -> bool:
    """Say whether a file of the output can lead anywhere."""
    return place.endswith((".html", ".xml", ".xml.gz")) or place == SEARCH_INDEX


def reduced(place: str, data: bytes, places: Collection[str]) -> bytes | None:
    """Return a file as it is once *places* are struck; None if it cannot be read and must go.

    Args:
        place: its path in the output
        data: its bytes; the very same are returned where nothing in them leads there
        places: paths in the output

    """
    if not is_text(place):
        return data
    try:
        new = _reduced(place, data, places)
    except _UNREADABLE:
        return None  # what cannot be read is left out
    return data if new == data else new


def _reduced(place: str, data: bytes, places: Collection[str]) -> bytes | None:
    """Return a file of the output without what leads to *places*; None if it cannot be cut."""
    if place == SEARCH_INDEX:
        index = json.loads(data)
        kept = [e for e in index["docs"] if reach("", e["location"] or "./") not in places]
        if len(kept) == len(index["docs"]):
            return data
        return json.dumps({**index, "docs": kept}, separators=(",", ":")).encode()
    if place == f"{SITEMAP}.gz":
        plain = gzip.decompress(data)
        new = _sitemap(plain.decode(), places).encode()
        return data if new == plain else gzip.compress(new, mtime=0)
    if place.endswith(".xml"):
        return _sitemap(data.decode(), places).encode()
    text = data.decode()
    new_text = cut(text, place, places)
    return None if leads_anywhere(new_text, place, places) else new_text.encode()


def _sitemap(text: str, places: Collection[str]) -> str:
    """Leave out each address that ends as one of *places* does."""

    def kept(match: re.Match[str]) -> str:
        found = _LOC.search(match[0])
        path = f"/{found[1].partition('://')[2].partition('/')[2]}" if found else ""
        return "" if leads(path, "", places) else match[0]

    return _URL.sub(kept, text)
