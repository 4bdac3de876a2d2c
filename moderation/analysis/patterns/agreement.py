"""Tell an attack that the writer shares, "my dad says so", from one that is only reported."""

import re

from moderation.analysis.text.sentences import Reading, Sentence

_FAMILY = "dad|daddy|mum|mam|mom|parents|nan|nana|gran|grandad|granddad|uncle|brother|family|mates?"
_AGREEMENT = re.compile(
    rf"""\b(?:
        (?:(?:like|as)\s)?(?:my|our)\s(?:{_FAMILY})(?:\s(?:always|all))?
            \s(?:says?|said|reckons?|told\sme|told\sus|taught\sme)(?:\s(?:so|it|that|as\smuch))?
      | (?:everyone|everybody|we\sall|they\sall)\s(?:says?|said|thinks?)(?:\s(?:so|it|that))?
      | (?:i[’']?m\s|i\sam\s)?(?:just|only)\s(?:saying|being\shonest)
      | you\scan[’']?t\stell\sme\s(?:otherwise|different)
      | there,?\si\s(?:said|wrote)\sit | i\ssaid\swhat\si\ssaid | someone\shad\sto\ssay\sit
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LETTER = re.compile(r"\w")


def without_agreement(sentence: Sentence) -> Sentence:
    """Return the sentence with the words by which its writer agrees made unreadable.

    They name somebody who speaks, as a report does, but excuse nothing. The sentence itself comes
    back where it has none; its words keep their number and order.
    """
    written = sentence.text[sentence.start : sentence.end]
    hidden = _AGREEMENT.sub(_hide, written)
    if hidden == written:
        return sentence
    readings = [
        Reading(r.start - sentence.start, r.end - sentence.start, r.word) for r in sentence.readings
    ]
    return Sentence(hidden, 0, len(hidden), readings)


def _hide(match: re.Match[str]) -> str:
    return _LETTER.sub("x", match[0])
