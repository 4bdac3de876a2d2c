"""What the consent register and the pages say together, as rows."""

from collections import Counter
from datetime import date

from moderation.commands.output import Row
from moderation.commands.workspace import Workspace
from moderation.extract import extract
from moderation.extract.declarations import read_declarations
from moderation.model import SchoolgateError, UsageError
from moderation.pipeline.reading import read_tree
from moderation.registers import Consents, ConsentState, Roll


def used(workspace: Workspace, reference: str) -> list[Row]:
    """Return the pictures of the working tree in which *reference* is declared."""
    tree = read_tree(workspace.content, workspace.policy().limits)
    rows: list[Row] = []
    for page in (asset for asset in tree.assets if asset.path.lower().endswith(".md")):
        try:
            declared = read_declarations(extract(page.path, page.data))
        except SchoolgateError as error:
            raise UsageError(f"{page.path}: cannot be searched ({error}); mend it first") from None
        rows += [
            {"page": page.path, "picture": path}
            for path, declaration in declared.items()
            if reference in (declaration.people or ())
        ]
    return rows


def covered(consents: Consents, roll: Roll, *, usual: str, today: date) -> list[Row]:
    """Count by class and channel who may be shown; *usual* is a channel that is always counted."""
    channels = sorted({usual, *(answer.channel for answer in consents.answers)})
    counts: dict[tuple[str, str], Counter[ConsentState]] = {}
    for pupil in roll.pupils:
        for channel in channels:
            found = counts.setdefault((pupil.class_name or "-", channel), Counter())
            found[consents.state(pupil.reference, channel, today)] += 1
    return [
        {
            "class": group,
            "channel": channel,
            "pupils": found.total(),
            "granted": found[ConsentState.GRANTED],
            "not": found.total() - found[ConsentState.GRANTED] - found[ConsentState.UNKNOWN],
            "unknown": found[ConsentState.UNKNOWN],
        }
        for (group, channel), found in sorted(counts.items())
    ]
