"""Who may do what to a submission, and when; each refusal says who can."""

from collections.abc import Iterable

from moderation.model import (
    DECIDERS,
    OPEN,
    ConflictError,
    NotAllowedError,
    Person,
    ReviewState,
    ReviewStatus,
    Role,
    UsageError,
)

SUBMITTERS = DECIDERS | {Role.PUBLISHER, Role.DEPUTY}
"""Roles that may hand a page in."""

LONGEST_REASON = 2_000
"""Characters of a reason."""

_NEXT_STEP = {
    ReviewStatus.RETURNED: "it was returned; its publisher mends the page and submits it again",
    ReviewStatus.REJECTED: "it was rejected; its publisher submits a changed page instead",
    ReviewStatus.WITHDRAWN: "it was withdrawn; its publisher can submit it again",
    ReviewStatus.SUPERSEDED: "a newer version was handed in; schoolgate queue lists it",
    ReviewStatus.APPROVED: "it is approved; schoolgate takedown removes it from the site",
    ReviewStatus.TAKEN_DOWN: "it was taken down; its publisher can submit it again",
}


def require_role(actor: Person, roles: Iterable[Role], *, where: str, act: str) -> None:
    """Refuse an actor who plays none of *roles*.

    Args:
        actor: who acts
        roles: of which one is enough
        where: id of the submission, or what stands for it in the error
        act: what they want to do

    Raises:
        NotAllowedError: none of these roles is theirs

    """
    wanted = tuple(roles)
    if not actor.has(*wanted):
        raise NotAllowedError(f"{where}: {act}: {actor.id} may not do this; ask {in_words(wanted)}")


def require_independent(state: ReviewState, actor: Person, *, act: str) -> None:
    """Refuse an actor who handed in these bytes or a version they replace.

    Raises:
        NotAllowedError: *actor* is an editor

    """
    if actor.id in {*state.editors, state.publisher}:
        raise NotAllowedError(
            f"{state.id}: {act}: {actor.id} handed in this page or a version it replaces, and"
            " nobody decides on their own work; ask another moderator"
        )


def require_open(state: ReviewState, *, act: str) -> None:
    """Refuse a submission that does not wait for a moderator.

    Raises:
        UsageError: it is decided, returned, withdrawn or replaced

    """
    if state.status not in OPEN:
        raise UsageError(f"{state.id}: {act}: cannot be done; {_NEXT_STEP[state.status]}")


def require_not_held(state: ReviewState, actor: Person, *, act: str) -> None:
    """Refuse a submission that another moderator holds and has not approved yet.

    Raises:
        ConflictError: somebody else is reviewing it

    """
    holder = state.claimed_by
    if holder not in ("", actor.id) and holder not in state.approved_by:
        raise ConflictError(
            f"{state.id}: {act}: {holder} holds this submission; ask {holder}, or take it over with"
            " schoolgate review --take-over"
        )


def require_reason(reason: str, *, where: str, act: str) -> str:
    """Return *reason* without the blanks around it.

    Raises:
        UsageError: it says nothing, or too much

    """
    text = reason.strip()
    if not text:
        raise UsageError(f"{where}: {act}: say why with --reason")
    if len(text) > LONGEST_REASON:
        raise UsageError(
            f"{where}: {act}: the reason has {len(text)} characters; write at most {LONGEST_REASON}"
        )
    return text


def in_words(roles: Iterable[Role]) -> str:
    """Name roles as a school office does: ``a head or safeguarding lead``."""
    words = sorted(role.replace("-", " ") for role in set(roles))
    article = "an" if words[0][0] in "aeiou" else "a"
    return f"{article} {' or '.join([', '.join(words[:-1]), words[-1]] if words[1:] else words)}"
