"""The content of an OpenDocument file: changes accepted, and everything out that is not shown."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from moderation.analysis.cleaning.open_sheets import clean_sheets
from moderation.analysis.cleaning.trees import drop, drop_all, is_within, unwrap
from moderation.extract.office.archive import attribute, below, local
from moderation.extract.office.open_marks import place_of, slide_size
from moderation.extract.office.slide_marks import is_outside

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_GONE = (
    *("tracked-changes", "change", "change-start", "change-end", "annotation", "annotation-end"),
    *("scripts", "event-listeners", "forms", "variable-decls", "sequence-decls"),
    *("user-field-decls", "dde-connection-decls", "alphabetical-index-auto-mark-file"),
    *("hidden-text", "hidden-paragraph", "script", "notes", "user-index-mark", "toc-mark"),
    *("user-index-mark-start", "user-index-mark-end", "toc-mark-start", "toc-mark-end"),
    *("alphabetical-index-mark", "alphabetical-index-mark-start", "alphabetical-index-mark-end"),
    *("reference-mark", "reference-mark-start", "reference-mark-end", "meta-field-data"),
    *("section-source", "dde-source", "settings", "iteration", "named-expressions"),
    *("database-ranges", "data-pilot-tables", "consolidation", "dde-links", "content-validations"),
    *("label-ranges", "calculation-settings", "table-source", "scenario", "header-decl-unused"),
    *("tab-sync", "control", "applet", "plugin", "sound", "show"),
)
_FLAT = frozenset(
    {
        *("author-name", "author-initials", "sender-firstname", "sender-lastname"),
        *("sender-initials", "sender-title", "sender-position", "sender-email"),
        *("sender-phone-private", "sender-fax", "sender-company", "sender-phone-work"),
        *("sender-street", "sender-city", "sender-postal-code", "sender-country"),
        *("sender-state-or-province", "variable-set", "variable-get", "variable-input"),
        *("user-field-get", "user-field-input", "expression", "text-input", "initial-creator"),
        *("creation-date", "creation-time", "description", "user-defined", "print-time"),
        *("print-date", "printed-by", "subject", "keywords", "editing-cycles"),
        *("editing-duration", "modification-time", "modification-date", "creator"),
        *("database-display", "database-row-number", "database-name", "conditional-text"),
        *("placeholder", "drop-down", "file-name", "template-name", "chapter", "bookmark-ref"),
        *("reference-ref", "sequence-ref", "note-ref", "meta", "meta-field"),
        *("dde-connection", "measure", "execute-macro", "table-formula"),
    }
)
"""Fields of which only what they show is kept; they stand in paragraphs."""


def clean_content(content: "Element", styles: "Element | None") -> None:
    """Leave only what the pages, sheets or slides show.

    Args:
        content: the root of ``content.xml``
        styles: the root of ``styles.xml``, if there is one

    """
    roots = [content] if styles is None else [styles, content]
    hidden = _hidden_styles(content)
    _drop_slides(content, hidden, None if styles is None else slide_size(styles))
    if styles is not None:
        _drop_masters(content, styles)
    clean_sheets(content, hidden)
    for root in roots:
        _unseen(root, hidden)
        drop_all(root, *_GONE)
        for each in [e for e in root.iter() if local(e.tag) in _FLAT and _is_inline(e)]:
            unwrap(each)
    _bookmarks(roots)


def _is_inline(element: "Element") -> bool:
    return is_within(element, "p", "h") and "svg" not in str(element.tag).partition("}")[0]


def _hidden_styles(content: "Element") -> frozenset[str]:
    """Return the names of the styles that hide a sheet, a slide or a run of text."""
    return frozenset(
        attribute(style, "name")
        for style in below(content, "style")
        for properties in style
        if attribute(properties, "display") in ("false", "none")
        or attribute(properties, "visibility") == "hidden"
    )


def _unseen(root: "Element", hidden: frozenset[str]) -> None:
    """Take out runs, sections and shapes that are switched off."""
    for each in list(root.iter()):
        if local(each.tag) in ("style", "table", "page"):
            continue
        is_off = attribute(each, "display") == "none" and "style" not in str(each.tag)
        is_off = is_off and not local(each.tag).endswith("-properties")
        named = {attribute(each, "style-name"), attribute(each, "text-style-name")} - {""}
        if is_off or (attribute(each, "style-name") in hidden and named):
            drop(each)


def _drop_slides(
    content: "Element", hidden: frozenset[str], size: tuple[int, int, int, int] | None
) -> None:
    for page in list(below(content, "page")):
        if attribute(page, "style-name") in hidden:
            drop(page)
            continue
        for shape in list(page):
            box = place_of(shape)
            if size and box and is_outside(box, size[2:]):
                drop(shape)


def _drop_masters(content: "Element", styles: "Element") -> None:
    """Take out the masters of slides that no slide has."""
    used = {attribute(page, "master-page-name") for page in below(content, "page")}
    for master in list(below(styles, "master-page")):
        if used and attribute(master, "name") not in used:
            drop(master)
    if used:
        drop_all(styles, "handout-master")


def _bookmarks(roots: list["Element"]) -> None:
    """Number the bookmarks that links lead to, and take out all others."""
    wanted = {
        attribute(link, "href").removeprefix("#").partition("|")[0]
        for root in roots
        for link in below(root, "a")
        if attribute(link, "href").startswith("#")
    }
    names = {name: f"b{number}" for number, name in enumerate(sorted(wanted), 1)}
    for root in roots:
        for mark in list(below(root, "bookmark", "bookmark-start", "bookmark-end")):
            if attribute(mark, "name") not in names:
                drop(mark)
                continue
            for key in [key for key in mark.attrib if local(key) == "name"]:
                mark.set(key, names[mark.attrib[key]])
        for link in below(root, "a"):
            _settle_link(link, names)


def _settle_link(link: "Element", names: Mapping[str, str]) -> None:
    for key in [key for key in link.attrib if local(key) in ("href", "name", "title")]:
        if local(key) != "href":
            del link.attrib[key]
        elif link.attrib[key].startswith("#"):
            link.set(key, f"#{names[link.attrib[key].removeprefix('#').partition('|')[0]]}")
