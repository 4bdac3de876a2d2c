"""The list of words as it is written: one entry a line of ``words.csv``."""

from dataclasses import dataclass
from pkgutil import get_data

from moderation.model import Severity

SWEARING = ("profanity", "insult")
SLURS = ("race", "religion", "disability", "sexuality", "gender", "traveller")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One word or phrase that may not stand on a page.

    Args:
        stem: in lower case
        category: profanity, insult, ground of a slur, sexual, threat, self-harm, drugs, extremism
        severity: how much harm it does where no context excuses it
        match: ``any`` inside a longer word too, ``comp`` with the affixes of ``affixes.toml``,
            ``word`` on its own, ``sign`` for characters that make no words
        endings: inflections, as ``inflect.py`` reads them
        contexts: names of contexts that excuse it, or with ``!`` that it needs
        language: BCP 47 tag; ``en`` unless marked

    """

    stem: str
    category: str
    severity: Severity
    match: str
    endings: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    language: str = "en"

    @property
    def is_english(self) -> bool:
        """Say whether the spelling tricks of English apply."""
        return self.language.startswith("en")


def read_entries() -> tuple[Entry, ...]:
    """Read the list that ships with the package."""
    # Imported here: only the compilers read the list as it is written.
    import csv

    source = (get_data(__package__, "words.csv") or b"").decode()
    rows = csv.DictReader(line for line in source.splitlines() if not line.startswith("# "))
    return tuple(
        Entry(
            stem=row["stem"],
            category=row["category"],
            severity=Severity(row["severity"]),
            match=row["match"],
            endings=tuple(row["inflect"].split("/")) if row["inflect"] else (),
            contexts=tuple(row["contexts"].split()),
            language=row["lang"] or "en",
        )
        for row in rows
    )
