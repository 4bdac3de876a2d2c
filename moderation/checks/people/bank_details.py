"""Details of a bank account or card in a page or file.

## Why it matters

With a card number others can pay; with a sort code and an account they can set up a payment, or
send false invoices that look like the school's. Details of the school's own account belong into a
letter or the payment system, not on a public page, where they invite fraud. Found are a sort code
beside an account number, an account number that is called one, IBANs (by their check digits) and
card numbers (by theirs and by how issuers begin them).

## What it cannot see

A sort code alone, which only names a branch. Card numbers of shops and libraries. An account
number that nothing calls one.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind
from moderation.checks.base import Context
from moderation.checks.personal import Wording, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("bank-details"),
    family="people",
    summary="bank or card details published",
    remedy="Take the details out; ask for payments through the school's payment system.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.HEAD,
)
_WORDING = Wording(
    message="details of a bank account or card stand here",
    description="take the details out",
    replacement="[details removed]",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    yield from report(RULE, Kind.BANK_DETAILS, _WORDING, document, context)
