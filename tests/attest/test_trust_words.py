from dataclasses import replace
from datetime import date, timedelta

import pytest

from moderation.attest.trust_words import changes, differences, notes
from moderation.model import AssetRef, Role, digest_of
from tests.attest.school import EXPIRES, HEAD, LEAD, MODERATOR, PAGE, SECOND, STRANGER, TRUST

SAFE = replace(
    TRUST.with_holder("dsl").with_holder("m-1"), lock=(PAGE,), expires=EXPIRES, threshold=2
)


def test_everything_that_a_change_does_is_said() -> None:
    new = (
        TRUST.with_person("m-9", frozenset({Role.MODERATOR, Role.PUBLISHER}))
        .with_key("m-9", SECOND.key)
        .with_person("p-1", frozenset())
        .with_holder("dsl")
        .with_key("dsl", STRANGER.key)
        .with_holder("m-9")
        .without_key("m-1", MODERATOR.key.keyid, after=7)
        .suspended("p-1", since=9)
        .renewed(date(2027, 12, 1))
        .with_policy(digest_of(b"policy"))
        .with_lock([PAGE])
    )
    assert changes(TRUST, new) == (
        "dsl may sign changes like this one",
        f"dsl signs with the key {STRANGER.key.keyid[:12]}",
        f"the key {MODERATOR.key.keyid[:12]} of m-1 signs nothing after decision 7",
        "m-9 is new",
        "m-9 is moderator, publisher",
        "m-9 may sign changes like this one",
        f"m-9 signs with the key {SECOND.key.keyid[:12]}",
        "p-1 is without a role",
        "p-1 is suspended, from decision 9 on",
        "2 persons must sign a change, no longer 1",
        "it may be used until 2027-12-01, not 2027-11-01",
        f"the policy {digest_of(b'policy')[:12]} is signed, in place of none",
        "locked: news/sports-day.md is new",
    )


def test_what_is_taken_back_is_said_too() -> None:
    old = TRUST.with_policy(digest_of(b"policy")).with_holder("dsl").suspended("p-1")
    old = old.with_lock([PAGE])
    new = old.with_policy("").with_holder("dsl", holder=False).reinstated("p-1").with_lock([])
    assert changes(old, new) == (
        "dsl may no longer sign changes like this one",
        "p-1 is trusted again",
        f"no policy is signed, in place of {digest_of(b'policy')[:12]}",
        "locked: news/sports-day.md is gone",
    )
    assert changes(old, replace(old, version=9)) == ("nothing but its number",)
    lost = TRUST.without_key("dsl", LEAD.key.keyid, after=0)
    assert changes(TRUST, lost) == (f"the key {LEAD.key.keyid[:12]} of dsl signs nothing any more",)
    assert changes(lost, replace(lost, version=9)) == ("nothing but its number",)


def test_differences_are_counted_beyond_the_first() -> None:
    before = [AssetRef(f"theme/{name}", digest_of(b"1"), 1) for name in "abc"]
    after = [AssetRef(f"theme/{name}", digest_of(b"2"), 1) for name in "bcd"]
    assert differences(before, after) == (
        "theme/a is gone",
        "theme/b changed",
        "theme/c changed",
        "theme/d is new",
    )
    assert differences(before, after, most=2) == (
        "theme/a is gone",
        "theme/b changed",
        "and 2 more",
    )
    assert differences(before, before) == ()


UNTIL = "the people of the site are signed until 2027-11-01"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (400, ()),
        (61, ()),
        (60, (f"{UNTIL}: renew them before that day (schoolgate trust renew)",)),
        (30, (f"{UNTIL}, in 30 days: schoolgate trust renew",)),
        (
            7,
            (f"{UNTIL}, in 7 days, and then nothing is built: schoolgate trust renew now",),
        ),
        (
            -1,
            (f"{UNTIL}, which is over: nothing is built until a head runs schoolgate trust renew",),
        ),
    ],
)
def test_the_end_is_told_ever_more_clearly(days: int, told: tuple[str, ...]) -> None:
    assert notes(SAFE, EXPIRES - timedelta(days=days)) == told


def test_a_school_with_few_who_lead_and_no_lock_is_told_so() -> None:
    today = EXPIRES - timedelta(days=300)
    few, unlocked = notes(TRUST, today)
    assert few.startswith("one person alone can change who may do what, and a lost key can end")
    assert unlocked.startswith("nothing is locked yet: whoever can write to the repository")
    two = SAFE.suspended("m-1")
    assert notes(two, today)[0].startswith("only 2 persons together can change who may do what")
    assert HEAD.key in two.persons["head"].keys
