"""What makes a submission the same submission."""

import base64

from moderation.model import IntegrityError, ReviewState, SubmissionId

_LENGTH = 10


def submission_id(digest: str) -> SubmissionId:
    """Derive the id from the digest of the submission, so that a retry is the same submission.

    Args:
        digest: SHA-256 of the whole unit, in hexadecimal

    Returns:
        ``s-`` and ten characters of base32 in lower case, 50 bits

    """
    word = base64.b32encode(bytes.fromhex(digest)).decode("ascii")
    return SubmissionId(f"s-{word[:_LENGTH].lower()}")


def require_identity(state: ReviewState) -> None:
    """Refuse a state whose files are not those its id stands for.

    Raises:
        IntegrityError: a path, size or digest was changed behind the queue's back

    """
    if state.id != submission_id(state.digest):
        raise IntegrityError(
            f"{state.id}: the files in the queue are not those that were handed in; restore the"
            " queue from a backup, or hand the page in again"
        )
