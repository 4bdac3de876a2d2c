"""Files of the site's own theme: of kinds that only show something, and without other sites."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from moderation.model import Asset
from moderation.pipeline.targets import is_external

ENDINGS = (
    *("css", "gif", "html", "ico", "jpeg", "jpg", "js", "json", "png", "svg", "txt"),
    *("webmanifest", "webp", "woff", "woff2"),
)
"""What a theme is made of; a server or MkDocs itself may take others for instructions."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# CSS Syntax Level 3, section 4.3.7: an escape is up to six digits and a blank, or any character.
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\r\n\f]?|\r?\n|(.))", re.IGNORECASE | re.DOTALL)
_ELSEWHERE = r"\s*(?:(?!data:)[a-z][a-z0-9+.-]*:|[/\\]{2})"
_REMOTE = re.compile(
    rf"""url\(\s*["']?{_ELSEWHERE}|@import\s*["']{_ELSEWHERE}"""
    rf"""|(?:image-set|src|image)\([^;{{}}]*?["']{_ELSEWHERE}""",
    re.IGNORECASE,
)
_ACTING = """
animate animatemotion animatetransform foreignobject handler iframe listener script set
"""
_ACTS = frozenset(_ACTING.split())
_STYLESHEET = re.compile(r"<\?\s*xml-stylesheet", re.IGNORECASE)


def theme_troubles(theme: Iterable[Asset]) -> Iterator[str]:
    """Yield what in the files of the theme must not reach a visitor.

    Args:
        theme: the files, by path below the folder of the theme

    """
    for asset in theme:
        ending = asset.path.rpartition(".")[2]
        if ending not in ENDINGS:
            yield (
                f"theme/{asset.path}: is no file that a theme is made of; remove it, or use one of "
                f"{', '.join(ENDINGS)}"
            )
        elif ending in ("css", "svg"):
            yield from (f"theme/{asset.path}: {trouble}" for trouble in _shown(asset, ending))


def asks_elsewhere(style: str) -> bool:
    """Say whether a stylesheet makes a browser ask another site for a file."""
    plain = _ESCAPE.sub(_character, style)
    # With comments and without: a string may hold what looks like the begin of a comment.
    return any(_REMOTE.search(text) for text in (plain, _COMMENT.sub(" ", plain)))


def _shown(asset: Asset, ending: str) -> Iterator[str]:
    try:
        text = asset.data.decode("utf-8")
    except UnicodeDecodeError:
        yield "is not saved as UTF-8; save it as UTF-8"
        return
    if ending == "svg":
        yield from _picture(text)
    elif asks_elsewhere(text):
        yield "asks another site for a file; keep the file in the theme"


def _picture(text: str) -> Iterator[str]:
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        yield "is not a plain SVG picture; save it as plain SVG"
        return
    if any(map(_acts, root.iter())):
        yield "runs a program or changes by itself; save it as plain SVG"
    if _STYLESHEET.search(text) or any(map(_fetches, root.iter())):
        yield "asks another site for a file; keep the file in the theme"


def _acts(element: Element) -> bool:
    return _local(element.tag) in _ACTS or any(_local(name)[:2] == "on" for name in element.attrib)


def _fetches(element: Element) -> bool:
    if asks_elsewhere(element.text or ""):
        return True
    return any(
        asks_elsewhere(value) or (_local(name) in ("href", "src", "base") and _leads_away(value))
        for name, value in element.attrib.items()
    )


def _leads_away(address: str) -> bool:
    clean = "".join(address.split()).replace("\\", "/").lower()
    return is_external(clean) and not clean.startswith("data:image/")


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _character(match: re.Match[str]) -> str:
    if not match[1]:
        return match[2] or ""
    number = int(match[1], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
