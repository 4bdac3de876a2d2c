"""Which listed word a masked one is: ``f**k``, ``b*stard``, ``c***``."""

import re
from functools import lru_cache

from moderation.analysis.lexicon.lexicon import Lexicon

_USUAL = """
    fuck shit cunt fucking fucker bitch bastard nigger wanker piss twat fucked faggot bollocks
    bullshit dickhead cock prick slut whore retard spastic tosser arsehole asshole knobhead
    bellend pussy poofter cocksucker spacker raghead wetback shithead fuckwit titwank dildo
    dyke twats kike mong slag pikey gyppo crap arse pissed bitches cunts wankers bastards
    shitty motherfucker
    """.split()  # noqa: SIM905 - a list would be three hundred lines long

"""Words so usual that few letters give them away."""

_OPEN = frozenset({"fuc.", "cun.", "dyk.", "bitc.", "twa.", "bastar.", "wanke.", "faggo."})
"""Words that a sign in the place of their last letter hides; what stands before is no word."""


@lru_cache(maxsize=2048)
def unmask(hidden: str, lexicon: Lexicon) -> int | None:
    """Return the entry that *hidden*, with a dot for each hidden letter, stands for.

    Args:
        hidden: letters in lower case and dots
        lexicon: the list; compared by identity

    """
    dots = hidden.count(".")
    shown = len(hidden) - dots
    if hidden[-1] == "." and dots == 1 and hidden not in _OPEN:
        return None  # a footnote
    usual = [word for word in _USUAL if len(word) == len(hidden) and re.fullmatch(hidden, word)]
    if shown == 1 or dots > 4 or hidden[0] == ".":
        return (
            lexicon.forms[usual[0].encode()] if usual and (shown > 1 or hidden[0] != ".") else None
        )
    if usual:
        return lexicon.forms[usual[0].encode()]
    return _search(hidden, shown, lexicon)


def _search(hidden: str, shown: int, lexicon: Lexicon) -> int | None:
    """Look for the word among all that are worth hiding; one sign may stand for several letters."""
    exact = re.search(rf"^{hidden}$", lexicon.maskable, re.MULTILINE)
    if exact is None and hidden.count(".") == 1 and shown > 1 and hidden[-1] != ".":
        pattern = hidden.replace(".", "[a-z]{2,4}")
        exact = re.search(rf"^{pattern}$", "\n".join(_USUAL), re.MULTILINE)
    return lexicon.forms[exact[0].encode()] if exact else None
