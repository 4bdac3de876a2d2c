"""Everything a command on submissions works with, opened together."""

import shutil
from dataclasses import dataclass

from moderation.attest.log import ApprovalLog
from moderation.checks.base import Context, all_rules
from moderation.commands.leftovers import clear_leftovers
from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.model import (
    Asset,
    Finding,
    IntegrityError,
    NotAllowedError,
    Person,
    ReviewState,
    SubmissionId,
    UsageError,
    Verdict,
)
from moderation.pipeline.kinds import content_kinds
from moderation.pipeline.plan import Plan, make_plan
from moderation.pipeline.run import check_assets, read_submission
from moderation.policy import ContentKind
from moderation.policy.tightening import off_rules
from moderation.publish.site import Site, load_site
from moderation.registers import Registers
from moderation.registers.files import make_folder
from moderation.review.blobs import FileBlobStore
from moderation.review.store import BlobStore, QueueStore

_SHORTEST = 4
"""Characters of an id that must be written, so that a slip cannot name anything."""


@dataclass(frozen=True, slots=True)
class Session:
    """A site with its queue and store."""

    workspace: Workspace
    site: Site
    queue: QueueStore
    blobs: BlobStore

    @property
    def log(self) -> ApprovalLog:
        """The signed approvals, in git."""
        return ApprovalLog(self.workspace.state / "approvals")

    def require_seen(self, state: ReviewState, person: Person) -> None:
        """Refuse a decision on bytes that the person has not looked at.

        Raises:
            NotAllowedError: the log knows of no look of theirs at exactly these bytes

        """
        look = ("view", person.id, state.id, state.digest)
        for event, _ in self.queue.events():
            if (event.act, event.actor, event.submission, event.digest) == look:
                return
        raise NotAllowedError(
            f"{state.id}: approve: {person.id} has not looked at it yet; use schoolgate review"
        )

    def forget_review(self, state: ReviewState) -> None:
        """Remove the copy that review laid out; the decision has been made."""
        shutil.rmtree(self.workspace.home / "review" / state.id, ignore_errors=True)

    def context(self) -> Context:
        """Return what checks may consult here and now.

        Raises:
            UsageError: there is no roll, so that names could not be looked for

        """
        registers = self.workspace.registers()
        _need_roll(registers)
        return Context(
            policy=self.site.policy,
            today=self.site.policy.day(now()),
            registers=registers,
            terms=self.site.terms,
        )

    def find(self, prefix: str) -> ReviewState:
        """Return the submission whose id begins with *prefix*.

        Raises:
            UsageError: none does, or several do

        """
        word = prefix if prefix.startswith("s-") else f"s-{prefix}"
        if len(word) < _SHORTEST:
            raise UsageError("write more of the id; schoolgate queue lists them")
        found = [state for state in self.queue.states() if state.id.startswith(word)]
        if len(found) > 1:
            raise UsageError(f"{prefix}: several submissions begin like this; write more of the id")
        return found[0] if found else self.queue.load(SubmissionId(word))

    def assets(self, state: ReviewState) -> tuple[Asset, ...]:
        """Return the bytes that were handed in.

        Raises:
            IntegrityError: the store does not hold them any more

        """
        assets = tuple(Asset(ref.path, self.blobs.get(ref.digest)) for ref in state.assets)
        if any(asset.digest != ref.digest for asset, ref in zip(assets, state.assets, strict=True)):
            raise IntegrityError(f"{state.id}: the store holds other bytes; hand the page in again")
        return assets

    def judge(
        self, state: ReviewState, assets: tuple[Asset, ...]
    ) -> tuple[Verdict, frozenset[ContentKind]]:
        """Check the bytes that were handed in, by the rules and registers of today.

        Returns:
            the verdict, and what kinds of content they are

        """
        context = self.context()
        submission = read_submission(state.page, assets, context.policy.limits)
        verdict = check_assets(assets, context, make_plan(context.policy))
        return verdict, content_kinds(submission, context.policy)

    def off_found(self, assets: tuple[Asset, ...]) -> frozenset[str]:
        """Return the rules that the school switched off and that would find something here.

        All of them where one could not be asked: nobody knows what it would have found.
        """
        off = off_rules(all_rules(), self.site.policy)
        if not off:
            return frozenset()
        verdict = check_assets(assets, self.context(), Plan(off))
        return frozenset(off if verdict.errors else (each.rule for each in verdict.findings))

    def finding(self, verdict: Verdict, prefix: str) -> tuple[Finding, str]:
        """Return the finding of *verdict* whose fingerprint begins with *prefix*, with all of it.

        Raises:
            UsageError: none does, or several do

        """
        if len(prefix) < _SHORTEST:
            raise UsageError("write more of the finding's id; schoolgate review lists them")
        key = self.workspace.fingerprint_key()
        prints = {finding.fingerprint(key): finding for finding in verdict.findings}
        found = [each for each in prints if each.startswith(prefix.lower())]
        if len(found) != 1:
            trouble = "no finding begins" if not found else "several findings begin"
            raise UsageError(f"{prefix}: {trouble} like this; schoolgate review lists them")
        return prints[found[0]], found[0]


def open_session() -> Session:
    """Open the site that this folder lies in, with its queue and store.

    Raises:
        UsageError: there is no site here
        IntegrityError: its trust file, approvals or policy cannot be trusted

    """
    workspace = need_workspace()
    site = load_site(workspace.root, now=now())
    blobs = FileBlobStore(workspace.home / "blobs")
    return Session(workspace, site, open_queue(workspace), blobs)


def page_of(state: ReviewState, assets: tuple[Asset, ...]) -> Asset:
    """Return the page among the files of a submission."""
    return next(asset for asset in assets if asset.path == state.page)


def open_queue(workspace: Workspace) -> QueueStore:
    """Open the queue of a site; Django is imported only here."""
    from moderation.desk.setup import open_desk

    make_folder(workspace.home)
    clear_leftovers(workspace)
    return open_desk(workspace.database())


def _need_roll(registers: Registers) -> None:
    if registers.roll is None and registers.keyed is None:
        raise UsageError(
            "no roll here, so nobody can see whether a pupil is named; bring it in with "
            "schoolgate roll import class-list.csv"
        )
