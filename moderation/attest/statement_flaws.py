"""What is wrong with the values of a statement, told before anybody signs or believes it."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from moderation.attest.canonical import DIGEST, TOKEN
from moderation.attest.decision import Decision
from moderation.policy.tightening import flaw_of

if TYPE_CHECKING:
    from moderation.attest.statement import Statement

LONGEST_URGENT = timedelta(days=15)
"""How long an urgent page may stand at most, whatever a school's calendar says of working days."""

# the gate holds paths to the policy's own grammar; this only keeps them paths inside the site
_PATH = re.compile(r"(?=.{1,200}$)(?:[a-z0-9-]+/){0,9}[a-z0-9-]+\.[a-z0-9]{1,8}")
SIGNATURE_SIZE = 64
"""Bytes of an Ed25519 signature (RFC 8032, section 5.1.6)."""

_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}")


def flaw_of_files(statement: "Statement") -> str:
    """Say what is wrong with a statement in respect of its files; empty if nothing is."""
    paths = [ref.path for ref in statement.subjects]
    if not paths:
        return "subject: names no file; name at least one"
    if len(set(paths)) < len(paths):
        return "subject: names a file twice; name each once"
    if not all(_PATH.fullmatch(path) for path in (statement.page, *paths)):
        return "subject: names a file whose path no page of the site can have; rename the file"
    if not all(DIGEST.fullmatch(ref.digest) and ref.size >= 0 for ref in statement.subjects):
        return "subject: holds a digest or size that is not one; read the files again"
    return ""


def flaw_of_ids(statement: "Statement") -> str:
    """Say what is wrong with a statement in respect of its ids and digests; empty if nothing is."""
    needed = statement.decision is Decision.APPROVE
    fields = (
        ("actor", statement.actor, TOKEN, True),
        ("publisher", statement.publisher, TOKEN, needed),
        ("submission", statement.submission, TOKEN, needed),
        ("policy", statement.policy, DIGEST, needed),
        ("findings", statement.findings, DIGEST, needed),
        ("prev", statement.prev, DIGEST, statement.seq > 1),
        ("reasonDigest", statement.reason_digest, DIGEST, False),
        *(("editors", each, TOKEN, True) for each in statement.editors),
        *(("waivers", each, _FINGERPRINT, True) for each in statement.waivers),
        *(("lacking", each, TOKEN, True) for each in statement.lacking),
        *(("terms", each, DIGEST, True) for each in statement.terms),
        ("termsHead", statement.terms_head, DIGEST, bool(statement.terms)),
        ("consents", statement.consents, DIGEST, statement.consents_end is not None),
        ("site", statement.site, DIGEST, True),
        ("rendered", statement.rendered, DIGEST, needed),
    )
    for name, value, pattern, wanted in fields:
        if not value and wanted:
            return f"{name}: is empty; an entry of this kind needs it"
        if value and not pattern.fullmatch(value):
            return f"{name}: is not an opaque id or digest; take it from the queue"
    return ""


def flaw_of_place(statement: "Statement") -> str:
    """Say what is wrong with a statement in its number and times; empty if nothing is."""
    if statement.seq < 1 or (statement.seq == 1 and statement.prev):
        return "seq: must count from 1, and the first has nothing before it; ask the log for both"
    for name, time in (("issuedAt", statement.issued_at), ("expiresAt", statement.expires_at)):
        if time and (time.utcoffset() is None or time.utcoffset() or time.microsecond):
            return f"{name}: must be in UTC and whole seconds; cut off the rest"
    if statement.expires_at and statement.expires_at <= statement.issued_at:
        return "expiresAt: must lie after issuedAt; choose a later day"
    return ""


def flaw_of_urgency(statement: "Statement") -> str:
    """Say what is wrong with a statement in respect of being urgent; empty if nothing is."""
    until = statement.urgent_until
    if until is None:
        return ""
    if until.utcoffset() is None or until.utcoffset() or until.microsecond:
        return "urgentUntil: must be in UTC and whole seconds; cut off the rest"
    if not statement.issued_at < until <= statement.issued_at + LONGEST_URGENT:
        return f"urgentUntil: must lie within {LONGEST_URGENT.days} days; choose another day"
    if statement.decision is not Decision.APPROVE or not statement.lacking:
        return "urgentUntil: belongs to an approval that lacks somebody else's; leave it out"
    if not statement.reason_digest or statement.actor not in statement.editors:
        return "urgentUntil: needs a reason, and its actor among the editors; sign it anew"
    return ""


def flaw_of_rules(statement: "Statement") -> str:
    """Say what is wrong with what a statement says of the rules; empty if nothing is."""
    if statement.rules and statement.decision is not Decision.APPROVE:
        return "rules: belong to an approval; leave them out"
    if not all(TOKEN.fullmatch(each.rule) for each in statement.rules):
        return "rules: names what is no id of a rule; take it from schoolgate rules"
    flaw = flaw_of(statement.rules)
    return f"rules: {flaw}" if flaw else ""


def flaw_of_hand_in(statement: "Statement") -> str:
    """Say what is wrong with the publisher's signature of a statement; empty if nothing is."""
    signed = statement.handed_in
    if (signed is None) == (statement.decision is Decision.APPROVE):
        return "handedIn: belongs to every approval and to nothing else; have the page handed in"
    if signed and not (DIGEST.fullmatch(signed.keyid) and len(signed.signature) == SIGNATURE_SIZE):
        return "handedIn: is not a key's id with a signature; have the page handed in again"
    if signed and not 0 <= signed.after < statement.seq:
        return "handedIn.after: must lie before seq; have the page handed in again"
    return ""
