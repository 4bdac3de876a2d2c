"""A document that is marked as not public, or is the trust's own and nobody released it.

## Why it matters

Minutes in draft, papers for governors only and the trust's own templates are on the same drive as
the letters to parents, and go out by one wrong click. What is created in the trust is its own; its
executive releases it, and accepting this finding is that release, signed.

Schoolgate reads the marking where it belongs: in headers and footers, on a line of its own at the
top or the foot of a page, in the properties and the file's name. The names of the trust are in the
policy, under `[rights] trust`; a document is its own if its properties, its notice of copyright or
its declaration say so.

## What it cannot see

Documents without a marking, markings in a picture or in another language than English, and whether
a document of the trust was published by the trust already.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from moderation.analysis.shown import Shown, shown
from moderation.checks.base import Context, found_at
from moderation.model import (
    Carrier,
    Credit,
    Document,
    Finding,
    Location,
    ReadSubmission,
    Role,
    Rule,
    RuleId,
    Scope,
    Severity,
    Term,
)

RULE = Rule(
    id=RuleId("trust-document"),
    family="rights",
    summary="document that is marked as not public, or is the trust's own",
    remedy=(
        "Hand in the version that is meant for the public, or ask the executive of the trust to "
        "release this one by accepting the finding."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("p", "aa"),
    decided_by=Role.EXECUTIVE,
    scope=Scope.SUBMISSION,
)
_FIELDS = re.compile(
    r"(?:keywords?|category|subject|status|content ?status|classification|sensitivity|marking"
    r"|security|label|msip_label.*name)$",
    re.IGNORECASE,
)
_BODIES = (Carrier.BODY, Carrier.HEADING, Carrier.SLIDE, Carrier.CELL, Carrier.ANNOTATION)
_COMPANY = re.compile(r"(?:company|publisher|organi[sz]ation)$", re.IGNORECASE)
_OWNERS = (Term.CREATOR, Term.COPYRIGHT_NOTICE, Term.COPYRIGHT_OWNER)
_EDGE = 3
"""Lines at the top and the foot of a page among which a marking may stand."""
_NAME = re.compile(
    r"(?:^|[-_. ])(official[-_ ]sensitive|confidential|internal[-_ ]use(?:[-_ ]only)?"
    r"|staff[-_ ]only|not[-_ ]for[-_ ]publication|draft)(?:[-_. \d]|v\d|$)"
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each download that is not public, and each that is the trust's own."""
    for file in shown(submission):
        document = submission.files.get(file.path)
        if document is None or file.picture or document.media_type.startswith(("audio/", "video/")):
            continue
        marked = next(_markings(document), None)
        if marked is not None:
            yield found_at(RULE, marked[1], f"the document is marked: {marked[0]}")
        elif place := _owned(file, document, context.policy.trust):
            message = "the document is the trust's own, and its executive has not released it"
            yield found_at(RULE, place, message)


def _markings(document: Document) -> Iterator[tuple[str, Location]]:
    from moderation.analysis.rights.markings import marking_in, marking_inside

    for piece in document.carried(Carrier.HEADER):
        for line in document.text[piece.start : piece.end].splitlines():
            if name := marking_inside(line):
                yield name, document.locate(piece.start, piece.end)
    for piece in document.carried(Carrier.PROPERTY):
        value = document.text[piece.start : piece.end]
        if _FIELDS.search(piece.field) and (name := marking_in(value, stamped=True)):
            yield name, document.locate(piece.start, piece.end)
    yield from _on_edges(document)
    if found := _NAME.search(PurePosixPath(document.path).stem.casefold()):
        name = found[1].replace("_", " ").replace("-", " ")
        yield name, Location(path=document.path, carrier=Carrier.FILE_NAME, field="file name")


def _on_edges(document: Document) -> Iterator[tuple[str, Location]]:
    """Yield markings on lines of their own at the top and the foot of each page."""
    from moderation.analysis.rights.markings import marking_in

    pages: dict[str, list[tuple[int, str]]] = {}
    for piece in document.carried(*_BODIES):
        page = piece.field if piece.field.startswith(("page ", "slide ")) else ""
        at = piece.start
        for line in document.text[piece.start : piece.end].splitlines(keepends=True):
            if line.strip():
                pages.setdefault(page, []).append((at, line.rstrip()))
            at += len(line)
    for lines in pages.values():
        edge = lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]
        for start, line in edge:
            if name := marking_in(line):
                yield name, document.locate(start, start + len(line))


def _owned(file: Shown, document: Document, trust: frozenset[str]) -> Location | None:
    """Return where a document says that it is the trust's own, or None."""
    if not trust:
        return None
    said = file.declaration
    if said and any(_names(word, trust) for word in (said.author, said.holder)):
        return file.location
    fields = {credit.place.removeprefix("office ") for credit in _own(document, trust)}
    for piece in document.carried(Carrier.PROPERTY):
        value = document.text[piece.start : piece.end]
        if piece.field in fields or (_COMPANY.search(piece.field) and _names(value, trust)):
            return document.locate(piece.start, piece.end)
    for piece in document.carried(Carrier.HEADER, *_BODIES):
        value = document.text[piece.start : piece.end]
        notice = re.search(r"(?:©|\(c\)|copyright)[^\n]{0,100}", value, re.IGNORECASE)
        if notice and _names(notice[0], trust):
            return document.locate(piece.start + notice.start(), piece.start + notice.end())
    return None


def _own(document: Document, trust: frozenset[str]) -> Iterator[Credit]:
    from moderation.extract.credits import read_credits

    for credit in read_credits(document):
        if credit.term in _OWNERS and credit.is_own and _names(credit.value, trust):
            yield credit


def _names(text: str, trust: frozenset[str]) -> bool:
    folded = " ".join(text.lower().split())
    return any(name in folded for name in trust)
