"""A school's settings stand over the defaults, and every error names the setting."""

import pytest

from moderation.model import PolicyError, Role, Severity
from moderation.policy import ContentKind, School, default_policy, load_policy


def test_the_defaults_can_be_used() -> None:
    policy = default_policy()
    assert policy.approval[ContentKind.PEOPLE].roles == {Role.HEAD, Role.SAFEGUARDING_LEAD}
    assert policy.types["application/pdf"] == (".pdf",)
    assert policy.channel == "website"
    assert policy.clauses["t"].agreement == "ICT user agreement"
    assert "not identify students by name" in policy.clauses["t"].sentence


def test_every_clause_of_both_agreements_is_there() -> None:
    letters = [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb", "cc", "dd", "ee", "ff", "gg"]
    numbers = [f"P{number}" for number in range(18)]
    assert set(default_policy().clauses) == {*letters, *numbers}


def test_a_school_changes_what_it_names_and_keeps_the_rest() -> None:
    policy = load_policy(
        '[rules.pupil-named]\nseverity = "block"\n[limits]\npage_bytes = 5\n'
        '[approval.text]\nroles = ["head"]\ncount = 2\n'
        '[clauses.t]\nagreement = "Our agreement"\nsentence = "No names."\n'
        "[rules.abusive-word]\nenabled = true\n"
    )
    assert policy.rules["pupil-named"].severity is Severity.BLOCK
    assert policy.limits.page_bytes == 5
    assert policy.limits.asset_bytes == default_policy().limits.asset_bytes
    assert policy.approval[ContentKind.TEXT].count == 2
    assert policy.clauses["t"].agreement == "Our agreement"
    assert policy.digest != default_policy().digest


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules = [", "policy.toml: is not valid TOML: "),
        ("version = 2", "policy.toml: version: is not 1; this Schoolgate reads version 1 only"),
        ("version = true", "policy.toml: version: must be a whole number of at least 1"),
        ("rule = 1", "policy.toml: rule: is not a setting; write one of version, approval,"),
        (
            '[rules.pupil-named]\nseverity = "fatal"',
            'policy.toml: rules.pupil-named.severity: "fatal" is not one of note, review, block',
        ),
        (
            "[rules.pupil-named]\nseverity = 3",
            "policy.toml: rules.pupil-named.severity: this is not one of note, review, block",
        ),
        (
            "[rules.pupil-named]\nenabled = 1",
            "policy.toml: rules.pupil-named.enabled: must be true or false",
        ),
        (
            "[rules.pupil-named]\ncolour = 1",
            "policy.toml: rules.pupil-named.colour: is not a setting; write one of severity, ",
        ),
        ("[rules]\npupil-named = 1", "policy.toml: rules.pupil-named: must be a table"),
        ("limits = 1", "policy.toml: limits: must be a table"),
        (
            "[limits]\npage_bytes = 0",
            "policy.toml: limits.page_bytes: must be a whole number of at least 1",
        ),
        ("[approval.text]\nroles = []", "policy.toml: approval.text.roles: names nobody"),
        (
            '[approval.text]\nroles = ["boss"]',
            'policy.toml: approval.text.roles: "boss" is not one of publisher, moderator,',
        ),
        (
            "[approval.music]\ncount = 1",
            "policy.toml: approval.music: is not a setting; write one of text, photo,",
        ),
        ("[pages]\nstatutory = 1", "policy.toml: pages.statutory: must be a list of words"),
        ("[pages]\nstatutory = [1]", "policy.toml: pages.statutory: must be a list of words"),
        ("[people]\nchannel = ' '", "policy.toml: people.channel: must be a word"),
        ("[clauses.zz]\nagreement = 'x'", "policy.toml: clauses.zz.sentence: is missing; add it"),
    ],
)
def test_a_bad_setting_is_named(text: str, message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(text)
    assert str(caught.value).startswith(message)


def test_the_schools_contact_details_are_compared_without_blanks_and_signs() -> None:
    text = """
        [school]
        domains = ["@Oak.Example"]
        emails = ["PTA@Oak.example "]
        phones = ["+44 (0)1632 960140", "01632-960 141"]
        postcodes = ["pe31 2bc"]
        handles = ["@OakPS"]
    """
    assert load_policy(text).school == School(
        domains=frozenset({"oak.example"}),
        emails=frozenset({"pta@oak.example"}),
        phones=frozenset({"01632960140", "01632960141"}),
        postcodes=frozenset({"PE312BC"}),
        handles=frozenset({"oakps"}),
    )
    with pytest.raises(PolicyError, match=r"school\.phones: holds an empty entry"):
        load_policy('[school]\nphones = ["office"]')
