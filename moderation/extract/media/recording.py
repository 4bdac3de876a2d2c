"""Sound and video: refused unless the school lets a moderator hear and watch them."""

from collections.abc import Callable, Mapping

from moderation.extract.builder import Builder
from moderation.extract.inside import Inside
from moderation.extract.media.boxes import read_boxes
from moderation.extract.media.ebml import read_ebml
from moderation.extract.media.flac import read_flac
from moderation.extract.media.found import Recording, damaged, is_copyright
from moderation.extract.media.kinds import name_of, refusal
from moderation.extract.media.mpeg import read_aac, read_mp3
from moderation.extract.media.ogg import read_ogg
from moderation.extract.media.riff import read_avi, read_wav
from moderation.extract.nested import read_nested
from moderation.extract.refusal import naming
from moderation.extract.sniff import sniff
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import Limits

_SHOWN = 4
_READERS: Mapping[str, Callable[[Recording], None]] = {
    "video/mp4": read_boxes,
    "video/quicktime": read_boxes,
    "audio/mp4": read_boxes,
    "video/webm": read_ebml,
    "video/x-matroska": read_ebml,
    "video/x-msvideo": read_avi,
    "video/ogg": read_ogg,
    "audio/ogg": read_ogg,
    "audio/mpeg": read_mp3,
    "audio/aac": read_aac,
    "audio/wav": read_wav,
    "audio/flac": read_flac,
}


def extract(
    path: str, data: bytes, digest: str, limits: Limits, inside: Inside | None = None
) -> Document:
    """Read what a recording says of itself; its sound and its pictures are not decoded.

    Args:
        path: path of the file, relative to the content folder
        data: its bytes
        digest: SHA-256 of the bytes, in lower-case hexadecimal
        limits: the most that is read, and whether sound and video are let in
        inside: how deep inside another file it lies; there none is let in

    Raises:
        ExtractionError: the school lets no such recording in, or it is damaged, too large, too
            long, or of a kind that is not read

    """
    around = inside or Inside()
    with naming(path):
        media_type = sniff(path, data)
        refused = refusal(media_type, limits.media, inside=around.depth > 0)
        if refused:
            raise ExtractionError(refused)
        if len(data) > limits.media.most_bytes:
            raise ExtractionError(
                f"is larger than {limits.media.most_bytes:,} bytes, the most that the policy "
                "allows for a recording; make it shorter or compress it more"
            )
        found = read_recording(data, media_type)
        _refuse_long(found, limits.media.longest_seconds)
        builder = Builder(path, digest, limits, around)
        _describe(found, builder)
    facts: dict[str, str | int | bool] = {
        "seconds": max(1, round(found.seconds)),
        "format": name_of(media_type),
    }
    return builder.document(media_type, properties=facts)


def read_recording(data: bytes, media_type: str) -> Recording:
    """Walk the structure of a recording.

    Args:
        data: the file
        media_type: one of those that are read

    Raises:
        ExtractionError: it is damaged, or is not what its type says

    """
    found = Recording(data=data)
    if media_type not in _READERS:
        raise ExtractionError(f"is {name_of(media_type)}, which cannot be read; save it as MP4")
    _READERS[media_type](found)
    if found.moving != media_type.startswith("video/"):
        what = "no moving pictures" if not found.moving else "moving pictures"
        raise ExtractionError(
            f"is {name_of(media_type)} by its first bytes and holds {what}; export it again"
        )
    if not 0 < found.seconds < 1e7:
        raise damaged("the length")
    return found


def _refuse_long(found: Recording, most: int) -> None:
    if found.seconds > most:
        raise ExtractionError(
            f"lasts {found.seconds:,.0f} seconds, and the policy allows {most:,}; make it shorter"
        )


def _describe(found: Recording, builder: Builder) -> None:
    for place, text in found.texts:
        builder.block(text, Carrier.PROPERTY, field=place)
    for kind, detail in found.parts:
        builder.part(kind, detail, field="GPS" if kind == "gps" else "")
    if found.edits:
        places = {place for place, _ in found.texts if not is_copyright(place.split()[-1])}
        shown = ", ".join(sorted(places)[:_SHOWN]) or "dates or empty space"
        builder.part("hidden-details", shown)
    for number, (place, cover) in enumerate(found.covers, 1):
        builder.part("cover", f"a file of its own ({place})", field=f"file {number}")
        read_nested(builder, cover, f"file {number}")
