"""A PDF that a program which reads aloud cannot make sense of.

## Why it matters

Parents and pupils who do not see well have pages read to them. A scan without text is silence; a
PDF without tags is read in any order; without its language it is read with the wrong voice. The
Public Sector Bodies (Websites and Mobile Applications) Accessibility Regulations 2018 ask it of
what families need from the school's site; a page says it better than a PDF in any case.

## What it cannot see

Whether the tags are the right ones, whether pictures are described well, and whether the colours
are far enough apart. It says what is missing, not that all is well.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Document, Finding, Location, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("pdf-not-accessible"),
    family="files",
    summary="a PDF that cannot be read aloud well",
    remedy=(
        "Write it as a page of the site, or export it with tags, a title and a language (Best for "
        "accessibility, PDF/UA, in an office program); let text be recognised in a scan."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("ff",),
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report pages without text; what else is missing is noted in one sentence."""
    if document.media_type != "application/pdf":
        return
    for part in document.parts:
        if part.kind == "scanned-page":
            message = f"{part.location.field} {part.detail}"
            yield found_at(RULE, part.location, message)
    missing = list(_missing(document))
    if missing:
        *most, last = missing
        listed = f"{', '.join(most)} or {last}" if most else last
        finding = found_at(RULE, Location(path=document.path), f"the PDF has no {listed}")
        yield replace(finding, severity=Severity.NOTE)


def _missing(document: Document) -> Iterator[str]:
    facts = document.properties
    said = any(piece.field == "XMP dc:title" for piece in document.carried(Carrier.PROPERTY))
    if not facts.get("tagged"):
        yield "tags"
    if not (facts.get("title") or said):
        yield "title"
    if not facts.get("language"):
        yield "language"
