"""What a recording holds besides sound and moving pictures, and how to take it out."""

import re
from dataclasses import dataclass, field

from moderation.extract.picture import MAX_ALL_TEXT, strings
from moderation.model import ExtractionError

_BLANK = "".join(map(chr, range(33)))
"""Signs that stand for nothing; the first byte of a name may be its length."""
_POSITION = re.compile(r"(?<![\w.])[+-]\d{2,7}(?:\.\d+)?[+-]\d{3,8}(?:\.\d+)?")
"""A place as ISO 6709 writes it, such as ``+51.3883-000.5181/``."""
_COPYRIGHT = frozenset({"copyright", "license", "licence", "cprt", "©cpy", "icop", "tcop", "tcr"})
_MOST_COVERS = 50
_MOST_BLOCKS = 300_000
"""A video of an hour has about as many."""
Edit = tuple[int, int, bytes]
"""Put these bytes in place of those from the first offset to the second."""


def damaged(place: str) -> ExtractionError:
    """Make the error for a structure that is not what its format says."""
    return ExtractionError(
        f"{place} of the recording is damaged, so it cannot be checked; "
        "open the recording in an editor and export it again"
    )


def stranger() -> ExtractionError:
    """Make the error for a track of another kind, which nobody could look at or listen to."""
    return ExtractionError(
        "the recording holds a track that is neither sound nor pictures, such as subtitles; "
        "export it again without"
    )


def is_copyright(name: str) -> bool:
    """Say whether a field of this name is a notice of copyright or licence, which is kept."""
    return name.strip().lower() in _COPYRIGHT


@dataclass(slots=True, kw_only=True)
class Recording:
    """What was read of a recording, filled in while its blocks are walked.

    Args:
        data: the file
        seconds: how long it is
        moving: whether it holds moving pictures
        texts: what it says, each with the name of its place
        covers: pictures and other files inside, each with the name of its place
        parts: what else was found: kind and detail
        edits: what to put where, so that only sound, pictures and notices of copyright are left

    """

    data: bytes
    seconds: float = 0.0
    moving: bool = False
    texts: list[tuple[str, str]] = field(default_factory=list)
    covers: list[tuple[str, bytes]] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    _blocks: int = 0
    _spent: int = 0

    def step(self) -> None:
        """Count a block.

        Raises:
            ExtractionError: there are too many

        """
        self._blocks += 1
        if self._blocks > _MOST_BLOCKS:
            raise damaged("the structure")

    def say(self, place: str, text: str) -> None:
        """Keep a text, unless there is nothing in it.

        Raises:
            ExtractionError: there is too much text

        """
        plain = text.strip(_BLANK)
        if not plain:
            return
        self._spent += len(plain)
        if self._spent > MAX_ALL_TEXT:
            raise ExtractionError("the recording holds too much text; export it without metadata")
        self.texts.append((place, plain))
        if _POSITION.search(plain):
            self.part("gps", "the place where it was recorded")

    def say_strings(self, place: str, data: bytes) -> None:
        """Keep what can be read in a block of unknown form."""
        self.say(place, "\n".join(strings(data)))

    def cover(self, place: str, data: bytes) -> None:
        """Keep a file that lies inside.

        Raises:
            ExtractionError: there are too many

        """
        if len(self.covers) >= _MOST_COVERS:
            raise damaged("the list of pictures")
        self.covers.append((place, data))

    def part(self, kind: str, detail: str) -> None:
        """Note something that is no text, once."""
        if (kind, detail) not in self.parts:
            self.parts.append((kind, detail))

    def put(self, start: int, new: bytes) -> None:
        """Have bytes written over those at *start*, where they differ."""
        if self.data[start : start + len(new)] != new:
            self.edits.append((start, start + len(new), new))

    def blank(self, start: int, end: int) -> None:
        """Have zeros written over a range."""
        self.put(start, bytes(end - start))

    def swap(self, start: int, end: int, new: bytes = b"") -> None:
        """Have a range cut out, and *new* put in its place."""
        if self.data[start:end] != new:
            self.edits.append((start, end, new))

    def edited(self) -> bytes:
        """Return the file with every edit made; those that keep the size come first, in order."""
        out = bytearray(self.data)
        moving = [edit for edit in self.edits if edit[1] - edit[0] != len(edit[2])]
        for start, end, new in self.edits:
            if end - start == len(new):
                out[start:end] = new
        for start, end, new in sorted(moving, reverse=True):
            out[start:end] = new
        return bytes(out)


def number(data: bytes, at: int, size: int, *, little: bool = False) -> int:
    """Return the whole number of *size* bytes at *at*.

    Raises:
        ExtractionError: the data end before it does

    """
    raw = data[at : at + size]
    if at < 0 or len(raw) != size:
        raise damaged("the structure")
    return int.from_bytes(raw, "little" if little else "big")
