"""What must hold of a site after any fault: the invariants I1 to I10, looked at on the disk."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from moderation.attest import Decision, Statement
from moderation.attest.chain import verify_chain
from moderation.attest.log import ApprovalLog
from moderation.attest.trust_chain import earlier_versions, read_chain
from moderation.attest.verify import verify_log
from moderation.desk.setup import open_desk
from moderation.model import AssetRef, ReviewState, ReviewStatus, SchoolgateError, digest_of
from moderation.publish.folder import manifest_path
from moderation.publish.manifest import OutputManifest
from moderation.publish.verify import differences
from moderation.registers.aside import PART
from moderation.review.blobs import FileBlobStore

_ASIDE = (".site-", "schoolgate-build-", ".schoolgate-init-")
SITE = "site"
"""The output folder, below the school's."""


def warm() -> None:
    """Import what a queue needs, once."""
    with tempfile.TemporaryDirectory() as folder:
        open_desk(Path(folder) / "desk.sqlite3").close()


def look(place: Path) -> dict[str, object]:
    """Look at a school in *place*: what it says, and what does not hold.

    Returns:
        ``flaws``: sentences, none if all is well; ``left``: files that writers left aside;
        ``log``, ``events``, ``states``, ``content``, ``site``: what is there, without times

    """
    school, home = place / "school", place / "home"
    flaws: list[str] = []
    statements: tuple[Statement, ...] = ()
    states: tuple[ReviewState, ...] = ()
    acts: list[str] = []
    try:
        statements = _statements(school)
        desk = open_desk(home / "desk.sqlite3")
        states = desk.states()
        rows = list(desk.events())
        verify_chain(rows)
        acts = [f"{event.act} {event.actor} {event.detail}".strip() for event, _ in rows]
        desk.close()
    except SchoolgateError as error:
        flaws.append(f"I9: {error}")
    flaws += _unheld(home, states, statements)
    flaws += _unapproved(school, statements)
    flaws += _disagreeing(states, statements)
    return {
        "flaws": flaws,
        "left": sorted(_left(place)),
        "log": [f"{each.decision} {each.page} {each.actor}" for each in statements],
        "events": acts,
        "states": sorted(
            f"{s.page} {s.status} {','.join(sorted(s.editors))} {','.join(s.approved_by)}"
            for s in states
        ),
        "content": _listed(school / "content"),
        "site": _listed(school / SITE),
    }


def _statements(school: Path) -> tuple[Statement, ...]:
    state = school / ".schoolgate"
    text = (state / "trust.json").read_text("utf-8")
    chain = read_chain(earlier_versions(state), text, source="trust", today=None, anchor="")
    return verify_log(ApprovalLog(state / "approvals").read(), chain.trust)


def _unheld(
    home: Path, states: tuple[ReviewState, ...], statements: tuple[Statement, ...]
) -> Iterator[str]:
    """I4: every file that the queue or the log names is there."""
    blobs = FileBlobStore(home / "blobs")
    refs = {ref for each in (*[s.assets for s in states], *_approved(statements)) for ref in each}
    for ref in sorted(refs):
        try:
            blobs.get(ref.digest)
        except SchoolgateError as error:
            yield f"I4: {ref.path}: {error}"


def _approved(statements: tuple[Statement, ...]) -> Iterator[tuple[AssetRef, ...]]:
    return (each.subjects for each in statements if each.decision is Decision.APPROVE)


def _unapproved(school: Path, statements: tuple[Statement, ...]) -> Iterator[str]:
    """I1 to I3: the site is what its manifest says, made of what somebody else approved."""
    out = school / SITE
    if not out.is_dir():
        yield "I3: there is no site"
        return
    try:
        made = OutputManifest.from_json(manifest_path(out).read_text("utf-8"), source="manifest")
    except (OSError, ValueError, SchoolgateError) as error:
        yield f"I3: {error}"
        return
    if wrong := differences(out, made):
        yield f"I3: the site is not what its manifest says: {wrong[0].path}"
    good = {
        ref
        for each in statements
        if each.decision is Decision.APPROVE and each.actor not in {each.publisher, *each.editors}
        for ref in each.subjects
    }
    yield from (f"I1: {ref.path} was not approved" for ref in made.content if ref not in good)


def _disagreeing(
    states: tuple[ReviewState, ...], statements: tuple[Statement, ...]
) -> Iterator[str]:
    """I5: what the queue calls approved is signed, and signed last."""
    last = {each.submission: each.decision for each in statements}
    for state in states:
        if (state.status is ReviewStatus.APPROVED) != (last.get(state.id) is Decision.APPROVE):
            yield f"I5: {state.page} is {state.status} but the log says {last.get(state.id)}"


def _left(place: Path) -> Iterator[str]:
    """I10: what writers leave aside."""
    for folder, folders, names in os.walk(place):
        for name in (*folders, *names):
            if name.endswith((PART, "-journal")) or name.startswith(_ASIDE):
                yield str((Path(folder) / name).relative_to(place))


def _listed(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(PART))
    return sorted(f"{f.relative_to(folder)} {digest_of(f.read_bytes())[:12]}" for f in files)
