"""Blocks of a page: the order in which they are tried, after ``markdown.blockparser``."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from moderation.extract.markdown.fuel import Fuel
from moderation.extract.markdown.normal import TAB
from moderation.extract.markdown.tree import Node
from moderation.extract.tracked import Text, joined

_MOST_BLOCKS = 20_000


class Reference(NamedTuple):
    """Where a reference link leads: ``[label]: target "title"``."""

    target: Text
    title: Text | None


@dataclass(slots=True)
class Blocks:
    """Parses blocks into the tree.

    Args:
        fuel: what the page may cost
        processors: tried in this order on each block; one that takes it answers True

    """

    fuel: Fuel
    processors: "tuple[Processor, ...]"
    references: dict[str, Reference] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)

    def parse_chunk(self, parent: Node, text: Text) -> None:
        """Parse text that may hold several blocks."""
        self.fuel.copy(len(text), text)
        if text.count("\n\n") > _MOST_BLOCKS:
            raise self.fuel.refusal(text, "holds too many paragraphs", "make two pages of it")
        self.parse(parent, text.cut("\n\n"))

    def parse(self, parent: Node, blocks: Iterable[Text]) -> None:
        """Parse blocks one after the other."""
        waiting = deque(blocks)
        if not waiting:
            return
        self.fuel.deeper(waiting[0])
        while waiting:
            self.fuel.copy(2 * len(waiting[0]) + 3_600, waiting[0])
            for processor in self.processors:
                if processor(self, parent, waiting):
                    break
        self.fuel.higher()

    def parse_in(self, state: str, parent: Node, blocks: Iterable[Text]) -> None:
        """Parse blocks that lie in something which changes how they are read."""
        self.states.append(state)
        self.parse(parent, blocks)
        self.states.pop()

    def is_in(self, state: str) -> bool:
        """Say whether the innermost state is *state*."""
        return self.states[-1:] == [state]


Processor = Callable[[Blocks, Node, "deque[Text]"], bool]
"""Takes the first block if it is of its kind, changing the tree and the waiting blocks."""


def detab(text: Text, length: int = TAB) -> tuple[Text, Text]:
    """Split into the indented lines at the start, without their indent, and the rest."""
    lines = text.lines()
    kept: list[Text] = []
    for line in lines:
        if line.startswith(" " * length):
            kept.append(line[length:])
        elif not line.strip():
            kept.append(line[-1:] if line.endswith("\n") else line[:0])
        else:
            break
    rest = joined(lines[len(kept) :])
    inner = joined(kept)
    return (inner[:-1] if len(kept) < len(lines) and inner else inner), rest


def loose_detab(text: Text, level: int = 1) -> Text:
    """Take one indent off every line that has it."""
    indent = " " * TAB * level
    return joined(line[len(indent) :] if line.startswith(indent) else line for line in text.lines())
