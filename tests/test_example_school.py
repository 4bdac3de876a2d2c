"""The worked example is clean, approved to the last byte, and its demo drafts are what they say."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from moderation import Consents, Registers, Roll, check_files, load_policy
from moderation.attest.log import ApprovalLog
from moderation.attest.statement import Statement
from moderation.publish.site import examine, load_site

ROOT = Path(__file__).parents[1]
POLICY = load_policy((ROOT / ".schoolgate" / "policy.toml").read_text("utf-8"))
DEMO = ROOT / "site_templates" / "demo"
TODAY = date(2026, 11, 21)
_ASKED = "no-people-declared"
"""What a moderator is asked about every picture of nobody."""


@pytest.fixture(scope="module")
def registers() -> Registers:
    return Registers(
        roll=Roll.from_csv((DEMO / "roll.csv").read_text("utf-8")),
        consents=Consents.from_csv((DEMO / "consent.csv").read_text("utf-8")),
    )


def test_nothing_is_found_in_the_example(registers: Registers) -> None:
    content = ROOT / "content"
    verdict = check_files([content], root=content, policy=POLICY, registers=registers, today=TODAY)
    told = [
        f"{finding.primary}: {finding.rule}: {finding.evidence}"
        for finding in verdict.findings
        if finding.rule != _ASKED
    ]
    assert (told, verdict.errors) == ([], ())
    assert verdict.files == sum(path.is_file() for path in content.rglob("*"))


def test_every_byte_of_the_example_is_approved() -> None:
    entries = ApprovalLog(ROOT / ".schoolgate" / "approvals").read()
    last = Statement.from_payload(entries[-1][1].payload, source=entries[-1][0])
    now = last.issued_at + timedelta(hours=1)
    _, manifest = examine(load_site(ROOT, now=now), now=now)
    assert manifest.refused == (), "run: make example"


@pytest.mark.parametrize(
    ("draft", "outcome", "rules"),
    [
        ("clean", "review", {_ASKED}),
        ("named", "block", {"pupil-named-with-photo", "location-in-photo", "declared-not-seen"}),
        ("abusive", "block", {"abusive-word", "insult-used"}),
    ],
)
def test_the_drafts_of_the_demo_are_what_they_say(
    draft: str, outcome: str, rules: set[str], registers: Registers
) -> None:
    folder = DEMO / draft
    verdict = check_files([folder], root=folder, policy=POLICY, registers=registers, today=TODAY)
    assert (verdict.outcome, verdict.errors) == (outcome, ())
    assert {finding.rule for finding in verdict.findings} == rules


def test_the_example_keys_are_known_to_no_other_site() -> None:
    """A school that starts afresh has a trust file of its own; ours is not in the scaffold."""
    scaffold = ROOT / "site_templates" / "site"
    assert not list(scaffold.rglob("trust.json"))
    assert not list(scaffold.rglob("*.key"))
