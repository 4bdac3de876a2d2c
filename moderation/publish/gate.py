"""Which files may be built: by path and digest, from signed approvals, and nothing else.

The gate trusts no database and no clock but the one it is given. It replays the verified log in
its order: a later decision wins over an earlier one, whatever the times written in them say. What
the log does not admit is refused, and each refusal has a reason that a publisher understands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.attest import Statement, Trust
from moderation.extract import extract
from moderation.extract.declarations import read_declarations
from moderation.model import (
    Asset,
    AssetRef,
    Document,
    NotAllowedError,
    Person,
    ReadSubmission,
    SchoolgateError,
)
from moderation.pipeline.kinds import content_kinds
from moderation.pipeline.paths import check_path
from moderation.policy import ApprovalRule, Policy
from moderation.publish.ledger import Unit, replay
from moderation.publish.manifest import Manifest, Refusal


def permitted(
    files: Iterable[Asset],
    statements: Sequence[Statement],
    trust: Trust,
    policy: Policy,
    *,
    now: datetime,
) -> Manifest:
    """Say which of *files* may be built, and why each other may not.

    Args:
        files: everything below the content folder
        statements: the verified log (see :func:`moderation.attest.verify.verify_log`)
        trust: who may decide
        policy: who must approve which kind of content, and how long an approval lasts
        now: aware time

    """
    present = {asset.path: asset for asset in files}  # a tree has each path once
    ledger = replay(statements)
    court = _Court(present, {}, trust, policy, now)
    answers: dict[AssetRef, set[str]] = {}
    for unit in ledger.units:
        why = court.judge(unit)
        for ref in unit.subjects:
            answers.setdefault(ref, set()).add(why)
    admitted: list[AssetRef] = []
    refused: list[Refusal] = []
    for asset in present.values():
        ref = AssetRef(asset.path, asset.digest, len(asset.data))
        reasons = answers.get(ref) or {ledger.why_not(ref)}
        if "" in reasons:
            admitted.append(ref)
        else:
            refused.append(Refusal(ref.path, min(reasons)))
    return Manifest(admitted=tuple(sorted(admitted)), refused=tuple(sorted(refused)))


@dataclass(frozen=True, slots=True)
class _Court:
    """What is needed to judge one approved unit; *read* keeps what was read already."""

    present: Mapping[str, Asset]
    read: dict[AssetRef, Document]
    trust: Trust
    policy: Policy
    now: datetime

    def judge(self, unit: Unit) -> str:
        """Return why *unit* may not be built, or nothing."""
        return self._incomplete(unit) or self._unreadable(unit) or self._unapproved(unit)

    def _incomplete(self, unit: Unit) -> str:
        if unit.page not in (ref.path for ref in unit.subjects):
            return "was approved without its page; hand the page in again"
        for ref in unit.subjects:
            asset = self.present.get(ref.path)
            if asset is None:
                return f"was approved together with {ref.path}, which is missing"
            if asset.digest != ref.digest:
                return f"was approved together with {ref.path}, which has changed since"
        return ""

    def _unreadable(self, unit: Unit) -> str:
        try:
            for ref in unit.subjects:
                document = self._document(ref)
                endings = self.policy.types.get(document.media_type)
                if endings is None:
                    return f"{_of(unit, ref)}is not of a type that the policy lets in"
                check_path(ref.path, endings)
            read_declarations(self._document(unit.page_ref))
        except SchoolgateError as error:
            return f"cannot be read: {error}"
        return ""

    def _unapproved(self, unit: Unit) -> str:
        kinds = content_kinds(self._submission(unit), self.policy)
        life = timedelta(days=self.policy.limits.approval_days)
        current = [s for s in unit.approvals if not _expired(s, life, self.now)]
        if not current:
            return f"its approval of {unit.date} has expired; hand it in again"
        persons = {person.id: person for person in map(self._approver, current) if person}
        for kind in sorted(kinds):
            need = self.policy.approval[kind]
            fit = sum(person.has(*need.roles) for person in persons.values())
            if fit < need.count:
                return _needs(need, fit)
        return ""

    def _approver(self, statement: Statement) -> Person | None:
        """Return who approved; nobody who made the page, and nobody who may no longer decide."""
        if statement.actor in (statement.publisher, *statement.editors):
            return None
        try:
            return self.trust.person(statement.actor)
        except NotAllowedError:
            return None

    def _submission(self, unit: Unit) -> ReadSubmission:
        page = self._document(unit.page_ref)
        files = {r.path: self._document(r) for r in unit.subjects if r.path != unit.page}
        # Every file that was approved with the page counts, also one that only a template shows.
        return ReadSubmission(page=page, files=files, declarations=read_declarations(page))

    def _document(self, ref: AssetRef) -> Document:
        if ref not in self.read:
            data = self.present[ref.path].data
            self.read[ref] = extract(ref.path, data, self.policy.limits)
        return self.read[ref]


def _expired(statement: Statement, life: timedelta, now: datetime) -> bool:
    ends = statement.issued_at + life
    if statement.expires_at is not None:
        ends = min(ends, statement.expires_at)
    return ends <= now


def _of(unit: Unit, ref: AssetRef) -> str:
    return "" if ref.path == unit.page else f"was approved together with {ref.path}, which "


def _needs(need: ApprovalRule, fit: int) -> str:
    roles = " or ".join(sorted(role.replace("-", " ") for role in need.roles))
    if need.count == 1:
        return f"needs approval by {roles}"
    return f"needs approval by {need.count} different persons, each {roles}; {fit} of them did"
