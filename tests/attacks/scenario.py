"""One attack: what is done to a finished, approved site, and what must be said about it.

A row of the table is a :class:`Scenario`. Its ``act`` changes a copy of an approved site, and its
``way`` then tries everything that the public may see of it: the gate, the build and the proof of
what was built. What got through is named; a row holds where nothing did, and where the answer says
why. Rows live in the modules that end in ``_rows``; ``table.py`` brings them together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from moderation.model import Asset, digest_of
from moderation.registers.consent_snapshot import Witness
from tests.publish.school import NOW, School


class Group(StrEnum):
    """What kind of attack a row is; the first three are those of ``building.md``."""

    UNAPPROVED = "unapproved bytes, or too early"
    KIT = "kit changed"
    INVISIBLE = "approved, but not to be seen by the moderator"
    PEOPLE = "people and trust"
    LOG = "log and clock"
    RELEASE = "release and output"
    INPUT = "input that harms the reader"


@dataclass(slots=True, kw_only=True)
class AttackedSite:
    """A copy of the approved site, and everything an attacker may turn besides its files.

    Args:
        school: the copy
        name: of the scenario; :attr:`canary` and :attr:`slug` follow from it
        now: the clock of the machine
        anchor: what CI keeps outside of the repository
        witness: the register of consents, where the machine holds it
        environment: variables that are set while the site is read and built
        forced: build although the gate lets nothing new through
        between: what happens after the gate has read the site and before it is built
        afterwards: what happens to the built site before it is proved
        handed: what a publisher handed in, the page first

    """

    school: School
    name: str
    now: datetime = NOW
    anchor: str = ""
    witness: Witness | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    forced: bool = False
    between: Callable[[], object] | None = None
    afterwards: Callable[[Path], object] | None = None
    handed: list[Asset] = field(default_factory=list)

    @property
    def root(self) -> Path:
        """The folder with ``mkdocs.yml``."""
        return self.school.root

    @property
    def content(self) -> Path:
        """The folder of pages."""
        return self.root / "content"

    @property
    def elsewhere(self) -> Path:
        """A folder of the attacker's own, outside of the site."""
        folder = self.root.parent / f"elsewhere-{self.slug}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def out(self) -> Path:
        """Where the site is built."""
        return self.root.parent / "out" / "site"

    @property
    def slug(self) -> str:
        """A word for paths that no other row uses."""
        return f"row-{digest_of(self.name.encode())[:8]}"

    @property
    def canary(self) -> str:
        """The word that must not reach the public, made of letters as a name is."""
        marks = digest_of(self.name.encode())[:10].translate(_LETTERS)
        return f"Zq{marks}"

    def page(self, text: str = "") -> str:
        """Return the source of a page that shows the canary."""
        return f"# News\n\nThe word is {self.canary}. {text}\n"

    def hand(self, page: str, files: Mapping[str, bytes] | None = None, *, path: str = "") -> None:
        """Write what a publisher hands in: a page, and files by path below the content folder."""
        mine = path or f"news/{self.slug}.md"
        self.handed = [self.school.write(mine, page)]
        self.handed += [self.school.write(name, data) for name, data in (files or {}).items()]


_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of an attack.

    Args:
        through: what got through: where the canary was found, or what was accepted
        told: everything that was said

    """

    through: tuple[str, ...] = ()
    told: str = ""


Act = Callable[[AttackedSite], object]
Way = Callable[["Scenario", AttackedSite], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One attack.

    Args:
        name: a sentence without a full stop; no two rows have the same
        threat: of ``threats.md``, such as ``T5``
        act: changes the copy
        said: a fragment of what must be told
        silent: instead, why nothing need be said: it has no effect, and nothing is refused
        way: what is tried then; None for the whole public way (:func:`tests.attacks.ways.try_all`)
        group: see :class:`Group`
        not_plain: why plain MkDocs does not publish the canary of this row, or why that is no
            question for it; empty for a row that plain MkDocs must publish, or else it is vacuous

    """

    name: str
    threat: str
    act: Act
    said: str
    group: Group
    way: Way | None = None
    silent: str = ""
    not_plain: str = ""
