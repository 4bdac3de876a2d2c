"""What the gate leaves out, as rows of a table."""

from collections.abc import Collection, Iterable

from moderation.commands.output import told
from moderation.publish.manifest import Refusal


def refusal_rows(refusals: Iterable[Refusal], known: Collection[str]) -> list[dict[str, str]]:
    """Return files that may not be built, each with its reason; *known* paths may be told in CI."""
    return [{"path": told(each.path, known), "reason": each.reason} for each in refusals]
