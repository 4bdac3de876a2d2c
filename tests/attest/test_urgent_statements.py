"""A statement by which one person publishes alone: who may, for how long, and with what in it."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from moderation.attest import PAYLOAD_TYPE, Decision, Statement, objection, verify_approval
from moderation.model import UsageError, digest_of
from tests.attest.school import HEAD, MODERATOR, NOW, TRUST, signed, statement

URGENT = replace(
    statement(actor="head", publisher="head", editors=("head",), lacking=("text",)),
    reason_digest=digest_of(b"why"),
    urgent_until=NOW + timedelta(days=3),
)
BY_A_MODERATOR = replace(URGENT, actor="m-1", publisher="m-1", editors=("m-1",))


def test_a_head_publishes_their_own_work_alone() -> None:
    read = verify_approval(signed(URGENT, HEAD), TRUST, source="a", now=NOW)
    assert read == URGENT
    assert Statement.from_payload(URGENT.to_payload(), source="a") == URGENT


def test_a_moderator_does_not() -> None:
    assert signed(BY_A_MODERATOR, MODERATOR).payload_type == PAYLOAD_TYPE
    told = objection(BY_A_MODERATOR, TRUST, now=NOW)
    assert told == "m-1 may not approve; it takes one of deputy, head"


SUMMER = timezone(timedelta(hours=1))
FLAWS: dict[str, tuple[dict[str, object], str]] = {
    "another zone": (
        {"urgent_until": (NOW + timedelta(days=3)).astimezone(SUMMER)},
        "urgentUntil: must be in UTC and whole seconds; cut off the rest",
    ),
    "no zone": (
        {"urgent_until": datetime(2026, 11, 23)},  # noqa: DTZ001 - that is what is refused
        "urgentUntil: must be in UTC and whole seconds; cut off the rest",
    ),
    "a fraction of a second": (
        {"urgent_until": NOW + timedelta(days=3, microseconds=1)},
        "urgentUntil: must be in UTC and whole seconds; cut off the rest",
    ),
    "over before it was signed": (
        {"urgent_until": NOW},
        "urgentUntil: must lie within 15 days; choose another day",
    ),
    "longer than any": (
        {"urgent_until": NOW + timedelta(days=15, seconds=1)},
        "urgentUntil: must lie within 15 days; choose another day",
    ),
    "a takedown": (
        {"decision": Decision.TAKEDOWN},
        "urgentUntil: belongs to an approval that lacks somebody else's; leave it out",
    ),
    "lacks nobody else's": (
        {"lacking": ()},
        "urgentUntil: belongs to an approval that lacks somebody else's; leave it out",
    ),
    "no reason": (
        {"reason_digest": ""},
        "urgentUntil: needs a reason, and its actor among the editors; sign it anew",
    ),
    "somebody else's work": (
        {"editors": ("p-1",), "publisher": "p-1"},
        "urgentUntil: needs a reason, and its actor among the editors; sign it anew",
    ),
}


@pytest.mark.parametrize(("changes", "message"), FLAWS.values(), ids=FLAWS)
def test_an_urgent_statement_that_is_not_one_cannot_be_made(
    changes: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        replace(URGENT, **changes)  # type: ignore[arg-type]
    assert str(caught.value) == f"statement: {message}"
