"""Pictures with rights in them, written by every program at hand that writes such fields."""

import random
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

_PEOPLE = (
    *("Rowan Reed", "Zoë Müller", "Siân O’Dowd", "José Núñez", "Ærøskøbing Foto", "Łukasz Żak"),
    *("池田花子", "Мария Реченко", "عمر الهادي", "“Quoted” & <Sons>", "Anna-Lena Weiß"),
)
_HOUSES = ("Reedham Gazette", "Ré-Photo/AGENCE", "Riverside Primary School", "Bild & Ton GmbH")
_XMP_ONLY = (
    *("XMP-dc:Creator", "XMP-dc:Rights", "XMP-dc:Rights-de", "XMP-photoshop:Credit"),
    *("XMP-photoshop:Source", "XMP-photoshop:Instructions", "XMP-xmpRights:Owner"),
    *("XMP-xmpRights:UsageTerms", "XMP-xmpRights:WebStatement", "XMP-plus:LicensorName"),
    *("XMP-plus:LicensorURL", "XMP-plus:CopyrightOwnerName", "XMP-iptcExt:PersonInImage"),
    *("XMP-iptcExt:ArtworkCopyrightNotice", "XMP-iptcCore:CreatorWorkEmail", "XMP-cc:License"),
    *("XMP-photoshop:AuthorsPosition", "XMP-iptcExt:PersonInImageName", "XMP-dc:Title"),
)
_EXIF = ("IFD0:Artist", "IFD0:Copyright", "IFD0:XPAuthor", "IFD0:XPTitle")
_IPTC = (
    *("IPTC:By-line", "IPTC:CopyrightNotice", "IPTC:Credit", "IPTC:Source", "IPTC:Contact"),
    *("IPTC:SpecialInstructions", "IPTC:By-lineTitle", "IPTC:ObjectName"),
)
_AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
Converter = Callable[[Path, Sequence[Path]], list[Path]]
_SHORT = 28
"""Characters that fit every IPTC field used here."""


def write_all(folder: Path, count: int) -> dict[str, list[Path]]:
    """Let each program write pictures.

    Args:
        folder: an empty folder
        count: how many ExifTool and exiv2 write; the others convert a quarter of them

    Returns:
        the files of each program that is at hand

    """
    rng = random.Random("credits")
    made = {"ExifTool": _exiftool(folder, count, rng), "Pillow": _pillow(folder, count // 4, rng)}
    if shutil.which("exiv2"):
        made["exiv2"] = _exiv2(folder, count, rng)
    sources = [file for files in list(made.values()) for file in files if file.suffix == ".jpg"]
    chosen = rng.sample(sources, len(sources) // 4)
    for name, converted in _converters().items():
        made[name] = [file for file in converted(folder, chosen) if file.exists()]
    return {name: files for name, files in made.items() if files}


def _value(rng: random.Random) -> str:
    form = rng.choice(("{who}", "© 2026 {who}", "{who} / {house}", "Photo: {who}", "{house}"))
    return form.format(who=rng.choice(_PEOPLE), house=rng.choice(_HOUSES))[:_SHORT]


def _blank(file: Path, rng: random.Random) -> Path:
    Image.new("RGB", (24, 16), rng.choice(("teal", "olive", "plum"))).save(file)
    return file


def _run(command: Sequence[str | Path], text: str = "") -> None:
    subprocess.run([str(word) for word in command], input=text.encode(), capture_output=True)


def _exiftool(folder: Path, count: int, rng: random.Random) -> list[Path]:
    words: list[str] = []
    files = []
    for number in range(count):
        ending = rng.choice(("jpg", "jpg", "png", "webp", "tif", "gif"))
        files.append(_blank(folder / f"exiftool{number}.{ending}", rng))
        coded = rng.choice(("UTF8", "Latin", ""))
        words += ["-m", "-q", "-overwrite_original", "-charset", "filename=utf8"]
        words += [f"-IPTC:CodedCharacterSet={'UTF8' if coded == 'UTF8' else ''}"]
        words += ["-charset", f"exif={rng.choice(('UTF8', 'Latin'))}"]
        words += [f"-ExifByteOrder={rng.choice(('II', 'MM'))}"]
        words += ["-api", f"Compact={rng.choice(('', 'Shorthand', 'NoPadding,NoIndent'))}"]
        tags = [*rng.sample(_EXIF, 3), *rng.sample(_IPTC, 5), *rng.sample(_XMP_ONLY, 8)]
        words += [f"-{tag}={_value(rng)}" for tag in tags]
        more = ("IPTC:By-line", "XMP-dc:Creator", "XMP-iptcExt:PersonInImage")
        words += [f"-{tag}+={_value(rng)}" for tag in more if rng.random() < 0.5]
        if rng.random() < 0.3:
            words += [f"-XMP-iptcExt:DigitalSourceType={_AI}", "-XMP-xmpRights:Marked=True"]
        words += [str(files[-1]), "-execute"]
    _run(["exiftool", "-@", "-"], "\n".join(words))
    return files


def _exiv2(folder: Path, count: int, rng: random.Random) -> list[Path]:
    fields = (
        *("Exif.Image.Artist", "Exif.Image.Copyright", "Iptc.Application2.Byline"),
        *("Iptc.Application2.Copyright", "Iptc.Application2.Credit", "Iptc.Application2.Source"),
        *("Iptc.Application2.Contact", "Xmp.dc.creator", "Xmp.dc.rights", "Xmp.photoshop.Credit"),
        *("Xmp.xmpRights.UsageTerms", "Xmp.xmpRights.WebStatement", "Xmp.plus.ImageSupplierName"),
        *("Xmp.iptcExt.PersonInImage", "Xmp.iptcExt.DigitalSourceType", "Xmp.tiff.Artist"),
    )
    files = []
    for number in range(count):
        ending = rng.choice(("jpg", "jpg", "png", "tif", "webp"))
        file = _blank(folder / f"exiv2-{number}.{ending}", rng)
        said = [f"-Mset {field} {_value(rng)}" for field in rng.sample(fields, 9)]
        if rng.random() < 0.3:
            said.append("-Mset Iptc.Envelope.CharacterSet \x1b%G")
        _run(["exiv2", *said, file])
        files.append(file)
    return files


def _pillow(folder: Path, count: int, rng: random.Random) -> list[Path]:
    from PIL import PngImagePlugin

    files = []
    for number in range(count):
        picture = Image.new("RGB", (24, 16), "salmon")
        exif = Image.Exif()
        exif[0x013B], exif[0x8298] = _value(rng), _value(rng)
        exif[0x9C9D] = f"{_value(rng)}\0".encode("utf-16-le")
        info = PngImagePlugin.PngInfo()
        info.add_itxt("Author", _value(rng), zip=rng.random() < 0.5)
        info.add_text("Copyright", rng.choice(_HOUSES), zip=rng.random() < 0.5)
        for ending in ("jpg", "png", "webp", "tif"):
            files.append(folder / f"pillow{number}.{ending}")
            picture.save(files[-1], exif=exif, pnginfo=info if ending == "png" else None)
    return files


def _converters() -> dict[str, Converter]:
    """Return the programs at hand that carry fields over to another kind of file."""
    magick = next(filter(shutil.which, ("convert-im6.q16", "convert-im7.q16", "magick")), "magick")
    many = ("png", "jpg", "tif", "webp", "gif")
    programs = {
        "ImageMagick": ([magick, "IN", "OUT"], many),
        "GraphicsMagick": (["gm", "convert", "IN", "OUT"], many),
        "libvips": (["vips", "copy", "IN", "OUT"], ("png", "webp", "tif", "jpg")),
        "cwebp": (["cwebp", "-quiet", "-metadata", "all", "IN", "-o", "OUT"], ("webp",)),
        "heif-enc": (["heif-enc", "IN", "-o", "OUT"], ("heic",)),
    }
    return {
        name: _converter(command, endings, name.lower())
        for name, (command, endings) in programs.items()
        if shutil.which(command[0])
    }


def _converter(command: Sequence[str], endings: Sequence[str], name: str) -> Converter:
    def convert(folder: Path, files: Sequence[Path]) -> list[Path]:
        made = []
        for number, source in enumerate(files):
            made.append(folder / f"{name}{number}.{endings[number % len(endings)]}")
            _run([{"IN": source, "OUT": made[-1]}.get(word, word) for word in command])
        return made

    return convert
