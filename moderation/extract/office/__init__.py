"""Office files: docx, xlsx, pptx, odt, ods and odp."""

from collections.abc import Callable

from moderation.extract.builder import Builder
from moderation.extract.inside import Inside
from moderation.extract.office.archive import Package, damaged, encrypted, open_package
from moderation.extract.office.crops import mark_crops
from moderation.extract.office.opendocument import read_opendocument
from moderation.extract.office.rest import read_rest
from moderation.extract.office.sheet import read_workbook
from moderation.extract.office.slides import read_slides
from moderation.extract.office.word import read_word
from moderation.extract.refusal import naming
from moderation.model import Document, ExtractionError
from moderation.policy import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_READERS: dict[str, tuple[str, Callable[[Package, str], None]]] = {
    "document": (f"{_OPEN_XML}wordprocessingml.document", read_word),
    "workbook": (f"{_OPEN_XML}spreadsheetml.sheet", read_workbook),
    "presentation": (f"{_OPEN_XML}presentationml.presentation", read_slides),
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def extract(
    path: str, data: bytes, digest: str, limits: Limits, inside: Inside | None = None
) -> Document:
    """Read an office file.

    Args:
        path: path of the file, relative to the content folder
        data: its bytes
        digest: SHA-256 of the bytes, in lower-case hexadecimal
        limits: the most that is read
        inside: how deep inside another file it lies; not at all unless given

    Raises:
        ExtractionError: it is of an old form, encrypted, damaged or too large

    """
    builder = Builder(path, digest, limits, inside or Inside())
    with naming(path):
        if data.startswith(_OLE):
            raise encrypted() if _LOCKED in data else _old()
        package = open_package(data, builder)
        media_type = _read(package)
        mark_crops(package)
        read_rest(package)
        package.marked.tell(builder)
    return builder.document(media_type, properties={"format": media_type.rpartition(".")[2]})


def _read(package: Package) -> str:
    """Read the document proper and return its media type."""
    if "mimetype" in package.names:
        media_type = package.bytes("mimetype").decode("ascii", "replace").strip()
        if not media_type.startswith(_OPEN_DOCUMENT):
            raise damaged()
        if b"encryption-data" in package.bytes("META-INF/manifest.xml"):
            raise encrypted()
        read_opendocument(package)
        return media_type
    main = [r for r in package.relations("").values() if r.type == "officeDocument"]
    if len(main) != 1:
        raise damaged()
    root = package.xml(main[0].target).tag.rpartition("}")[2]
    if root not in _READERS:
        raise damaged()
    media_type, read = _READERS[root]
    read(package, main[0].target)
    return media_type


def _old() -> ExtractionError:
    return ExtractionError(
        "is an office file of the old form (doc, xls or ppt), so it cannot be checked; "
        "save it as PDF"
    )
