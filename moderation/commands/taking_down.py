"""Taking files off the site, also where the queue cannot be told: what is signed counts."""

from collections.abc import Iterable

from moderation.attest.log import ApprovalLog
from moderation.commands.actor import Actor
from moderation.commands.session import open_queue
from moderation.commands.trusting import read_site_trust
from moderation.commands.workspace import Workspace, now
from moderation.model import SchoolgateError
from moderation.review.actions.takedown import takedown
from moderation.review.memory import MemoryQueueStore
from moderation.review.store import QueueStore


def take_down_all(
    workspace: Workspace, paths: Iterable[str], reason: str, actor: Actor
) -> tuple[int, list[str]]:
    """Take files off the site, each with every page it was approved with.

    One that fails does not keep the others on the site.

    Returns:
        how many are taken down, and what went wrong

    """
    done, troubles = 0, []
    for path in paths:
        try:
            trouble = take_down(workspace, path, reason, actor)
        except (SchoolgateError, OSError) as error:
            troubles.append(f"{path}: is not taken down: {error}")
            continue
        done += 1
        troubles += [trouble] if trouble else []
    return done, troubles


def take_down(workspace: Workspace, path: str, reason: str, actor: Actor) -> str:
    """Take one file off the site, and say what the queue could not be told; empty if it was.

    A full disk or a database that is away must keep nothing on the site: the takedown is signed all
    the same, and the same command tells the queue later.

    Raises:
        SchoolgateError: it is not taken down

    """
    try:
        _sign(workspace, path, reason, actor, open_queue(workspace))
    except (SchoolgateError, OSError) as error:
        # Refused for another reason than the queue, it is refused here as well.
        _sign(workspace, path, reason, actor, MemoryQueueStore())
        why = str(error).partition(";")[0]
        return (
            f"{path}: is taken down, but the queue does not say so ({why}); when it can be "
            f"written again: schoolgate takedown {path}"
        )
    return ""


def _sign(workspace: Workspace, path: str, reason: str, actor: Actor, queue: QueueStore) -> None:
    takedown(
        path,
        reason=reason,
        actor=actor.person,
        signer=actor.signer,
        log=ApprovalLog(workspace.state / "approvals"),
        trust=read_site_trust(workspace, expired=True),
        queue=queue,
        now=now(),
    )
