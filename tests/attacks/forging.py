"""What somebody can forge who writes to the repository and may hold some keys, but not all."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from moderation.attest import PAYLOAD_TYPE, ApprovalLog, Envelope, Signer, Trust, parse_envelope
from moderation.attest.canonical import canonical
from moderation.attest.log import file_name
from moderation.attest.statement import Statement
from moderation.attest.trust import PAYLOAD_TYPE as TRUST_PAYLOAD
from moderation.attest.trust import payload_of, read_version
from moderation.model import Asset, Role, digest_of
from tests.attacks.scenario import AttackedSite
from tests.publish.school import SIGNERS, Fields, first_version, statement

Body = dict[str, object]


def key(person: str, number: int = 0) -> Signer:
    """Return a key that no file of the site lists, in the name of *person*."""
    return Signer.from_seed(person, bytes.fromhex(digest_of(f"{person} forged {number}".encode())))


MALLORY = key("mallory")
DEPLOYER = Signer.from_seed("d-1", bytes.fromhex(digest_of(b"d-1")))

PLAIN = "plain MkDocs asks for no signature: it publishes what is merged, whoever said so"


# --- the log of decisions ------------------------------------------------------------------------


def log_of(site: AttackedSite) -> ApprovalLog:
    """Return the log of the copy."""
    return ApprovalLog(site.root / ".schoolgate" / "approvals")


def entry(site: AttackedSite, number: int) -> Path:
    """Return the file of one decision."""
    return log_of(site).folder / file_name(number)


def planted(site: AttackedSite, path: str = "") -> Asset:
    """Write the page that shows the canary, and return it."""
    return site.school.write(path or f"news/{site.slug}.md", site.page())


def claim_of(site: AttackedSite, *assets: Asset, changes: Fields | None = None) -> Statement:
    """Return the approval that comes next in the log, with some fields changed."""
    seq, prev = log_of(site).next()
    fields: Fields = {"site": first_version(site.root / ".schoolgate")}
    fields.update(changes or {})
    return statement(seq, *assets, prev=prev, **fields)


def add(site: AttackedSite, claim: Statement, by: Signer, kind: str = PAYLOAD_TYPE) -> Envelope:
    """Sign *claim* and put it next into the log, without asking anybody."""
    envelope = by.sign(claim.to_payload(), kind)
    put(site, claim.seq, envelope.text())
    return envelope


def put(site: AttackedSite, number: int, text: str) -> None:
    """Write one file of the log."""
    log_of(site).folder.mkdir(exist_ok=True)
    entry(site, number).write_text(text, "utf-8")


def forged(by: Signer, changes: Fields | None = None) -> Callable[[AttackedSite], None]:
    """Return an act: *by* signs an approval of the canary's page that says *changes*."""

    def act(site: AttackedSite) -> None:
        add(site, claim_of(site, planted(site), changes=changes), by)

    return act


def envelope_of(site: AttackedSite, number: int) -> Envelope:
    """Read one file of the log."""
    return parse_envelope(entry(site, number).read_text("utf-8"), source=file_name(number))


def slug_of(name: str) -> str:
    """Return the path of the page that :func:`planted` writes for the row *name*, less its end."""
    return f"news/row-{digest_of(name.encode())[:8]}"


# --- the people ----------------------------------------------------------------------------------


def trust_file(site: AttackedSite) -> Path:
    """Return the file of the people in force."""
    return site.root / ".schoolgate" / "trust.json"


def people(site: AttackedSite) -> Trust:
    """Return the people in force, on the site that their first version names."""
    found = read_version(trust_file(site).read_text("utf-8"), source="trust.json").trust
    return replace(found, origin=first_version(site.root / ".schoolgate"))


def sealed(payload: bytes, *by: Signer, kind: str = TRUST_PAYLOAD) -> Envelope:
    """Return *payload* with the signatures of all of *by*."""
    signatures = {each.key.keyid: each.sign(payload, kind).signatures[0] for each in by}
    return Envelope(
        payload=payload, payload_type=kind, signatures=tuple(sorted(signatures.values()))
    )


def usurp(site: AttackedSite, trust: Trust, *by: Signer) -> None:
    """Let *trust* be the only version there ever was."""
    first = replace(trust, version=1, previous="")
    shutil.rmtree(site.root / ".schoolgate" / "trust", ignore_errors=True)
    trust_file(site).write_text(sealed(payload_of(first), *by).text(), "utf-8")


def succeed(site: AttackedSite, trust: Trust, *by: Signer) -> None:
    """Let *trust* be the version after the one in force."""
    old = read_version(trust_file(site).read_text("utf-8"), source="trust.json")
    kept = earlier(site, old.trust.version)
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(trust_file(site).read_bytes())
    new = replace(trust, version=old.trust.version + 1, previous=old.digest)
    trust_file(site).write_text(sealed(payload_of(new), *by).text(), "utf-8")


def earlier(site: AttackedSite, version: int) -> Path:
    """Return the file of an earlier version of the people."""
    return site.root / ".schoolgate" / "trust" / file_name(version)


def craft(site: AttackedSite, change: Callable[[Body], object], *by: Signer) -> None:
    """Change the record of the people in ways that no program of ours would write, and sign it."""
    body = json.loads(payload_of(people(site)))
    change(body)
    trust_file(site).write_text(sealed(canonical(body), *by).text(), "utf-8")


def three_lead(site: AttackedSite) -> None:
    """Let three persons lead, so that two must sign each change."""
    trust = people(site).with_holder("dsl").with_holder("m-2")
    succeed(site, trust, SIGNERS["head"], SIGNERS["dsl"])


def with_role(trust: Trust, person: str, role: Role, signer: Signer) -> Trust:
    """Add somebody with a key."""
    return trust.with_person(person, frozenset({role})).with_key(person, signer.key)


def doubled(text: str, name: str, value: object) -> str:
    """Return JSON of a record in which the key *name* stands twice."""
    return f'{{"{name}":{json.dumps(value)},{text.lstrip()[1:]}'


def fields_of(payload: bytes) -> Body:
    """Read a payload."""
    found = json.loads(payload)
    assert isinstance(found, dict)
    return found


def rewritten(envelope: Envelope, change: Mapping[str, object]) -> Envelope:
    """Return the same signatures over a payload whose predicate was changed."""
    body = fields_of(envelope.payload)
    predicate = body["predicate"]
    assert isinstance(predicate, dict)
    predicate.update(change)
    return replace(envelope, payload=canonical(body))
