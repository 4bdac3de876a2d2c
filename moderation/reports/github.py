"""Workflow commands, which GitHub shows as annotations beside the lines of a change."""

from collections.abc import Collection, Mapping

from moderation.model import Finding, RunError, Severity, Verdict
from moderation.registers import Roll
from moderation.reports.display import safe
from moderation.reports.redact import redacted
from moderation.reports.words import summary

_COMMANDS = {Severity.NOTE: "notice", Severity.REVIEW: "warning", Severity.BLOCK: "error"}
_IN_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_DATA, ":": "%3A", ",": "%2C"}


def render(
    verdict: Verdict, *, prefix: str = "", roll: Roll | None = None, not_run: Collection[str] = ()
) -> str:
    """Write one command a finding and error, then one line that sums up; quotes no evidence.

    Args:
        verdict: what to tell
        prefix: path of the content folder in the repository, with a final slash
        roll: whose names are masked besides, where it is at hand
        not_run: ids of the rules that had no register to look in

    """
    shown = redacted(verdict, roll)
    lines = [_finding(finding, prefix) for finding in shown.findings]
    lines += [_error(error, prefix) for error in shown.errors]
    return "\n".join([*lines, safe(summary(verdict, not_run))]) + "\n"


def _finding(finding: Finding, prefix: str) -> str:
    place = finding.primary
    properties: dict[str, object] = {"file": prefix + place.path}
    if place.span:
        properties |= {"line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:
            properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = f"schoolgate ({finding.rule})"
    where = f" [{place.field}]" if place.field else ""
    text = f"{finding.message}{where}. {finding.remedy}".rstrip()
    return _command(_COMMANDS[finding.severity], properties, text)


def _error(error: RunError, prefix: str) -> str:
    properties = {"file": prefix + error.path, "title": f"schoolgate ({error.subject})"}
    return _command("error", properties, error.message)


def _command(name: str, properties: Mapping[str, object], text: str) -> str:
    listed = ",".join(
        f"{key}={_escaped(safe(str(value)), _IN_PROPERTY)}" for key, value in properties.items()
    )
    return f"::{name} {listed}::{_escaped(safe(text), _IN_DATA)}"


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(character, character) for character in text)
