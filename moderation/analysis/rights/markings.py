"""Whom a document is meant for, as its header, its first lines or its properties mark it.

After *Government Security Classifications* (Cabinet Office, 2023) and what schools write.
"""

import re

_WORDS = (
    (r"official[\s:–—-]*\[?sensitive\]?(?:[\s:–—-]+\w+){0,3}", "official-sensitive"),
    (r"(?:top )?secret", "secret"),
    (
        r"(?:strictly |highly |commercial(?:ly)? |commercial[ -]in[ -])?"
        r"(?:private (?:and|&) |in )?confiden(?:tial|ce)",
        "confidential",
    ),
    (
        r"(?:(?:company|trust|school|staff|governors?) )?confidential"
        r"(?: (?:information|document|report|item|minutes?|appendix))?",
        "confidential",
    ),
    (r"(?:for )?internal(?: use| circulation)?(?: only)?", "internal"),
    (r"(?:for )?(?:staff|governors?|trustees|slt|trust) (?:use )?only", "internal"),
    (r"restricted|protect(?:ed)?(?: [–-] | )?(?:personal|commercial|staff)", "restricted"),
    (
        r"not for (?:publication|circulation|distribution|release|onward sharing)",
        "not for publication",
    ),
    (r"embargoed(?: until.{0,40})?", "embargoed"),
    (
        r"draft(?:[\s:–—-]*(?:v(?:ersion)?\.?\s*)?\d[\d.]*)?(?:[\s:–—-]+(?:for (?:comment"
        r"|discussion|approval|consultation|review)|not for \w+|only|document|policy|copy))?",
        "draft",
    ),
)
_BEFORE = r"\W*(?:classification|marking|status|sensitivity)?\W*"
_MARKS = tuple(
    (re.compile(rf"{_BEFORE}(?:{words})\W*", re.IGNORECASE), name) for words, name in _WORDS
)
_CALM = frozenset({"draft", "internal", "restricted", "secret"})
"""Marks that are everyday words as well; they count in capitals, or where a marking belongs."""
_MOST = 80


def marking_in(line: str, *, stamped: bool = False) -> str:
    """Name the marking that a line is; empty where it is none or says that all may read it.

    Args:
        line: one line of text
        stamped: it stands where a marking belongs: a header, a footer, a field for it

    """
    text = line.strip()
    if not text or len(text) > _MOST:
        return ""
    for pattern, name in _MARKS:
        if pattern.fullmatch(text):
            loud = stamped or text.split()[0].isupper() or "use only" in text.lower()
            return name if loud or name not in _CALM else ""
    return ""


def marking_inside(line: str) -> str:
    """Name the marking among the parts of a header or footer: "Policy v2 | CONFIDENTIAL | 3"."""
    parts = re.split(r"\s*[|•·\t/]\s*|\s+[-–—]\s+|\s{3,}|,\s", line)
    found = (marking_in(part, stamped=True) for part in (line, *parts))
    return next((name for name in found if name), "")
