"""Keep the worked example approved, with its throw-away keys: ``python -m bench.sign_example``.

The example's people are invented and their keys lie in the repository under a passphrase that is
written beside them: they protect nothing, and no other site knows them.
"""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from moderation.attest.keys import Signer, create_key, open_key
from moderation.attest.log import ApprovalLog
from moderation.attest.people import MOST_DAYS, Trust, TrustedPerson
from moderation.attest.trust import read_trust, write_trust
from moderation.checks.base import Context, all_rules
from moderation.model import Outcome, Role, Verdict
from moderation.pipeline.collect import check_collected, collect
from moderation.pipeline.kinds import content_kinds
from moderation.pipeline.plan import make_plan
from moderation.pipeline.run import read_submission
from moderation.policy import default_policy, load_policy, looser
from moderation.publish.site import Site, examine, load_site
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
    """Write the trust file, renew it in good time, and sign the policy for the head."""
    file = STATE / "trust.json"
    expires = now.date() + timedelta(days=MOST_DAYS - 1)
    if file.exists():
        trust = before = read_trust(file.read_text("utf-8"), source=file.name, today=None)
        if trust.expires - now.date() <= _RENEW_BELOW:
            trust = trust.renewed(expires)
    else:
        persons = {
            person: TrustedPerson(id=person, roles=frozenset(roles), keys=(signers[person].key,))
            for person, roles in PEOPLE.items()
        }
        site = (STATE / "site-id").read_text("ascii").strip()
        trust, before = Trust(site=site, version=1, expires=expires, persons=persons), None
    policy = load_policy((STATE / "policy.toml").read_text("utf-8"), source="policy.toml")
    if looser(policy, default_policy(), all_rules()) and trust.relaxed_policy != policy.digest:
        trust = trust.with_policy(policy.digest)
    if trust != before:
        write_atomically(file, write_trust(trust, signers[HEAD]).encode(), mode=0o644)


if __name__ == "__main__":
    sys.exit(main())
