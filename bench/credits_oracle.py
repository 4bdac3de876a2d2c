"""The rights fields of pictures as ExifTool reads them, by ExifTool's names."""

import base64
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

_LANGUAGE = re.compile(r"-[a-z]{2,3}(?:-[A-Za-z]{2,4})?\Z")
NAMES = {
    **{f"EXIF {name}": f"EXIF:{name}" for name in ("Artist", "Copyright", "XPAuthor", "XPTitle")},
    **{f"IPTC {name}": f"IPTC:{name}" for name in ("By-line", "Credit", "Source", "Contact")},
    "IPTC By-line Title": "IPTC:By-lineTitle",
    "IPTC Object Name": "IPTC:ObjectName",
    "IPTC Copyright Notice": "IPTC:CopyrightNotice",
    "IPTC Special Instructions": "IPTC:SpecialInstructions",
    **{f"XMP dc:{name.lower()}": f"XMP-dc:{name}" for name in ("Creator", "Title", "Rights")},
    "XMP dc:source": "XMP-dc:Source",
    **{f"XMP tiff:{name}": f"XMP-tiff:{name}" for name in ("Artist", "Copyright")},
    **{
        f"XMP photoshop:{name}": f"XMP-photoshop:{name}"
        for name in ("AuthorsPosition", "Credit", "Source", "Instructions")
    },
    **{
        f"XMP xmpRights:{name}": f"XMP-xmpRights:{name}"
        for name in ("Owner", "Marked", "WebStatement", "UsageTerms", "Certificate")
    },
    **{
        f"XMP plus:{name}": f"XMP-plus:{name}"
        for name in (
            *("LicensorName", "LicensorURL", "LicensorEmail", "LicensorTelephone1"),
            *("CopyrightOwnerName", "ImageCreatorName", "ImageSupplierName"),
        )
    },
    **{
        f"XMP Iptc4xmpCore:Ci{ours}": f"XMP-iptcCore:Creator{theirs}"
        for ours, theirs in (
            *(("AdrExtadr", "Address"), ("AdrCity", "City"), ("AdrRegion", "Region")),
            *(("AdrPcode", "PostalCode"), ("AdrCtry", "Country"), ("UrlWork", "WorkURL")),
            *(("TelWork", "WorkTelephone"), ("EmailWork", "WorkEmail")),
        )
    },
    **{
        f"XMP Iptc4xmpExt:{ours}": f"XMP-iptcExt:{theirs}"
        for ours, theirs in (
            *(("PersonInImage", "PersonInImage"), ("PersonName", "PersonInImageName")),
            *(("AOCreator", "ArtworkCreator"), ("AOCopyrightNotice", "ArtworkCopyrightNotice")),
            *(("AOSource", "ArtworkSource"), ("AOTitle", "ArtworkTitle")),
            *(("DigitalSourceType",) * 2, ("DigitalSourcefileType", "DigitalSourceFileType")),
        )
    },
    **{
        f"XMP cc:{name[0].lower()}{name[1:]}": f"XMP-cc:{name}"
        for name in ("License", "AttributionName", "AttributionURL", "MorePermissions")
    },
    "XMP mwg-rs:Name": "XMP-mwg-rs:RegionName",
    "XMP MP:PersonDisplayName": "XMP-MP:RegionPersonDisplayName",
    **{f"PNG {n}": f"PNG:{n}" for n in ("Author", "Artist", "Copyright", "Disclaimer", "Title")},
}

Value = tuple[str, str]
"""A field by ExifTool's name, and what it says."""


def exiftool(files: Sequence[Path]) -> dict[Path, list[Value]]:
    """Return what ExifTool reads in the rights fields of each file."""
    wanted = [f"-{name.replace('-dc:Rights', '-dc:Rights*')}" for name in NAMES.values()]
    wanted += ["-XMP-dc:Title*", "-XMP-xmpRights:UsageTerms*", "-XMP-iptcExt:Artwork*"]
    found: dict[Path, list[Value]] = {file: [] for file in files}
    latin, utf8 = (
        {entry["SourceFile"]: entry for entry in _json(files, wanted, code)}
        for code in ("Latin", "UTF8")
    )
    for file in files:
        there = latin.get(str(file), {})
        for key, value in there.items():
            name = _name_of(key)
            if name not in NAMES.values():
                continue
            again = utf8[str(file)][key] if name.startswith("IPTC") else value
            found[file] += [(name, each) for each in _values(value, again)]
    return found


def _json(files: Sequence[Path], wanted: Sequence[str], code: str) -> list[dict[str, object]]:
    words = ["-j", "-b", "-n", "-a", "-m", "-q", "-q", "-G0:1:4", "-charset", f"iptc={code}"]
    text = "\n".join([*words, "-charset", "filename=utf8", *wanted, *map(str, files)])
    done = subprocess.run(["exiftool", "-@", "-"], input=text.encode(), capture_output=True)
    read: list[dict[str, object]] = json.loads(done.stdout)
    return read


def _name_of(key: str) -> str:
    groups, _, tag = key.rpartition(":")
    family, _, rest = groups.partition(":")
    first = rest.partition(":")[0]
    if family == "XMP":
        return f"{first}:{_LANGUAGE.sub('', tag)}"
    return f"{family}:{tag}"


def _values(value: object, again: object) -> Iterator[str]:
    """Yield each value, as it reads in UTF-8 where it was UTF-8."""
    both = [each if isinstance(each, list) else [each] for each in (value, again)]
    for latin, utf8 in zip(*both, strict=True):
        text = _text(utf8) if _is_utf8(str(latin)) else _text(latin)
        if " ".join(text.split()):
            yield " ".join(text.split())


def _is_utf8(latin: str) -> bool:
    """Say whether a text that was read as Windows Latin is UTF-8."""
    try:
        raw = b"".join(_byte(character) for character in latin)
        return not latin.isascii() and bool(raw.decode("utf-8"))
    except UnicodeError:
        return False


def _byte(character: str) -> bytes:
    """Return the byte of Windows Latin that ExifTool made *character* of."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _text(value: object) -> str:
    said = str(value)
    if not said.startswith("base64:"):
        return said
    raw = base64.b64decode(said.removeprefix("base64:"))
    return raw.decode("latin-1").strip(" \0")
