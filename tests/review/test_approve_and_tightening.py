"""Approving what an earlier approval does not cover any more, since the policy became stricter."""

from dataclasses import replace

import pytest

from moderation.attest import Statement, verify_log
from moderation.attest.envelope import Envelope
from moderation.attest.quorum import tally
from moderation.model import NotAllowedError, ReviewState, ReviewStatus, Severity, Verdict
from moderation.policy import RuleSetting
from moderation.policy.tightening import Tolerance
from moderation.review.actions.urgent import publish_urgently
from tests.review.office import (
    ABUSE,
    CLEAN,
    KEY,
    NAMED,
    PEOPLE,
    RULES,
    TEXT,
    TRUST,
    Office,
    finding,
    page,
    verdict,
)

QUOTED = finding(ABUSE, "rude", severity=Severity.NOTE)
RUDE = finding(ABUSE, "rude")
STRICT = {str(ABUSE.id): RuleSetting(Severity.REVIEW)}
NAMES_OFF = {str(NAMED.id): RuleSetting(enabled=False)}
HELD = (Tolerance(str(ABUSE.id), ("default", "note")),)


def told(office: Office) -> tuple[tuple[Tolerance, ...], ...]:
    return tuple(each.rules for each in verify_log(office.log.read(), TRUST))


def set_rules(office: Office, rules: dict[str, RuleSetting]) -> None:
    office.policy = replace(office.policy, rules=rules)


def counting(office: Office) -> list[str]:
    log = verify_log(office.log.read(), TRUST)
    return [p.id for p in tally(log, TRUST, office.policy, now=office.now).persons]


def test_an_approval_says_how_strict_the_policy_may_become(office: Office) -> None:
    office.approve("m-1", office.submit("p-1", page("one")), verdict(QUOTED))
    assert told(office) == (HELD,)


def test_every_rule_that_is_off_is_told_where_nobody_asked_it(office: Office) -> None:
    set_rules(office, NAMES_OFF)
    office.approve("m-1", office.submit("p-1", page("one")))
    assert told(office) == ((Tolerance(str(NAMED.id), ()),),)


def test_the_same_moderator_signs_anew_what_counts_no_more(office: Office) -> None:
    set_rules(office, NAMES_OFF)
    state = office.submit("p-1", page("one"))
    first = office.approve("m-1", state)
    assert office.approve("m-1", state) == first
    set_rules(office, {})
    assert counting(office) == []
    again = office.approve("m-1", state)
    assert office.approve("m-1", state) == again
    assert (told(office)[1:], counting(office)) == (((),), ["m-1"])
    assert office.load(state).status is ReviewStatus.APPROVED


def test_what_is_found_today_needs_an_answer_after_it_was_handed_in_again(office: Office) -> None:
    state = office.submit("p-1", page("one"), verdict(QUOTED))
    office.approve("m-1", state, verdict(QUOTED))
    set_rules(office, STRICT)
    with pytest.raises(NotAllowedError, match="nobody accepted finding"):
        office.approve("m-1", state, verdict(RUDE))
    state = office.submit("p-1", page("one"), verdict(RUDE), again=True)
    office.acknowledge("m-2", state, RUDE)
    office.approve("m-1", state, verdict(RUDE))
    # what every setting but a block bears is told of the finding as it was shown this time
    assert told(office)[1] == (Tolerance(str(ABUSE.id), ("default", "note", "review")),)
    assert counting(office) == ["m-1"]


def urgent(office: Office, state: ReviewState, result: Verdict) -> Envelope:
    return publish_urgently(
        state.id,
        result,
        fingerprint_key=KEY,
        rules=RULES,
        kinds=TEXT,
        page=office.page_of(state),
        reason="no heating",
        actor=PEOPLE["head"],
        signer=office.signers["head"],
        log=office.log,
        trust=office.trust,
        policy=office.policy,
        queue=office.queue,
        now=office.tick(),
    )


def test_an_urgent_page_is_signed_anew_too_and_gets_no_more_time(office: Office) -> None:
    state = office.submit("head", page("closed"))
    first = urgent(office, state, verdict(QUOTED))
    assert told(office) == (HELD,)
    assert urgent(office, state, verdict(QUOTED)) == first
    set_rules(office, STRICT)
    second = urgent(office, state, CLEAN)
    read = [Statement.from_payload(each.payload, source="it") for each in (first, second)]
    assert [each.seq for each in read] == [1, 2]
    assert read[1].rules == ()
    assert urgent(office, state, CLEAN) == second
