"""The pictures of a letter, as they may lie on a site: cut as they are shown, and clean."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from moderation.analysis.importing.letter import Picture, Shown
from moderation.analysis.repair.again import decoding, encode, frames_of
from moderation.analysis.repair.clean import KEPT, clean_picture, ending_of
from moderation.extract.probe import format_of, probe
from moderation.model import ExtractionError
from moderation.policy import Limits

_QUALITY = 92
_LEAST = 0.001
"""A share that rounds to nothing in most pictures."""


@dataclass(slots=True, kw_only=True)
class Album:
    """Takes pictures in, one after another.

    Args:
        place: the address of the first picture, without its number and ending
        longest: pixels that the longer side may have
        limits: the most that is decoded
        lost: gets what is left behind
        pictures: that were taken in

    """

    place: str
    longest: int
    limits: Limits
    lost: Counter[str]
    pictures: dict[bytes, Picture] = field(default_factory=dict)

    def take(self, shown: Shown) -> str:
        """Return the address of a picture; nothing where it is left out."""
        try:
            data = self._clean(shown)
        except ExtractionError:
            self.lost["pictures of a kind that is not published, or damaged"] += 1
            return ""
        known = self.pictures.get(data)
        if known is None:
            ending = ending_of(data)
            name = f"{PurePosixPath(self.place).name}-{len(self.pictures) + 1}{ending}"
            known = Picture(name=name, data=data, decorative=shown.decorative)
            self.pictures[data] = known
        return f"{self.place.rpartition('/')[0]}/{known.name}"

    def _clean(self, shown: Shown) -> bytes:
        data = clean_picture(shown.data, limits=self.limits)
        if max(shown.crop) > _LEAST:
            data = _cut(data, shown.crop, self.limits)
        return clean_picture(data, longest=self.longest, limits=self.limits)


def _cut(data: bytes, crop: tuple[float, float, float, float], limits: Limits) -> bytes:
    """Cut off for good what the letter does not show of a picture.

    Raises:
        ExtractionError: it cannot be decoded, or nothing would be left of it

    """
    probe(data, limits)
    format_ = format_of(data)
    kept = KEPT[format_](data).upright()
    left, top, right, bottom = crop
    with decoding(data, format_) as picture:
        upright = next(frames_of(picture))
        box = (
            *(round(left * upright.width), round(top * upright.height)),
            upright.width - round(right * upright.width),
            upright.height - round(bottom * upright.height),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            raise ExtractionError("nothing of the picture is shown; leave it out")
        return encode([upright.crop(box)], format_, like=picture, kept=kept, quality=_QUALITY)
