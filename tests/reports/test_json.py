"""The document of ``check --format json``, against its published schema."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from moderation.model import Verdict, decide
from moderation.reports import json_
from tests.reports.verdicts import KEY, NAME_FOUND, RULES, UNREAD, VERDICT, verdicts

SCHEMA = json.loads(json_.schema())
VALIDATOR = Draft202012Validator(SCHEMA)
DOCS = Path(__file__).parents[2] / "docs/reference/check.schema.json"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_of_the_handbook_is_the_one_that_is_shipped() -> None:
    assert DOCS.read_text("utf-8") == json_.schema()


@given(verdicts, st.booleans())
def test_every_verdict_is_as_the_schema_says(verdict: Verdict, redact: bool) -> None:
    VALIDATOR.validate(json.loads(json_.render(verdict, key=KEY, redact=redact)))


@given(verdicts)
def test_only_ascii_is_written_so_nothing_steers_a_terminal(verdict: Verdict) -> None:
    text = json_.render(verdict, key=KEY)
    assert text.isascii()
    assert text.replace("\n", "").isprintable()


def test_a_finding_has_every_field_of_its_place_and_rule() -> None:
    verdict = decide([NAME_FOUND], [], RULES, files=1)
    assert json.loads(json_.render(verdict, key=KEY)) == {
        "schema_version": 1,
        "outcome": "block",
        "findings": [
            {
                "rule": "pupil-named",
                "family": "people",
                "severity": "block",
                "confidence": "high",
                "message": "the pupil P-0112 is named on a page that shows a picture",
                "path": "news/sports-day.md",
                "carrier": "body",
                "line": 3,
                "column": 13,
                "end_line": 3,
                "end_column": 26,
                "field": None,
                "region": None,
                "evidence": "Amelia Hart",
                "subject": "P-0112",
                "term": None,
                "clauses": ["t"],
                "remedy": "Take the name out.",
                "fix": {"description": "leave the surname out", "replacement": "Amelia"},
                "related": [
                    {
                        "role": "picture",
                        "path": "news/sports-day.md",
                        "carrier": "body",
                        "line": 1,
                        "column": 1,
                        "end_line": 1,
                        "end_column": 13,
                        "field": None,
                        "region": None,
                    }
                ],
                "fingerprint": NAME_FOUND.fingerprint(KEY),
            }
        ],
        "errors": [],
        "files": 1,
        "not_run": [],
    }


def test_redacted_it_keeps_the_fingerprint_and_drops_the_name() -> None:
    text = json_.render(VERDICT, key=KEY, redact=True)
    full, kept = json.loads(json_.render(VERDICT, key=KEY)), json.loads(text)
    assert "amelia" not in text.lower()
    assert [f["evidence"] for f in kept["findings"]] == [None, "idiots", None]
    assert [f["fix"] is None for f in kept["findings"]] == [True, False, True]
    prints = [f["fingerprint"] for f in full["findings"]]
    assert [f["fingerprint"] for f in kept["findings"]] == prints
    assert len(set(prints)) == 3


def test_another_key_gives_another_fingerprint() -> None:
    one, other = (json.loads(json_.render(VERDICT, key=key)) for key in (KEY, b"other"))
    assert one["findings"][0]["fingerprint"] != other["findings"][0]["fingerprint"]


@pytest.mark.parametrize(
    "change",
    [
        {"schema_version": 2},
        {"outcome": "fail"},
        {"outcome": "pass"},
        {"files": -1},
        {"extra": 1},
        {"errors": [{"path": "a.md"}]},
        {"findings": [{"rule": "pupil-named"}]},
        {"findings": None},
    ],
)
def test_the_schema_refuses_what_is_no_such_document(change: dict[str, object]) -> None:
    document = json.loads(json_.render(decide([], [UNREAD], RULES, files=1), key=KEY))
    assert VALIDATOR.is_valid(document)
    assert not VALIDATOR.is_valid({**document, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"line": 0},
        {"line": None},
        {"severity": "error"},
        {"carrier": "elsewhere"},
        {"fingerprint": "short"},
        {"fix": {}},
        {"clauses": "t"},
        {"confidence": None},
        {"message": ""},
    ],
)
def test_the_schema_refuses_what_is_no_finding(change: dict[str, object]) -> None:
    document = json.loads(json_.render(VERDICT, key=KEY))
    document["findings"][0] |= change
    assert not VALIDATOR.is_valid(document)


def test_rules_that_could_not_look_are_named() -> None:
    text = json_.render(decide([], [], RULES), key=KEY, not_run=("pupil-named", "consent-refused"))
    VALIDATOR.validate(json.loads(text))
    assert json.loads(text)["not_run"] == ["consent-refused", "pupil-named"]
