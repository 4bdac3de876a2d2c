"""The names of the formats that office files are written in, and what is written under them.

After ISO/IEC 29500-1 and *Open Document Format for Office Applications Version 1.3*.
"""

from moderation.model import Carrier

OWN_FILES = ("#", "Pictures/", "./", "media/", "Object", "Configurations2/", "Thumbnails/")
"""How the address of what lies in the file itself begins."""

_AUTHOR = (Carrier.COMMENT, "comment author")
CHOSEN = {
    **dict.fromkeys(("descr", "alt"), (Carrier.ALT, "picture")),
    **dict.fromkeys(("tooltip", "screenTip"), (Carrier.TITLE, "tip")),
    **dict.fromkeys(("displayName", "userId", "initials"), _AUTHOR),
    "author": (Carrier.TRACKED_CHANGE, "author of a change"),
    "instr": (Carrier.MARKUP, "field"),
}
"""Attributes that say by their own name what they are."""

CHOSEN_IN = {
    **{(each, "title"): (Carrier.ALT, "picture") for each in ("docPr", "cNvPr", "imagedata")},
    **{("comment", key): _AUTHOR for key in ("author", "initials")},
    **{(each, "name"): _AUTHOR for each in ("cmAuthor", "author")},
    ("person", "author"): _AUTHOR,
    ("table-cell", "formula"): (Carrier.HIDDEN, "formula"),
    ("hyperlink", "location"): (Carrier.LINK, "link"),
    ("hyperlink", "display"): (Carrier.LINK_TEXT, "link"),
    ("a", "title"): (Carrier.TITLE, "tip"),
    ("table", "displayName"): (Carrier.HIDDEN, "table displayName"),
}
"""Attributes that several elements have, each with its own meaning."""

FREE = frozenset(
    {
        *("name", "display-name", "label", "caption", "title", "description", "comment", "prompt"),
        *("promptTitle", "error", "errorTitle", "current-value", "string-value", "codeName"),
        *(
            "string-value-if-true",
            "string-value-if-false",
            "formula",
            "condition",
            "user",
            "userName",
        ),
        *("ed", "refreshedBy", "connection-name", "command", "connection", "source-field-name"),
        *("displayText", "uniqueName", "totalsRowLabel", "key1", "key2", "formatCode", "element"),
    }
)
"""Attributes whose value somebody made up, also where it is one word."""

VALUES = frozenset({"val", "v", "value", "string", "text"})
VALUED = frozenset(
    {
        *("alias", "tag", "listItem", "listEntry", "default", "helpText", "statusText", "docVar"),
        *("attr", "tblCaption", "tblDescription", "filter", "customFilter", "sheetName", "lvlText"),
        *("query", "connectString", "textpath", "s", "cfRule", "inputCells", "filter-condition"),
        *("placeholder", "docPart", "category", "mailSubject", "addressFieldName", "mappedName"),
    }
)
"""Elements whose attributes of these names hold what somebody wrote."""

SILENT = frozenset(
    {
        *("style", "type", "path", "coordsize", "typeface", "panose", "uri", "Ignorable", "points"),
        *("ProcessContents", "Requires", "PartName", "ContentType", "Extension", "Target", "lang"),
        *("ascii", "hAnsi", "cs", "eastAsia", "bidi", "adj", "d", "viewBox", "enhanced-path"),
        *("font-family", "fontName", "script", "country", "language", "font-name", "media-type"),
        *("font-family-generic", "parent-style-name", "next-style-name", "full-path", "sqref"),
        *("date-style-name", "data-style-name", "rfc-language-tag", "Id", "paraId", "durableId"),
        *("xmlns", "schemaLocation", "providerId", "master-page-name", "spans", "svgBlip"),
        *("font-style-name", "font-name-asian", "font-name-complex", "font-family-asian"),
        *("font-family-complex", "base-cell-address", "cell-range-address", "print-ranges"),
        *(
            "href",
            "target-range-address",
            "date",
            "created",
            "modified",
            "list-style-name",
            "style-name",
        ),
    }
)
MUTE = frozenset(
    {
        *(
            "lang",
            "themeFontLang",
            "rFonts",
            "font",
            "latin",
            "ea",
            "sym",
            "buFont",
            "lsdException",
        ),
        *("Override", "Default", "schemaRef", "rsid", "rsids", "compatSetting", "font-face", "rPr"),
        *("charset", "family", "pitch", "altName", "file-entry", "Relationship", "namespace"),
        *("config-item-set", "config-item-map-named", "config-item-map-indexed", "config-item"),
        *("animMotion", "attrName", "strVal", "prstGeom", "lsdExceptions"),
    }
)
"""Elements whose attributes are fonts, languages, types and numbers."""

KNOWN = frozenset(
    {("sheet", "name"), ("definedName", "name"), ("table", "name"), ("style", "name")}
)
"""Attributes that a reader takes itself, and the names of styles that readers show another of."""

COUNTED = frozenset({"c", "row", "r", "tc", "tr", "table-cell", "col", "style"})
"""Elements that large files are made of, with few attributes that can hold words."""
WORDY = frozenset({"string-value", "formula", "display-name", "name", "title", "comment"})

_MADE_UP = """
a accent addressee agenda all and annotation arrow background backgroundobjects balloon
bibliography black blank block blue bodies body book bottom box bullet bullets caption centered
char character chart clip co code colorful comma comment comparison complimentary connector
content contents continue control controls convention currency custom dark dashed date default
definition diagram dk document dotted dp drawing emphasis empty endnote envelope equation
extended figure fill filled first folhlink followed font footer footnote footnotes form formula
fr frame ftr fullwidth general generic goback gr graphic graphics green grid group handout
hanging hdr header heading headings hlink hlk horizontal hyperlink hyphenation illustration
image indent index intense internet l label landscape layout left legend letter level light line
lines link list listing listlabel lt ltr macro magnifier mail main marginalia master
measurelines medium menu message mpm no normal notes number numbering object office only outline
outlined oval over p page pagestyle paragraph parent pdf percent photo picture pictures
placeholder plain pm portrait preformatted print quotations quote rectangle red ref reference
reply return revision right ro ro1 rounded rubies salutation second section sender separator
shading shadow shape shapes sheet signature slide slides small smart solid source spacing
standard statistics straight strong style subsection subtitle subtle symbols ta table tables
teletype text textbox theme thumbnail time title toc top twelve two typewriter unfilled
unnumbered user value values vertical view visited watermark web with without worksheet ww8num
wwn wwnum xml yellow
"""
VOCABULARY = frozenset(_MADE_UP.split())
"""Words of which programs make up names, such as ``Text Box 3`` or ``Heading 1 Char``."""
