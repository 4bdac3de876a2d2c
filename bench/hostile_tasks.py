"""What ``python -m bench hostile`` has done in a confined process, and weighs there."""

import io
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from moderation.model import ExtractionError
from moderation.pipeline.confined import tasks
from moderation.policy import Limits

DOCUMENTS = (".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".csv")
RECORDINGS = (".mp4", ".webm", ".mp3", ".m4a", ".ogg", ".wav", ".flac")
LETTERS = (".docx", ".odt")
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What came of one file.

    Args:
        refusal: why it was not read; empty where it was
        words: characters that were read
        found: other things that were found
        seconds: of the processor
        whole: another program decodes it without complaint too; only asked of pictures that passed

    """

    refusal: str
    words: int
    found: int
    seconds: float
    whole: bool


def read(path: str, data: bytes, limits: Limits, looking: bool) -> Weighed:
    """Read a file as a run does, and see whether another program decodes the picture as well."""
    weighed = weigh(path, data, limits, looking)
    is_picture = not weighed.refusal and not path.endswith((*DOCUMENTS, *RECORDINGS))
    return replace(weighed, whole=not is_picture or _decodes(data))


def weigh(path: str, data: bytes, limits: Limits, looking: bool) -> Weighed:
    """Read a file as a run does."""
    begin = time.process_time()
    try:
        document = tasks.read(path, data, limits, looking, ())
    except ExtractionError as error:
        return Weighed(_without(path, str(error)), 0, 0, time.process_time() - begin, True)
    seconds = time.process_time() - begin
    found = len(document.parts) + len(document.links) + len(document.properties)
    return Weighed("", len(document.text), found, seconds, True)


def clean(path: str, data: bytes, limits: Limits, longest: int) -> Weighed:
    """Clean a picture as ``--fix`` does."""
    begin = time.process_time()
    try:
        done = tasks.clean(data, longest, limits)
    except ExtractionError as error:
        return Weighed(_without(path, str(error)), 0, 0, time.process_time() - begin, True)
    return Weighed("", len(done), 0, time.process_time() - begin, True)


def letter(path: str, data: bytes, limits: Limits, longest: int) -> Weighed:
    """Make a page of a letter as ``schoolgate import`` does."""
    begin = time.process_time()
    try:
        made = tasks.read_letter(data, "photos/a", longest, limits)
    except ExtractionError as error:
        return Weighed(_without(path, str(error)), 0, 0, time.process_time() - begin, True)
    seconds = time.process_time() - begin
    return Weighed("", len(made.text) + len(made.title), len(made.pictures), seconds, True)


def peak(_: int) -> int:
    """Return the most memory that the process held so far, in bytes; on Linux only."""
    for line in _STATUS.read_text("ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0


def _decodes(data: bytes) -> bool:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                for frame in range(getattr(picture, "n_frames", 1)):
                    picture.seek(frame)
                    picture.load()
    except Exception:  # noqa: BLE001 - whatever it is, it was not decoded
        return False
    return True


def _without(path: str, message: str) -> str:
    """Leave out the path and every number, so that refusals can be counted."""
    words = message.removeprefix(f"{path}: ").partition(";")[0]
    return "".join("N" if letter.isdigit() else letter for letter in words)


TASKS: Mapping[str, Callable[..., object]] = {
    task.__name__: task for task in (read, weigh, clean, letter, peak)
}
