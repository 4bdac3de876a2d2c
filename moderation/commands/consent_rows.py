"""What the consent register and the pages say together, as rows."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from moderation.attest.standing import Unit
from moderation.commands.output import Row
from moderation.commands.workspace import Workspace
from moderation.extract.declarations import read_declarations
from moderation.model import Asset, IntegrityError, SchoolgateError, UsageError
from moderation.pipeline.confined import read_document
from moderation.pipeline.reading import read_tree
from moderation.registers import Consents, ConsentState, Roll
from moderation.review.blobs import FileBlobStore


def used(workspace: Workspace, reference: str, units: Iterable[Unit] = ()) -> list[Row]:
    """Return the pictures in which *reference* is declared, of the working tree and of the site.

    Args:
        workspace: the site
        reference: of a person
        units: what is approved now, where that matters

    """
    tree = read_tree(workspace.content, workspace.policy().limits)
    here = set(_declaring(tree.assets, reference))
    by_digest = {asset.digest: asset for asset in tree.assets}
    blobs = FileBlobStore(workspace.home / "blobs")
    since: dict[tuple[str, str], str] = {}
    for unit in units:
        ref = unit.page_ref
        try:
            data = by_digest[ref.digest].data if ref.digest in by_digest else blobs.get(ref.digest)
        except IntegrityError as error:
            raise UsageError(f"{unit.page}: its approved bytes are gone ({error})") from None
        day = max(approval.issued_at for approval in unit.approvals).date().isoformat()
        since |= dict.fromkeys(_declaring([Asset(unit.page, data)], reference), f"since {day}")
    return [
        {
            "page": page,
            "picture": picture,
            "here": "yes" if (page, picture) in here else "no",
            "published": since.get((page, picture), "no"),
        }
        for page, picture in sorted(here | since.keys())
    ]


def _declaring(assets: Iterable[Asset], reference: str) -> Iterator[tuple[str, str]]:
    for page in (asset for asset in assets if asset.path.lower().endswith(".md")):
        try:
            declared = read_declarations(read_document(page.path, page.data))
        except SchoolgateError as error:
            raise UsageError(f"{page.path}: cannot be searched ({error}); mend it first") from None
        for path, declaration in declared.items():
            if reference in (declaration.people or ()):
                yield page.path, path


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
