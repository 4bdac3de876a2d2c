"""Which files may be built: by path and digest, from signed approvals, and nothing else.

The gate trusts no database and no clock but the one it is given. It replays the verified log in
its order: a later decision wins over an earlier one, whatever the times written in them say. What
the log does not admit is refused, and each refusal has a reason that a publisher understands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from moderation.attest import Statement, Trust
from moderation.attest.quorum import EXPIRED, outstanding, tally
from moderation.attest.standing import Unit
from moderation.extract import extract
from moderation.extract.declarations import read_declarations
from moderation.extract.decode import decode
from moderation.model import (
    Asset,
    AssetRef,
    Document,
    ReadSubmission,
    SchoolgateError,
)
from moderation.pipeline.kinds import content_kinds
from moderation.pipeline.paths import check_path
from moderation.policy import ApprovalRule, Policy
from moderation.policy.terms import Terms
from moderation.publish.layout import PAGE_ENDING
from moderation.publish.ledger import day_of, open_ledger
from moderation.publish.manifest import Manifest, Refusal

_NOT_UTF8 = "is not saved as UTF-8; save it as UTF-8 and hand it in again"


def permitted(
    files: Iterable[Asset],
    statements: Sequence[Statement],
    trust: Trust,
    policy: Policy,
    *,
    now: datetime,
    terms: Terms | None = None,
) -> Manifest:
    """Say which of *files* may be built, and why each other may not.

    Args:
        files: everything below the content folder
        statements: the verified log (see :func:`moderation.attest.verify.verify_log`)
        trust: who may decide
        policy: who must approve which kind of content, and how long an approval lasts
        now: aware time
        terms: the school's own list; an approval that rests on an entry of it counts only while
            the entry is in force

    """
    present = {asset.path: asset for asset in files}  # a tree has each path once
    ledger = open_ledger(statements)
    court = _Court(present, {}, trust, policy, terms, now)
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
    terms: Terms | None
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
                if not self._is_utf8(ref):
                    return f"{_of(unit, ref)}{_NOT_UTF8}"
            read_declarations(self._document(unit.page_ref))
        except SchoolgateError as error:
            return f"cannot be read: {error}"
        return ""

    def _unapproved(self, unit: Unit) -> str:
        kinds = content_kinds(self._submission(unit), self.policy)
        found = tally(unit.approvals, self.trust, self.policy, now=self.now, terms=self.terms)
        lacking = outstanding(found.persons, kinds, self.policy)
        if not lacking:
            return ""
        lost = [_lost(approval, why) for approval, why in found.void.items()]
        if not found.persons:
            return f"{lost[-1]}; hand it in again"
        need = self.policy.approval[lacking[0]]
        fit = sum(person.has(*need.roles) for person in found.persons)
        return "; ".join([_needs(need, fit), *lost])

    def _is_utf8(self, ref: AssetRef) -> bool:
        """Say whether MkDocs can read a page; the checks read UTF-16 too."""
        page = ref.path.endswith(PAGE_ENDING)
        return not page or decode(ref.path, self.present[ref.path].data).encoding == "utf-8"

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


def _lost(approval: Statement, why: str) -> str:
    if why == EXPIRED:
        return f"its approval of {day_of(approval)} has expired"
    return f"its approval of {day_of(approval)} by {approval.actor} no longer counts ({why})"


def _of(unit: Unit, ref: AssetRef) -> str:
    return "" if ref.path == unit.page else f"was approved together with {ref.path}, which "


def _needs(need: ApprovalRule, fit: int) -> str:
    roles = " or ".join(sorted(role.replace("-", " ") for role in need.roles))
    if need.count == 1:
        return f"needs approval by {roles}"
    return f"needs approval by {need.count} different persons, each {roles}; {fit} of them did"
