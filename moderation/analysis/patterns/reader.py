"""Read one sentence as tagged words: names, family, years, groups, and the classes of the list."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from moderation.analysis.lexicon.contexts import TITLES
from moderation.analysis.patterns.grammar import Alphabet
from moderation.analysis.text.sentences import Sentence, Word

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
_PEOPLE = frozenset("""
    people men women kids person man woman boy girl lot families community guy guys folk
    children kid child girls boys lads students pupils neighbours parents couples family
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)  # fmt: skip
_BEFORE_GROUP = ("the", "quantity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Tags words with the classes they begin a member of.

    Args:
        single: word -> tags of the classes that hold it alone
        phrases: first word -> phrases as words after it, and tag
        members: names of classes -> words, for what is computed here
        forenames: names that count at the beginning of a sentence
        alphabet: the letters

    """

    single: Mapping[str, bytes]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str, bytes], ...]]
    members: Mapping[str, frozenset[str]]
    forenames: frozenset[str]
    alphabet: Alphabet

    def line(self, sentence: Sentence) -> bytes:
        """Return the sentence as one line of tagged words, with a space before and after each."""
        words = sentence.words
        plain = [_ascii(word.plain) for word in words]
        tags = [bytearray(self.single.get(word, b"")) for word in plain]
        groups: dict[int, int] = {}
        for index, word in enumerate(plain):
            if word in self.members["group"]:
                groups[index] = 1
            for rest, name, tag in self.phrases.get(word, ()):
                if tuple(plain[index + 1 : index + 1 + len(rest)]) == rest:
                    tags[index] += tag
                    if name == "group":
                        groups[index] = max(groups.get(index, 0), len(rest) + 1)
        self._tag_names(words, plain, tags)
        self._tag_kin(plain, tags)
        self._tag_years(plain, tags)
        self._tag_groups(plain, tags, groups)
        read = (p.encode() + b"/" + bytes(t) + b" " for p, t in zip(plain, tags, strict=True))
        return b" ^/ " + b"".join(read) + b"$/ "

    def person(self, sentence: Sentence, line: bytes, first: int) -> tuple[int, int] | None:
        """Return the words of the person named at or after word *first*, or else before it."""
        tags = [word.partition(b"/")[2] for word in line.split()[1:-1]]
        for index in (*range(first, len(tags)), *range(first)):
            for size in (4, 3, 2, 1):
                if self.alphabet.tag("name", size) in tags[index]:
                    return index, min(index + size, len(sentence.words))
        return None

    def _tag_names(self, words: tuple[Word, ...], plain: list[str], tags: list[bytearray]) -> None:
        shouted = sum(w.written.isupper() for w in words) * 2 > len(words)
        named = [not shouted and self._is_name(words, plain, i) for i in range(len(words))]
        for index in range(len(words)):
            size = 1 if plain[index] in TITLES and index + 1 < len(words) else 0
            while index + size < len(words) and named[index + size] and size < 4:
                size += 1
                if size > 1 or plain[index] not in TITLES:
                    tags[index] += self.alphabet.tag("name", size)

    def _is_name(self, words: tuple[Word, ...], plain: list[str], index: int) -> bool:
        written = words[index].written
        if (
            not written[0].isupper()
            or not _NOT_NAMES.isdisjoint((plain[index], plain[index].rstrip("s")))
            or plain[index] in self.members["group"]
        ):
            return False
        if len(written) < 2 or not written[1:2].islower():
            return len(written) == 1 and index > 0 and words[index - 1].written.istitle()
        if index and plain[index - 1] in TITLES:
            return True
        return index > 0 or plain[index] in self.forenames

    def _tag_kin(self, plain: list[str], tags: list[bytearray]) -> None:
        the, member = self.members["the"], self.members["member"]
        for index, word in enumerate(plain):
            if word not in the:
                continue
            for size in (2, 3):
                if index + size <= len(plain) and plain[index + size - 1] in member:
                    tags[index] += self.alphabet.tag("kin", size)
                    named = index + size < len(plain) and self._begins_name(tags[index + size])
                    if named:
                        tags[index] += self.alphabet.tag("kin", size + 1)
                    break

    def _begins_name(self, tags: bytearray) -> bool:
        return self.alphabet.tag("name", 1) in bytes(tags) or self.alphabet.tag("name", 2) in bytes(
            tags
        )

    def _tag_years(self, plain: list[str], tags: list[bytearray]) -> None:
        for index, word in enumerate(plain):
            if word in _YEAR_WORDS and index + 1 < len(plain):
                after = plain[index + 1]
                if after.isdigit() or _YEAR_FORM.fullmatch(after):
                    tags[index] += self.alphabet.tag("year", 2)
            if word[0].isdigit() and _YEAR_FORM.fullmatch(word) and not word.endswith(_UNITS):
                tags[index] += self.alphabet.tag("year", 1)

    def _tag_groups(
        self, plain: list[str], tags: list[bytearray], groups: Mapping[int, int]
    ) -> None:
        before = self.members["the"] | self.members["quantity"]
        for index, size in groups.items():
            end = index + size
            ends = [end, end + 1] if end < len(plain) and plain[end] in _PEOPLE else [end]
            start = index
            while start >= max(0, index - 2) and (start == index or plain[start] in before):
                for finish in ends:
                    if finish - start <= 5:
                        tags[start] += self.alphabet.tag("hated", finish - start)
                start -= 1


def _ascii(word: str) -> str:
    if word.isascii():
        return word
    bare = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return bare or "x"
