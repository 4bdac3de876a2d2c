"""Whether a passage is of a song, whether anybody still owns it, and whether pupils wrote it."""

import re

_SONG = re.compile(
    r"\blyrics\b|\bwords (?:and|&) music\b|\bmusic and lyrics\b|\bCCLI\b|\bsongwriters?\b"
    r"|(?:©|\(c\)|copyright)\s*\d{4}[^\n]{0,80}(?:music|songs?|publish\w+|records|estate|poem|press"
    r"|trust|books?)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"\b(?:Roald Dahl|Dahl|Julia Donaldson|Allan Ahlberg|Ahlberg|Michael Rosen|Maya Angelou"
    r"|Benjamin Zephaniah|Spike Milligan|Ted Hughes|Dr\.? Seuss|A\. ?A\. Milne"
    r"|Philip Larkin|Seamus Heaney|Carol Ann Duffy|Simon Armitage|Brian Bilston"
    r"|Wendy Cope|John Agard|Grace Nichols|Valerie Bloom|Joseph Coelho|Roger McGough"
    r"|Kit Wright|Brian Patten|Charles Causley|T\. ?S\. Eliot|Robert Frost"
    r"|Langston Hughes|Shel Silverstein|Jack Prelutsky|Walter de la Mare"
    r"|John Masefield|Dylan Thomas|W\. ?H\. Auden|Stevie Smith|Pam Ayres|Amanda Gorman"
    r"|Rupi Kaur|J\. ?K\. Rowling|David Walliams|Disney|The Beatles|John Lennon"
    r"|Paul McCartney|Paul Simon|Andrew Lloyd Webber|Tim Rice|Graham Kendrick"
    r"|Stuart Townend|Matt Redman|Sydney Carter|Out of the Ark|Hillsong|Taylor Swift"
    r"|Ed Sheeran|Coldplay|Bob Dylan|Leonard Cohen|Louis Armstrong|Pharrell Williams"
    r"|Katy Perry|Lin-Manuel Miranda|Stephen Sondheim)\b"
)
"""Poets, authors and songwriters who are quoted in schools, and whose works are owned in 2026."""
_OLD_WORDS = re.compile(
    r"\b(?:thee|thou|thy|thine|hath|doth|dost|hast|art|ye|wherefore|whence|hither|thither|shalt)\b"
    r"|['’]tis\b|\b(?:o['’]er|e['’]er|ne['’]er)\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    "|".join(
        (
            *("our father,? who art in heaven", "our father,? in heaven,? hallowed", "hail,? mary"),
            *("all things bright and beautiful", "amazing grace,? how sweet", "away in a manger"),
            *("o come,? all ye faithful", "silent night,? holy night", "once in royal david"),
            *("twinkle,? twinkle,? little star", "and did those feet", "god save (?:our|the)"),
            *("if you can keep your head", "wandered lonely as a cloud", "jingle bells"),
            *("the owl and the pussy-?cat went", "in flanders fields", "they shall grow not old"),
            *(
                "hark! the herald",
                "joy to the world",
                "we plough the fields",
                "good king wenceslas",
            ),
            *("we three kings", "deck the halls?", "auld lang syne", "ding dong! merrily"),
            *("baa,? baa,? black sheep", "humpty dumpty", "row,? row,? row your boat"),
            *("the wheels on the bus", "incy wincy", "jack and jill", "old macdonald had a farm"),
            *(
                "tyger,? tyger",
                "half a league",
                "the highwayman came riding",
                "remember,? remember",
            ),
            *(
                "abide with me",
                "dear lord and father",
                "be thou my vision",
                "the lord'?s my shepherd",
            ),
        )
    ),
    re.IGNORECASE,
)
_PRAYER = re.compile(r"\bamen\b", re.IGNORECASE)
_GOD = re.compile(r"\b(?:lord|god|father|jesus|allah|heavenly)\b", re.IGNORECASE)
_OF_PUPILS = re.compile(
    r"\b(?:by|from)\s+(?:[A-Z][\w'’-]+\W+){0,4}(?:(?:in|aged?|a pupil)\s)*\(?(?:year|class|yr|aged?"
    r"|reception|pupils?|children|the children|our (?:pupils|children|class)|\w+ class)\b"
    r"|\b(?:our|their|his|her) own (?:poems?|songs?|words)\b"
    r"|\b(?:pupils?|children|class)\b[^.\n]{0,40}\b(?:wrote|written|composed|made up)\b"
    r"|\bschool (?:song|prayer)\b"
    r"|\bwritten by (?:our|the) (?:pupils|children|school|class)"
    r"|\bwrote (?:this|these|a|our)\b[^.\n]{0,30}\b(?:poem|song|rap|play)",
    re.IGNORECASE,
)
AROUND = 300
"""Characters before and after a passage that say whose it is."""
_TITLE = 80
"""Characters of a passage that may be its title, or who wrote it."""


def is_song(around: str) -> bool:
    """Say whether the words about a passage are those that stand beside songs and their owners."""
    return _SONG.search(around) is not None


def names_author(around: str) -> bool:
    """Say whether a poet, author or songwriter is named whose works somebody owns."""
    return _AUTHOR.search(around) is not None


def is_free(passage: str) -> bool:
    """Say whether a passage is a prayer, or old enough for nobody to own it."""
    if _PRAYER.search(passage[-80:]) and _GOD.search(passage):
        return True
    old = {word.lower() for word in _OLD_WORDS.findall(passage)}
    return len(old) > 2 or bool(_FREE.search(" ".join(passage.split())))


def is_of_pupils(text: str, start: int, end: int) -> bool:
    """Say whether the words beside a passage say that pupils wrote it."""
    first, last = text[max(0, start - AROUND) : start + _TITLE], text[end - _TITLE : end + AROUND]
    beside = f"{first}\n{last}"
    return bool(_OF_PUPILS.search(beside))
