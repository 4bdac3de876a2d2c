"""The styles of an OpenDocument text, as far as a page needs them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moderation.analysis.importing.letter import Words
from moderation.extract.office.archive import attribute, below, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 20
_BOLD = ("bold", "600", "700", "800", "900")
_ITALIC = ("italic", "oblique")
_HIDING = ("none", "false", "hidden")
_TITLES = ("Title", "Titel", "Titre")
_MOST = 99_999


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What one style says; empty where it says nothing."""

    above: str
    weight: str = ""
    slant: str = ""
    display: str = ""
    clip: str = ""


@dataclass(slots=True)
class Looks:
    """The styles of a letter by name, and the first number of each level of its lists."""

    styles: dict[str, _Look] = field(default_factory=dict)
    lists: dict[str, dict[int, int]] = field(default_factory=dict)

    def _chain(self, name: str) -> Iterator[_Look]:
        for _ in range(_DEEPEST):
            look = self.styles.get(name)
            if look is None:
                return
            yield look
            name = look.above

    def manner(self, name: str, base: Words) -> Words:
        """Return empty words in the manner of a style that is set into another manner."""
        weight = next((look.weight for look in self._chain(name) if look.weight), "")
        slant = next((look.slant for look in self._chain(name) if look.slant), "")
        bold = weight in _BOLD if weight else base.bold
        italic = slant in _ITALIC if slant else base.italic
        return Words("", bold, italic, base.link)

    def hides(self, name: str) -> bool:
        """Say whether a style hides what has it."""
        return next((x.display in _HIDING for x in self._chain(name) if x.display), False)

    def is_cut(self, name: str) -> bool:
        """Say whether a style cuts something off a picture."""
        clip = next((look.clip for look in self._chain(name) if look.clip), "auto")
        return any(digit in clip for digit in "123456789")

    def is_title(self, name: str) -> bool:
        """Say whether a style is that of the title, or stands on it."""
        return name in _TITLES or any(look.above in _TITLES for look in self._chain(name))

    def start(self, name: str, depth: int) -> int:
        """Return the first number of a level of a list; nought where it has none."""
        return self.lists.get(name, {}).get(depth, 0)


def read_open_styles(roots: Iterable["Element"]) -> Looks:
    """Read the styles of a letter."""
    looks = Looks()
    for root in roots:
        looks.styles |= {attribute(each, "name"): _look(each) for each in below(root, "style")}
        for listed in below(root, "list-style"):
            looks.lists[attribute(listed, "name")] = {
                repeated(level, "level"): repeated(level, "start-value")
                for level in listed
                if local(level.tag) == "list-level-style-number" and attribute(level, "num-format")
            }
    return looks


def repeated(element: "Element", name: str) -> int:
    """Return the number that an attribute holds; one where it holds none."""
    text = attribute(element, name)
    return max(1, min(int(text), _MOST)) if text.isdecimal() and len(text) < 10 else 1


def _look(style: "Element") -> _Look:
    found = {key: "" for key in ("font-weight", "font-style", "display", "clip")}
    for properties in style:
        for key in found:
            found[key] = attribute(properties, key) or found[key]
    return _Look(
        above=attribute(style, "parent-style-name"),
        weight=found["font-weight"],
        slant=found["font-style"],
        display=found["display"],
        clip=found["clip"],
    )
