"""What kinds of sound and video there are, and why one may not be handed in."""

from collections.abc import Mapping

from moderation.policy.media import SOUND, VIDEO, Media

NAMES: Mapping[str, str] = {
    "video/mp4": "a video (MP4)",
    "video/quicktime": "a video (QuickTime)",
    "video/webm": "a video (WebM)",
    "video/x-matroska": "a video (Matroska)",
    "video/x-msvideo": "a video (AVI)",
    "video/ogg": "a video (Ogg)",
    "video/mpeg": "a video (MPEG)",
    "video/x-ms-asf": "a video or sound (Windows Media)",
    "video/x-flv": "a video (Flash)",
    "audio/mpeg": "sound (MP3)",
    "audio/mp4": "sound (M4A)",
    "audio/aac": "sound (AAC)",
    "audio/ogg": "sound (Ogg)",
    "audio/wav": "sound (WAV)",
    "audio/flac": "sound (FLAC)",
    "audio/aiff": "sound (AIFF)",
    "audio/amr": "sound (AMR)",
    "audio/midi": "sound (MIDI)",
}


def is_media(media_type: str) -> bool:
    """Say whether a file of this type is sound or video."""
    return media_type.startswith(("video/", "audio/"))


def name_of(media_type: str) -> str:
    """Return what people call a file of this type."""
    return NAMES.get(media_type, media_type)


def refusal(media_type: str, media: Media, *, inside: bool = False) -> str:
    """Return why a file of this type may not be handed in, and what to do; nothing if it may.

    Args:
        media_type: as its content says
        media: what the school says of sound and video
        inside: whether it lies in another file

    """
    what = name_of(media_type)
    if inside:
        return f"holds {what}, which cannot be checked there; take it out"
    if not media.admits(media_type):
        setting = "video" if media_type.startswith("video/") else "sound"
        return (
            f"is {what}, and this school publishes none; tell it in words and pictures, or ask the "
            f'head to set {setting} = "review" under [media] in the policy'
        )
    if media_type not in VIDEO and media_type not in SOUND:
        better = "MP4 or WebM" if media_type.startswith("video/") else "MP3 or M4A"
        return f"is {what}, which cannot be checked; save it as {better}"
    return ""
