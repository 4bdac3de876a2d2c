"""Which later settings of a rule an approval bears, and which end it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.model import Finding, Location, Role, Rule, RuleId, Severity, Span, Stage
from moderation.policy import Policy, RuleSetting, default_policy
from moderation.policy.tightening import (
    SETTINGS,
    Tolerance,
    flaw_of,
    off_rules,
    tightened,
    tolerances,
)

NOTE, REVIEW, BLOCK = Severity.NOTE, Severity.REVIEW, Severity.BLOCK
OFF = RuleSetting(enabled=False)
WORD = "word"


def rule(severity: Severity, stage: Stage = Stage.STABLE) -> Rule:
    return Rule(
        id=RuleId(WORD),
        family="language",
        summary="a rule of an example",
        remedy="mend it",
        severity=severity,
        since="0.1.0",
        clauses=(),
        decided_by=Role.MODERATOR,
        stage=stage,
    )


def finding(severity: Severity, term: str = "") -> Finding:
    return Finding(
        rule=WORD,
        family="language",
        message="found",
        primary=Location(path="a.md", span=Span(1, 1, 1, 2)),
        severity=severity,
        term=term,
    )


def with_setting(setting: RuleSetting | None) -> Policy:
    return replace(default_policy(), rules={WORD: setting} if setting else {})


def told(own: Rule, *found: Finding, setting: RuleSetting | None = None) -> tuple[Tolerance, ...]:
    return tolerances(found, {WORD: own}, with_setting(setting))


def test_what_was_a_note_bears_no_review() -> None:
    mine = told(rule(NOTE), finding(NOTE))
    assert mine == (Tolerance(WORD, ("default", "note")),)
    assert tightened(with_setting(RuleSetting(NOTE)), mine) == ()
    assert tightened(with_setting(RuleSetting(REVIEW)), mine) == (WORD,)
    assert tightened(with_setting(RuleSetting(BLOCK)), mine) == (WORD,)


def test_what_was_reviewed_bears_that_its_own_severity_is_written_down() -> None:
    mine = told(rule(REVIEW), finding(REVIEW))
    assert mine == (Tolerance(WORD, ("default", "note", "review")),)


def test_a_milder_case_ends_where_every_case_is_weighed_alike() -> None:
    """A check may hold quoted speech milder than its rule; a school that sets a severity not."""
    mine = told(rule(REVIEW), finding(NOTE), finding(REVIEW))
    assert mine == (Tolerance(WORD, ("default", "note")),)


def test_what_blocked_and_was_accepted_bears_every_setting_and_is_not_told() -> None:
    assert told(rule(BLOCK), finding(BLOCK)) == ()


def test_a_rule_that_found_nothing_is_not_told() -> None:
    assert told(rule(BLOCK)) == ()


def test_a_rule_in_evaluation_is_not_told() -> None:
    assert told(rule(BLOCK, Stage.EVALUATION), finding(NOTE), setting=OFF) == ()


def test_a_severity_that_was_made_looser_ends_with_the_loosening() -> None:
    mine = told(rule(BLOCK), finding(NOTE), setting=RuleSetting(NOTE))
    assert mine == (Tolerance(WORD, ("note",)),)
    assert tightened(default_policy(), mine) == (WORD,)


def test_what_the_schools_list_made_milder_is_weighed_as_its_rule_was() -> None:
    mine = told(rule(REVIEW), finding(NOTE, term="T-1"))
    assert mine == (Tolerance(WORD, ("default", "note", "review")),)


def test_a_rule_that_was_off_bears_only_to_be_off() -> None:
    own = rule(REVIEW)
    mine = told(own, setting=OFF)
    assert mine == (Tolerance(WORD, ()),)
    assert tightened(with_setting(OFF), mine) == ()
    assert tightened(default_policy(), mine) == (WORD,)
    assert off_rules({WORD: own}, with_setting(OFF)) == (WORD,)


def test_a_rule_that_is_off_ends_nothing() -> None:
    assert tightened(with_setting(OFF), told(rule(NOTE), finding(NOTE))) == ()


def test_a_rule_that_is_off_and_would_find_nothing_is_not_told() -> None:
    assert tolerances((), {WORD: rule(REVIEW)}, with_setting(OFF), ()) == ()


@pytest.mark.parametrize(
    ("flawed", "flaw"),
    [
        ((Tolerance(WORD, ("note",)), Tolerance(WORD, ())), "names a rule twice"),
        ((Tolerance(WORD, ("never",)),), "names a setting that there is not"),
        ((Tolerance(WORD, ("note", "default")),), "names a setting that there is not, or not in"),
        ((Tolerance(WORD, ("note", "note")),), "names a setting that there is not, or not in"),
    ],
)
def test_a_flaw_is_named(flawed: tuple[Tolerance, ...], flaw: str) -> None:
    assert flaw_of(flawed).startswith(flaw)


def test_nothing_is_wrong_with_what_was_told() -> None:
    assert flaw_of(told(rule(NOTE), finding(NOTE))) == ""


severities = st.sampled_from(list(Severity))
settings_of_a_rule = st.none() | severities.map(RuleSetting)


@given(severities, st.lists(severities, min_size=1), settings_of_a_rule, settings_of_a_rule)
def test_an_approval_ends_exactly_where_something_would_weigh_more(
    default: Severity, own: list[Severity], then: RuleSetting | None, now: RuleSetting | None
) -> None:
    """Where the school had made nothing milder, that is: what it hid, nobody can weigh exactly."""
    mine, before, after = rule(default), with_setting(then), with_setting(now)
    shown = [before.weigh(mine, each) for each in own]
    found = tightened(after, tolerances([finding(s) for s in shown], {WORD: mine}, before))
    more = any(after.weigh(mine, each) > was for each, was in zip(own, shown, strict=True))
    looser = then is not None and then.severity is not None and then.severity < default
    # a check that finds more severely than its rule does not happen in ours
    if not looser:
        assert bool(found) == more
    elif all(each <= default for each in own):
        assert found or not more


@given(severities, st.lists(severities), settings_of_a_rule | st.just(OFF))
def test_the_policy_that_it_was_approved_under_ends_nothing(
    default: Severity, shown: list[Severity], then: RuleSetting | None
) -> None:
    policy, mine = with_setting(then), rule(default)
    weighed = [finding(policy.weigh(mine, each)) for each in shown]
    said = tolerances(weighed, {WORD: mine}, policy)
    assert (tightened(policy, said), flaw_of(said)) == ((), "")
    assert all(set(each.settings) < set(SETTINGS) for each in said)
