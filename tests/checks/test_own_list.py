"""The school's own list makes findings milder, in its place and time, and never silent."""

from dataclasses import replace
from datetime import date

import pytest

import moderation
from moderation.checks.base import all_rules
from moderation.model import Severity
from moderation.pipeline.plan import Plan
from moderation.pipeline.run import check_assets
from moderation.policy.reach import Reach
from moderation.policy.terms import LONGEST, Act, Term, Terms, as_term
from tests.spec_files import Example, examples

TODAY = date(2026, 11, 21)
ALLOW = Term(
    act=Act.ALLOW,
    word="bastard",
    reason="A play",
    rule="abusive-word",
    until=date(2027, 7, 31),
)
SOFTEN = replace(ALLOW, act=Act.SOFTEN)
ADD = Term(act=Act.ADD, word="bastard", reason="No", category="insult", severity=Severity.BLOCK)
NOTE, REVIEW, BLOCK = Severity.NOTE, Severity.REVIEW, Severity.BLOCK

Rows = list[tuple[str, Severity, str]]


def _found(text: str, *terms: Term, path: str = "page.md", policy: str = "") -> Rows:
    verdict = moderation.check_text(
        text,
        path=path,
        families=["language"],
        policy=moderation.load_policy(policy),
        terms=Terms.of(*terms),
        today=TODAY,
    )
    return [(f.rule, f.severity, f.term) for f in verdict.findings]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ((), [("abusive-word", BLOCK, "")]),
        ((ALLOW,), [("abusive-word", NOTE, "T-1")]),
        ((SOFTEN,), [("abusive-word", REVIEW, "T-1")]),
        ((replace(SOFTEN, severity=NOTE),), [("abusive-word", NOTE, "T-1")]),
        ((SOFTEN, ALLOW), [("abusive-word", NOTE, "T-2")]),
        ((ALLOW, SOFTEN), [("abusive-word", NOTE, "T-1")]),
        ((replace(ALLOW, until=date(2026, 11, 20)),), [("abusive-word", BLOCK, "")]),
        ((replace(ALLOW, until=TODAY),), [("abusive-word", NOTE, "T-1")]),
        ((replace(ALLOW, rule="slur-used"),), [("abusive-word", BLOCK, "")]),
        ((replace(ALLOW, word="bast"),), [("abusive-word", BLOCK, "")]),
        ((replace(ALLOW, reach=Reach(path="plays/**")),), [("abusive-word", BLOCK, "")]),
        ((ADD, ALLOW), [("abusive-word", NOTE, "T-2"), ("school-term", BLOCK, "")]),
    ],
)
def test_an_entry_counts_where_it_fits(terms: tuple[Term, ...], expected: Rows) -> None:
    assert _found("What a bastard.\n", *terms) == expected


@pytest.mark.parametrize("swapped", [False, True])
def test_of_two_that_add_the_same_the_stricter_counts_where_both_hold(swapped: bool) -> None:
    mild = replace(ADD, word="brook rat", severity=REVIEW)
    strict = replace(mild, severity=BLOCK, reach=Reach(phrase="a brook rat of us"))
    terms = (strict, mild) if swapped else (mild, strict)
    text = "One brook rat. Is it a brook rat of us?\n"
    assert _found(text, *terms) == [("school-term", REVIEW, ""), ("school-term", BLOCK, "")]


def test_a_longer_term_that_is_milder_hides_no_stricter_one_in_it() -> None:
    mild = replace(ADD, word="brook rat", severity=NOTE)
    strict = replace(ADD, word="rat")
    assert _found("A brook rat.\n", mild, strict) == [("school-term", BLOCK, "")]


@pytest.mark.parametrize("text", ["What bastards.", "BASTARD!", "**bastard**", "the\nbastard"])
def test_case_markup_and_plural_make_no_difference(text: str) -> None:
    assert _found(text, ALLOW) == [("abusive-word", NOTE, "T-1")]


@pytest.mark.parametrize("text", ["What a b4stard.", "b a s t a r d", "bаstаrd", "bastardly"])
def test_a_disguise_or_another_form_is_not_allowed(text: str) -> None:
    assert [term for _, severity, term in _found(text, ALLOW) if severity > NOTE] == [""]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("The wanker banker is a joke.", NOTE),
        ("The WANKER\n  banker is a joke.", NOTE),
        ("The wanker bankers.", BLOCK),
        ("You wanker. The banker laughs.", BLOCK),
    ],
)
def test_a_phrase_is_kept_to(text: str, severity: Severity) -> None:
    narrow = replace(ALLOW, word="wanker", reach=Reach(phrase="wanker banker"))
    rows = _found(text, narrow)
    assert [row[1] for row in rows if row[0] == "abusive-word"] == [severity]


def test_the_policy_has_its_say_first() -> None:
    strict = '[rules.abusive-word]\nseverity = "block"'
    mild = '[rules.abusive-word]\nseverity = "review"'
    assert _found("What a bastard.", SOFTEN, policy=strict)[0][1] == REVIEW
    assert _found("What a bastard.", SOFTEN, policy=mild)[0][1] == NOTE
    assert _found("What a bastard.", ALLOW, policy=strict)[0][1] == NOTE


def test_the_finding_says_which_entry_and_keeps_its_fingerprint() -> None:
    before = moderation.check_text("What a bastard.", families=["language"]).findings[0]
    after = moderation.check_text(
        "What a bastard.", families=["language"], terms=Terms.of(ALLOW, by="S-02"), today=TODAY
    ).findings[0]
    assert after.message == (
        "“bastard” is a swear word; allowed by the school's list (entry T-1, until 2027-07-31,"
        " by S-02)"
    )
    assert after.fingerprint(b"key") == before.fingerprint(b"key")


def test_a_file_is_judged_by_the_list_too() -> None:
    asset = moderation.Asset("plays/a.md", b"What a bastard.")
    verdict = moderation.check_files(
        asset, families=["language"], terms=Terms.of(ALLOW), today=TODAY
    )
    assert [(f.severity, f.term) for f in verdict.findings] == [(NOTE, "T-1")]


def _examples() -> dict[str, Example]:
    """Return an example with a finding of each rule about words, from the specs."""
    found: dict[str, Example] = {}
    for example in examples():
        if all_rules()[example.rule].family != "language" or example.rule == "school-term":
            continue
        if (
            any(f.severity > NOTE for f in example.run().findings)
            and "policy" not in example.settings
        ):
            found.setdefault(example.rule, example)
    return found


EXAMPLES = _examples()


def test_every_rule_about_words_has_an_example() -> None:
    words = {rule.id for rule in all_rules().values() if rule.family == "language"}
    assert words - {"school-term"} == EXAMPLES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_rule_about_words_asks_the_list(name: str) -> None:
    example = EXAMPLES[name]
    before = next(f for f in example.run().findings if f.severity > NOTE)
    allowed = replace(ALLOW, word=as_term(before.evidence)[:LONGEST], rule=name)
    context = replace(example.context(), terms=Terms.of(allowed))
    verdict = check_assets(example.assets, context, Plan((name,)))
    after = next(f for f in verdict.findings if f.primary == before.primary)
    assert (after.severity, after.term) == (NOTE, "T-1")
