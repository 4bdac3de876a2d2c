"""A file that is not what its name says, is two things at once, or may not be published at all.

## Why it matters

A program or a web page can be renamed to look like a photo, and a zip file can be hung on the end
of one. Visitors trust what a school hands them, and the filters of a network look at endings. What
may be published is in the policy: a type that is not there cannot be checked well enough.

## What it cannot see

Whether the program that a visitor uses reads a file in yet another way, and what is hidden inside
the pixels of a picture. A file of a type that cannot be read at all is not a finding but an error:
it is never published.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Location, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("file-type-mismatch"),
    family="files",
    summary="a file that is not what its name says, or of a type that is not published",
    remedy=(
        "Export the file again as a JPEG, PNG, WebP or GIF picture, as a PDF or in a modern office "
        "format (.docx, .odt), and keep the ending that the program gives it; save text as UTF-8."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("n", "q"),
    waivable=False,
)
_TWO_THINGS = frozenset({"trailing-bytes", "polyglot"})
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_NAMES = {
    "image/jpeg": "a JPEG picture",
    "image/png": "a PNG picture",
    "image/webp": "a WebP picture",
    "image/gif": "a GIF picture",
    "image/svg+xml": "an SVG drawing",
    "application/pdf": "a PDF",
    "text/markdown": "a page",
    "text/html": "a web page",
    "text/plain": "plain text",
    "text/csv": "a table of plain text",
    f"{_OPEN_XML}wordprocessingml.document": "a Word document",
    f"{_OPEN_XML}spreadsheetml.sheet": "an Excel workbook",
    f"{_OPEN_XML}presentationml.presentation": "a PowerPoint presentation",
    f"{_OPEN_DOCUMENT}text": "an OpenDocument text",
    f"{_OPEN_DOCUMENT}spreadsheet": "an OpenDocument spreadsheet",
    f"{_OPEN_DOCUMENT}presentation": "an OpenDocument presentation",
}


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Compare the content of a file with its ending and with what the policy lets in."""
    where = Location(path=document.path)
    kind = _NAMES.get(document.media_type, document.media_type)
    endings = context.policy.types.get(document.media_type)
    ending = PurePosixPath(document.path).suffix.lower()
    if endings is None:
        yield found_at(RULE, where, f"the file is {kind}, which is not published")
    elif ending not in endings:
        shown = f"ends in {ending}" if ending else "has no ending"
        yield found_at(RULE, where, f"the name {shown}, but the file is {kind}")
    if document.properties.get("encoding", "utf-8") != "utf-8":
        yield found_at(RULE, where, "the text is saved as UTF-16; save it as UTF-8")
    for part in document.parts:
        if part.kind in _TWO_THINGS:
            yield found_at(RULE, part.location, f"the file holds more than it shows: {part.detail}")
