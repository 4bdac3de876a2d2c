"""Keep the worked example approved, with its throw-away keys: ``python -m bench.sign_example``.

The example's people are invented and their keys lie in the repository under a passphrase that is
written beside them: they protect nothing, and no other site knows them.
"""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from moderation.attest.envelope import Envelope
from moderation.attest.keys import Signer, create_key, open_key
from moderation.attest.log import ApprovalLog, SignedFolder
from moderation.attest.people import MOST_DAYS, Trust, TrustedPerson
from moderation.attest.trust import PAYLOAD_TYPE, payload_of
from moderation.attest.trust_chain import FOLDER as EARLIER
from moderation.attest.trust_chain import Chain, earlier_versions, read_chain
from moderation.checks.base import Context, all_rules
from moderation.model import Outcome, Role, Verdict
from moderation.pipeline.collect import check_collected, collect
from moderation.pipeline.kinds import content_kinds
from moderation.pipeline.plan import make_plan
from moderation.pipeline.run import read_submission
from moderation.policy import default_policy, load_policy, looser
from moderation.publish.site import Site, examine, kit_of, load_site
from moderation.registers.files import make_folder, write_atomically
from moderation.review.actions.acknowledge import acknowledge
from moderation.review.actions.approve import approve
from moderation.review.actions.submit import submit
from moderation.review.memory import MemoryBlobStore, MemoryQueueStore

ROOT = Path(__file__).parent.parent
STATE = ROOT / ".schoolgate"
DEMO = ROOT / "site_templates" / "demo"
PEOPLE = {
    "S-01": {Role.HEAD},
    "S-02": {Role.SAFEGUARDING_LEAD},
    "S-03": {Role.MODERATOR},
    "S-04": {Role.PUBLISHER},
    "S-05": {Role.PUBLISHER},
}
HEAD, OFFICE = "S-01", "S-04"
LEADING = ("S-01", "S-02", "S-03")
"""Who may change who may do what; two of them sign."""

_ASKED = "no-people-declared"
_RENEW_BELOW = timedelta(days=300)


def main() -> int:
    """Approve every page that the gate refuses; return 1 where a page has findings."""
    now = datetime.now(UTC).replace(microsecond=0)
    signers = {person: _signer(person) for person in PEOPLE}
    _trust(signers, now)
    site = load_site(ROOT, now=now)
    _, manifest = examine(site, now=now)
    refused = {each.path for each in manifest.refused}
    failed = 0
    pages = sorted(path.relative_to(site.content).as_posix() for path in site.content.rglob("*.md"))
    for page in pages:
        collected = collect(site.content, page, site.policy.limits)
        if refused.intersection(asset.path for asset in collected.submission.assets):
            failed += _approve(site, page, signers, now)
    _, manifest = examine(load_site(ROOT, now=now), now=now)
    for each in manifest.refused:
        print(each)
    print(f"{len(manifest.admitted)} files approved, {len(manifest.refused)} refused")
    return int(bool(failed or manifest.refused))


def _approve(site: Site, page: str, signers: dict[str, Signer], now: datetime) -> int:
    collected = collect(site.content, page, site.policy.limits)
    context = Context(policy=site.policy, today=now.date())
    verdict = check_collected(collected, context, make_plan(site.policy))
    for error in verdict.errors:
        print(f"{error.path}: {error.subject}: {error.message}")
    for finding in verdict.findings:
        print(f"{finding.primary}: {finding.rule}: {finding.message}")
    if verdict.outcome is not Outcome.PASS and not _only_asks(verdict):
        return 1
    queue, blobs = MemoryQueueStore(), MemoryBlobStore()
    state = submit(
        collected.submission,
        verdict,
        actor=site.trust.person(OFFICE),
        signer=signers[OFFICE],
        log=ApprovalLog(STATE / "approvals"),
        trust=site.trust,
        rules=all_rules(),
        queue=queue,
        blobs=blobs,
        now=now,
    )
    key = os.urandom(32)
    for finding in verdict.findings:  # nobody is in the example's pictures: they are drawn
        acknowledge(
            state.id,
            finding,
            finding.fingerprint(key),
            all_rules()[finding.rule],
            reason="drawn for the example",
            actor=site.trust.person(HEAD),
            queue=queue,
            now=now,
        )
    read = read_submission(page, collected.submission.assets, site.policy.limits)
    approve(
        state.id,
        verdict,
        fingerprint_key=key,
        rules=all_rules(),
        kinds=content_kinds(read, site.policy),
        page=collected.submission.assets[0],
        digest_prefix=state.digest[:12],
        actor=site.trust.person(HEAD),
        signer=signers[HEAD],
        log=ApprovalLog(STATE / "approvals"),
        trust=site.trust,
        policy=site.policy,
        queue=queue,
        now=now,
    )
    print(f"approved {page}")
    return 0


def _only_asks(verdict: Verdict) -> bool:
    """Say whether nothing was found but pictures that a person must look at."""
    return not verdict.errors and {f.rule for f in verdict.findings} == {_ASKED}


def _signer(person: str) -> Signer:
    passphrase = (DEMO / "passphrase.txt").read_text("utf-8").strip()
    file = DEMO / "keys" / f"{person}.key"
    if not file.exists():
        make_folder(file.parent, mode=0o755)
        write_atomically(file, create_key(person, passphrase).encode(), mode=0o644)
    return open_key(file.read_text("utf-8"), passphrase, source=file.name)


def _trust(signers: dict[str, Signer], now: datetime) -> None:
    """Keep the trust file: renewed in good time, the policy signed, the site's theme locked."""
    file = STATE / "trust.json"
    chain = _chain(file)
    expires = now.date() + timedelta(days=MOST_DAYS - 1)
    trust = before = chain.trust if chain else None
    if trust is None:
        persons = {who: _person(who, signers[who]) for who in PEOPLE}
        site = (STATE / "site-id").read_text("ascii").strip()
        trust = Trust(site=site, version=1, expires=expires, persons=persons)
    elif trust.expires - now.date() <= _RENEW_BELOW:
        trust = trust.renewed(expires)
    policy = load_policy((STATE / "policy.toml").read_text("utf-8"), source="policy.toml")
    wanted = policy.digest if looser(policy, default_policy(), all_rules()) else ""
    trust = replace(trust, policy=wanted, lock=kit_of(ROOT, policy.limits))
    if trust == before:
        return
    if chain:
        folder, number = SignedFolder(STATE / EARLIER), chain.trust.version
        folder.add(chain.newest.envelope, number, chain.trust.previous)
        trust = replace(trust, version=number + 1, previous=chain.newest.digest)
    data = _signed(replace(trust, issued=now.date()), signers).text().encode()
    write_atomically(file, data, mode=0o644)


def _chain(file: Path) -> Chain | None:
    if not file.exists():
        return None
    return read_chain(
        earlier_versions(STATE), file.read_text("utf-8"), source=file.name, today=None
    )


def _person(person: str, signer: Signer) -> TrustedPerson:
    roles = frozenset(PEOPLE[person])
    holder = person in LEADING and Role.HEAD not in roles
    return TrustedPerson(id=person, roles=roles, keys=(signer.key,), holder=holder)


def _signed(trust: Trust, signers: dict[str, Signer]) -> Envelope:
    payload = payload_of(trust)
    each = [signers[who].sign(payload, PAYLOAD_TYPE) for who in LEADING[: trust.threshold]]
    signatures = tuple(sorted(one.signatures[0] for one in each))
    return Envelope(payload=payload, payload_type=PAYLOAD_TYPE, signatures=signatures)


if __name__ == "__main__":
    sys.exit(main())
