"""Runs of tracked text, turned into pieces of a document."""

import dataclasses
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from moderation.extract.builder import Builder, Run
from moderation.extract.places import Places
from moderation.extract.tags import decoded
from moderation.extract.tracked import NOWHERE, Text
from moderation.model import Carrier


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Text that nobody reads in the running text: it follows after the block it stands in."""

    text: Text
    carrier: Carrier
    field: str
    decode: bool


@dataclass(slots=True)
class Runs:
    """Adds visible text at once and all other text after its block, once for each place.

    So the words of a sentence stand together in the document, whatever addresses, titles and
    comments lie between them in the source.
    """

    builder: Builder
    places: Places
    asides: Mapping[int, Sequence[Run]]
    _waiting: list[_Waiting] = dataclasses.field(default_factory=list)
    _known: set[tuple[int, int, Carrier]] = dataclasses.field(default_factory=set)
    _apart: bool = True

    def visible(self, text: Text, carrier: Carrier) -> tuple[str, int]:
        """Add text of the page; return it as it is read, and the offset where it begins."""
        if self.asides and len(text) == 1 and text.at[0] in self.asides:
            self.builder.copy(self.places.source, self.asides[text.at[0]])
            return "", NOWHERE
        shown: list[str] = []
        first = NOWHERE
        flows = carrier != Carrier.CODE
        for value, origin in decoded(text):
            if not value:
                raise self._unreadable(origin)
            for part, start, end in _stretches(value, origin):
                shown.append(part)
                if start == NOWHERE:
                    self._made(part, text)
                    continue
                if self._apart and part.isspace():
                    continue
                self._apart = False
                # A line break in running text is read as a space; only blocks stand apart.
                shown_as = part.replace("\n", " ") if flows else part
                self.builder.add(shown_as, carrier, start, end)
                first = start if first == NOWHERE else first
        return "".join(shown), first

    def later(self, text: Text, carrier: Carrier, *, field: str = "", decode: bool = True) -> None:
        """Add text that is not read on the page itself, once the block is complete."""
        place = (*text.extent(), carrier)
        if text and place not in self._known:
            self._known.add(place)
            self._waiting.append(_Waiting(text, carrier, field, decode))

    def forget(self, text: Text) -> None:
        """Leave out what waits, because the same characters are shown as well."""
        self._waiting = [each for each in self._waiting if each.text is not text]

    def plain(self, text: Text) -> str:
        """Return the value of an attribute as programs read it."""
        return "".join(value for value, _ in decoded(text))

    def flush(self) -> None:
        """End the block: keep it apart from what follows, and add what waited for its end."""
        self.builder.cut()
        self._apart = True
        for each in self._waiting:
            self._add(each)
        self._waiting.clear()

    def _add(self, each: _Waiting) -> None:
        self.builder.cut()
        pairs = decoded(each.text) if each.decode else iter([(str(each.text), each.text)])
        for value, origin in pairs:
            for part, start, end in _stretches(value, origin):
                if start != NOWHERE:
                    self.builder.add(part, each.carrier, start, end, field=each.field)
        self.builder.cut()

    def _made(self, part: str, text: Text) -> None:
        """Take white space that Python-Markdown put in; nothing else comes from nowhere."""
        if not part.isspace():
            trouble = "holds text whose place in the file cannot be told"
            raise self.places.refusal(text.extent()[0], trouble, "write this paragraph anew")
        self.builder.cut()
        self._apart = True

    def _unreadable(self, origin: Text) -> Exception:
        trouble = "holds the number of a character that does not exist"
        return self.places.refusal(origin.extent()[0], trouble, "delete it")


def _stretches(value: str, origin: Text) -> Iterator[tuple[str, int, int]]:
    """Split into stretches that are one range of the source each, with that range."""
    if value != origin:
        first, last = origin.extent()
        yield value, first, last + 1 if first >= 0 else NOWHERE
        return
    at = origin.at
    if isinstance(at, range):
        if at:
            yield value, at.start, at.stop
        return
    begin = 0
    while begin < len(at):
        end = _stretch(at, begin)
        start, last = at[begin], at[end - 1]
        yield value[begin:end], start, last + 1 if start >= 0 else NOWHERE
        begin = end


def _stretch(at: Sequence[int], begin: int) -> int:
    """Find the end of the offsets that follow one another, or that are all the same."""
    end = begin + 1
    if end == len(at):
        return end
    if _is_run(at[begin:]):
        return len(at)
    step = at[end] - at[begin]
    if step not in (0, 1) or at[begin] == NOWHERE != at[end]:
        return end
    while end < len(at) and at[end] - at[end - 1] == step:
        end += 1
    return end


def _is_run(at: Sequence[int]) -> bool:
    """Say whether offsets follow one another to the end, as they mostly do: quick to tell."""
    first, last = at[0], at[-1]
    if first == NOWHERE or last - first != len(at) - 1:
        return False
    return at == array("i", range(first, last + 1))
