"""A file inside a file.

## Why it matters

A chart pasted into a letter brings its whole workbook along, and a PDF may carry any number of
other files. Nobody who looks at the page sees them, and every reader can take them out. They would
be published without a name, a page or an approval of their own.

## What it cannot see

What lies in a file whose type cannot be read; a file that holds such a file is an error of the run
where its kind is known, and the words in it are searched where it is not.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("embedded-file"),
    family="files",
    summary="a file inside a file",
    remedy=(
        "Take it out and hand it in beside the page; paste a chart as a picture, and print a PDF "
        "with attachments to a new one."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("n", "q", "t"),
    waivable=False,
)
_KINDS = frozenset({"attachment", "embedded-file", "embedded-object"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each file inside, each place once."""
    places = {part.location: None for part in document.parts if part.kind in _KINDS}
    for where in places:
        yield found_at(RULE, where, "the file holds another file")
