"""JUnit XML, which every build server reads."""

from collections.abc import Collection
from xml.etree import ElementTree as ET

from moderation.model import Finding, RunError, Severity, Verdict
from moderation.registers import Roll
from moderation.reports.display import safe
from moderation.reports.redact import redacted
from moderation.reports.words import summary


def render(verdict: Verdict, *, roll: Roll | None = None, not_run: Collection[str] = ()) -> str:
    """Write one test case a finding or error, or one that passed; quotes no evidence.

    A finding to review or one that blocks is a failure, a note passes, an error is an error.

    Args:
        verdict: what to tell
        roll: whose names are masked besides, where it is at hand
        not_run: ids of the rules that had no register to look in

    """
    shown = redacted(verdict, roll)
    failures = sum(finding.severity > Severity.NOTE for finding in shown.findings)
    counts = {
        "tests": str(len(shown.findings) + len(shown.errors) or 1),
        "failures": str(failures),
        "errors": str(len(shown.errors)),
    }
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", {"name": "schoolgate", **counts})
    for finding in shown.findings:
        _finding(suite, finding)
    for error in shown.errors:
        _error(suite, error)
    if not shown.findings and not shown.errors:
        ET.SubElement(suite, "testcase", {"classname": "schoolgate", "name": "every file"})
    ET.SubElement(suite, "system-out").text = safe(summary(verdict, not_run))
    ET.indent(suites)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + ET.tostring(suites, encoding="unicode") + "\n"


def _finding(suite: ET.Element, finding: Finding) -> None:
    names = {"classname": safe(finding.path), "name": safe(f"{finding.rule} {finding.primary}")}
    case = ET.SubElement(suite, "testcase", names)
    text = f"{finding.primary}: {finding.severity}: {finding.message}. {finding.remedy}"
    if finding.severity is Severity.NOTE:
        ET.SubElement(case, "system-out").text = safe(text)
        return
    about = {"type": safe(finding.rule), "message": safe(finding.message)}
    ET.SubElement(case, "failure", about).text = safe(text)


def _error(suite: ET.Element, error: RunError) -> None:
    case = ET.SubElement(
        suite, "testcase", {"classname": safe(error.path), "name": safe(error.subject)}
    )
    about = {"type": "not checked", "message": safe(error.message)}
    ET.SubElement(case, "error", about).text = safe(f"{error.path}: {error.message}")
