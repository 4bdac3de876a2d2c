"""What is said of a file whose kind is known by its content, and which is not read."""

from moderation.extract.sniff import UNKNOWN
from moderation.model import ExtractionError

_HAND_IN = "hand in a page, a JPEG or PNG picture, or a PDF"
_UNPACK = "unpack it and hand in the files in it one by one"
_CONVERT = "bring it in with schoolgate add photo, which makes a JPEG of it"
_UNCHECKED, _NEVER = "which cannot be checked", "which is never published as it is"
_PICTURE, _ARCHIVE = (_UNCHECKED, _CONVERT), (_NEVER, _UNPACK)
_OLD = _UNCHECKED

_KINDS: dict[str, tuple[str, str, str]] = {
    "image/heic": ("image/heic", *_PICTURE),
    "image/heif": ("image/heif", *_PICTURE),
    "image/avif": ("image/avif", *_PICTURE),
    "image/tiff": ("image/tiff", *_PICTURE),
    "image/bmp": ("a BMP picture", _UNCHECKED, "save the picture as PNG"),
    "application/msword": (
        *("an old Word file (.doc)", _OLD, "save it as .docx or as a PDF and hand that in"),
    ),
    "application/vnd.ms-excel": (
        *("an old Excel file (.xls)", _OLD, "save it as .xlsx or as a PDF and hand that in"),
    ),
    "application/vnd.ms-powerpoint": (
        *("an old PowerPoint file (.ppt)", _OLD, "save it as .pptx or as a PDF and hand that in"),
    ),
    "application/vnd.ms-outlook": ("a saved e-mail", _NEVER, "write what it says on the page"),
    "application/x-encrypted-office": (
        *("an office file that a password locks", _UNCHECKED, "save it without the password"),
    ),
    "application/x-ole-storage": (
        *("a file of an old form", _UNCHECKED, "save it in a newer format or as a PDF"),
    ),
    "application/rtf": (
        *("a rich text file (RTF)", _UNCHECKED, "save it as .docx or as a PDF and hand that in"),
    ),
    "application/zip": ("a ZIP archive", *_ARCHIVE),
    "application/gzip": ("a gzip archive", *_ARCHIVE),
    "application/x-bzip2": ("a bzip2 archive", *_ARCHIVE),
    "application/x-xz": ("an xz archive", *_ARCHIVE),
    "application/zstd": ("a Zstandard archive", *_ARCHIVE),
    "application/x-7z-compressed": ("a 7z archive", *_ARCHIVE),
    "application/vnd.rar": ("a RAR archive", *_ARCHIVE),
    "application/x-tar": ("a tar archive", *_ARCHIVE),
    "application/vnd.ms-cab-compressed": ("a cabinet archive", *_ARCHIVE),
    "application/x-executable": ("a program", "which is never published", _HAND_IN),
    "application/vnd.sqlite3": (
        *("a database", "which is never published", "write the figures on the page"),
    ),
}


def unreadable(path: str, media_type: str) -> ExtractionError:
    """Make the error for a file that is not read: what it is, and what to do instead."""
    if media_type == UNKNOWN:
        return ExtractionError(f"{path}: is of a kind that is not known; {_HAND_IN}")
    what, why, remedy = _KINDS.get(media_type, (media_type, _UNCHECKED, _HAND_IN))
    return ExtractionError(f"{path}: is {what}, {why}; {remedy}")
