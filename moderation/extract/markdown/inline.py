"""Markup inside a block, after ``markdown.treeprocessors.InlineProcessor``."""

import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from moderation.extract.markdown.fuel import Fuel
from moderation.extract.markdown.stash import ETX, STX
from moderation.extract.markdown.tree import Node
from moderation.extract.tracked import Text, joined

PLACEHOLDER = re.compile(STX + "klzzwxh:([0-9]+)" + ETX)
_MARKUP = re.compile(r"[`\\\[<&*_]")
_PREFIX = STX + "klzzwxh:"

Taken = tuple[Node | Text | None, int, int]
"""What a pattern makes of a match (None: leave it as it is), and the range it stands for."""

Act = Callable[[re.Match[str], Text], Taken | None]
"""Answers for one match of a pattern; None if it is no match after all."""


@dataclass(slots=True)
class Kept:
    """Elements and texts that stand ready while the text around them is still being read."""

    nodes: list[Node | Text] = field(default_factory=list)

    def store(self, node: Node | Text) -> Text:
        """Keep *node* and return its placeholder."""
        self.nodes.append(node)
        return Text(f"{_PREFIX}{len(self.nodes) - 1:04d}{ETX}")

    def plain(self, text: Text) -> Text:
        """Put the text of what is kept in the place of each placeholder."""
        parts: list[Text] = []
        at = 0
        for match in PLACEHOLDER.finditer(text):
            node = self.nodes[int(match[1])]
            parts += (text[at : match.start()], node if isinstance(node, Text) else inner(node))
            at = match.end()
        return joined((*parts, text[at:])) if parts else text


def inner(node: Node) -> Text:
    """Return the text of an element and of all below it."""
    parts = [node.text or Text()]
    for child in node.children:
        parts += (inner(child), child.tail or Text())
    return joined(parts)


def _may_hold_markup(data: str) -> bool:
    """Say whether one of the patterns could match: each begins with one of these."""
    return _MARKUP.search(data) is not None or "  \n" in data


@dataclass(slots=True)
class Inline:
    """Applies the patterns, in their order, to every text of the tree."""

    patterns: Sequence[tuple[re.Pattern[str], Act]]
    kept: Kept
    fuel: Fuel

    def run(self, root: Node) -> None:
        """Work through the tree, level by level, as Python-Markdown does."""
        waiting = deque([root])
        while waiting:
            node = waiting.popleft()
            queue: list[tuple[Node, list[Node]]] = []
            for child in node.children:  # it grows while it is being walked, which is meant
                if child.text and not child.text.atomic:
                    text, child.text = child.text, None
                    made = self._placed(self._marked(text), child)
                    waiting.extend(made)
                    queue.append((child, made))
                if child.tail:
                    self._tail(node, child, child.tail)
                if child.children:
                    waiting.append(child)
            for element, made in queue:
                element.children[0:0] = made

    def _tail(self, parent: Node, child: Node, tail: Text) -> None:
        holder = Node("d")
        child.tail = None
        made = self._placed(self._marked(tail), holder, is_text=False)
        child.tail = holder.tail or None
        if made:
            self.fuel.copy(64 * len(parent.children), tail)
            at = parent.children.index(child) + 1
            parent.children[at:at] = made

    def _marked(self, data: Text, first: int = 0) -> Text:
        """Put a placeholder where a pattern matches, one pattern after the other."""
        if data.atomic:
            return data
        number, start = first, 0
        self.fuel.deeper(data)
        if not _may_hold_markup(data):
            number = len(self.patterns)
            self.fuel.copy((number - first) * (len(data) + 240), data)
        while number < len(self.patterns):
            self.fuel.copy(len(data) + 240, data)
            data, matched, start = self._applied(number, data, start)
            if not matched:
                number += 1
        self.fuel.higher()
        return data

    def _applied(self, number: int, data: Text, start: int) -> tuple[Text, bool, int]:
        pattern, handle = self.patterns[number]
        for match in pattern.finditer(data, start):
            taken = handle(match, data)
            if taken is not None:
                break
        else:
            return data, False, 0
        node, begin, end = taken
        if node is None:
            return data, True, end
        if isinstance(node, Node):
            if node.origin is None:
                node.origin = data[begin:end].extent()
            self._mark_inside(node, number)
        holder = self.kept.store(node)
        return joined((data[:begin], holder, data[end:])), True, begin + len(holder)

    def _mark_inside(self, node: Node, number: int) -> None:
        if node.text is not None and node.text.atomic:
            return
        for child in (node, *node.children):
            if child.text:
                child.text = self._marked(child.text, number + 1)
            if child.tail:
                child.tail = self._marked(child.tail, number)

    def _placed(self, data: Text | None, parent: Node, *, is_text: bool = True) -> list[Node]:
        """Turn the placeholders in *data* back; text goes to *parent* or what is before it."""
        made: list[Node] = []
        at = 0
        while data:
            index = data.find(_PREFIX, at)
            if index < 0:
                rest = data[at:]
                _link(rest.final() if data.atomic else rest, made, parent, is_text=is_text)
                break
            match = PLACEHOLDER.search(data, index)
            if match is None:  # pragma: no cover - placeholders are whole
                raise self.fuel.refusal(data, "cannot be read", "write this paragraph anew")
            node = self.kept.nodes[int(match[1])]
            _link(data[at:index], made, parent, is_text=is_text)
            at = match.end()
            if isinstance(node, Text):
                _link(node, made, parent, is_text=is_text)
            else:
                self._place_inside(node)
                made.append(node)
        return made

    def _place_inside(self, node: Node) -> None:
        for child in (node, *node.children):
            if child.tail and child.tail.strip():
                tail, child.tail = child.tail, None
                made = self._placed(tail, child, is_text=False)
                at = node.children.index(child) + 1 if child is not node else 0
                node.children[at:at] = made
            if child.text and child.text.strip():
                text, child.text = child.text, None
                made = self._placed(text, child)
                child.children[0:0] = made


def _link(text: Text, made: list[Node], parent: Node, *, is_text: bool) -> None:
    """Hang text behind the last element that was made, or into its parent."""
    if not text:
        return
    if made:
        made[-1].tail = joined((made[-1].tail, text)) if made[-1].tail else text
    elif is_text:
        parent.text = joined((parent.text, text)) if parent.text else text
    else:
        parent.tail = joined((parent.tail, text)) if parent.tail else text
