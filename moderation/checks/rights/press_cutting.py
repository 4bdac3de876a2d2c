"""A cutting of the press, or a poem, song or script that somebody wrote, quoted at length.

## Why it matters

A cutting on the school's own page is the commonest breach of copyright after pictures: the licence
that schools hold lets them copy newspapers for the classroom, not for the public web. The words of
songs and living poets are watched as closely by their publishers. A sentence or two with the source
is allowed; a column, or all the verses, is not.

Verse is told by its shape. Poems of the pupils, which the words beside them say are theirs, or that
the page declares as `pupil-work` under its own name in `assets:`, prayers, and verse that nobody
owns any more as far as that can be seen, are not asked about. Everything else is for a person to
decide; nothing is blocked.

## What it cannot see

Which work it is and whether anybody still owns it, verse that runs on like prose, short passages,
cuttings without the name of a newspaper, and other languages than English.
"""

from bisect import bisect_right
from collections.abc import Iterator

from moderation.analysis.rights.quotation import Quotation, quotations
from moderation.checks.base import Context, found_at
from moderation.model import (
    Carrier,
    Document,
    Finding,
    Location,
    Piece,
    ReadSubmission,
    Rule,
    RuleId,
    Scope,
    Severity,
)

RULE = Rule(
    id=RuleId("press-cutting"),
    family="rights",
    summary="long quotation of a newspaper, poem, song or script",
    remedy=(
        "Quote a sentence or two and link to the rest, or ask the publisher and declare licence: "
        "permission for the page or file under assets:."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("o",),
    scope=Scope.SUBMISSION,
)
_MESSAGES = {
    "press": "a long quotation of a newspaper",
    "verse": "many lines of verse that may be somebody's own work",
    "script": "a scene of a play that may be somebody's own work",
}
_READ = (
    *(Carrier.BODY, Carrier.HEADING, Carrier.TABLE, Carrier.CODE, Carrier.CAPTION),
    *(Carrier.LINK_TEXT, Carrier.SLIDE),
)
_APART = "\n" * 5
_NOT_SETTLED = frozenset({"", "own-work"})


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each long quotation on a page and in its downloads."""
    page = submission.page
    for document in (page, *submission.files.values()):
        said = submission.declarations.get(document.path)
        if document.media_type.startswith("image/") or (
            said is not None and said.licence not in _NOT_SETTLED
        ):
            continue
        for quotation, place in _quoted(document):
            yield found_at(RULE, place, _MESSAGES[quotation.kind])


def _quoted(document: Document) -> Iterator[tuple[Quotation, Location]]:
    if document.media_type == "text/markdown":
        text = _without_settings(document.source)
        for found in quotations(text):
            yield found, document.place(found.start, found.end, Carrier.BODY)
        return
    text, starts, pieces = _body(document)
    for found in quotations(text):
        first = bisect_right(starts, found.start) - 1
        last = bisect_right(starts, found.end - 1) - 1
        begin = pieces[first].start + found.start - starts[first]
        finish = pieces[last].start + found.end - starts[last]
        yield found, document.locate(begin, min(finish, pieces[last].end))


def _without_settings(source: str) -> str:
    """Blank the front matter of a page, so that places stay where they are."""
    end = source.find("\n---", 3) if source.startswith("---") else -1
    return source if end < 0 else "\n" * (end + 4) + source[end + 4 :]


def _body(document: Document) -> tuple[str, list[int], list[Piece]]:
    """Return what a download says in its body, and where in it each piece begins."""
    text: list[str] = []
    starts: list[int] = []
    pieces: list[Piece] = []
    size = 0
    for piece in document.carried(*_READ):
        if pieces:
            text.append("\n" if piece.field == pieces[-1].field else _APART)
            size += len(text[-1])
        starts.append(size)
        pieces.append(piece)
        text.append(document.text[piece.start : piece.end])
        size += len(text[-1])
    return "".join(text), starts, pieces
