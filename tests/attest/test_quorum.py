"""Whose approvals count today, and what they lack."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from moderation.attest import Statement, Trust
from moderation.attest.quorum import Tally, is_current, outstanding, tally
from moderation.model import Person, Role, digest_of
from moderation.policy import ContentKind, default_policy
from moderation.policy.terms import Act, Term, Terms
from tests.attest.school import NOW, TRUST, statement

POLICY = default_policy()
BEFORE = digest_of(b"before")
MODERATOR = Person("m-1", frozenset({Role.MODERATOR}))
HEAD = Person("head", frozenset({Role.HEAD}))
FIRST = statement()
SECOND = statement(actor="head", seq=2, prev=BEFORE)
EXPIRED = statement(issued_at=NOW - timedelta(days=2), expires_at=NOW)
OWN = "handed it in, or a version that it replaces"


def count(*standing: Statement, trust: Trust = TRUST, makers: tuple[str, ...] = ()) -> Tally:
    return tally(standing, trust, POLICY, now=NOW, makers=makers)


def test_each_person_counts_once_in_order_of_signing() -> None:
    assert count(FIRST, SECOND, statement(seq=3, prev=BEFORE)) == Tally((MODERATOR, HEAD), {})
    assert count() == Tally((), {})


VOID = {
    "of nobody on the site": (statement(actor="m-9"), TRUST, (), "m-9 is nobody on this site"),
    "of somebody suspended": (FIRST, TRUST.suspended("m-1"), (), "m-1 is suspended"),
    "of somebody in another role": (
        FIRST,
        TRUST.with_person("m-1", frozenset({Role.AUDITOR})),
        (),
        "m-1 may not approve",
    ),
    "from the future": (
        statement(issued_at=NOW + timedelta(days=2)),
        TRUST,
        (),
        "was signed in the future",
    ),
    "expired": (EXPIRED, TRUST, (), "has expired"),
    "of the publisher": (statement(publisher="m-1", editors=()), TRUST, (), f"m-1 {OWN}"),
    "of an editor in other capitals": (statement(editors=("M-1",)), TRUST, (), f"m-1 {OWN}"),
    "of somebody who became an editor": (FIRST, TRUST, ("m-1",), f"m-1 {OWN}"),
}


@pytest.mark.parametrize(("approval", "trust", "makers", "why"), VOID.values(), ids=VOID)
def test_an_approval_that_does_not_count(
    approval: Statement, trust: Trust, makers: tuple[str, ...], why: str
) -> None:
    assert count(approval, trust=trust, makers=makers) == Tally((), {approval: why})
    assert count(approval, SECOND, trust=trust, makers=makers) == Tally((HEAD,), {approval: why})


def test_whoever_became_an_editor_after_approving_does_not_count_for_the_gate_either() -> None:
    later = statement(actor="head", editors=("m-1", "p-1"), seq=2, prev=BEFORE)
    assert count(FIRST, later) == Tally((HEAD,), {FIRST: f"m-1 {OWN}"})


def test_an_approval_that_was_renewed_counts() -> None:
    assert count(EXPIRED, statement(seq=2, prev=BEFORE)) == Tally((MODERATOR,), {})


def test_an_approval_runs_until_its_own_last_day_or_that_of_the_policy() -> None:
    days = timedelta(days=POLICY.limits.approval_days)
    assert is_current(FIRST, POLICY, now=NOW + days - timedelta(seconds=1))
    assert not is_current(FIRST, POLICY, now=NOW + days)
    assert not is_current(statement(expires_at=NOW + days + days), POLICY, now=NOW + days)


def test_an_approval_counts_while_every_entry_that_it_rests_on_is_in_force() -> None:
    term = Term(act=Act.ALLOW, word="ass", reason="r", rule="abusive-word", until=date(2027, 7, 31))
    terms = replace(Terms.of(term), ended={digest_of(b"2"): "T-2 was taken out"})
    here, gone = terms.entries[0].digest, digest_of(b"2")
    rests = statement(terms=(here,), terms_head=here)
    broken = statement(terms=(here, gone), terms_head=gone)
    count_by = partial(tally, trust=TRUST, policy=POLICY, now=NOW)
    assert count_by((rests,), terms=terms) == Tally((MODERATOR,), {})
    assert count_by((broken,), terms=terms) == Tally((), {broken: "T-2 was taken out"})
    assert count_by((rests,)) == Tally(
        (), {rests: "an entry of the school's list is not there any more"}
    )


def test_what_is_lacking_is_listed_by_kind() -> None:
    kinds = {ContentKind.TEXT, ContentKind.PEOPLE}
    assert outstanding((), kinds, POLICY) == (ContentKind.PEOPLE, ContentKind.TEXT)
    assert outstanding((MODERATOR,), kinds, POLICY) == (ContentKind.PEOPLE,)
    assert outstanding((HEAD,), kinds, POLICY) == ()
