"""What a submission contains, as far as it decides who must approve."""

from moderation.model import ReadSubmission
from moderation.policy import ContentKind, Policy

_SHOWS_PEOPLE = ("image/", "video/", "audio/")


def content_kinds(submission: ReadSubmission, policy: Policy) -> frozenset[ContentKind]:
    """Return the kinds of content of *submission*, by the bytes and declarations themselves.

    A picture or recording shows people where somebody is declared, or where nothing is declared.
    """
    kinds = {ContentKind.TEXT}
    for path, document in submission.files.items():
        if not document.media_type.startswith(_SHOWS_PEOPLE):
            kinds.add(ContentKind.DOWNLOAD)
            continue
        kinds.add(ContentKind.PHOTO)
        declared = submission.declarations.get(path)
        if declared is None or declared.people is None or declared.people:
            kinds.add(ContentKind.PEOPLE)
    if policy.is_statutory(submission.page.path):
        kinds.add(ContentKind.STATUTORY)
    return frozenset(kinds)
