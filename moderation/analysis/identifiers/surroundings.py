"""What stands around a number says what it is."""

import re
from functools import cache


def before(text: str, start: int, reach: int = 40) -> str:
    """Return what stands before *start*, at most *reach* characters, in lower case."""
    return text[max(0, start - reach) : start].lower()


def after(text: str, end: int, reach: int = 40) -> str:
    """Return what stands after *end*, at most *reach* characters, in lower case."""
    return text[end : end + reach].lower()


def around(text: str, start: int, end: int, reach: int = 40) -> str:
    """Return what stands on both sides, in lower case, with a bar in the place between."""
    return f"{before(text, start, reach)} | {after(text, end, reach)}"


def alone(text: str, start: int, end: int) -> bool:
    """Say whether ``text[start:end]`` is all that a line or a cell of a table holds."""
    ahead = text[max(0, start - 4) : start].rstrip(" \t")
    rest = text[end : end + 4].lstrip(" \t")
    return (not ahead or ahead[-1] in "|\n") and (not rest or rest[0] in "|\n")


@cache
def words(listed: str) -> re.Pattern[str]:
    """Compile a list of words and phrases, separated by blanks; a plus stands for a blank."""
    choices = "|".join(re.escape(word).replace(r"\+", r"\s+") for word in listed.split())
    return re.compile(rf"(?<![a-z0-9])(?:{choices})(?![a-z0-9@])")


@cache
def label(listed: str) -> re.Pattern[str]:
    """Compile a list of labels that stand right before a value, with signs or ``no.`` between."""
    choices = "|".join(re.escape(word).replace(r"\+", r"\s+") for word in listed.split())
    return re.compile(
        rf"(?<![a-z0-9])(?:{choices})(?:s|'s)?\s*(?:me|us|him|her|them|mum|dad)?\s*(?:is|was|are|on|at)?\s*"
        r"(?:no\.?|num(?:ber)?|nr\.?|ref(?:erence)?\.?|id|code)?\s*(?:is|was)?[\s:.=#(|*\-]{0,6}\Z"
    )
