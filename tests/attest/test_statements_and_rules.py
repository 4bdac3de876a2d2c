"""What an approval says of the rules: written once, read strictly, and asked of today's policy."""

from dataclasses import replace

import pytest

from moderation.attest import Statement
from moderation.attest.canonical import canonical, parse
from moderation.attest.decision import Decision
from moderation.attest.quorum import Tally, objection_today, tally
from moderation.model import IntegrityError, Person, Role, Severity, UsageError, digest_of
from moderation.policy import Policy, RuleSetting, default_policy
from moderation.policy.tightening import Tolerance
from tests.attest.school import NOW, TRUST, Fields, statement

BORNE = ("default", "note")
TOLD = (Tolerance("abusive-word", BORNE), Tolerance("shouting", ()))
SAYS = statement(rules=TOLD)
WHY = "the policy is stricter about {} since"


def policy_with(**settings: RuleSetting) -> Policy:
    return replace(
        default_policy(), rules={n.replace("_", "-"): each for n, each in settings.items()}
    )


OFF = RuleSetting(enabled=False)


def test_it_is_written_in_order_of_the_rules_and_read_back() -> None:
    payload = statement(rules=TOLD[::-1]).to_payload()
    assert payload == SAYS.to_payload()
    assert b'"rules":{"abusive-word":["default","note"],"shouting":[]}' in payload
    assert Statement.from_payload(payload, source="it") == SAYS


def test_it_is_not_written_where_there_is_none() -> None:
    assert b'"rules"' not in statement().to_payload()


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({}, "is not in canonical form"),
        ([], "rules: "),
        ({"shouting": "note"}, "rules.shouting: "),
        ({"shouting": ["note", "default"]}, "rules: names a setting that there is not"),
        ({"shouting": ["fatal"]}, "rules: names a setting that there is not"),
        ({"a name": []}, "rules: names what is no id of a rule"),
    ],
)
def test_it_is_read_strictly(rules: object, told: str) -> None:
    body = dict(parse(SAYS.to_payload(), source="it").value)  # type: ignore[call-overload]
    payload = canonical({**body, "predicate": {**body["predicate"], "rules": rules}})
    with pytest.raises(IntegrityError) as error:
        Statement.from_payload(payload, source="it")
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"rules": (TOLD[0], TOLD[0])}, "rules: names a rule twice"),
        ({"rules": TOLD, "decision": Decision.REJECT, "handed_in": None}, "belong to an approval"),
    ],
)
def test_what_nobody_could_mean_is_not_made(changes: Fields, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        statement(**changes)


STRICTER = {
    "a note that is to be reviewed": (
        policy_with(abusive_word=RuleSetting(Severity.REVIEW), shouting=OFF),
        "abusive-word",
    ),
    "a rule that was off": (policy_with(), "shouting"),
    "both": (policy_with(abusive_word=RuleSetting(Severity.BLOCK)), "abusive-word, shouting"),
}


@pytest.mark.parametrize(("policy", "rules"), STRICTER.values(), ids=STRICTER)
def test_it_ends_where_the_policy_is_stricter_than_it_bears(policy: Policy, rules: str) -> None:
    assert tally((SAYS,), TRUST, policy, now=NOW) == Tally((), {SAYS: WHY.format(rules)})
    assert objection_today(SAYS, TRUST, policy, now=NOW) == WHY.format(rules)


def test_it_counts_while_the_policy_is_no_stricter() -> None:
    policy = policy_with(
        abusive_word=RuleSetting(Severity.NOTE),
        shouting=OFF,
        alt_text_missing=RuleSetting(Severity.BLOCK),
    )
    found = tally((SAYS,), TRUST, policy, now=NOW)
    assert found == Tally((Person("m-1", frozenset({Role.MODERATOR})),), {})


def test_who_approves_once_more_under_the_stricter_policy_counts() -> None:
    policy = policy_with(shouting=RuleSetting(Severity.BLOCK))
    again = statement(seq=2, prev=digest_of(b"before"), rules=(Tolerance("shouting", ()),))
    fresh = replace(again, rules=())
    assert tally((SAYS, again), TRUST, policy, now=NOW).persons == ()
    assert len(tally((SAYS, fresh), TRUST, policy, now=NOW).persons) == 1
