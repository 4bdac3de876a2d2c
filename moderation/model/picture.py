"""What is seen in a picture: faces, never whose they are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from moderation.model.location import Carrier, Location, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A face that was seen in a picture; nothing of it is kept by which it could be recognised.

    Args:
        region: where, in the picture as it is displayed
        score: how sure the detectors are together, between 0 and 1
        face_on: it looks at the camera, more or less
        share: of the picture's area that the face covers, between 0 and 1
        frame: which picture of an animation, from nought

    """

    region: Region
    score: float
    face_on: bool
    share: float
    frame: int = 0

    def place(self, path: str, number: int) -> Location:
        """Return where it is in the picture at *path*, as the person of that number (from one)."""
        return Location(
            path=path, carrier=Carrier.PICTURE, field=f"person {number}", region=self.region
        )


def most_at_once(people: Iterable[Face]) -> int:
    """Count the people in a picture; of an animation those in its fullest frame."""
    return max(Counter(face.frame for face in people).values(), default=0)
