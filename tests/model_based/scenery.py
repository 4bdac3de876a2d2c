"""The invented people, pages, photos and policies of the machine."""

from dataclasses import replace
from datetime import UTC, date, datetime

from moderation.attest.keys import Signer
from moderation.model import Role, digest_of
from moderation.policy import ApprovalRule, ContentKind, Policy, default_policy
from tests.model_based.reference import Content, Rules

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
EXPIRES = date(2027, 11, 1)
PAGES = ("news/sports-day.md", "index.md")
PHOTO = "photos/sports-day.jpg"
PUPIL = "P-0112"
ROLES = {
    "head": Role.HEAD,
    "deputy": Role.HEAD,
    "dsl": Role.SAFEGUARDING_LEAD,
    "m-1": Role.MODERATOR,
    "m-2": Role.MODERATOR,
    "p-1": Role.PUBLISHER,
    "p-2": Role.PUBLISHER,
    "bot": Role.DEPLOYER,
}
NEWCOMER = "m-3"
_WITH_PHOTO = (
    "---\ntitle: Sports day\nassets:\n  photos/sports-day.jpg:\n    people: [{}]\n---\n\n"
    "{}\n\n![Red ribbons](/photos/sports-day.jpg)\n"
)
VERSIONS: tuple[tuple[str, bool], ...] = (
    ("# Sports day\n\nIt was fun.\n", False),
    (_WITH_PHOTO.format("", "Nobody is shown."), True),
    (_WITH_PHOTO.format(PUPIL, "Somebody is shown."), True),
    ("---\npublish: 2026-12-24\n---\n\n# Sports day\n\nNot yet.\n", False),
    ("---\nexpires: 2026-12-01\n---\n\n# Sports day\n\nNot for long.\n", False),
    ("# Sports day\n\nIt was great fun.\n", False),
)
"""The text of each version of a page, and whether it shows the photo."""

PHOTOS = (b"\xff\xd8\xff\xe0 a drawn picture", b"\xff\xd8\xff\xe0 another drawn picture")


def signer_of(person: str, number: int) -> Signer:
    """Return the key *number* of a person: the same each time."""
    return Signer.from_seed(person, bytes.fromhex(digest_of(f"{person} {number}".encode())))


def _policies() -> dict[str, Policy]:
    base = default_policy()
    text = base.approval[ContentKind.TEXT]
    strict = {
        **base.approval,
        ContentKind.PHOTO: ApprovalRule(frozenset({Role.HEAD, Role.SAFEGUARDING_LEAD}), 1),
    }
    made = {
        "usual": base,
        "two": replace(
            base, approval={**base.approval, ContentKind.TEXT: ApprovalRule(text.roles, 2)}
        ),
        "strict photos": replace(base, approval=strict),
        "a month": replace(base, limits=replace(base.limits, approval_days=30)),
    }
    return {name: replace(each, digest=digest_of(name.encode())) for name, each in made.items()}


POLICIES = _policies()

_DECIDE = frozenset({"moderator", "safeguarding-lead", "head", "executive"})
_USUAL = Rules(
    roles={
        "text": _DECIDE,
        "photo": frozenset({"moderator", "safeguarding-lead", "head"}),
        "people": frozenset({"safeguarding-lead", "head"}),
    },
    count={"text": 1, "photo": 1, "people": 1},
    days=800,
)
RULES_OF = {
    "usual": _USUAL,
    "two": replace(_USUAL, count={**_USUAL.count, "text": 2}),
    "strict photos": replace(
        _USUAL, roles={**_USUAL.roles, "photo": frozenset({"safeguarding-lead", "head"})}
    ),
    "a month": replace(_USUAL, days=30),
}
"""What each policy asks, written down once more."""

CONTENTS = (
    Content(frozenset({"text"})),
    Content(frozenset({"text", "photo"})),
    Content(frozenset({"text", "photo", "people"}), people=(PUPIL,)),
    Content(frozenset({"text"}), first=date(2026, 12, 24)),
    Content(frozenset({"text"}), last=date(2026, 12, 1)),
    Content(frozenset({"text"})),
)
"""What each version of a page says of itself, written down once more."""
