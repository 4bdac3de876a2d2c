"""A whole school under test: real stores, keys, log and line of trust files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from moderation.attest.envelope import Envelope
from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog, file_name
from moderation.attest.statement import PAYLOAD_TYPE as STATEMENT_TYPE
from moderation.attest.statement import Statement
from moderation.attest.trust import (
    PAYLOAD_TYPE,
    Trust,
    TrustedPerson,
    Version,
    open_version,
    payload_of,
)
from moderation.attest.trust_chain import read_chain
from moderation.attest.verify import verify_log
from moderation.extract.declarations import read_declarations
from moderation.extract.sniff import sniff
from moderation.model import (
    Asset,
    AssetRef,
    Document,
    Person,
    ReadSubmission,
    ReviewState,
    Role,
    Submission,
)
from moderation.pipeline.confined import read_document
from moderation.pipeline.kinds import content_kinds
from moderation.policy import Policy
from moderation.registers.consent import Channel, Consent, Consents, ConsentState
from moderation.registers.consent_snapshot import Snapshot, Witness
from moderation.review.actions.approve import approve
from moderation.review.actions.claim import claim
from moderation.review.actions.reject import reject
from moderation.review.actions.return_ import return_
from moderation.review.actions.submit import submit
from moderation.review.actions.takedown import takedown
from moderation.review.actions.withdraw import withdraw
from moderation.review.signed_log import in_seconds
from moderation.review.store import BlobStore, QueueStore
from tests.model_based.scenery import EXPIRES, NOW, PHOTO, POLICIES, PUPIL, ROLES, signer_of
from tests.review.office import CLEAN, KEY, RULES


@dataclass
class School:
    """The parts, and every act on them; nothing here decides anything."""

    folder: Path
    queue: QueueStore
    blobs: BlobStore
    now: datetime = NOW
    policy: Policy = field(default_factory=lambda: POLICIES["usual"])
    consents: Consents = field(default_factory=Consents)
    content: dict[str, bytes] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))
    versions: list[Version] = field(default_factory=list)
    log: ApprovalLog = field(init=False)
    _walked: dict[tuple[str, date | None], Trust] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.log = ApprovalLog(self.folder / "approvals")
        first = Trust(
            site="alderbrook",
            version=1,
            expires=EXPIRES,
            issued=self.now.date(),
            persons={
                who: TrustedPerson(
                    id=who,
                    roles=frozenset({role}),
                    keys=(signer_of(who, 0).key,),
                    holder=role is Role.SAFEGUARDING_LEAD,
                )
                for who, role in ROLES.items()
            },
        )
        self.versions.append(_signed(first, [signer_of(who, 0) for who in ("head", "deputy")]))

    # --- the people of the site

    def trust(self, *, expired: bool = False) -> Trust:
        """Walk from the first version of the people to the newest, as every command does."""
        today = None if expired else self.now.date()
        key = (self.versions[-1].digest, today)
        if key not in self._walked:
            self._walked[key] = self.walk(len(self.versions), today)
        return self._walked[key]

    def walk(self, count: int, today: date | None) -> Trust:
        """Read the line as it was when it had *count* versions."""
        earlier = [
            (file_name(number), each.envelope)
            for number, each in enumerate(self.versions[: count - 1], start=1)
        ]
        text = self.versions[count - 1].envelope.text()
        return read_chain(earlier, text, source="trust.json", today=today).trust

    def change(
        self, edit: Callable[[Trust], Trust], *, ends: bool = False, signers: int = 9
    ) -> Trust:
        """Have the next version of the people signed by at most *signers* of those who lead."""
        before = self.versions[-1]
        seq, head = self.log.next()
        trust = replace(
            edit(before.trust),
            version=before.trust.version + 1,
            previous=before.digest,
            issued=self.now.date(),
            log=(seq - 1, head) if ends else before.trust.log,
        )
        leading = sorted({*before.trust.leading, *trust.leading})[:signers]
        keys = [signer_of(who, n) for who in leading for n in range(self.keys[who] + 2)]
        listed = {k for t in (before.trust, trust) for p in t.persons.values() for k in p.keys}
        self.versions.append(_signed(trust, [key for key in keys if key.key in listed]))
        try:
            return self.walk(len(self.versions), None)
        except BaseException:
            self.versions.pop()
            raise

    def actor(self, who: str, *, expired: bool = False) -> Person:
        """Return somebody as the site knows them."""
        return self.trust(expired=expired).person(who)

    def signer(self, who: str) -> Signer:
        """Return the key with which somebody signs now."""
        return signer_of(who, self.keys[who])

    # --- the acts

    def unit(self, page: str) -> Submission:
        """Return the page as it lies in the content folder, with the file that it shows."""
        text = self.content[page]
        shown = PHOTO.encode() in text and PHOTO in self.content
        files = [Asset(PHOTO, self.content[PHOTO])] if shown else []
        return Submission(page=page, assets=(Asset(page, text), *files))

    def submit(self, who: str, submission: Submission, *, again: bool) -> ReviewState:
        """Hand in."""
        known = {s.digest: s.revision for s in self.queue.states(page=submission.page)}
        return submit(
            submission,
            CLEAN,
            actor=self.actor(who),
            signer=self.signer(who),
            log=self.log,
            trust=self.trust(),
            rules=RULES,
            queue=self.queue,
            blobs=self.blobs,
            now=self.now,
            again=known.get(submission.digest, 0) if again else 0,
        )

    def claim(self, who: str, state: ReviewState, *, take_over: bool) -> ReviewState:
        """Take on."""
        actor = self.actor(who)
        return claim(state.id, actor=actor, queue=self.queue, now=self.now, take_over=take_over)

    def approve(self, who: str, state: ReviewState, signer: Signer | None = None) -> Envelope:
        """Approve the bytes that were handed in, which are read from the store."""
        read = self._read(state)
        return approve(
            state.id,
            CLEAN,
            fingerprint_key=KEY,
            rules=RULES,
            kinds=content_kinds(read, self.policy),
            page=self._page(state),
            digest_prefix=state.digest,
            actor=self.actor(who),
            signer=signer or self.signer(who),
            log=self.log,
            trust=self.trust(),
            policy=self.policy,
            queue=self.queue,
            now=self.now,
            consents=self._snapshot(read, state),
        )

    def approve_again(self, number: int, who: str) -> None:
        """Have *who* write an earlier approval once more, as their own, past queue and acts.

        Raises:
            IntegrityError: whoever reads the log then does not believe it

        """
        entries, (seq, prev) = self.log.read(), self.log.next()
        old = Statement.from_payload(entries[number - 1][1].payload, source="old.json")
        now = in_seconds(self.now)
        length = old.expires_at - old.issued_at if old.expires_at else timedelta(days=1)
        forged = replace(old, actor=who, seq=seq, prev=prev, issued_at=now, expires_at=now + length)
        envelope = self.signer(who).sign(forged.to_payload(), STATEMENT_TYPE)
        verify_log([*entries, (file_name(seq), envelope)], self.trust(expired=True))

    def end(self, what: str, who: str, state: ReviewState) -> ReviewState:
        """Withdraw, return or reject."""
        actor, signer, trust = self.actor(who), self.signer(who), self.trust()
        queue, log, now = self.queue, self.log, self.now
        if what == "withdrawn":
            return withdraw(
                state.id, actor=actor, signer=signer, log=log, trust=trust, queue=queue, now=now
            )
        act = return_ if what == "returned" else reject
        return act(
            state.id,
            reason="an example",
            actor=actor,
            signer=signer,
            log=log,
            trust=trust,
            queue=queue,
            now=now,
        )

    def takedown(self, who: str, path: str) -> Envelope:
        """Take down; a list of people that has expired does."""
        return takedown(
            path,
            reason="an example",
            actor=self.actor(who, expired=True),
            signer=self.signer(who),
            log=self.log,
            trust=self.trust(expired=True),
            queue=self.queue,
            now=self.now,
        )

    def say(self, state: ConsentState, until: date | None) -> None:
        """Write the one answer of the register."""
        answer = Consent(reference=PUPIL, channel=Channel.WEBSITE, state=state, until=until)
        self.consents = Consents((answer,))

    def _read(self, state: ReviewState) -> ReadSubmission:
        documents = {ref.path: self._document(ref) for ref in state.assets}
        page = documents.pop(state.page)
        return ReadSubmission(page=page, files=documents, declarations=read_declarations(page))

    def _page(self, state: ReviewState) -> Asset:
        ref = next(each for each in state.assets if each.path == state.page)
        return Asset(ref.path, self.blobs.get(ref.digest))

    def _document(self, ref: AssetRef) -> Document:
        data = self.blobs.get(ref.digest)
        if ref.path.endswith(".md"):
            return read_document(ref.path, data, self.policy.limits)
        kind = sniff(ref.path, data)
        return Document(path=ref.path, digest=ref.digest, media_type=kind, text="", pieces=())

    def _snapshot(self, read: ReadSubmission, state: ReviewState) -> Snapshot:
        day = self.policy.day(self.now)
        return self.witness().snapshot(read.declared_people, submission=state.id, day=day)

    def witness(self) -> Witness:
        return Witness(consents=self.consents, channel=Channel.WEBSITE, key=KEY)


def _signed(trust: Trust, signers: Iterable[Signer]) -> Version:
    payload = payload_of(trust)
    made = [each.sign(payload, PAYLOAD_TYPE) for each in signers]
    signatures = tuple(sorted(s for envelope in made for s in envelope.signatures))
    envelope = Envelope(payload=payload, payload_type=PAYLOAD_TYPE, signatures=signatures)
    return open_version(envelope, source="trust.json")
