"""Diagnostics for people at a terminal: the line, the span underlined, and what to do."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from moderation.model import Finding, Location, Outcome, Rule, RunError, Severity, Span, Verdict
from moderation.policy import Clause
from moderation.registers import Roll
from moderation.reports.display import cells, cut, safe, wrap
from moderation.reports.redact import redacted
from moderation.reports.sources import Lines, Sources
from moderation.reports.words import carried, citations, decider, summary, told_fix

NARROWEST = 40
_WITHHELD = "(this line is withheld)"
_RESET, _BOLD, _DIM = "\x1b[0m", "\x1b[1m", "\x1b[36m"
_COLOURS: Mapping[str, str] = {
    **{Severity.NOTE: "\x1b[1;34m", Severity.REVIEW: "\x1b[1;33m", Severity.BLOCK: "\x1b[1;31m"},
    Outcome.PASS: "\x1b[1;32m",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """What every part of one report needs."""

    lines: Lines
    rules: Mapping[str, Rule]
    clauses: Mapping[str, Clause]
    width: int
    colour: bool
    cited: set[str] = field(default_factory=set)

    def paint(self, text: str, code: str) -> str:
        return f"{code}{text}{_RESET}" if self.colour and text else text


def render(  # noqa: PLR0913 - the options have defaults and are named at each call
    verdict: Verdict,
    sources: Sources,
    *,
    rules: Mapping[str, Rule],
    clauses: Mapping[str, Clause],
    width: int = 80,
    colour: bool = False,
    redact: bool = False,
    roll: Roll | None = None,
    not_run: Collection[str] = (),
) -> str:
    """Write every finding with its line, then the errors, then one line that sums up.

    Args:
        verdict: what to tell
        sources: the files that were checked, by path
        rules: every rule, by id
        clauses: the sentences that rules cite, by id
        width: columns of the terminal; at least 40 are used
        colour: whether to colour
        redact: withhold the lines and evidence of people and images findings
        roll: whose names are masked then, where it is at hand
        not_run: ids of the rules that had no register to look in

    """
    sheet = _Sheet(
        lines=Lines.without_private(sources, verdict, roll) if redact else Lines(sources),
        rules=rules,
        clauses=clauses,
        width=max(width, NARROWEST),
        colour=colour,
    )
    shown = redacted(verdict, roll) if redact else verdict
    pairs = zip(verdict.findings, shown.findings, strict=True)
    blocks = [list(_finding(sheet, finding, true.primary)) for true, finding in pairs]
    blocks += [list(_error(sheet, error)) for error in shown.errors]
    last = sheet.paint(safe(summary(verdict, not_run)), _COLOURS[verdict.outcome])
    return "".join("\n".join(block) + "\n\n" for block in blocks) + last + "\n"


def _finding(sheet: _Sheet, finding: Finding, true: Location) -> Iterator[str]:
    yield from _title(sheet, finding.severity, finding.rule, finding.message)
    yield f"  {sheet.paint('-->', _DIM)} {_place(finding.primary)}"
    if true.span:
        yield from _excerpt(sheet, true.path, true.span, finding.severity)
    yield from _notes(sheet, finding)


def _error(sheet: _Sheet, error: RunError) -> Iterator[str]:
    yield from _title(sheet, Severity.BLOCK, error.subject, error.message, word="not checked")
    yield f"  {sheet.paint('-->', _DIM)} {safe(error.path)}"


def _title(
    sheet: _Sheet, severity: Severity, name: str, message: str, *, word: str = ""
) -> Iterator[str]:
    head = f"{word or severity}[{safe(name)}]"
    first, *rest = wrap(f"{head}: {message}", sheet.width)
    kept = first[: len(head)]
    yield sheet.paint(kept, _COLOURS[severity]) + sheet.paint(first[len(head) :], _BOLD)
    yield from (sheet.paint(line, _BOLD) for line in rest)


def _place(location: Location) -> str:
    """Write a place as terminals make it clickable: ``path:line:column``."""
    where = safe(location.path)
    if location.span:
        where += f":{location.span.line}:{location.span.column}"
    elif location.field:
        where += f" [{safe(location.field)}]"
    return f"{where} ({carried(location.carrier)})"


def _excerpt(sheet: _Sheet, path: str, span: Span, severity: Severity) -> Iterator[str]:
    line = sheet.lines.get(path, span.line)
    if line is None:
        return
    number, gutter = str(span.line), " " * len(str(span.line))
    bar = sheet.paint("|", _DIM)
    yield f" {gutter} {bar}"
    if sheet.lines.withholds(path, span.line):
        yield f" {sheet.paint(number, _DIM)} {bar} {_WITHHELD}"
        return
    more = span.end_line > span.line
    end = len(line) if more else span.end_column - 1
    piece = cut(line, span.column - 1, end, sheet.width - len(number) - 4)
    yield f" {sheet.paint(number, _DIM)} {bar} {piece.text}".rstrip()
    marks = sheet.paint("^" * piece.length, _COLOURS[severity])
    yield f" {gutter} {bar} {' ' * piece.start}{marks}"
    if more:
        yield f" {gutter} {bar} ... to line {span.end_line}, column {span.end_column - 1}"


def _notes(sheet: _Sheet, finding: Finding) -> Iterator[str]:
    for name, clause in citations(finding, sheet.clauses):
        text = f"{clause.agreement}, {name}"
        if name not in sheet.cited:
            text += f": “{clause.sentence}”"
        sheet.cited.add(name)
        yield from _note(sheet, "agreement", text)
    if finding.rule in sheet.rules:
        yield from _note(sheet, "decides", decider(sheet.rules[finding.rule]))
    if finding.remedy:
        yield from _note(sheet, "to do", finding.remedy)
    if finding.fix:
        yield from _note(sheet, "fix", told_fix(finding.fix))
    for place in finding.related:
        yield from _note(sheet, place.role or "see also", _place(place))


def _note(sheet: _Sheet, label: str, text: str) -> Iterator[str]:
    head = f"   = {safe(label)}: "
    if cells(head) > sheet.width // 2:
        yield from (f"   {line}" for line in wrap(f"= {label}: {text}", sheet.width - 3))
        return
    first, *rest = wrap(text, sheet.width - cells(head))
    yield sheet.paint(head, _DIM) + first
    yield from (" " * cells(head) + line for line in rest)
