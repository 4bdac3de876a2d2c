"""Signed approvals, and who may sign them: the authority to publish."""

from moderation.attest.chain import chain, verify_chain
from moderation.attest.envelope import Envelope, Signature, parse_envelope, verified_keys
from moderation.attest.keys import Signer, create_key, open_key, public_key_of, wrap_key
from moderation.attest.log import ApprovalLog
from moderation.attest.public_key import PublicKey
from moderation.attest.statement import PAYLOAD_TYPE, Decision, Statement
from moderation.attest.trust import RetiredKey, Trust, TrustedPerson, read_trust, write_trust
from moderation.attest.verify import authentic, objection, verify_approval, verify_log

__all__ = [
    "PAYLOAD_TYPE",
    "ApprovalLog",
    "Decision",
    "Envelope",
    "PublicKey",
    "RetiredKey",
    "Signature",
    "Signer",
    "Statement",
    "Trust",
    "TrustedPerson",
    "authentic",
    "chain",
    "create_key",
    "objection",
    "open_key",
    "parse_envelope",
    "public_key_of",
    "read_trust",
    "verified_keys",
    "verify_approval",
    "verify_chain",
    "verify_log",
    "wrap_key",
    "write_trust",
]
