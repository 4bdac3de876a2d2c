"""Every form of a listed word."""

from moderation.analysis.lexicon.entries import Entry

_VERB = ("s", "ed", "er", "ers", "ing", "in", "ings")


def forms(entry: Entry) -> tuple[str, ...]:
    """Return the word and its inflections, each once."""
    found = [entry.stem]
    for ending in entry.endings:
        suffixes = _VERB if ending == "v" else (ending,)
        found += (attach(entry.stem, suffix) for suffix in suffixes)
    return tuple(dict.fromkeys(found))


def attach(stem: str, suffix: str) -> str:
    """Put *suffix* on *stem* as English spelling does; ``y`` on a stem in y is its plural."""
    if suffix == "y" and stem.endswith("y"):
        return stem[:-1] + "ies"
    if stem.endswith("e") and suffix[0] in "ei" and suffix not in ("es",):
        return stem[:-1] + suffix
    return stem + suffix
