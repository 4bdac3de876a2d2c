"""Taking files off the site, whatever else is out of order: what is signed counts.

First the takedown is signed; where the disk is full, the room kept for it is given back, and if
that is not enough, the built site is struck before, which makes room. Then the files leave the
built site. The queue is told last: it may be away, locked or damaged.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from moderation.attest.log import ApprovalLog
from moderation.attest.statement import Statement
from moderation.commands.actor import Actor
from moderation.commands.reserve import keep_reserve, release_reserve
from moderation.commands.session import open_queue
from moderation.commands.trusting import read_site_trust
from moderation.commands.workspace import Workspace, now
from moderation.model import IntegrityError, SchoolgateError, UsageError
from moderation.publish.reverting import tidy_before
from moderation.publish.strike import Struck, strike
from moderation.review.actions.takedown import log_after, readable_after, takedown
from moderation.review.memory import MemoryQueueStore
from moderation.review.signed_log import read_signed
from moderation.review.store import QueueStore


@dataclass(frozen=True, slots=True)
class Taken:
    """What a takedown did.

    Args:
        struck: by the name of the folder, what left a built site
        troubles: what could not be done

    """

    struck: dict[str, Struck] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()


def take_down_all(
    workspace: Workspace, paths: Iterable[str], reason: str, actor: Actor
) -> tuple[int, list[str]]:
    """Take files off the site, each with every page it was approved with.

    One that fails does not keep the others on the site.

    Returns:
        how many are taken down, and what went wrong

    """
    done = 0
    troubles: list[str] = []
    for path in paths:
        try:
            troubles += take_down(workspace, path, reason, actor).troubles
        except (SchoolgateError, OSError) as error:
            troubles.append(f"{path}: is not taken down: {error}")
            continue
        done += 1
    return done, troubles


def take_down(
    workspace: Workspace, path: str, reason: str, actor: Actor, *, outs: Iterable[Path] = ()
) -> Taken:
    """Take one file off the site, off the built site, and off each folder of *outs*.

    Raises:
        SchoolgateError: it is not taken down

    """
    site = workspace.root / "site"
    folders = [*([site] if site.is_dir() else []), *outs]
    try:
        _sign_somehow(workspace, path, reason, actor, folders)
    except IntegrityError as error:
        raise _only_struck(workspace, path, actor, folders, error) from error
    statements = read_signed(_log(workspace)).statements
    struck, troubles = _strike_all(folders, statements)
    troubles += tidy_before(workspace.state, statements)
    try:
        _sign(workspace, path, reason, actor, open_queue(workspace))
    except (SchoolgateError, OSError) as error:
        why = str(error).partition(";")[0]
        troubles.append(
            f"{path}: is taken down, but the queue does not say so ({why}); when it can be "
            f"written again: schoolgate takedown {path}"
        )
    keep_reserve(workspace)
    return Taken(struck, tuple(troubles))


def _strike_all(
    folders: Iterable[Path], statements: Sequence[Statement]
) -> tuple[dict[str, Struck], list[str]]:
    """Strike each folder; return what was done, and what could not be."""
    struck: dict[str, Struck] = {}
    troubles: list[str] = []
    for out in folders:
        try:
            struck[out.name] = done = strike(out, statements)
            troubles += [f"{out.name}/{each}" for each in done.left]
        except (SchoolgateError, OSError) as error:
            troubles.append(f"{out.name}: is not struck: {error}")
    return struck, troubles


def _only_struck(
    workspace: Workspace, path: str, actor: Actor, folders: list[Path], error: IntegrityError
) -> IntegrityError:
    """Strike the built sites where the log is damaged, so that nothing can be signed behind it."""
    statements = readable_after(
        path,
        actor=actor.person,
        log=_log(workspace),
        trust=read_site_trust(workspace, expired=True),
        now=now(),
    )
    struck, troubles = _strike_all(folders, statements)
    gone = sum(len(each.removed) for each in struck.values())
    names = " and ".join(f"{name}/" for name in struck) or "no folder"
    return IntegrityError(
        "; ".join(
            (
                f"{path}: has left {names}, files gone: {gone}, and is not signed: {error}",
                *troubles,
                "take it down once more when that is mended, or the next build brings it back",
            )
        )
    )


def _sign_somehow(
    workspace: Workspace, path: str, reason: str, actor: Actor, folders: list[Path]
) -> None:
    """Sign, and make room for the signature where the disk has none."""
    try:
        _sign(workspace, path, reason, actor, MemoryQueueStore())
    except UsageError as error:
        if not isinstance(error.__cause__, OSError):
            raise
        if release_reserve(workspace):
            with suppress(UsageError):
                _sign(workspace, path, reason, actor, MemoryQueueStore())
                return
        _strike_unsigned(workspace, path, actor, folders)
        _sign(workspace, path, reason, actor, MemoryQueueStore())


def _strike_unsigned(workspace: Workspace, path: str, actor: Actor, folders: list[Path]) -> None:
    """Take it out of the built sites before it is signed, which makes room for the signature."""
    statements = log_after(
        path,
        actor=actor.person,
        log=_log(workspace),
        trust=read_site_trust(workspace, expired=True),
        now=now(),
    )
    for out in folders:
        with suppress(SchoolgateError, OSError):
            strike(out, statements)


def _log(workspace: Workspace) -> ApprovalLog:
    return ApprovalLog(workspace.state / "approvals")


def _sign(workspace: Workspace, path: str, reason: str, actor: Actor, queue: QueueStore) -> None:
    takedown(
        path,
        reason=reason,
        actor=actor.person,
        signer=actor.signer,
        log=_log(workspace),
        trust=read_site_trust(workspace, expired=True),
        queue=queue,
        now=now(),
    )
