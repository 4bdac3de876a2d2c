"""The metadata of a picture, which pack one another: each block is read for those inside it."""

import re

from moderation.extract.exif import Exif, read_exif
from moderation.extract.iptc import read_iim, read_resources
from moderation.extract.jumbf import add_credentials
from moderation.extract.picture import MAX_BLOCKS, Container, damaged
from moderation.extract.xmp import read_xmp

_MOST_BLOCKS = 20
_POSITION = re.compile(r"GPS(?:Dest)?(?:Latitude|Longitude|Position)")


def unfold(found: Container) -> Exif:
    """Read the metadata, which pack one another, into texts and parts of *found*.

    Args:
        found: as its blocks were walked; gets what they hold

    Returns:
        the facts and positions of all EXIF blocks together

    Raises:
        ExtractionError: one of them is damaged, or there are too many

    """
    whole = Exif()
    for block in found.iptc:
        _add_resources(block, found)
    for block in found.exif:  # grows while it is read, where EXIF holds Photoshop holds EXIF
        _add_exif(read_exif(block), whole, found)
        if len(found.exif) > _MOST_BLOCKS:
            raise damaged("the EXIF block")
    for packet in found.xmp:
        whole.position += _add_xmp(packet, found)
    for block in found.iim:
        found.texts += read_iim(block)
    if whole.position or any(_POSITION.search(place) for place, _ in found.texts):
        found.parts.append(("gps", "the place where the picture was taken"))
    if found.frames > 1:
        found.parts.append(("animation", f"{found.frames} pictures shown one after another"))
    return whole


def _add_xmp(packet: bytes, found: Container) -> list[str]:
    """Keep what an XMP packet says, and return the names of the positions in it."""
    xmp = read_xmp(packet)
    found.texts += xmp.texts
    if len(found.texts) > MAX_BLOCKS:  # hundreds of packets would cost ten seconds
        raise damaged("the XMP metadata")
    for name, picture in xmp.pictures:
        found.parts.append(("thumbnail", f"a picture in XMP {name}"))
        found.small.append((f"XMP {name}", picture))
    return xmp.position


def _add_exif(exif: Exif, whole: Exif, found: Container) -> None:
    found.texts += exif.texts
    found.xmp += exif.xmp
    for block in exif.iim:
        found.texts += read_iim(block, may_be_cut=True)
    found.small += [("EXIF", small) for small in exif.small]
    for block in exif.iptc:
        _add_resources(block, found)
    for block in exif.boxes:
        add_credentials(block, "EXIF C2PA", found)
    whole.position += exif.position
    whole.facts.update(exif.facts)
    if exif.thumbnail:
        found.parts.append(("thumbnail", "a small copy of the picture (EXIF)"))
    if exif.maker_note:
        found.parts.append(("maker-note", "data of the camera's maker"))


def _add_resources(block: bytes, found: Container) -> None:
    resources = read_resources(block)
    found.iim += resources.iim
    found.exif += resources.exif
    found.xmp += resources.xmp
    found.texts += resources.texts
    found.small += [("Photoshop", small) for small in resources.small]
    if resources.thumbnail:
        found.parts.append(("thumbnail", "a small copy of the picture (Photoshop)"))
