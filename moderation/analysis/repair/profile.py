"""Colour profiles: keep what they do to colours, and nothing that was put beside it.

After *Image technology colour management* (ICC.1:2022), section 7, and its registry of tags.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence

from moderation.analysis.repair.kept import are_words
from moderation.extract.payloads import carries_payload
from moderation.extract.picture import decoded

_HEAD, _ENTRY = 128, 12
_MARK_AT, _MARK = 36, b"acsp"
_MOST_TAGS = 100
_LARGEST = 4_000_000
_COLOUR = frozenset(
    b"A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 B2D0 B2D1 B2D2 B2D3 D2B0 D2B1 D2B2 D2B3 rXYZ gXYZ bXYZ rTRC "
    b"gTRC bTRC kTRC bkpt chad chrm cicp clro clrt clot gamt lumi meas pre0 pre1 pre2 resp rig0 "
    b"tech view wtpt vcgt ncl2 aarg aagg aabg ndin ciis".split()
)
_WORDS = frozenset(b"desc cprt dmnd dmdd vued dscm mmod targ calt pseq devs bfd".split()) | {
    b"bfd "
}


def sound_profile(profile: bytes) -> bytes:
    """Return the profile byte for byte where it holds nothing else, else without the rest of it.

    Left out are what follows its end, bytes that no tag owns, tags that no standard knows, and, in
    one whose texts are more than words or carry a payload, every text. One that is no profile
    becomes no bytes at all.
    """
    tags = _tags(profile)
    if not tags:
        return b""
    owned = all(name in _COLOUR or name in _WORDS for name in tags)
    if not all(are_words(text) and text.replace("\n", "").isprintable() for text in _told(tags)):
        tags = {name: body for name, body in tags.items() if name not in _WORDS}
        return sound_profile(_written(profile, tags))
    if owned and not _beside(profile, tags) and not carries_payload(profile):
        return profile
    kept = {name: body for name, body in tags.items() if name in _COLOUR or name in _WORDS}
    again = _written(profile, kept)
    if carries_payload(again):
        again = _written(profile, {name: kept[name] for name in kept if name in _COLOUR})
    return b"" if carries_payload(again) else again


def _tags(profile: bytes) -> Mapping[bytes, bytes]:
    """Return the tags by name; none where the structure is not what it says."""
    if not _HEAD + 4 <= len(profile) <= _LARGEST or profile[_MARK_AT:][:4] != _MARK:
        return {}
    size, count = (int.from_bytes(profile[at : at + 4], "big") for at in (0, _HEAD))
    if size > len(profile) or count > _MOST_TAGS or _HEAD + 4 + count * _ENTRY > size:
        return {}
    tags = {}
    for name, start, length in _entries(profile, count):
        if start + length > size:
            return {}
        tags[name] = profile[start : start + length]
    return tags


def _told(tags: Mapping[bytes, bytes]) -> Iterator[str]:
    """Yield the texts of the tags that hold words."""
    for body in (body for name, body in tags.items() if name in _WORDS):
        kind, rest = body[:4], body[8:]
        if kind == b"text":
            yield decoded(rest.rstrip(b"\0"))
        elif kind == b"desc":
            yield decoded(rest[4 : 4 + int.from_bytes(rest[:4], "big")].rstrip(b"\0"))
        elif kind == b"mluc":
            for place in range(8, min(8 + 12 * int.from_bytes(rest[:4], "big"), len(rest)), 12):
                size, start = struct.unpack(">II", rest[place + 4 : place + 12].rjust(8, b"\0"))
                yield body[start : start + size].decode("utf-16-be", "replace")


def _entries(profile: bytes, count: int) -> Sequence[tuple[bytes, int, int]]:
    places = range(_HEAD + 4, _HEAD + 4 + count * _ENTRY, _ENTRY)
    return [struct.unpack_from(">4sII", profile, at) for at in places]


def _beside(profile: bytes, tags: Mapping[bytes, bytes]) -> bool:
    """Say whether bytes other than padding lie where no tag is."""
    count = int.from_bytes(profile[_HEAD : _HEAD + 4], "big")
    at = _HEAD + 4 + count * _ENTRY
    for _, start, length in sorted(_entries(profile, count), key=lambda entry: entry[1]):
        if profile[at:start].strip(b"\0"):
            return True
        at = max(at, start + length)
    return bool(profile[at:].strip(b"\0")) or count != len(tags)


def _written(profile: bytes, tags: Mapping[bytes, bytes]) -> bytes:
    table, bodies = struct.pack(">I", len(tags)), b""
    at = _HEAD + 4 + len(tags) * _ENTRY
    for name, body in tags.items():
        table += struct.pack(">4sII", name, at + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    # Bytes 84 to 99 are a checksum of the profile as it was, 100 to 127 are reserved.
    head = profile[4:84] + bytes(_HEAD - 84)
    return struct.pack(">I", _HEAD + len(table) + len(bodies)) + head + table + bodies
