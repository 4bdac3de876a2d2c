"""A download says in its properties who wrote it, or for which company.

## Why it matters

Office programs write the name of whoever is signed in into every file: the author, the last to
save, the manager, the company. A teacher's full name, or a parent's employer, goes out with a
letter that was meant to come from the school. Nobody sees it on the page.

## What it cannot see

Names that are only initials or an account number, and whether a person may be named: names of staff
in the policy's list, and the names of schools, trusts and programs, are not reported.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("author-in-properties"),
    family="files",
    summary="a person or company named in the properties of a download",
    remedy=(
        "Remove the properties before saving (File, Info, Inspect Document; in LibreOffice File, "
        "Properties, Reset), or put the school's name there."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("aa", "bb"),
)
_MESSAGES = {
    "creator": "the properties name who wrote the file",
    "initial-creator": "the properties name who wrote the file",
    "PDF Author": "the properties name who wrote the file",
    "XMP dc:creator": "the properties name who wrote the file",
    "lastModifiedBy": "the properties name who saved the file last",
    "printed-by": "the properties name who printed the file",
    "Manager": "the properties name a manager",
    "PDF Manager": "the properties name a manager",
    "Company": "the properties name a company",
    "PDF Company": "the properties name a company",
}
_COMPANY = "the properties name a company"
_FIELD = re.compile(rf"(?:^|.* )({'|'.join(map(re.escape, sorted(_MESSAGES, key=len)))})$")
_WORD = re.compile(r"[^\W\d_]+")
_BODIES = frozenset(
    {
        *("school", "schools", "academy", "academies", "college", "nursery", "infant", "infants"),
        *("junior", "juniors", "primary", "secondary", "preschool", "playgroup", "ysgol", "trust"),
        *("federation", "council", "county", "borough", "diocese", "governors", "governing"),
        *("office", "department", "team", "university", "authority", "education", "government"),
        *("pta", "pfa", "ptfa", "lea", "mat", "dfe", "nhs", "ofsted", "gyngor", "coleg"),
    }
)
"""Words that make a name that of a body."""
_PROGRAMS = frozenset(
    {
        *("user", "admin", "administrator", "owner", "unknown", "author", "default", "anonymous"),
        *("teacher", "staff", "head", "headteacher", "secretary", "clerk", "reception", "guest"),
        *("microsoft", "windows", "word", "excel", "powerpoint", "libreoffice", "openoffice"),
        *("apache", "poi", "canva", "adobe", "acrobat", "indesign", "python", "docx", "pptx"),
        *("openpyxl", "xlsxwriter", "reportlab", "google", "docs", "scanner", "printer", "pc"),
        *("student", "pupil", "laptop", "computer", "untitled", "none", "unspecified", "the"),
        *(
            "pptxgenjs",
            "sheetjs",
            "pandoc",
            "latex",
            "tex",
            "quartz",
            "pages",
            "numbers",
            "keynote",
        ),
    }
)
"""Words of which programs and whole rooms make up an author."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each name once; it is not told itself."""
    if document.media_type.startswith(("image/", "text/", "audio/", "video/")):
        return
    told = set()
    for piece in document.carried(Carrier.PROPERTY):
        match = _FIELD.match(piece.field)
        if match is None or not _is_somebody(document.text[piece.start : piece.end], context):
            continue
        where, message = document.locate(piece.start, piece.end), _MESSAGES[match[1]]
        if (where.field, message) not in told:
            told.add((where.field, message))
            finding = found_at(RULE, where, message)
            yield replace(finding, severity=Severity.NOTE) if message == _COMPANY else finding


def _is_somebody(value: str, context: Context) -> bool:
    """Say whether a value may name a person or a company outside the school."""
    name = " ".join(value.casefold().split())
    words = _WORD.findall(name)
    school = context.policy.school
    if name in school.staff or name in school.emails or not any(len(w) > 1 for w in words):
        return False
    return not (_BODIES.intersection(words) or _PROGRAMS.issuperset(words))
