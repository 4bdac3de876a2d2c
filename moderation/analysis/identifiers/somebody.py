"""Who a sentence says something of: a name, he or she, our Year 3 pupil; not staff, not anybody."""

import re
from functools import cache

from moderation.analysis.identifiers.lists import listed

_VERBS = """
has|have|had|is|isn't|was|wasn't|takes?|took|receives?|received|gets?|got|attends?|attended|uses?
used|carries|carried|suffers?|suffered|lives?|lived|wears?|needs?|sees?|saw|gone|goes|went|comes
came|became|becomes|qualifies|qualified|claims?|claimed|misse[sd]|collapsed|struggles?|struggled
may|might|can't|cannot|will|must|should|been|does|doesn't|says|said|names?|joined|moved|told
stammers?|self-harms?|arrived|fled|fasts|wets|converted|sits|requires?|required
"""
_ADVERBS = "who|and|also|now|still|currently|recently|just|sadly|both"
_LINK = rf"\s(?:(?:{_ADVERBS})\s){{0,3}}(?:{'|'.join(_VERBS.split())})(?![a-z])"
_SAID = (
    rf"(?=(?:'s|’s)(?![a-z])|s['’]\s|{_LINK}|,\s(?:who|whose|aged?|our|my|from|in|a|also|now)\s"
    r"|,\s[0-9]|\s?\((?:[0-9YR]|age|who|class|SEN))"
)
_OWN = (
    "autis|EHC|asthma|allerg|epilep|diabet|foster|social|ADHD|dyslex|medication|inhaler|anxiety|SEN"
    "|disabilit|condition|eczema|counsell|adopti|religio|insulin|therap|wheelchair|hearing|IEP"
    r"|care\splan"
)
_NAME = r"[A-Z][a-z'’-]+(?:[A-Z][a-z]+)?"
_PUPIL = r"(?:Year|Y|Class|Reception|Nursery)\s?\w*\s(?:pupil|child|girl|boy|student)"
_KIN = r"(?:son|daughter|little\s(?:boy|girl)|brother|sister|twins?|nephew|niece)"
_PERSON = re.compile(
    rf"(?<![A-Za-z'’-])(?:(?P<spoken>(?:[Hh]e|[Ss]he)(?='s|’s|{_LINK}|,\swho)"
    rf"|[Hh](?:is|er)(?=\s(?:own\s)?(?:{_OWN}))"
    rf"|(?:[Oo]ur|[Mm]y|[Aa]|[Tt]he|[Yy]our)\s(?:\w+\s)?{_PUPIL},?\s{_NAME}"
    rf"|(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er)\s{_KIN}(?:,?\s{_NAME})?{_SAID})"
    rf"|(?P<name>{_NAME}(?:\s[A-Z]\.?)?(?:\s{_NAME}){{1,2}}){_SAID}|(?P<single>{_NAME}){_SAID})"
)
_AFTERWARDS = re.compile(
    r"\s?(?:register|list|pupils?|children|support|plan|needs|records?|meeting|review|referral"
    r"|claim|money|funding)?\s?(?:for|:|-|with|of|\()\s?"
    rf"(?P<person>{_NAME}\s{_NAME}|{_NAME}(?=\s?[,(.]|\Z|\sin\sYear))"
)
_TITLE = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Rev|Reverend|Father|Sister|Imam"
_OFFICE = (
    "Rabbi|Canon|Bishop|Pastor|PC|Councillor|Cllr|Saint|St|King|Queen|Prince|Princess|President"
    "|Nurse|Coach|Headteacher|Governor|Director|Minister|Sheriff"
)
_TITLED = re.compile(rf"\b(?:{_TITLE}|{_OFFICE})\.?\s\Z")
_OPENS_TITLED = re.compile(rf"(?:{_TITLE}|{_OFFICE})\b")
_GENERAL = re.compile(
    r"\b(?:if|where|whenever|should|when|any|every|each|unless|whether|suppose|such\sas)\b[^.]{0,40}"
    r"\b(?:child|children|pupils?|students?|parents?|person|anyone|someone|staff|member|baby|family"
    r"|they|you|you're|your|you’re)\b"
    r"|\bhe\sor\sshe\b|\bshe\sor\she\b|\bhe/she\b|\bs/he\b|\bhis\sor\sher\b|\bhis/her\b"
    r"|\b(?:a|any)\s(?:child|pupil|student)\s(?:who|with|has|is)\b",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:SENDCO|SENCO|SENCo|SENDCo|leads?|teaches|teacher|co-?ordinator|governor|trained|training"
    r"|runs|assembly|workshop|visits?\s(?:monthly|weekly|us|school)|responsible\sfor|manages?|author"
    r"|our\seducational\spsychologist|novel|story|character|book|film|play\sabout)\b"
)
_REACH = 90


def who(text: str, start: int, end: int, fact: re.Match[str]) -> tuple[int, int] | None:
    """Return whom a sentence says a fact of, or None where it names nobody.

    Args:
        text: as it is read
        start: where the sentence begins
        end: where it ends
        fact: the words for the fact, in the sentence

    """
    for person in _PERSON.finditer(text, start, fact.start()):
        near = fact.start() - person.end() <= _REACH
        if near and (person["spoken"] or is_name(text, *person.span())):
            return person.span()
    later = _AFTERWARDS.match(text, fact.end(), max(fact.end(), min(end, fact.end() + _REACH)))
    if later and is_name(text, *later.span("person")):
        return later.span("person")
    return None


def is_general(sentence: str) -> bool:
    """Say whether a sentence speaks of anybody, of work or of a book, rather than of somebody."""
    return _GENERAL.search(sentence) is not None or _WORK.search(sentence) is not None


def is_name(text: str, start: int, end: int) -> bool:
    """Say whether capitalised words are a name, and not staff, a heading or a famous person."""
    name = text[start:end].replace("’", "'")
    parts = [part.removesuffix("'s") for part in name.split()]
    if any(part in _not_names() or part.endswith("ing") for part in parts):
        return False
    if _TITLED.search(text, max(0, start - 14), start) or _OPENS_TITLED.match(name):
        return False
    return not name.lower().startswith(_famous())


@cache
def _not_names() -> frozenset[str]:
    return frozenset(listed("somebody", "not_names").split())


@cache
def _famous() -> tuple[str, ...]:
    return tuple(name.replace("+", " ").lower() for name in listed("somebody", "famous").split())
