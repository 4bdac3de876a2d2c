"""How much work a page may cause, so that a hostile one is refused before it hangs the build."""

from dataclasses import dataclass

from moderation.extract.tracked import Text
from moderation.model import ExtractionError

# One unit is a step of a loop in Python, about 50 ns; what a page of 100,000 characters with a
# link in every line needs is below two million.
_TANK = 6_000_000
# About this many characters with their offsets are copied in the time of one such step.
_COPIED = 12
_DEPTH = 24


@dataclass(slots=True)
class Fuel:
    """What reading one page has cost so far.

    Python-Markdown has loops that take quadratic time on some pages (50 KB of ``[`` keep it busy
    for a minute). The reader follows it step by step, so what is too much here is too much there.

    Args:
        path: the page
        source: its text, to name the line

    """

    path: str
    source: str
    left: int = _TANK
    depth: int = 0

    def step(self, steps: int, text: Text) -> None:
        """Pay for *steps* of a loop over *text*.

        Raises:
            ExtractionError: the page takes too long to read

        """
        self.left -= steps + 1
        if self.left < 0:
            trouble = "holds more brackets, markup or HTML in one place than can be read"
            raise self.refusal(text, trouble, "split the paragraph or delete what is not needed")

    def copy(self, characters: int, text: Text) -> None:
        """Pay for copying or searching *characters*."""
        self.step(characters // _COPIED, text)

    def deeper(self, text: Text) -> None:
        """Go one level down; pair each call with :meth:`higher`.

        Raises:
            ExtractionError: lists, quotes or boxes lie in one another too deeply

        """
        self.depth += 1
        if self.depth > _DEPTH:
            raise self.refusal(text, "lists or quotes are nested too deeply", "nest them less")

    def higher(self) -> None:
        """Come one level up again."""
        self.depth -= 1

    def refusal(self, text: Text, trouble: str, remedy: str) -> ExtractionError:
        """Make the error that names the line in which *text* begins."""
        return self.refusal_at(text.extent()[0], trouble, remedy)

    def refusal_at(self, offset: int, trouble: str, remedy: str) -> ExtractionError:
        """Make the error that names the line of a place in the source."""
        if offset < 0:
            return ExtractionError(f"{self.path}: {trouble}; {remedy}")
        line = self.source.count("\n", 0, offset) + 1
        return ExtractionError(f"{self.path}: line {line}: {trouble}; {remedy}")
