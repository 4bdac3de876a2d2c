"""Weigh a listed word in its sentence: excused, spoken about, or meant."""

from moderation.analysis.lexicon.contexts import Surroundings, is_name
from moderation.analysis.lexicon.entries import Entry
from moderation.analysis.lexicon.finder import Hit
from moderation.analysis.lexicon.lexicon import Lexicon
from moderation.analysis.text.sentences import Sentence

_CODES = frozenset(
    """
    code codes postcode postcodes item items order ref reference serial model models
    registration stock part parts batch version invoice
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)
_MENTION = frozenset(
    """
    word words term terms slur slurs language phrase phrases called calling name names insult
    insults label labels labelled label use using used name-calling namecalling swearing
    epithet epithets vocabulary
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)
_CONDEMN = frozenset(
    """
    unacceptable offensive derogatory hurtful racist racism homophobic homophobia transphobic
    sexist ableist disablist discriminatory bullying tolerate tolerated challenge challenged
    inappropriate banned prejudice hateful unkind abusive outdated dehumanise dehumanising
    dehumanised disrespectful wrong sanction sanctions sanctioned recorded logged incident
    incidents stigma stigmatise stigmatises stigmatising hurt hurts harm harms harmful offend
    offends avoid avoided insulting belittle belittles belittling demeaning obsolete official
    explain explained explains equivalent knowing disgusting shouldnt never stop hate stereotypes
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)
_PASSIVE = ("being", "been", "was", "were", "get", "gets", "got", "are")
_REPORTED = (
    *(f" {verb} called " for verb in _PASSIVE),
    *(" words such as ", " words like ", " terms such as ", " terms like ", " slurs such as "),
)
_REACH = 30


def excused(sentence: Sentence, hit: Hit, lexicon: Lexicon) -> bool:
    """Say whether a hit means something else where it stands."""
    if not sentence.words:
        return False
    entry = lexicon.entries[hit.index]
    around = surroundings(sentence, hit, lexicon)
    if _is_known_place(sentence.text, hit, lexicon) or _is_cut(sentence.text, hit):
        return True
    if hit.disguised:
        return _is_no_disguise(around, entry, lexicon)
    if entry.contexts and lexicon.contexts.excuse(entry.contexts, around):
        return True
    return around.word.written.istitle() and is_name(around)


def mentioned(sentence: Sentence) -> bool:
    """Say whether a sentence speaks about words and condemns them, or reports who heard them."""
    if any(phrase in sentence.line for phrase in _REPORTED):
        return True
    return not _MENTION.isdisjoint(sentence.plain) and not _CONDEMN.isdisjoint(sentence.plain)


def surroundings(sentence: Sentence, hit: Hit, lexicon: Lexicon) -> Surroundings:
    """Return the hit among the words of its sentence."""
    first = sentence.index_at(hit.start)
    return Surroundings(sentence, first, sentence.index_at(hit.end - 1) + 1, lexicon.names)


def _is_no_disguise(around: Surroundings, entry: Entry, lexicon: Lexicon) -> bool:
    """Say whether what looks like a disguised word is a name, a code or an innocent phrase."""
    written = around.word.written
    if not written.isalpha():
        return _is_in_code(around)
    if around.last - around.first > 1:
        return bool(entry.contexts) and lexicon.contexts.excuse(entry.contexts, around)
    if written.isupper() and (_is_acronym(around) or _is_in_code(around)):
        return True
    return is_name(around)


def _is_acronym(around: Surroundings) -> bool:
    """Say whether a short word in capitals stands in a sentence that is not shouted: EYTS."""
    written = around.word.written
    capitals = sum(word.written.isupper() for word in around.sentence.words)
    shouted = capitals * 2 > len(around.sentence.words)
    return len(written) == 3 or (len(written) < 6 and not shouted)


def _is_cut(text: str, hit: Hit) -> bool:
    """Say whether the text breaks off inside the word: "he asked abo…"."""
    return text[hit.end - 1 : hit.end + 1].endswith("…") and not text[hit.end :].strip(' …"”’')


def _is_in_code(around: Surroundings) -> bool:
    shouted = around.word.written.upper() == around.word.written
    return shouted and not _CODES.isdisjoint(around.sentence.plain)


def _is_known_place(text: str, hit: Hit, lexicon: Lexicon) -> bool:
    """Say whether the hit stands in the name of a place, written as one."""
    if not text[hit.start].isupper():
        return False
    begin = max(0, hit.start - _REACH)
    low = text[begin : hit.end + _REACH].lower()
    for place in lexicon.places:
        at = low.find(place) if " " in place else -1
        end = at + len(place)
        if 0 <= at <= hit.start - begin < end and not low[end : end + 1].isalpha():
            return True
    return False
