"""The roll, laid out so that a text can be matched against it in one pass."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from moderation.analysis.names.shares import share_of_forename, share_of_surname
from moderation.analysis.names.variants import (
    MISREAD,
    deletions,
    forename_keys,
    related_forenames,
    related_surnames,
    several_words,
    shape,
    slip,
    surname_keys,
)
from moderation.registers import Pupil, Roll

_SURNAMES = 1 << 24
_SHORTEST_MISSPELT = 3
_SHORT_JOINED = 8
_LONG = 20_000
_SHORTEST_MISREAD = 3

Whose = int | tuple[int, ...]
Numbers = tuple[tuple[int, ...], tuple[int, ...]]
Keys = Callable[[str], tuple[tuple[str, ...], tuple[str, ...]]]
Weights = tuple[tuple[int, float], ...]


@dataclass(slots=True)
class Half:
    """Every key that one half of a name is written with, forename or surname.

    Args:
        ids: number of each key
        joined: long keys of several parts; slips are looked for in the parts
        counts: by number, how many pupils it is the whole half of
        slips: what a key becomes when a letter is left out, with the keys
        shapes: what a key looks like, with the keys

    """

    ids: dict[str, int] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)
    counts: list[int] = field(default_factory=list)
    slips: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """Return the number of *key*, a new one if need be."""
        found = self.ids.setdefault(key, len(self.ids))
        if found == len(self.counts):
            self.counts.append(0)
        return found

    def finish(self) -> None:
        """Lay out the keys for slips; several keys of one form stand with blanks between them."""
        slips, shapes = self.slips, self.shapes
        for key in self.ids.keys() - self.joined:
            if len(key) >= _SHORTEST_MISREAD:
                seen = shape(key)
                shapes[seen] = f"{shapes[seen]} {key}" if seen in shapes else key
            if len(key) >= _SHORTEST_MISSPELT:
                for form in deletions(key):
                    slips[form] = f"{slips[form]} {key}" if form in slips else key

    def misspelt(self, key: str) -> dict[str, float]:
        """Return the keys that one slip of the finger turns into *key*, with weights."""
        if len(key) < _SHORTEST_MISREAD:
            return {}
        slips = self.slips
        lists = {slips[form] for form in deletions(key) if form in slips}
        likely = {other: slip(key, other) for each in lists for other in each.split()}
        return {other: weight for other, weight in likely.items() if weight}

    def misread(self, key: str) -> set[str]:
        """Return the keys that look like *key*."""
        return set(self.shapes.get(shape(key), "").split()) - {key}


class RollIndex:
    """Who may be meant by a pair of keys, and how much that tells."""

    def __init__(self, roll: Roll) -> None:
        self.pupils = roll.pupils
        self.is_long = len(roll.pupils) > _LONG
        self.forenames, self.surnames = Half(), Half()
        self.parts: set[str] = set()
        self.whole: dict[int, Whose] = {}
        self.loose: dict[int, Whose] = {}
        first = _Numbers(self.forenames, forename_keys)
        last = _Numbers(self.surnames, surname_keys)
        for place, pupil in enumerate(roll.pupils):
            self._add(place, pupil, first, last)
        for name in (*first, *last):
            self.parts.update(several_words(name))
        self.forms = {form for key in self.forenames.ids for form in related_forenames(key)}
        self.forms.update(form for key in self.surnames.ids for form in related_surnames(key))
        self.forenames.finish()
        self.surnames.finish()
        # The pupils by forename and by surname, and by each part of them.
        self.by_forename, self.by_surname = self._grouped()

    def _add(self, place: int, pupil: Pupil, first: "_Numbers", last: "_Numbers") -> None:
        forenames, loose_first = first.of(pupil.forename, pupil.preferred)
        surnames, loose_last = last.of(pupil.surname, pupil.preferred_surname)
        for number in forenames:
            self.forenames.counts[number] += 1
            for other in surnames:
                _put(self.whole, number * _SURNAMES + other, place)
        for number in surnames:
            self.surnames.counts[number] += 1
        for number in forenames + loose_first if loose_first or loose_last else ():
            for other in surnames + loose_last:
                if number * _SURNAMES + other not in self.whole:
                    _put(self.loose, number * _SURNAMES + other, place)

    def named(self, forename: int, surname: int) -> tuple[int, ...]:
        """Return the pupils of exactly these halves."""
        return _whose(self.whole, forename * _SURNAMES + surname)

    def named_in_part(self, forename: int, surname: int) -> tuple[int, ...]:
        """Return the pupils of whose name these are parts."""
        return _whose(self.loose, forename * _SURNAMES + surname)

    def _grouped(self) -> tuple[Mapping[int, list[int]], Mapping[int, list[int]]]:
        forenames: dict[int, list[int]] = {}
        surnames: dict[int, list[int]] = {}
        for table in (self.whole, self.loose):
            for pair, whose in table.items():
                forename, surname = divmod(pair, _SURNAMES)
                found = (whose,) if isinstance(whose, int) else whose
                forenames.setdefault(forename, []).extend(found)
                surnames.setdefault(surname, []).extend(found)
        return forenames, surnames

    def forenames_like(self, key: str, *, slips: bool) -> Weights:
        """Return the forenames that may have been written as *key*, with weights."""
        return _like(self.forenames, key, related_forenames(key), slips)

    def surnames_like(self, key: str, *, slips: bool) -> Weights:
        """Return the surnames that may have been written as *key*, with weights."""
        return _like(self.surnames, key, related_surnames(key), slips)

    def knows(self, key: str) -> bool:
        """Say whether *key* is a form of a name on the roll, however unlike."""
        return key in self.forenames.ids or key in self.surnames.ids or key in self.forms

    def chance(self, forename: str, surname: str) -> float:
        """Return how many people who are called so a list as long as the roll would hold."""
        first = _count(self.forenames, forename, share_of_forename(forename))
        last = _count(self.surnames, surname, share_of_surname(surname))
        size = len(self.pupils)
        return first * last * size / (size + _PRIOR) ** 2


_PRIOR = 1000
"""How many people of the country stand beside those of the roll when names are counted."""


def _count(half: Half, key: str, share: float) -> float:
    number = half.ids.get(key)
    return (half.counts[number] if number is not None else 0) + _PRIOR * share


class _Numbers(dict[str, Numbers]):
    """The numbers of each half of a name as registered, worked out once."""

    def __init__(self, half: Half, keys: Keys) -> None:
        super().__init__()
        self._half, self._keys = half, keys

    def of(self, registered: str, preferred: str) -> Numbers:
        """Return the numbers of a name, and of the one that is used in its place if there is."""
        whole, loose = self[registered]
        if not preferred or preferred == registered:
            return whole, loose
        more, other = self[preferred]
        return tuple(dict.fromkeys(whole + more)), tuple(dict.fromkeys(loose + other))

    def __missing__(self, name: str) -> Numbers:
        """Work out the numbers of a name that was not met before."""
        whole, loose = self._keys(name)
        number = self._half.number
        if loose:
            self._half.joined.update(key for key in whole if len(key) > _SHORT_JOINED)
        self[name] = found = (
            tuple(number(key) for key in whole if key),
            tuple(number(key) for key in loose),
        )
        return found


def _put(table: dict[int, Whose], pair: int, place: int) -> None:
    there = table.get(pair)
    if there is None:
        table[pair] = place
    elif isinstance(there, int):
        if there != place:
            table[pair] = (there, place)
    elif place not in there:
        table[pair] = (*there, place)


def _whose(table: dict[int, Whose], pair: int) -> tuple[int, ...]:
    found = table.get(pair, ())
    return (found,) if isinstance(found, int) else found


def _like(half: Half, key: str, related: Mapping[str, float], slips: bool) -> Weights:
    ids = half.ids
    found = {ids[name]: weight for name, weight in related.items() if name in ids}
    if slips:
        for name in half.misread(key):
            found.setdefault(ids[name], MISREAD)
        for name, weight in half.misspelt(key).items():
            found.setdefault(ids[name], weight)
    return tuple(found.items())
