"""A page goes off the site where the policy became stricter about what was found on it."""

from dataclasses import replace

from moderation.attest import Decision
from moderation.model import Asset, Severity
from moderation.policy import Policy, RuleSetting, default_policy, load_policy
from moderation.policy.tightening import Tolerance
from moderation.publish.gate import permitted
from moderation.publish.manifest import Manifest, Refusal
from moderation.publish.tightened import TightenedPage, tightened_pages
from tests.publish.school import NOW, TRUST, ref, statement

LOUD = Asset("news/loud.md", b"# LOUD\n\nText.\n")
CALM = Asset("news/calm.md", b"# Calm\n\nText.\n")
NOTED = (Tolerance("shouting", ("default", "note")),)
APPROVALS = (statement(1, LOUD, rules=NOTED), statement(2, CALM))
DAY = APPROVALS[0].issued_at.date().isoformat()
STRICT = load_policy('[rules.shouting]\nseverity = "review"\n')


def gate(policy: Policy, *more: Asset) -> Manifest:
    return permitted([LOUD, CALM, *more], APPROVALS, TRUST, policy, now=NOW)


def test_only_the_pages_on_which_it_was_found_go_off_the_site() -> None:
    assert gate(default_policy()) == Manifest(
        admitted=(ref(CALM), ref(LOUD)), articles=gate(default_policy()).articles
    )
    found = gate(STRICT)
    assert found.admitted == (ref(CALM),)
    assert found.refused == (
        Refusal(
            LOUD.path,
            f"its approval of {DAY} by m-1 no longer counts (the policy is stricter about shouting "
            "since); hand it in again",
        ),
    )


def test_a_stricter_policy_ends_no_page_once_it_was_approved_again() -> None:
    log = (*APPROVALS, statement(3, LOUD, actor="m-2", rules=()))
    found = permitted([LOUD, CALM], log, TRUST, STRICT, now=NOW)
    assert found.admitted == (ref(CALM), ref(LOUD))


def test_the_pages_that_a_policy_ends_are_named() -> None:
    ended = TightenedPage(LOUD.path, APPROVALS[0].submission, ("shouting",))
    assert tightened_pages(APPROVALS, STRICT) == (ended,)
    assert str(ended) == (
        "news/loud.md: the policy is stricter about shouting since it was approved; hand it in "
        "again"
    )


def test_no_page_is_named_that_nothing_ends() -> None:
    milder = replace(default_policy(), rules={"shouting": RuleSetting(Severity.NOTE)})
    again = statement(3, LOUD)
    gone = statement(3, LOUD, decision=Decision.TAKEDOWN)
    assert tightened_pages(APPROVALS, milder) == ()
    assert tightened_pages(APPROVALS[1:], STRICT) == ()
    assert tightened_pages((*APPROVALS, again), STRICT) == ()
    assert tightened_pages((*APPROVALS, gone), STRICT) == ()
