"""A submission as a row of a table."""

from collections.abc import Mapping

import click

from moderation.commands.output import in_ci, show_json
from moderation.model import ReviewState

COLUMNS = ("id", "page", "status", "outcome", "by", "claimed_by", "approved_by", "reason")


def tell(state: ReviewState, style: str | None) -> None:
    """Say where a submission stands after an act."""
    if style == "json":
        show_json(row(state))
    else:
        click.echo(f"{state.id}: {state.page} is {state.status}")


def row(state: ReviewState) -> Mapping[str, object]:
    """Return what a list of submissions tells of one."""
    return {
        "id": state.id,
        "page": state.page,
        "status": state.status,
        "outcome": state.outcome,
        "by": state.publisher,
        "claimed_by": state.claimed_by,
        "reason": "" if in_ci() else state.reason,
        "digest": state.digest,
        "submitted_at": state.submitted_at.isoformat(),
        "approved_by": list(state.approved_by),
        "files": [ref.path for ref in state.assets],
    }
