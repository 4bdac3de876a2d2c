"""Read one sentence as tagged words: names, family, years, groups, and the classes of the list."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moderation.analysis.lexicon.contexts import TITLES
from moderation.analysis.patterns.grammar import Alphabet
from moderation.analysis.text.sentences import Sentence

_NOT_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december christmas easter diwali eid ramadan year
    class key stage english maths science french spanish german welsh history geography pe
    pshe ict art music drama i im ill ive id the a an and but or if when what who why how this
    that these those my your our his her their its it he she they we you all some no not do
    dont did is are was were be has have had will would can could should may might must let
    lets please everyone everybody someone somebody nobody noone anyone people never always
    just so such as at by for from in of on to with out up down off over under there here now
    then today tomorrow parents children pupils students school britain england scotland wales
    ireland london europe america africa asia god allah jesus christ hitler holocaust internet
    instagram tiktok snapchat facebook youtube google send go get keep stop look well oh ha
    haha lol omg wow yes yeah ok okay death kill white black muslims jews
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)
_YEAR_WORDS = ("year", "yr", "class", "form")
_UNITS = ("st", "nd", "rd", "th", "am", "pm", "km", "kg", "cm", "mm")
_YEAR_FORM = re.compile(r"\d{1,2}[a-z]{1,2}")
_BEFORE_GROUP = ("the", "quantity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Tags words with the classes they begin a member of.

    Args:
        single: word -> tags of the classes that hold it alone
        phrases: phrase -> tags of the classes that hold it
        sizes: first word of a phrase -> in how many words such phrases are
        members: names of classes -> words, for what is computed here
        forenames: names that count at the beginning of a sentence
        alphabet: the letters

    """

    single: Mapping[str, str]
    phrases: Mapping[str, str]
    sizes: Mapping[str, Sequence[int]]
    members: Mapping[str, frozenset[str]]
    forenames: frozenset[str]
    alphabet: Alphabet

    def line(self, sentence: Sentence) -> bytes:
        """Return the sentence as one line of tagged words, with a space before and after each."""
        line = sentence.line
        plain = line.split() if line.isascii() else list(map(_ascii, line.split()))
        single = self.single
        tags = [single.get(word, "") for word in plain]
        groups = self._tag_phrases(plain, tags)
        self._tag_names(sentence.written, plain, tags)
        self._tag_kin(plain, tags)
        self._tag_years(plain, tags)
        if groups:
            self._tag_groups(plain, tags, groups)
        read = [f"{word}/{tag} " for word, tag in zip(plain, tags, strict=True)]
        return f" ^/ {''.join(read)}$/ ".encode("latin-1")

    def _tag_phrases(self, plain: list[str], tags: list[str]) -> dict[int, int]:
        """Tag phrases; return where groups of people are named, and in how many words."""
        groups: dict[int, int] = {}
        group, phrases, sizes = self.members["group"], self.phrases, self.sizes
        adjectives, people = self.members["group_adj"], self.members["people"]
        for index, word in enumerate(plain):
            if word in group:
                groups[index] = 1
            elif word in adjectives and index + 1 < len(plain) and plain[index + 1] in people:
                groups[index] = 2
                tags[index] += self._letter("group", 2)
            for size in sizes.get(word, ()):
                phrase = " ".join(plain[index : index + size])
                if phrase in phrases:
                    tags[index] += phrases[phrase]
                    if phrase in group:
                        groups[index] = max(groups.get(index, 0), phrase.count(" ") + 1)
        return groups

    def person(self, sentence: Sentence, line: bytes, first: int) -> tuple[int, int] | None:
        """Return the words of the person named at or after word *first*, or else before it."""
        tags = [word.partition(b"/")[2] for word in line.split()[1:-1]]
        for index in (*range(first, len(tags)), *range(first)):
            for size in (4, 3, 2, 1):
                if self.alphabet.tag("name", size) in tags[index]:
                    return index, min(index + size, len(sentence.words))
        return None

    def _tag_names(self, written: Sequence[str], plain: list[str], tags: list[str]) -> None:
        capital = [index for index, word in enumerate(written) if word[0].isupper()]
        shouted = sum(map(str.isupper, written)) * 2 > len(written)
        named = set() if shouted else {i for i in capital if self._is_name(written, plain, i)}
        titled = {index for index, word in enumerate(plain[:-1]) if word in TITLES}
        for index in named | titled:
            title = plain[index] in TITLES
            size = 1 if index in titled else 0
            while index + size in named and size < 4:
                size += 1
                if size > 1 or not title:
                    tags[index] += self._letter("name", size)

    def _is_name(self, written: Sequence[str], plain: list[str], index: int) -> bool:
        """Say whether a word that begins with a capital letter is a name."""
        word, low = written[index], plain[index]
        is_none = low in _NOT_NAMES or low.rstrip("s") in _NOT_NAMES
        if is_none or low in self.members["group"]:
            return False
        if len(word) < 2 or not word[1:2].islower():
            return len(word) == 1 and index > 0 and written[index - 1].istitle()
        if index and plain[index - 1] in TITLES:
            return True
        return index > 0 or low in self.forenames

    def _letter(self, name: str, size: int) -> str:
        return self.alphabet.tag(name, size).decode("latin-1")

    def _tag_kin(self, plain: list[str], tags: list[str]) -> None:
        the, member = self.members["the"], self.members["member"]
        if member.isdisjoint(plain):
            return
        for index, word in enumerate(plain):
            if word not in the:
                continue
            for size in (2, 3):
                if index + size <= len(plain) and plain[index + size - 1] in member:
                    tags[index] += self._letter("kin", size)
                    named = index + size < len(plain) and self._begins_name(tags[index + size])
                    if named:
                        tags[index] += self._letter("kin", size + 1)
                    break

    def _begins_name(self, tags: str) -> bool:
        return self._letter("name", 1) in tags or self._letter("name", 2) in tags

    def _tag_years(self, plain: list[str], tags: list[str]) -> None:
        for index, word in enumerate(plain):
            if word in _YEAR_WORDS and index + 1 < len(plain):
                after = plain[index + 1]
                if after.isdigit() or _YEAR_FORM.fullmatch(after):
                    tags[index] += self._letter("year", 2)
            if word[0].isdigit() and _YEAR_FORM.fullmatch(word) and not word.endswith(_UNITS):
                tags[index] += self._letter("year", 1)

    def _tag_groups(self, plain: list[str], tags: list[str], groups: Mapping[int, int]) -> None:
        before = self.members["the"] | self.members["quantity"]
        for index, size in groups.items():
            end = index + size
            ends = (
                [end, end + 1]
                if end < len(plain) and plain[end] in self.members["people"]
                else [end]
            )
            start = index
            while start >= max(0, index - 2) and (start == index or plain[start] in before):
                for finish in ends:
                    if finish - start <= 5:
                        tags[start] += self._letter("hated", finish - start)
                start -= 1


def _ascii(word: str) -> str:
    if word.isascii():
        return word
    bare = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return bare or "x"
