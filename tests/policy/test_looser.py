"""A school may be stricter by itself; what is looser is named."""

import pytest

from moderation.model import Rule, RuleId, Severity
from moderation.policy import default_policy, load_policy, looser

RULES = {
    "pupil-named": Rule(
        id=RuleId("pupil-named"),
        family="people",
        summary="s",
        remedy="r",
        severity=Severity.REVIEW,
        since="0.1",
        clauses=("t",),
    )
}


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("", []),
        ('[rules.pupil-named]\nseverity = "block"', []),
        ('[rules.pupil-named]\nseverity = "note"', ["rules.pupil-named.severity"]),
        ("[rules.pupil-named]\nenabled = false", ["rules.pupil-named.enabled"]),
        ("[approval.text]\ncount = 2", []),
        ('[approval.text]\nroles = ["head"]', []),
        ('[approval.text]\nroles = ["head", "publisher"]', ["approval.text"]),
        ("[limits]\npage_bytes = 10", []),
        ('[media]\nvideo = "refuse"\nlongest_seconds = 60\nbytes = 10', []),
        ('[media]\nvideo = "review"', ["media.video"]),
        (
            '[media]\nsound = "review"\nlongest_seconds = 900',
            ["media.sound", "media.longest_seconds"],
        ),
        ("[media]\nbytes = 90_000_000", ["media.bytes"]),
        (
            '[media]\nvideo = "review"\n[files.types]\n"video/mp4" = [".exe"]',
            ["media.video", "files.types"],
        ),
        ('[files.types]\n"video/mp4" = [".mp4"]', ["files.types"]),
        ('[pictures]\nlongest = 800\nclose_up = 1\ndevices = ["Canon EOS"]', []),
        ("[pictures]\nlongest = 4000\nclose_up = 9", ["pictures.longest", "pictures.close_up"]),
        ("[limits]\npage_bytes = 2_000_000", ["limits.page_bytes"]),
        ('[pages]\nstatutory = ["policies/", "safeguarding.md", "x.md"]', []),
        ("[pages]\nstatutory = []", ["pages.statutory"]),
        ('[files.types]\n"image/gif" = []', []),
        ('[files.types]\n"text/html" = [".html"]', ["files.types"]),
        ('[people]\nchannel = "newsletter"', ["people.channel"]),
        ('[clauses.t]\nagreement = "Ours"\nsentence = "No names."', ["clauses.t"]),
        ('[clauses.own]\nagreement = "Ours"\nsentence = "No names."', []),
        ('[rights]\nlicences = ["own-work"]', []),
        ("[school]\nphones = []", []),
        ('[school]\nphones = ["01632 960140"]', ["school.phones"]),
        (
            '[school]\ndomains = ["a.example"]\nhandles = ["@a"]',
            ["school.domains", "school.handles"],
        ),
        ('[rights]\nlicences = ["all-rights-reserved"]', ["rights.licences"]),
        ("[consent]\nyears = 2", []),
        ("[consent]\nyears = 6", ["consent.years"]),
        ('[consent]\npupils = ["consent", "public-task"]', ["consent.pupils"]),
        ('[consent]\nstaff = ["legitimate-interests"]', ["consent.staff"]),
        ("[consent]\npupils_decide_from = 13", ["consent.pupils_decide_from"]),
        ('[school]\ntimezone = "Asia/Tokyo"', ["school.timezone"]),
    ],
)
def test_looser_settings_are_named(text: str, settings: list[str]) -> None:
    assert looser(load_policy(text), default_policy(), RULES) == settings


def test_a_lower_age_is_looser_than_a_higher_one_and_none_at_all_is_the_strictest() -> None:
    low, high = (load_policy(f"[consent]\npupils_decide_from = {age}") for age in (12, 16))
    assert looser(low, high, {}) == ["consent.pupils_decide_from"]
    assert looser(high, low, {}) == looser(default_policy(), low, {}) == []


def test_fewer_approvers_are_looser() -> None:
    strict = load_policy("[approval.text]\ncount = 2")
    assert looser(default_policy(), strict, {}) == ["approval.text"]


def test_severity_and_switch_are_read_from_the_policy() -> None:
    rule = RULES["pupil-named"]
    policy = load_policy('[rules.pupil-named]\nseverity = "block"\nenabled = false')
    assert (policy.severity_of(rule), policy.enables(rule)) == (Severity.BLOCK, False)
    assert (default_policy().severity_of(rule), default_policy().enables(rule)) == (
        Severity.REVIEW,
        True,
    )


def test_statutory_pages_are_files_or_folders() -> None:
    policy = default_policy()
    paths = ["policies/a.md", "policies.md", "safeguarding.md", "news/safeguarding.md"]
    assert [policy.is_statutory(path) for path in paths] == [True, False, True, False]


@pytest.mark.parametrize(
    ("setting", "made", "weighed"),
    [
        ("", Severity.NOTE, Severity.NOTE),
        ("", Severity.REVIEW, Severity.REVIEW),
        ("block", Severity.NOTE, Severity.BLOCK),
        ("review", Severity.NOTE, Severity.REVIEW),
        ("note", Severity.REVIEW, Severity.NOTE),
    ],
)
def test_a_severity_that_is_set_counts_for_every_finding_of_the_rule(
    setting: str, made: Severity, weighed: Severity
) -> None:
    text = f'[rules.pupil-named]\nseverity = "{setting}"' if setting else ""
    assert load_policy(text).weigh(RULES["pupil-named"], made) is weighed
