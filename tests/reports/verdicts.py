"""Verdicts for the tests of reports: one written by hand, and every kind there is."""

from collections.abc import Mapping

from hypothesis import strategies as st

from moderation.checks.base import FAMILIES
from moderation.model import (
    Carrier,
    Confidence,
    Finding,
    Fix,
    Location,
    Role,
    Rule,
    RuleId,
    RunError,
    Severity,
    Span,
    Verdict,
    decide,
)
from moderation.policy import default_policy

KEY = b"k" * 32
CLAUSES = default_policy().clauses
SECRET = "Amelia Hart"
PAGE = "news/sports-day.md"
SOURCES = {PAGE: "# Sports day\n\nWell done **Amelia** Hart!\nWhat a bunch of idiots.\n"}

NAMED = Rule(
    id=RuleId("pupil-named"),
    family="people",
    summary="pupil on the roll named",
    remedy="Take the name out.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t",),
    decided_by=Role.SAFEGUARDING_LEAD,
)
WORD = Rule(
    id=RuleId("abusive-word"),
    family="language",
    summary="swear word or insult",
    remedy="Take the word out.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("P16",),
    waivable=False,
)
RULES: Mapping[str, Rule] = {rule.id: rule for rule in (NAMED, WORD)}

NAME_FOUND = Finding(
    rule="pupil-named",
    family="people",
    message="the pupil P-0112 is named on a page that shows a picture",
    primary=Location(path=PAGE, carrier=Carrier.BODY, span=Span(3, 13, 3, 26)),
    severity=Severity.BLOCK,
    evidence=SECRET,
    clauses=("t",),
    remedy="Take the name out.",
    related=(Location(path=PAGE, carrier=Carrier.BODY, span=Span(1, 1, 1, 13), role="picture"),),
    fix=Fix(description="leave the surname out", replacement="Amelia"),
    subject="P-0112",
)
WORD_FOUND = Finding(
    rule="abusive-word",
    family="language",
    message="“idiots” is an insult",
    primary=Location(path=PAGE, carrier=Carrier.BODY, span=Span(4, 17, 4, 23)),
    severity=Severity.REVIEW,
    evidence="idiots",
    clauses=("P16",),
    remedy="Take the word out.",
    fix=Fix(description="say it kindly", replacement="friends"),
    impersonal=True,
)
NAME_IN_FILE_NAME = Finding(
    rule="pupil-named",
    family="people",
    message="the pupil P-0112 is named in the file of a picture",
    primary=Location(path="photos/amelia-hart.jpg", carrier=Carrier.FILE_NAME, field="file name"),
    severity=Severity.BLOCK,
    evidence="amelia-hart",
    subject="P-0112",
)
UNREAD = RunError(PAGE, "references", "photos/amelia_hart-2.jpg: does not exist; add the file")

VERDICT = decide([NAME_FOUND, WORD_FOUND, NAME_IN_FILE_NAME], [UNREAD], RULES, files=2)
CLEAN = decide([], [], RULES, files=1)

_nasty = st.sampled_from(
    [
        *("\x1b[31mred", "\x1b]0;title\x07", "\r", "\n::error::x", "\t", "\x00", "\x7f", "\x9b2J"),
        *("\u202etxt.exe", "\u2066", "\u200b", "a\u0301\u0301\u0301\u0301", "日本", "👩‍🏫", "]]>"),
        *("<b>&amp;", "%0A", "::", ",", "\ufffe", "\ud800", "#" * 200, "x" * 90, "“", '"'),
    ]
)
texts = st.lists(st.one_of(st.text(max_size=8), _nasty), max_size=6).map("".join)
words = texts.filter(bool)
_counts = st.integers(1, 9)
_spans = st.builds(
    lambda line, column, more, wide: Span(line, column, line + more, column + wide + 1),
    *(_counts, st.integers(1, 200), st.integers(0, 2), st.integers(0, 60)),
)
_locations = st.builds(
    Location,
    path=words,
    carrier=st.sampled_from(Carrier),
    span=st.none() | _spans,
    field=texts,
    role=texts,
)
_findings = st.builds(
    Finding,
    rule=st.sampled_from(sorted(RULES)),
    family=st.sampled_from(FAMILIES),
    message=words,
    primary=_locations,
    severity=st.sampled_from(Severity),
    confidence=st.sampled_from(Confidence),
    evidence=texts,
    clauses=st.lists(st.sampled_from(sorted(CLAUSES)), max_size=2).map(tuple),
    remedy=texts,
    related=st.lists(_locations, max_size=2).map(tuple),
    fix=st.none() | st.builds(Fix, description=texts, replacement=texts),
    subject=st.sampled_from(["", "P-0112"]),
)
_errors = st.builds(RunError, path=words, subject=words, message=words)


def _decided(findings: list[Finding], errors: list[RunError], files: int) -> Verdict:
    return decide(findings, errors, RULES, files=files)


verdicts = st.builds(
    _decided,
    st.lists(_findings, max_size=4),
    st.lists(_errors, max_size=2),
    st.integers(0, 9),
)
sources = st.dictionaries(words, texts, max_size=3)
