"""The gate and urgent pages: for how long, with what, and what comes after."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from moderation.attest import Statement, Trust
from moderation.model import Asset, Role, UsageError, digest_of
from moderation.policy import Policy, default_policy, load_policy
from moderation.publish.gate import permitted
from moderation.publish.urgent import urgent_pages
from tests.publish.school import NOW, PHOTO, TRUST, Fields, statement

POLICY = default_policy()
PAGE = Asset("news/closed.md", b"# Closed\n")
NEWER = Asset("news/closed.md", b"# Still closed\n")
BEFORE = Asset("news/closed.md", b"# Open\n")
PICTURE = Asset("photos/fair.jpg", PHOTO)
OTHER = Asset("news/fair.md", b"# Fair\n\n![Stalls](../photos/fair.jpg)\n")
ALONE: Fields = {
    "publisher": "head",
    "editors": ("head",),
    "actor": "head",
    "lacking": ("text",),
}
TWO_LOOKS = load_policy("[approval.photo]\ncount = 2\n")
START = NOW - timedelta(days=1)  # Friday 20 November 2026
END = datetime(2026, 11, 25, tzinfo=UTC)
HELD = TRUST.with_holder("m-2")  # so that somebody is left to sign changes


def urgent(seq: int, *assets: Asset, days: int = 14, **changes: object) -> Statement:
    made = statement(seq, *assets, **ALONE)
    until = made.issued_at + timedelta(days=days)
    return replace(
        made,
        urgent_until=until,
        reason_digest=digest_of(b"why"),
        **changes,  # type: ignore[arg-type]
    )


def ask(
    files: Sequence[Asset],
    log: Sequence[Statement],
    *,
    now: datetime = NOW,
    trust: Trust = TRUST,
    policy: Policy = POLICY,
) -> tuple[set[str], dict[str, str]]:
    answer = permitted(files, log, trust, policy, now=now)
    admitted = {each.digest for each in answer.admitted}
    names = {each.digest: each.path for each in files}
    return {names[each] for each in admitted}, {r.path: r.reason for r in answer.refused}


def test_it_is_published_for_two_working_days_and_no_longer() -> None:
    log = [urgent(1, PAGE)]
    assert ask([PAGE], log) == ({PAGE.path}, {})
    assert ask([PAGE], log, now=END - timedelta(seconds=1)) == ({PAGE.path}, {})
    assert ask([PAGE], log, now=END) == (
        set(),
        {
            PAGE.path: "was published by head alone as urgent, up to 2026-11-24, and nobody else "
            "has approved it since; have somebody review it"
        },
    )
    assert permitted([PAGE], log, TRUST, POLICY, now=NOW).next_day == END.date()


@pytest.mark.parametrize(
    "file", [PICTURE, Asset("downloads/letter.txt", b"Dear parents"), Asset("data.csv", b"a,b\n")]
)
def test_a_file_is_not_published_alone_by_calling_it_a_page(file: Asset) -> None:
    why = {file.path: "was approved as if it were a page; hand in the page that shows it"}
    assert ask([file], [urgent(1, file)]) == (set(), why)
    assert ask([file], [statement(1, file)]) == (set(), why)  # nor by a moderator as if it was text


def test_less_time_than_the_policy_gives_may_be_signed_and_never_more() -> None:
    assert (
        ask([PAGE], [urgent(1, PAGE, days=1)], now=START + timedelta(days=1, hours=1))[0] == set()
    )
    assert ask([PAGE], [urgent(1, PAGE, days=15)], now=END)[0] == set()
    with pytest.raises(UsageError, match="urgentUntil: must lie within 15 days"):
        urgent(1, PAGE, days=16)


def test_the_calendar_is_that_of_the_policy_of_today() -> None:
    stricter = load_policy("[review]\nurgent_days = 1\n")
    closed = load_policy('[review]\nclosed = ["2026-11-23"]\n')
    log = [urgent(1, PAGE)]
    monday = datetime(2026, 11, 24, tzinfo=UTC)
    assert ask([PAGE], log, now=monday, policy=stricter)[0] == set()
    assert ask([PAGE], log, now=END, policy=closed)[0] == {PAGE.path}


def test_another_urgent_version_gives_no_more_time() -> None:
    log = [urgent(1, PAGE), replace(urgent(2, NEWER), issued_at=START + timedelta(days=3))]
    log[1] = replace(log[1], urgent_until=START + timedelta(days=9))
    assert ask([NEWER], log, now=END - timedelta(hours=1))[0] == {PAGE.path}
    assert ask([NEWER], log, now=END)[0] == set()
    assert [each.until for each in urgent_pages(log, POLICY, now=NOW)] == [END]


def test_the_approval_of_somebody_else_ends_the_hurry() -> None:
    log = [
        urgent(1, PAGE),
        statement(2, PAGE, publisher="head", editors=("head",)),
    ]
    later = NOW + timedelta(days=30)
    assert ask([PAGE], log, now=later) == ({PAGE.path}, {})
    assert urgent_pages(log, POLICY, now=later) == ()


def test_an_approval_that_counts_no_more_does_not_make_it_urgent_again() -> None:
    log = [urgent(1, PAGE), statement(2, PAGE, publisher="head", editors=("head",))]
    trust = TRUST.suspended("m-1")
    assert ask([PAGE], log, trust=trust)[0] == set()


def test_the_version_before_stays_approved() -> None:
    log = [statement(1, BEFORE), urgent(2, PAGE)]
    assert ask([PAGE], log)[0] == {PAGE.path}
    assert ask([BEFORE], log)[0] == {PAGE.path}
    newer = [*log, statement(3, NEWER, lacking=("text",))]
    assert ask([PAGE], newer)[0] == {PAGE.path}
    assert ask([PAGE], [*log, statement(3, NEWER)])[0] == set()


def test_a_newer_urgent_version_takes_the_place_of_the_first() -> None:
    log = [urgent(1, PAGE), urgent(2, NEWER)]
    assert ask([NEWER], log)[0] == {PAGE.path}
    assert ask([PAGE], log)[0] == set()


def test_a_picture_that_is_on_another_page_today_may_be_shown() -> None:
    log = [statement(1, OTHER, PICTURE, actor="head"), urgent(2, PAGE, PICTURE)]
    files = [PAGE, OTHER, PICTURE]
    assert ask(files, log)[0] == {PAGE.path, OTHER.path, PICTURE.path}
    assert ask([PAGE, PICTURE], log)[0] == set()  # the other page is not there any more
    waits = Asset(OTHER.path, b"---\npublish: 2027-01-01\n---\n" + OTHER.data)
    log = [statement(1, waits, PICTURE, actor="head"), urgent(2, PAGE, PICTURE)]
    answer = permitted([PAGE, waits, PICTURE], log, TRUST, POLICY, now=NOW)
    assert answer.admitted == ()


def test_a_picture_of_the_version_before_may_stay() -> None:
    before = Asset(PAGE.path, b"# Open\n\n![Stalls](../photos/fair.jpg)\n")
    log = [statement(1, before, PICTURE, actor="head"), urgent(2, PAGE, PICTURE)]
    assert ask([PAGE, PICTURE], log)[0] == {PAGE.path, PICTURE.path}
    assert ask([PAGE, PICTURE], log, trust=HELD.suspended("head"))[0] == set()


def test_a_new_picture_is_not_published_alone() -> None:
    reason = ask([PAGE, PICTURE], [urgent(1, PAGE, PICTURE)])[1][PAGE.path]
    assert reason == (
        "was published as urgent with photos/fair.jpg, which is not approved on its own"
    )


def test_a_new_picture_is_not_published_before_the_second_look_is_whole() -> None:
    head: Fields = {"publisher": "head", "editors": ("head",), "lacking": ("statutory",)}
    for page in (PAGE, NEWER):  # the same version, or another one of the page
        log = [urgent(1, PAGE, PICTURE), statement(2, page, PICTURE, **head)]
        admitted, refused = ask([PAGE, PICTURE], log, policy=TWO_LOOKS)
        assert (admitted, "which is not approved on its own" in refused[PAGE.path]) == (set(), True)


@pytest.mark.parametrize(
    ("trust", "why"),
    [
        (HELD.suspended("head", since=1), "head is suspended"),
        (HELD.with_person("head", frozenset({Role.MODERATOR})), "head may not approve"),
    ],
)
def test_somebody_who_may_not_any_more(trust: Trust, why: str) -> None:
    refused = ask([PAGE], [urgent(1, PAGE)], trust=trust)[1]
    assert refused[PAGE.path].startswith(f"its urgent approval by head no longer counts ({why}")


def test_a_page_that_the_law_asks_for() -> None:
    page = Asset("policies/safeguarding.md", b"# Policy\n")
    reason = ask([page], [urgent(1, page)])[1][page.path]
    assert reason == "was published as urgent, which no page may be that the law asks for"


def test_a_list_entry_that_ended_ends_it() -> None:
    head = digest_of(b"head of the list")
    log = [urgent(1, PAGE, terms=(digest_of(b"an entry"),), terms_head=head)]
    assert "an entry of the school's list is not there any more" in ask([PAGE], log)[1][PAGE.path]


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        ({"urgent_until": START.replace(microsecond=1)}, "must be in UTC and whole seconds"),
        ({"urgent_until": START - timedelta(days=1)}, "must lie within 15 days"),
        ({"lacking": ()}, "belongs to an approval that lacks somebody else's"),
        ({"reason_digest": ""}, "needs a reason, and its actor among the editors"),
        ({"editors": ("p-1",)}, "needs a reason, and its actor among the editors"),
    ],
)
def test_a_statement_that_cannot_be_urgent(change: dict[str, object], trouble: str) -> None:
    with pytest.raises(UsageError, match=f"urgentUntil: {trouble}"):
        replace(urgent(1, PAGE), **change)  # type: ignore[arg-type]


def test_it_is_written_and_read_back_and_only_where_it_is_set() -> None:
    made = urgent(1, PAGE)
    assert b'"urgentUntil":"2026-12-04T' in made.to_payload()
    assert Statement.from_payload(made.to_payload(), source="it") == made
    assert b"urgentUntil" not in statement(1, PAGE).to_payload()


def test_pages_that_wait_for_the_second_look_are_listed() -> None:
    log = [urgent(1, PAGE), urgent(2, OTHER), statement(3, BEFORE, lacking=("text",))]
    now, then = (urgent_pages(log, POLICY, now=now) for now in (NOW, END))
    assert [each.page for each in now] == [PAGE.path, OTHER.path]
    assert str(now[0]) == (
        "news/closed.md is published by head alone as urgent, up to 2026-11-24, unless somebody "
        f"else looks at it: schoolgate review {log[0].submission}"
    )
    assert str(then[0]) == (
        "news/closed.md was published by head alone as urgent, which ended on 2026-11-24; it is "
        f"published again when somebody else looks at it: schoolgate review {log[0].submission}"
    )
