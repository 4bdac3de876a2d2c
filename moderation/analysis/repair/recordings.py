"""Write a recording so that it sounds and looks the same and tells nothing else."""

from moderation.extract.media.kinds import is_media
from moderation.extract.media.recording import read_recording
from moderation.extract.sniff import sniff
from moderation.model import ExtractionError

_AGAIN = "the recording cannot be cleaned; export it again without metadata"
_MOST_PASSES = 2
"""A first pass may turn into padding what only then is seen to be some; the second finds that."""


def clean_recording(data: bytes) -> bytes:
    """Return the recording without anything that is neither heard nor seen.

    Kept are the coded sound and pictures, byte for byte, and notices of copyright and licence.
    Titles, names, dates, places, devices, programs, covers, chapters, timed data and what no track
    points to are gone. The result is read again; cleaning what is clean changes no byte.

    Args:
        data: a recording of a type that is read

    Raises:
        ExtractionError: it is none, is damaged, or something is left in it

    """
    media_type = sniff("", data)
    if not is_media(media_type):
        raise ExtractionError("is neither sound nor video; hand in the file that was meant")
    before = found = read_recording(data, media_type)
    for _ in range(_MOST_PASSES):
        if not found.edits:
            break
        data = found.edited()
        found = read_recording(data, media_type)
    if found.edits or found.covers or sniff("", data) != media_type:
        raise ExtractionError(_AGAIN)
    if abs(found.seconds - before.seconds) > 1e-6 or found.moving != before.moving:
        raise ExtractionError(_AGAIN)
    return data
