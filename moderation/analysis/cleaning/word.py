"""Word processing: changes accepted, and everything out that the pages do not show.

After ISO/IEC 29500-1, *WordprocessingML*, 17.13 (changes), 17.16 (fields) and 17.15 (settings).
"""

import re
from typing import TYPE_CHECKING

from moderation.analysis.cleaning.fields import settle_fields
from moderation.analysis.cleaning.package import Office
from moderation.analysis.cleaning.trees import (
    above,
    drop,
    drop_all,
    following,
    is_within,
    keep_only,
    unwrap,
)
from moderation.extract.office.archive import attribute, below, local
from moderation.extract.office.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_STORIES = ("header", "footer", "footnotes", "endnotes")
_REMOVED = ("del", "moveFrom", "cellDel")
_ACCEPTED = ("ins", "moveTo", "customXml", "smartTag", "sdtContent", "sdt")
_GONE = (
    *("rPrChange", "pPrChange", "tblPrChange", "sectPrChange", "tcPrChange", "trPrChange"),
    *("tblGridChange", "tblPrExChange", "numberingChange", "cellIns", "cellMerge"),
    *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart"),
    *("customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
    *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "commentRangeStart"),
    *("commentRangeEnd", "commentReference", "annotationRef", "sdtPr", "sdtEndPr", "ffData"),
    *("customXmlPr", "smartTagPr", "delInstrText", "delText"),
    *("webHidden", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic"),
)
_HIDES = ("vanish", "specVanish")
_OFF = ("0", "false", "off")
_SETTINGS = frozenset(
    {
        *("zoom", "mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter"),
        *("gutterAtTop", "defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit"),
        *("hyphenationZone", "doNotHyphenateCaps", "evenAndOddHeaders", "bookFoldPrinting"),
        *("drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "noLineBreaksAfter"),
        *("noLineBreaksBefore", "characterSpacingControl", "footnotePr", "endnotePr", "compat"),
        *("themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
        *("displayBackgroundShape", "mathPr"),
    }
)
_WORD = re.compile(r"[^\W\d_]+")
_STYLED = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")


def clean_word(office: Office, main: str) -> None:
    """Leave in the trees of a document only what its pages show."""
    styles = office.targets(main, "styles")
    renamed: dict[str, str] = {}
    hidden: set[str] = set()
    for name in styles:
        root = office.tree(name)
        hidden |= {attribute(e, "styleId") for e in below(root, "style") if _is_hidden(e)}
        renamed |= _rename_styles(root)
    stories = [main, *office.targets(main, *_STORIES)]
    numbers = office.targets(main, "numbering")
    for name in stories:
        _story(office.tree(name), hidden)
    for name in (*stories, *styles, *numbers):
        _restyle(office.tree(name), renamed)
    _bookmarks([office.tree(name) for name in stories])
    for name in office.targets(main, "settings"):
        keep_only(office.tree(name), _SETTINGS)


def _story(root: "Element", hidden: set[str]) -> None:
    _accept(root)
    settle_fields(root)
    for run in [each for each in root.iter() if local(each.tag) in ("r", "p")]:
        if _is_hidden(run) or _style(run) in hidden:
            _take_out(run)
    drop_all(root, *_GONE)
    for name in _ACCEPTED:
        for element in [each for each in root.iter() if local(each.tag) == name]:
            unwrap(element)
    _fill_cells(root)


def _take_out(element: "Element") -> None:
    """Take out a run; of a hidden paragraph only what it says, since its settings may matter."""
    if local(element.tag) == "r":
        drop(element)
        return
    for child in list(element):
        if local(child.tag) != "pPr":
            drop(child)


def _accept(root: "Element") -> None:
    """Take out what was removed, with the rows and the ends of paragraphs that were."""
    for mark in [each for each in root.iter() if local(each.tag) in _REMOVED]:
        around = above(mark)
        kind = local(around.tag) if around is not None else ""
        if around is not None and kind in ("trPr", "tcPr"):
            row = above(around)
            drop(row if row is not None else mark)
        elif around is not None and kind == "rPr" and is_within(mark, "pPr"):
            drop(mark)
            _join(around)
        else:
            drop(mark)


def _join(settings: "Element") -> None:
    """Join a paragraph whose end was removed to the next one."""
    own = above(settings)
    paragraph = above(own) if own is not None else None
    if paragraph is None or own is None:
        return
    after = following(paragraph)
    rest = [child for child in paragraph if child is not own]
    if after is None or local(after.tag) != "p":
        return
    at = 1 if len(after) and local(after[0].tag) == "pPr" else 0
    for step, child in enumerate(rest):
        after.insert(at + step, child)
    drop(paragraph)


def _is_hidden(element: "Element") -> bool:
    """Say whether the own settings of a run or style hide it."""
    for part in element:
        if local(part.tag) == "rPr":
            return any(
                local(each.tag) in _HIDES and attribute(each, "val") not in _OFF for each in part
            )
    return False


def _style(element: "Element") -> str:
    for part in element[:1]:
        for each in part:
            if local(each.tag) in ("pStyle", "rStyle"):
                return attribute(each, "val")
    return ""


def _fill_cells(root: "Element") -> None:
    """Give each cell and box the paragraph that it needs."""
    for cell in list(below(root, "tc", "txbxContent", "hdr", "ftr")):
        if not any(local(each.tag) in ("p", "tbl") for each in cell):
            space = str(cell.tag).rpartition("}")[0] + "}"
            cell.append(cell.makeelement(f"{space}p" if space != "}" else "p", {}))


def _rename_styles(root: "Element") -> dict[str, str]:
    """Give the styles with names of somebody's own other names, and return the ids that change."""
    renamed = {}
    for number, style in enumerate(below(root, "style"), 1):
        own = attribute(style, "styleId")
        if not _is_known(own):
            start = next((w for w in ("Heading", "Title") if own.lower().startswith(w.lower())), "")
            renamed[own] = f"{start}Style{number}"
            _set(style, "styleId", renamed[own])
        for each in style:
            if local(each.tag) == "name" and not _is_known(attribute(each, "val")):
                _set(each, "val", f"Style {number}")
            elif local(each.tag) == "aliases":
                drop(each)
    return renamed


def _is_known(name: str) -> bool:
    words = _WORD.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower())
    return all(word in VOCABULARY for word in words)


def _restyle(root: "Element", renamed: dict[str, str]) -> None:
    for each in below(root, *_STYLED):
        if attribute(each, "val") in renamed:
            _set(each, "val", renamed[attribute(each, "val")])


def _set(element: "Element", name: str, value: str) -> None:
    for key in element.attrib:
        if local(key) == name:
            element.set(key, value)


def _bookmarks(roots: list["Element"]) -> None:
    """Number the bookmarks that links lead to, and take out all others."""
    wanted = {attribute(e, "anchor") for root in roots for e in below(root, "hyperlink")} - {""}
    names = {name: f"b{number}" for number, name in enumerate(sorted(wanted), 1)}
    for root in roots:
        kept: set[str] = set()
        for mark in list(below(root, "bookmarkStart")):
            if attribute(mark, "name") in names:
                _set(mark, "name", names[attribute(mark, "name")])
                kept.add(attribute(mark, "id"))
            else:
                drop(mark)
        for mark in list(below(root, "bookmarkEnd")):
            if attribute(mark, "id") not in kept:
                drop(mark)
        for link in below(root, "hyperlink"):
            for key in [each for each in link.attrib if local(each) in ("tooltip", "docLocation")]:
                del link.attrib[key]
            _set(link, "anchor", names.get(attribute(link, "anchor"), ""))
