"""What a reader of a file does not see, told once a kind: where first, and in how many places."""

from dataclasses import dataclass, field

from moderation.extract.builder import Builder

_HOLDS, _IS = ("so does", "so do"), ("so is", "so are")
DETAILS = {
    "hidden-text": ("holds hidden text", *_HOLDS),
    "unseen-text": ("holds text that nobody can see", *_HOLDS),
    "covered-text": ("holds text below black", *_HOLDS),
    "covering-shape": ("holds a black shape over text", *_HOLDS),
    "redaction-mark": ("is marked for blackening, and nothing was taken out", *_IS),
    "hidden-shape": ("holds text in a shape that is switched off", *_HOLDS),
    "hidden-slide": ("is hidden", *_IS),
    "text-off-page": ("holds text outside the page", *_HOLDS),
    "off-slide": ("holds text outside the slide", *_HOLDS),
    "outside-page": ("holds text outside the page", *_HOLDS),
    "hidden-layer": ("holds a layer that is switched off", *_HOLDS),
    "undrawn-text": ("holds text that is not drawn", *_HOLDS),
    "lost-text": ("holds text that no page shows", *_HOLDS),
    "speaker-note": ("holds speaker notes", *_HOLDS),
    "scanned-page": ("is a picture without text", *_IS),
}
"""Kinds of parts that are told once, and how the others of the kind are told after the first."""


@dataclass(slots=True)
class Marked:
    """Collects places by kind while a file is read.

    Args:
        places: by kind, in the order of the file
        changes: places of tracked changes
        authors: who made them; only how many is told
        comments: places of comments

    """

    places: dict[str, list[str]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    authors: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)

    def add(self, kind: str, place: str) -> None:
        """Note a place, once for each kind."""
        places = self.places.setdefault(kind, [])
        if not places or places[-1] != place:
            places.append(place)

    def change(self, place: str, author: str = "") -> None:
        """Note a tracked change and who made it."""
        self.changes.append(place)
        if author.strip():
            self.authors.add(author.strip())

    def tell(self, builder: Builder) -> None:
        """Add a part for each kind that was noted."""
        for kind, places in self.places.items():
            detail, one, several = DETAILS[kind]
            others = len(dict.fromkeys(places)) - 1
            if others == 1:
                detail = f"{detail}, and {one} 1 other place"
            elif others:
                detail = f"{detail}, and {several} {others:,} other places"
            builder.part(kind, detail, field=places[0])
        if self.changes:
            by = f" by {counted(len(self.authors), 'person', 'people')}" if self.authors else ""
            what = counted(len(self.changes), "tracked change", "tracked changes")
            builder.part("tracked-change", what + by, field=self.changes[0])
        if self.comments:
            what = counted(len(self.comments), "comment", "comments")
            builder.part("comment", what, field=self.comments[0])


def counted(number: int, one: str, several: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else several}"
