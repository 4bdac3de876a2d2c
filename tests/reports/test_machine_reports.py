"""SARIF, JUnit and workflow commands: for programs, without any evidence."""

import json
import re
from dataclasses import replace

from defusedxml.ElementTree import fromstring
from hypothesis import given

from moderation.model import Location, Severity, Span, Verdict, decide
from moderation.reports import github, junit, sarif
from tests.reports.verdicts import CLAUSES, CLEAN, KEY, PAGE, RULES, VERDICT, WORD_FOUND, verdicts


def _sarif(verdict: Verdict, prefix: str = "") -> str:
    return sarif.render(verdict, rules=RULES, clauses=CLAUSES, key=KEY, prefix=prefix)


def test_none_of_them_names_anybody() -> None:
    for text in (_sarif(VERDICT), junit.render(VERDICT), github.render(VERDICT)):
        assert "amelia" not in text.lower()
        assert "the pupil P-0112 is named" in text


def test_sarif_tells_where_and_under_which_rule() -> None:
    run = json.loads(_sarif(VERDICT, prefix="content/"))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(RULES)
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["results"][1] == {
        "ruleId": "abusive-word",
        "ruleIndex": 1,
        "level": "warning",
        "rank": 90.0,
        "message": {"text": "“idiots” is an insult"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": "content/news/sports-day.md",
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {"startLine": 4, "startColumn": 17, "endLine": 4, "endColumn": 23},
                }
            }
        ],
        "fixes": [
            {
                "description": {"text": "say it kindly"},
                "artifactChanges": [
                    {
                        "artifactLocation": {
                            "uri": "content/news/sports-day.md",
                            "uriBaseId": "%SRCROOT%",
                        },
                        "replacements": [
                            {
                                "deletedRegion": {
                                    "startLine": 4,
                                    "startColumn": 17,
                                    "endLine": 4,
                                    "endColumn": 23,
                                },
                                "insertedContent": {"text": "friends"},
                            }
                        ],
                    }
                ],
            }
        ],
        "partialFingerprints": {"schoolgateFinding/v1": WORD_FOUND.fingerprint(KEY)},
        "properties": {"family": "language", "carrier": "body"},
    }


def test_sarif_of_a_rule_cites_its_clause() -> None:
    rule = json.loads(_sarif(CLEAN))["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["fullDescription"]["text"].startswith(
        "pupil on the roll named. ICT user agreement, t: “I will only I take"
    )


@given(verdicts)
def test_sarif_has_one_result_a_finding_and_succeeds_only_without_errors(verdict: Verdict) -> None:
    text = _sarif(verdict)
    run = json.loads(text)["runs"][0]
    assert text.isascii()
    assert len(run["results"]) == len(verdict.findings)
    assert run["invocations"][0]["executionSuccessful"] is not bool(verdict.errors)


def test_junit_fails_what_must_be_looked_at_and_passes_notes() -> None:
    note = replace(WORD_FOUND, severity=Severity.NOTE, rule="abusive-word")
    suites = fromstring(junit.render(decide([note, WORD_FOUND], VERDICT.errors, RULES, files=1)))
    assert suites.attrib == {"tests": "3", "failures": "1", "errors": "1"}
    kinds = [[part.tag for part in case] for case in suites.iter("testcase")]
    assert kinds == [["system-out"], ["failure"], ["error"]]
    failure = next(suites.iter("failure"))
    assert failure.attrib == {"type": "abusive-word", "message": "“idiots” is an insult"}
    assert failure.text == (
        "news/sports-day.md:4:17-23: review: “idiots” is an insult. Take the word out."
    )


def test_junit_of_a_clean_run_is_one_case_that_passed() -> None:
    suites = fromstring(junit.render(CLEAN))
    assert suites.attrib == {"tests": "1", "failures": "0", "errors": "0"}
    assert [list(case) for case in suites.iter("testcase")] == [[]]


@given(verdicts)
def test_junit_is_xml_whatever_was_found(verdict: Verdict) -> None:
    suites = fromstring(junit.render(verdict))
    count = len(verdict.findings) + len(verdict.errors)
    assert len(list(suites.iter("testcase"))) == max(1, count)


def test_workflow_commands_carry_place_title_and_remedy() -> None:
    many = replace(WORD_FOUND, primary=Location(path=PAGE, span=Span(3, 1, 4, 2)))
    verdict = decide([WORD_FOUND, many, VERDICT.findings[-1]], VERDICT.errors, RULES, files=2)
    assert github.render(verdict, prefix="content/").splitlines() == [
        "::warning file=content/news/sports-day.md,line=3,endLine=4,"
        "title=schoolgate (abusive-word)::“idiots” is an insult. Take the word out.",
        "::warning file=content/news/sports-day.md,line=4,endLine=4,col=17,endColumn=23,"
        "title=schoolgate (abusive-word)::“idiots” is an insult. Take the word out.",
        "::error file=content/photos/[withheld].jpg,title=schoolgate (pupil-named)::"
        "the pupil P-0112 is named in the file of a picture [file name].",
        "::error file=content/news/sports-day.md,title=schoolgate (references)::"
        "photos/[withheld]-2.jpg: does not exist; add the file",
        "block: 3 findings (1 block, 2 review) and 1 error in 2 files; "
        "it cannot be published like this",
    ]


@given(verdicts)
def test_no_finding_can_write_a_command_of_its_own(verdict: Verdict) -> None:
    lines = github.render(verdict).split("\n")
    assert len(lines) == len(verdict.findings) + len(verdict.errors) + 2
    command = re.compile(r"::(notice|warning|error) file=[^:,]+(,\w+=[^:,]*)+::")
    assert all(command.match(line) for line in lines[:-2])
