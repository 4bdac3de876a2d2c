"""What a page's link or image target means: a file of the site, or something outside."""

import posixpath
import re
import unicodedata
from urllib.parse import unquote

_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def is_external(target: str) -> bool:
    """Say whether *target* has a scheme or a host of its own."""
    return bool(_SCHEME.match(target.strip()))


def resolve(page: str, target: str) -> str | None:
    """Return the path that *target*, written on *page*, means, relative to the content folder.

    None for what lies elsewhere: another site, a place on the same page. A path that would climb
    out of the content folder is returned with its leading ``..``, so that it is found nowhere.
    """
    bare = unquote(re.split(r"[?#]", target.strip(), maxsplit=1)[0])
    if not bare or is_external(target):
        return None
    base = "" if bare.startswith("/") else posixpath.dirname(page)
    joined = posixpath.normpath(posixpath.join(base, bare.lstrip("/") if not base else bare))
    return unicodedata.normalize("NFC", joined)
