"""What families, offices and forms write for yes and no."""

import re

from moderation.model import UsageError
from moderation.registers.consent import ConsentState

_YES = re.compile(
    r"(?:yes|y|true|1|granted|given|agreed?|consent|consented|approved|allowed"
    r"|consent (?:is |was |has been )?(?:given|granted)|permission (?:given|granted)"
    r"|(?:yes,? )?i (?:give|agree|consent|do)(?: (?:my )?(?:consent|permission))?)"
    r"(?:[,;:]? ?(?:-|and|but)? ?"
    r"(?:(?:with|without|with no) (?:(?:a|the|his|her|their|my|our|your|any|first|last|full|only"
    r"|child s|child's|children's|pupil's|son's|daughter's|use of|using|photo and|fore|sur) ?)*"
    r"names?(?: only)?|no names?|not named))?"
)
_NO = re.compile(
    r"(?:no|n|false|0|refused|declined?|denied|withheld|not (?:granted|given|agreed|allowed)"
    r"|no (?:consent|permission)(?: given)?|(?:consent|permission) (?:is |was )?"
    r"(?:not (?:given|granted)|refused|declined|denied|withheld)"
    r"|(?:no,? )?i (?:do not|don't) (?:give|agree|consent|want).*)"
)
_WITHDRAWN = re.compile(r"(?:consent |permission )?(?:has been |was )?withdrawn")
_NONE = re.compile(r"(?:|-|no response|not answered|unknown|pending|n/?a|awaiting.*)")
WITHOUT = re.compile(r"\b(?:without|no|not)\b")
"""A yes to the picture that keeps the name back."""


def understood(answer: str, where: str) -> ConsentState | None:
    """Return what an answer says; None for no answer. What is not plainly one of them is none.

    Args:
        answer: in lower case
        where: the place in the file, for errors

    Raises:
        UsageError: it is not plainly a yes, a no or nothing

    """
    plain = answer.strip(" .!")
    if _NONE.fullmatch(plain):
        return None
    if plain in list(ConsentState):
        return ConsentState(plain)
    for words, state in (
        (_YES, ConsentState.GRANTED),
        (_NO, ConsentState.REFUSED),
        (_WITHDRAWN, ConsentState.WITHDRAWN),
    ):
        if words.fullmatch(plain):
            return state
    raise UsageError(f"{where} is not understood; write yes, no, withdrawn or nothing")
