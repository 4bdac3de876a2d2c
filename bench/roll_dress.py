"""Names in the dress that files, addresses and markup give them."""

import random
import re
import unicodedata
from urllib.parse import quote

_LIGATURES = (("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ"), ("st", "ﬆ"))


def plain_name(name: str) -> str:
    """Leave the accents of a name out."""
    apart = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("ø", "o"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def markdown(forename: str, surname: str, chance: random.Random) -> str:
    """Spread a name over Markdown."""
    cut = max(1, len(forename) // 2)
    return chance.choice(
        (
            f"**{forename}** {surname}",
            f"_{forename}_ _{surname}_",
            f"{forename}\n{surname}",
            f"**{forename[:cut]}**{forename[cut:]} {surname}",
            f"[{forename}](x.md) {surname}",
            f"{forename} | {surname}",
            f"~~{forename}~~ {surname}",
            f"`{forename}` {surname}",
        )
    )


def html(forename: str, surname: str, chance: random.Random) -> str:
    """Spread a name over HTML."""
    cut = max(1, len(forename) // 2)
    return chance.choice(
        (
            f"<b>{forename}</b> {surname}",
            f"{forename[:cut]}<wbr>{forename[cut:]} {surname}",
            f"{forename}<br>{surname}",
            f"{forename}<!-- y4 --> {surname}",
            f'<span class="fn">{forename}</span><span class="sn"> {surname}</span>',
            f"<strong>{forename[0]}</strong>{forename[1:]} {surname}",
        )
    )


def entity(forename: str, surname: str, chance: random.Random) -> str:
    """Put entities and invisible signs into a name."""
    cut = max(1, len(forename) // 2)
    sign = chance.choice("\u200b\u00ad\u200d\ufeff\u2060")
    return chance.choice(
        (
            f"{forename}&nbsp;{surname}",
            f"{forename}&#32;{surname}",
            f"&#{ord(forename[0])};{forename[1:]} {surname}",
            f"{forename[:cut]}{sign}{forename[cut:]} {surname}",
            f"{forename}\u2003{surname}",
        )
    )


def file(forename: str, surname: str, chance: random.Random) -> str:
    """Put a name into the name of a file."""
    first, last = (re.sub(r"[^\w-]", "", plain_name(name)) for name in (forename, surname))
    low = (first.lower(), last.lower())
    return chance.choice(
        (
            "{}_{}.JPG".format(*low),
            "{}-{}-2.jpg".format(*low),
            "{1}_{0}_report.pdf".format(*low),
            "{}{}.png".format(*low),
            f"{first}{last}07.png",
            "2025-06-12-{}-{}-sports-day.jpeg".format(*low),
            f"DSC0042 ({first} {last}).jpg",
            "{}.{}.docx".format(*low),
            f"IMG_{last}{first}.jpg",
            f"year4{first}{last}.jpg",
        )
    )


def address(forename: str, surname: str, chance: random.Random) -> str:
    """Put a name into an address."""
    first, last = plain_name(forename), plain_name(surname)
    return chance.choice(
        (
            f"{quote(first)}%20{quote(last)}%20Certificate.pdf",
            f"{quote(first)}+{quote(last)}.docx",
            f"{quote(forename)}%20{quote(surname)}.pdf",
            f"?pupil={quote(first)}%2C{quote(last)}",
            f"?first={quote(first)}&last={quote(last)}",
            f"{quote(first.lower())}_{quote(last.lower())}.png",
        )
    )


def handle(forename: str, surname: str, chance: random.Random) -> str:
    """Make a hashtag, a handle or an e-mail address of a name."""
    first, last = (re.sub(r"\W", "", plain_name(name)) for name in (forename, surname))
    return chance.choice(
        (
            f"#{first}{last}",
            f"#{first.lower()}{last.lower()}",
            f"@{first.lower()}{last.lower()}_",
            f"@{first.lower()}.{last.lower()}",
            f"@{first.lower()}_{last.lower()}09",
            f"#Go{first}{last}",
            f"{first.lower()}.{last.lower()}@example.org",
        )
    )


def spaced(forename: str, surname: str, chance: random.Random) -> str:
    """Set the letters of a name apart, or join some."""
    if any(old in forename + surname for old, _ in _LIGATURES) and chance.random() < 0.5:
        name = f"{forename} {surname}"
        for old, new in _LIGATURES:
            name = name.replace(old, new)
        return name
    sign = chance.choice((" ", " ", ".", "-"))
    return f"{sign.join(forename)}{'  ' if sign == ' ' else ' '}{sign.join(surname)}"
