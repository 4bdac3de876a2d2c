"""Something in a download that its readers do not see at first, and can have all the same.

## Why it matters

A sheet that is hidden, rows that a filter leaves out, a slide that is skipped, white words on white
paper: all of it goes out with the file, and anybody brings it to light with a click or by copying
the text elsewhere. Councils and schools have published the names and needs of thousands of children
in this way, chiefly in the sheet behind a chart.

## What it cannot see

Words in a pale colour that a keen eye still tells from the paper, and those below a picture of a
slide; what a condition or a style of tables colours. Cells that a program works out anew when it
opens the file are read as they were saved. What a cropped picture still holds is not shown to it
apart from the picture: a moderator is asked to have it cut for good.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("hidden-data"),
    family="files",
    summary="data in a download that its readers do not see",
    remedy=(
        "Delete what is hidden, or copy what everybody may see into a new file. In an office "
        "program, look for Inspect Document, and for Compress Pictures where one is cropped; a PDF "
        "is made anew from the cleaned file."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa", "bb"),
)
_SENTENCES = frozenset(
    {
        *("hidden-sheet", "hidden-rows", "filtered-rows", "hidden-columns", "hidden-text"),
        *("unseen-text", "hidden-shape", "hidden-slide", "off-slide", "outside-page"),
        *(
            "text-off-page",
            "hidden-layer",
            "undrawn-text",
            "lost-text",
            "leftover-text",
            "speaker-note",
            "cropped-picture",
        ),
    }
)
"""Parts whose detail says what is with the place where it is: "sheet Data", "is hidden ..."."""
_LOOKED_AT = frozenset({"speaker-note", "cropped-picture"})
"""What is often meant to be there, or harms nobody, as where a logo was cropped."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each thing that is hidden; what a speaker wrote to say asks for a look."""
    for part in document.parts:
        if part.kind in _SENTENCES:
            message = f"{part.location.field or 'the file'} {part.detail}"
            finding = found_at(RULE, part.location, message)
            is_note = part.kind in _LOOKED_AT
            yield replace(finding, severity=Severity.REVIEW) if is_note else finding
        elif part.kind == "earlier-revision":
            yield found_at(RULE, part.location, f"the file holds {part.detail}")
