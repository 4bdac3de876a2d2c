"""One grammar for the paths of a site, so that no trick of spelling gets past the gate.

Segments of lower-case letters, digits and hyphens, at most six deep, with one ending that the
policy admits; no name that Windows reserves. Everything else is refused with a name to use instead.
"""

import re
import unicodedata
from collections.abc import Collection

from moderation.model import UsageError

DEEPEST = 6
_SEGMENT = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")
_LONGEST = 200


def check_path(path: str, endings: Collection[str]) -> str:
    """Return *path* if it is one that the site may publish.

    Args:
        path: relative to the content folder, with forward slashes
        endings: those that the policy admits, such as ``.md``

    Raises:
        UsageError: it is not; the message offers a name that is

    """
    *folders, name = path.split("/")
    stem, dot, ending = name.rpartition(".")
    parts = (*folders, stem)
    good = (
        len(path) <= _LONGEST
        and len(folders) < DEEPEST
        and all(_SEGMENT.fullmatch(part) and not _RESERVED.fullmatch(part) for part in parts)
        and dot + ending in endings
    )
    if not good:
        raise UsageError(
            f"{printable(path)}: a path of the site has lower-case letters, digits and hyphens, is "
            f"at most {DEEPEST} deep and ends in {', '.join(sorted(endings))}; "
            f"rename it to something like {suggest(path)}"
        )
    return path


def suggest(path: str) -> str:
    """Offer a path that the grammar accepts, as close to *path* as can be."""
    parts = [part for part in path.split("/") if part not in ("", ".", "..")] or ["page.md"]
    *folders, name = parts
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, ending) if dot and stem else (name, "md")
    words = [_words(folder) for folder in folders[: DEEPEST - 1]]
    ending = re.sub(r"[^a-z0-9]", "", ending.lower())[:8] or "md"
    return "/".join([*words, f"{_words(stem)}.{ending}"])


def same_name(path: str) -> str:
    """Return the form under which two spellings of a path collide."""
    return unicodedata.normalize("NFKC", path).casefold()


def printable(path: str) -> str:
    """Return *path* with everything that could steer a terminal shown as an escape."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in path)


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "file"
    return f"{word}-file" if _RESERVED.fullmatch(word) else word
