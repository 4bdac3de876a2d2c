"""Rows to values and back."""

import re
from datetime import UTC

from moderation.desk.models import EventRow, SubmissionRow, WaiverRow
from moderation.model import (
    AssetRef,
    Event,
    HandIn,
    IntegrityError,
    ReviewState,
    ReviewStatus,
    SubmissionId,
    Waiver,
)

_KEY = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_NUMBER = re.compile(r"[0-9]{1,18}")


def state_of(row: SubmissionRow, waivers: list[WaiverRow]) -> ReviewState:
    """Return the value of one submission's rows."""
    return ReviewState(
        id=SubmissionId(row.id),
        page=row.page,
        assets=tuple(AssetRef(str(p), str(d), int(size)) for p, d, size in row.assets),
        publisher=row.publisher,
        editors=frozenset(row.editors),
        status=ReviewStatus(row.status),
        submitted_at=row.submitted_at,
        outcome=row.outcome,
        claimed_by=row.claimed_by,
        waivers=tuple(waiver_of(waiver) for waiver in waivers),
        approved_by=tuple(row.approved_by),
        reason=row.reason,
        supersedes=row.supersedes,
        handed_in=_hand_in(row),
        revision=row.revision,
    )


def _hand_in(row: SubmissionRow) -> HandIn | None:
    """Return the publisher's signature; None where the row is older than that."""
    keyid, signature = str(row.hand_in_key), str(row.hand_in_signature)  # SQLite asks for no kind
    if not keyid and not signature:
        return None
    after = str(row.hand_in_after)
    if not (_KEY.fullmatch(keyid) and _SIGNATURE.fullmatch(signature) and _NUMBER.fullmatch(after)):
        raise IntegrityError(
            f"{row.id}: the publisher's signature in the queue is not one; restore the queue from a"
            " backup, or hand the page in again"
        )
    return HandIn(keyid, bytes.fromhex(signature), int(after))


def waiver_of(row: WaiverRow) -> Waiver:
    """Return the value of one waiver's row."""
    return Waiver(
        fingerprint=row.fingerprint, rule=row.rule, by=row.by, reason=row.reason, at=row.at
    )


def fields_of(state: ReviewState) -> dict[str, object]:
    """Return the columns of *state*, without its id, revision and waivers."""
    return {
        "page": state.page,
        "assets": [[ref.path, ref.digest, ref.size] for ref in state.assets],
        "publisher": state.publisher,
        "editors": sorted(state.editors),
        "status": state.status.value,
        "submitted_at": state.submitted_at,
        "outcome": str(state.outcome),
        "claimed_by": state.claimed_by,
        "approved_by": list(state.approved_by),
        "hand_in_key": state.handed_in.keyid if state.handed_in else "",
        "hand_in_signature": state.handed_in.signature.hex() if state.handed_in else "",
        "hand_in_after": state.handed_in.after if state.handed_in else 0,
        "supersedes": state.supersedes,
        "reason": state.reason,
    }


def waiver_rows(state: ReviewState) -> list[WaiverRow]:
    """Return the rows of the waivers of *state*, in order."""
    return [
        WaiverRow(
            submission_id=state.id,
            place=place,
            fingerprint=waiver.fingerprint,
            rule=waiver.rule,
            by=waiver.by,
            at=waiver.at,
            reason=waiver.reason,
        )
        for place, waiver in enumerate(state.waivers)
    ]


def event_of(row: EventRow) -> tuple[Event, str]:
    """Return the value of one event's row, and its link."""
    event = Event(
        at=row.at.astimezone(UTC),
        actor=row.actor,
        act=row.act,
        submission=row.submission,
        digest=row.digest,
        detail=row.detail,
    )
    return event, row.link
