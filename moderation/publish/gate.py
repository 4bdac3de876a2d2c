"""Which files may be built: by path and digest, from signed approvals, and nothing else.

The gate trusts no database and no clock but the one it is given. It replays the verified log in
its order: a later decision wins over an earlier one, whatever the times written in them say. What
the log does not admit is refused, and each refusal has a reason that a publisher understands.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from moderation.attest import Statement, Trust
from moderation.attest.quorum import EXPIRED, outstanding, tally
from moderation.attest.standing import Unit
from moderation.extract.declarations import read_declarations
from moderation.extract.decode import decode
from moderation.extract.publication import read_publication
from moderation.extract.sniff import sniff
from moderation.model import (
    Asset,
    AssetRef,
    Document,
    ReadSubmission,
    SchoolgateError,
)
from moderation.pipeline.confined import read_document
from moderation.pipeline.kinds import content_kinds
from moderation.pipeline.licence_end import licence_end
from moderation.pipeline.paths import check_path
from moderation.policy import ApprovalRule, ContentKind, Limits, Policy
from moderation.policy.terms import Terms
from moderation.publish.layout import PAGE_ENDING
from moderation.publish.ledger import day_of, open_ledger
from moderation.publish.manifest import Manifest, Refusal
from moderation.publish.urgent import Urgency, open_urgency, urgent_approvals
from moderation.registers.consent_snapshot import Witness

_TAKEN_BACK = "a consent that it rests on has ended or was taken back since"
_SEEN_OTHERWISE = (
    "was approved by several persons to whom it did not read the same; have it approved again"
)
_LOOKED_AT = ("image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf")
_NOT_UTF8 = "is not saved as UTF-8; save it as UTF-8 and hand it in again"


def permitted(
    files: Iterable[Asset],
    statements: Sequence[Statement],
    trust: Trust,
    policy: Policy,
    *,
    now: datetime,
    terms: Terms | None = None,
    witness: Witness | None = None,
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
        witness: the register of consents, where this machine holds it; an approval that rests on a
            consent that was taken back since does not count

    """
    present = {asset.path: asset for asset in files}  # a tree has each path once
    ledger = open_ledger(statements)
    urgency = open_urgency(ledger.units, statements, trust, policy, terms=terms, now=now)
    court = _Court(present, {}, trust, policy, terms, witness, now, policy.day(now), urgency)
    answers, articles, next_day = court.judge_all(ledger.units)
    refs = sorted(AssetRef(each.path, each.digest, len(each.data)) for each in present.values())
    best = {ref: min(answers.get(ref) or {_Answer(_NEVER, ledger.why_not(ref))}) for ref in refs}
    return Manifest(
        admitted=tuple(ref for ref, answer in best.items() if answer.rank == _TODAY),
        refused=tuple(_refusals(best, _NEVER)),
        dated=tuple(_refusals(best, _ANOTHER_DAY)),
        next_day=next_day,
        articles=articles,
    )


_TODAY, _ANOTHER_DAY, _NEVER = range(3)


@dataclass(frozen=True, slots=True, order=True)
class _Answer:
    """Whether a unit may be built, the better answer first, and why not."""

    rank: int
    why: str = ""


def _refusals(answers: Mapping[AssetRef, _Answer], rank: int) -> Iterator[Refusal]:
    return (Refusal(ref.path, each.why) for ref, each in answers.items() if each.rank == rank)


@dataclass(frozen=True, slots=True)
class _Court:
    """What is needed to judge one approved unit; *read* keeps what was read already."""

    present: Mapping[str, Asset]
    read: dict[AssetRef, Document]
    trust: Trust
    policy: Policy
    terms: Terms | None
    witness: Witness | None
    now: datetime
    today: date
    urgency: Urgency

    def judge_all(
        self, units: Iterable[Unit]
    ) -> tuple[Mapping[AssetRef, Collection[_Answer]], frozenset[tuple[str, str]], date | None]:
        """Return the answers on each file, the articles that may be built, and the next turn."""
        answers: dict[AssetRef, set[_Answer]] = {}
        articles: set[tuple[str, str]] = set()
        turns: list[date] = []
        for unit in sorted(units, key=lambda each: each.urgent):  # these rest on the others
            answer, turn = self.judge(unit, answers)
            turns += [turn] if turn else []
            if answer.rank == _TODAY:
                articles.update((unit.page, each) for each in self.articles(unit))
            for ref in unit.subjects:
                answers.setdefault(ref, set()).add(answer)
        return answers, frozenset(articles), min(turns, default=None)

    def judge(
        self, unit: Unit, others: Mapping[AssetRef, Collection[_Answer]]
    ) -> tuple[_Answer, date | None]:
        """Say whether *unit* may be built, and when a date turns that; *others* are judged."""
        why = self._incomplete(unit) or self._unreadable(unit) or self._unapproved(unit, others)
        if why:
            return _Answer(_NEVER, why), None
        days = read_publication(self._document(unit.page_ref))
        ends = [approval.consents_end for approval in unit.approvals]
        submission = self._submission(unit)
        ends += [self._licence_end(each, submission) for each in unit.approvals]
        ends += [self.urgency.last_day(each) for each in urgent_approvals(unit)]
        over = [day + timedelta(days=1) for day in ends if day and self.today <= day < date.max]
        turn = min((day for day in (days.turns(self.today), *over) if day), default=None)
        if days.covers(self.today):
            return _Answer(_TODAY), turn
        if days.last and days.last < self.today:
            return _Answer(_ANOTHER_DAY, f"is approved, but only up to {days.last}"), turn
        return _Answer(_ANOTHER_DAY, f"is approved, but not before {days.first}"), turn

    def _incomplete(self, unit: Unit) -> str:
        if unit.page not in (ref.path for ref in unit.subjects):
            return "was approved without its page; hand the page in again"
        if not unit.page.endswith(PAGE_ENDING):  # alone, a photo would be of the kind text
            return "was approved as if it were a page; hand in the page that shows it"
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
            read_publication(self._document(unit.page_ref))
        except SchoolgateError as error:
            return f"cannot be read: {error}"
        return ""

    def _unapproved(self, unit: Unit, others: Mapping[AssetRef, Collection[_Answer]]) -> str:
        submission = self._submission(unit)
        kinds = content_kinds(submission, self.policy)
        dead = {each: why for each in unit.approvals if (why := self._death(each, submission))}
        alive = [each for each in unit.approvals if each not in dead]
        found = tally(alive, self.trust, self.policy, now=self.now, terms=self.terms)
        lacking = outstanding(found.persons, kinds, self.policy)
        if not lacking:
            return "" if self.articles(unit) else _SEEN_OTHERWISE
        if urgent := [each for each in urgent_approvals(unit) if each in alive]:
            shown = frozenset(ref for ref, each in others.items() if _Answer(_TODAY) in each)
            return self.urgency.refusal(unit, urgent[-1], kinds, shown)
        lost = [_lost(approval, why) for approval, why in found.void.items()]
        lost += [_lost(each, why) for each, why in dead.items()]
        if not found.persons:
            return f"{lost[-1]}; hand it in again"
        need = self.policy.approval[lacking[0]]
        fit = sum(person.has(*need.roles) for person in found.persons)
        return "; ".join([_needs(need, fit), *lost])

    def articles(self, unit: Unit) -> frozenset[str]:
        """Return the digests of the articles that enough persons approved, each by itself."""
        shown = frozenset(each.rendered for each in unit.approvals)
        if len(shown) < 2:
            return shown
        submission = self._submission(unit)
        kinds = content_kinds(submission, self.policy)
        alive = [each for each in unit.approvals if not self._death(each, submission)]
        return frozenset(each for each in shown if self._suffices(alive, each, kinds))

    def _suffices(
        self, alive: Sequence[Statement], article: str, kinds: Collection[ContentKind]
    ) -> bool:
        same = [each for each in alive if each.rendered == article]
        found = tally(same, self.trust, self.policy, now=self.now, terms=self.terms)
        urgent = any(each.urgent_until for each in same)
        return urgent or not outstanding(found.persons, kinds, self.policy)

    def _death(self, approval: Statement, submission: ReadSubmission) -> str:
        """Say why an approval ended with something that it rests on; empty if it did not."""
        end = self._licence_end(approval, submission)
        if end and end < self.today:
            return f"a licence or permission in it ended on {end}"
        return _TAKEN_BACK if self._is_contradicted(approval, submission) else ""

    def _licence_end(self, approval: Statement, submission: ReadSubmission) -> date | None:
        signed = self.policy.day(approval.issued_at)
        return licence_end(submission.declarations, submission.files, signed)

    def _is_contradicted(self, approval: Statement, submission: ReadSubmission) -> bool:
        """Say whether the register at hand knows of a consent that was taken back since."""
        if self.witness is None or not approval.consents:
            return False
        return self.witness.contradicts(
            approval.consents,
            submission.declared_people,
            submission=approval.submission,
            day=self.today,
        )

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
            self.read[ref] = _look(self.present[ref.path], self.policy.limits)
        return self.read[ref]


def _look(asset: Asset, limits: Limits) -> Document:
    """Read a text; of a picture or another file tell the type, and parse nothing.

    What a picture holds was looked at before it was approved, and its bytes are the approved ones.
    So the gate needs no reader of pictures, and a machine that only verifies none either. How long
    a recording may be is for the policy of today to say, so recordings are read.
    """
    kind = sniff(asset.path, asset.data)
    if not kind.startswith(_LOOKED_AT) or not asset.data:
        return read_document(asset.path, asset.data, limits)
    return Document(path=asset.path, digest=asset.digest, media_type=kind, text="", pieces=())


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
