"""Write the table of characters that are read as other characters.

    python -m bench.language_characters moderation/analysis/text/characters.tsv

Sources: Unicode TR39 confusables (through the package ``confusable-homoglyphs``), Unicode
compatibility decompositions (``unicodedata``), and the few symbols and turned letters below.
"""

import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

OWN = {
    "ɐ": "a", "ɔ": "c", "ǝ": "e", "ɟ": "f", "ƃ": "g", "ɥ": "h", "ᴉ": "i", "ı": "i", "ɾ": "j",
    "ʞ": "k", "ɯ": "m", "ɹ": "r", "ʇ": "t", "ʌ": "v", "ʍ": "w", "ʎ": "y", "æ": "ae", "œ": "oe",
    "Æ": "ae", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "ħ": "h", "ł": "l",
    "Ł": "l",
    "ß": "ss", "þ": "p", "ŧ": "t", "ƒ": "f", "¢": "c", "¥": "y", "µ": "u", "μ": "u", "×": "x",
    "†": "t",
    "€": "e", "©": "c", "®": "r", "₿": "b", "∩": "n", "∪": "u", "∁": "c", "∂": "d", "ω": "w",
    "η": "n", "κ": "k", "τ": "t", "β": "b",
    "ι": "i", "α": "a", "ε": "e", "σ": "o", "ς": "c", "ρ": "p", "χ": "x", "υ": "u", "ν": "v",
    "λ": "l",
    "и": "u", "у": "y", "н": "h", "т": "t", "м": "m", "к": "k", "в": "b", "п": "n", "я": "r",
    "ѕ": "s", "ц": "u",
    "ч": "y", "ь": "b", "б": "b", "г": "r", "л": "n", "з": "3", "ш": "w", "щ": "w", "Я": "r",
    "И": "n", "Ц": "u",
    "ᴀ": "a", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ᴊ": "j", "ᴋ": "k", "ᴍ": "m", "ᴏ": "o", "ᴘ": "p",
    "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ᴢ": "z", "с": "c", "ф": "f", "ї": "i", "⊂": "c", "⊃": "d",
    "ʀ": "r", "ɴ": "n", "ꜱ": "s", "ᴛ": "t", "ʜ": "h", "ɪ": "i", "ʙ": "b",
    "ɢ": "g", "ʟ": "l", "ʏ": "y", "ꜰ": "f", "ǫ": "q", "ɑ": "a", "ʋ": "v", "ռ": "n", "ս": "u",
    "օ": "o",
    "ｰ": "-", "−": "-", "‐": "-", "‑": "-", "⁃": "-", "⁎": "*", "∗": "*", "＊": "*", "✱": "*",
    "✻": "*", "♥": "*", "★": "*", "█": "*", "■": "*", "▇": "*", "▓": "*", "▒": "*", "░": "*",
    "●": "*",
    "·": ".", "․": ".", "‧": ".", "∙": ".", "⋅": ".", "・": ".", "。": ".", "•": "*", "ⓧ": "x",
    "🅾": "o", "⭕": "o",
    "❌": "x", "✖": "x", "❗": "!", "💲": "$", "💰": "$", "Ⓜ": "m", "ℹ": "i", "🆎": "ab",
    "🆑": "cl",
    "🅿": "p", "🅱": "b", "🅰": "a", "ᑕ": "c", "ᑎ": "n", "ⲫ": "f", "𐌅": "f",
}  # fmt: skip
"""Turned letters, look-alike letters of other scripts and signs that TR39 does not map to ASCII."""
KEEP = set("‘’“”–—…£°½¼¾²³±÷§¶«»¡¿ªº™")
DELETED = [
    (0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F),
    (0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0xE0000, 0xE007F),
]  # fmt: skip
FORMAT = (
    0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x3164,
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFA0,
    *range(0xFFF9, 0xFFFC),
)  # fmt: skip


def decomposed(character: str) -> str:
    """Return what compatibility decomposition leaves in ASCII, or nothing."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)
    )
    return plain if plain.isascii() and plain.isalnum() and len(plain) < 3 else ""


def lettered(code: int) -> str:
    """Return the letter of an enclosed or regional letter, or nothing."""
    for first in (0x1F110, 0x1F130, 0x1F150, 0x1F170, 0x1F1E6, 0x24B6, 0x24D0, 0x249C):
        if first <= code < first + 26:
            return chr(ord("a") + code - first)
    return ""


def confusable() -> dict[str, str]:
    """Return the characters that TR39 maps to one ASCII letter or digit."""
    from confusable_homoglyphs import confusables

    table = {}
    for character, others in confusables.confusables_data.items():
        ascii_ = [
            o["c"] for o in others if len(o["c"]) == 1 and o["c"].isascii() and o["c"].isalnum()
        ]
        if len(character) == 1 and not character.isascii() and ascii_:
            letters = [c for c in ascii_ if c.isalpha()]
            table[character] = (letters or ascii_)[0]
    return table


def table() -> dict[str, str]:
    """Return every character that is read as something else."""
    found = confusable()
    for code in range(0x80, 0x20000):
        character = chr(code)
        reading = lettered(code) or decomposed(character)
        if reading:
            found[character] = reading
        if unicodedata.category(character) == "Zs":
            found[character] = " "
    found.update(OWN)
    for first, last in DELETED:
        found.update((chr(code), "") for code in range(first, last + 1))
    found.update((chr(code), "") for code in FORMAT)
    return {c: r for c, r in found.items() if c not in KEEP}


def text() -> str:
    """Render the table: a reading, a tab, and the code points that have it."""
    groups: dict[str, list[int]] = defaultdict(list)
    for character, reading in table().items():
        groups[reading].append(ord(character))
    lines = [
        f"{reading}\t{' '.join(f'{c:x}' for c in sorted(codes))}"
        for reading, codes in sorted(groups.items())
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), "utf-8")
