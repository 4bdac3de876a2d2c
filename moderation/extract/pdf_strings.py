"""The strings of a PDF: what the key they stand under makes of them.

After ISO 32000-2:2020, 7.9.2 for text strings; the keys are those of its tables.
"""

import re
from collections.abc import Iterator, Mapping

from moderation.extract.picture import strings
from moderation.model import Carrier

_CODES = frozenset({"/ID", "/DA", "/DS", "/Registry", "/Ordering", "/CharSet", "/Lookup"})
_KINDS = frozenset(
    {
        *("/BaseFont", "/FontName", "/Filter", "/SubFilter", "/Encoding", "/ColorSpace", "/Type"),
        *("/Subtype", "/S", "/Differences", "/Lang"),
    }
)
"""Keys whose values are of a few kinds; what is written under them with a blank is none."""

CARRIERS = {
    "/Contents": (Carrier.ANNOTATION, "note"),
    "/RC": (Carrier.ANNOTATION, "note"),
    "/Subj": (Carrier.ANNOTATION, "note subject"),
    "/T": (Carrier.ANNOTATION, "note author"),
    "/TU": (Carrier.FORM_FIELD, "form field help"),
    "/TM": (Carrier.FORM_FIELD, "form field name"),
    "/V": (Carrier.FORM_FIELD, "form field"),
    "/RV": (Carrier.FORM_FIELD, "form field"),
    "/DV": (Carrier.FORM_FIELD, "form field"),
    "/AS": (Carrier.FORM_FIELD, "form field state"),
    "/Opt": (Carrier.FORM_FIELD, "form field choice"),
    "/Title": (Carrier.TITLE, "outline"),
    "/Alt": (Carrier.ALT, "alternative text"),
    "/ActualText": (Carrier.ALT, "replacement text"),
    "/E": (Carrier.ALT, "abbreviation"),
    "/URI": (Carrier.LINK, "link"),
    "/F": (Carrier.ATTACHMENT, "file name"),
    "/UF": (Carrier.ATTACHMENT, "file name"),
    "/Desc": (Carrier.ATTACHMENT, "file description"),
    "/JS": (Carrier.MARKUP, "script"),
}
_FIELD = (Carrier.FORM_FIELD, "form field name")
NAMED = frozenset({"/V", "/DV", "/AS"})
"""Keys whose value may be the name of a state, such as the pupil beside a tick box."""
_STATES = frozenset({"/Off", "/Yes", "/On"})

_DATE = re.compile(r"D:[0-9]{4}")
_BLOCK = re.compile(r"</?(?:p|div|br|li|td|tr|ul|ol|field|value|text|xdp)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_LANGUAGE = re.compile("\x1b[A-Za-z]{2,4}\x1b")
_WORDS = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+[\s_.,-]++[^\W\d_]{2}")
_OWN = re.compile(r"/(?:[A-Z]{6}\+|[A-Z0-9]+[_-]|adbe\.|Adobe\.|ETSI\.)")


def plain(value: str, *, is_name: bool = False) -> Iterator[str]:
    """Undo how qpdf writes strings: ``u:`` for text, ``b:`` for bytes in hexadecimal.

    Args:
        value: as it stands in qpdf's JSON, version 2
        is_name: yield a name (``/Oak``) too, unless it is one that every form has

    """
    if value.startswith("u:"):
        yield _LANGUAGE.sub("", value[2:])
    elif value.startswith("b:"):
        yield from strings(bytes.fromhex(value[2:]))
    elif value.startswith("/") and (is_name or is_words(value)) and value not in _STATES:
        yield value[1:]


def is_words(name: str) -> bool:
    """Say whether a name (``/Oak class``) reads like words that somebody wrote."""
    return _WORDS.search(name) is not None and not _OWN.match(name)


def is_date(text: str) -> bool:
    """Say whether a string is a date, which PDF writes as ``D:2026``."""
    return _DATE.match(text) is not None


def is_code(key: str, value: str) -> bool:
    """Say whether what stands under *key* is no text, whatever it holds."""
    return key in _CODES or (key in _KINDS and " " not in value)


def meaning(key: str, owner: Mapping[str, object]) -> tuple[Carrier, str]:
    """Return what carries a string under *key* of a dictionary, and what to call its place."""
    if key == "/T" and "/S" in owner:
        return Carrier.TITLE, "title of a part"
    if key == "/T" and ("/FT" in owner or "/Kids" in owner or owner.get("/Subtype") == "/Widget"):
        return _FIELD
    return CARRIERS.get(key, (Carrier.HIDDEN, f"PDF {key.lstrip('/')}".strip()))


def without_tags(text: str) -> str:
    """Return the words of rich text; a tag inside a word does not cut it in two."""
    return _TAG.sub("", _BLOCK.sub("\n", text)).strip()
