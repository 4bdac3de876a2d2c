"""What a school says of sound and video: whether they are let in, and how long they may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from moderation.policy.node import Node


class Admission(StrEnum):
    """Whether a kind of file is let in, the stricter first."""

    REFUSE = "refuse"
    REVIEW = "review"


VIDEO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "video/mp4": (".mp4", ".m4v"),
        "video/quicktime": (".mov",),
        "video/webm": (".webm",),
        "video/x-matroska": (".mkv",),
        "video/x-msvideo": (".avi",),
        "video/ogg": (".ogv",),
    }
)
SOUND: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "audio/mpeg": (".mp3",),
        "audio/mp4": (".m4a",),
        "audio/aac": (".aac",),
        "audio/ogg": (".ogg", ".oga", ".opus"),
        "audio/wav": (".wav",),
        "audio/flac": (".flac",),
    }
)
"""The types that are read, each with the endings it may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """What a school says of sound and video.

    Args:
        video: whether a moderator may let moving pictures in
        sound: likewise for recordings of sound
        longest_seconds: the longest recording
        most_bytes: the largest, which may not be larger than other files either

    """

    video: Admission = Admission.REFUSE
    sound: Admission = Admission.REFUSE
    longest_seconds: int = 300
    most_bytes: int = 25_000_000

    def admits(self, media_type: str) -> bool:
        """Say whether a moderator may let in a file of this type."""
        video = media_type.startswith("video/")
        return (self.video if video else self.sound) is Admission.REVIEW

    @property
    def types(self) -> Mapping[str, tuple[str, ...]]:
        """The media types that are let in, each with the endings it may have."""
        return {t: e for t, e in (*VIDEO.items(), *SOUND.items()) if self.admits(t)}


def read_media(table: Node) -> Media:
    """Read the table ``[media]``.

    Raises:
        PolicyError: a setting is missing, unknown or of the wrong kind

    """
    for _ in table.items(("video", "sound", "longest_seconds", "bytes")):
        pass
    return Media(
        video=table.child("video").choice(Admission),
        sound=table.child("sound").choice(Admission),
        longest_seconds=table.child("longest_seconds").number(),
        most_bytes=table.child("bytes").number(),
    )


def looser_media(media: Media, base: Media) -> list[str]:
    """List the settings of ``[media]`` in which *media* allows more than *base* does."""
    words = {
        "video": (media.video, base.video),
        "sound": (media.sound, base.sound),
    }
    found = [
        f"media.{name}"
        for name, (mine, theirs) in words.items()
        if mine is Admission.REVIEW and theirs is Admission.REFUSE
    ]
    if media.longest_seconds > base.longest_seconds:
        found.append("media.longest_seconds")
    if media.most_bytes > base.most_bytes:
        found.append("media.bytes")
    return found
