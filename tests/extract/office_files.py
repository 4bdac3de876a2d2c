"""Office files for tests, written part by part."""

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

from moderation.extract.office import extract
from moderation.model import Carrier, Document
from moderation.policy import default_policy

LIMITS = default_policy().limits
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="urn:w" xmlns:r="urn:r" xmlns:wp="urn:wp"'
OPEN_XML = "application/vnd.openxmlformats-officedocument."

Texts = list[tuple[Carrier, str, str]]


def zipped(entries: Mapping[str, str | bytes], *, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    """Write what a part refers to: ids r1, r2 ...; a target with a scheme lies outside."""
    lines = "".join(
        f'<Relationship Id="r{number}" Type="{REL}/{kind}" Target="{target}" '
        f'TargetMode="{"External" if ":" in target else "Internal"}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f"<Relationships>{lines}</Relationships>"


def docx(
    body: str, *refers: tuple[str, str], more: Mapping[str, str | bytes] = MappingProxyType({})
) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*refers),
            **more,
        }
    )


def read(data: bytes) -> Document:
    return extract("a.docx", data, "0", LIMITS)


def texts(document: Document) -> Texts:
    return [
        (p.carrier, p.field, document.text[p.start : p.end])
        for p in document.pieces
        if p.carrier is not Carrier.FILE_NAME
    ]


def parts(document: Document) -> list[tuple[str, str]]:
    return [(part.kind, part.location.field) for part in document.parts]


def paragraph(words: str, settings: str = "") -> str:
    return f"<w:p>{settings}<w:r><w:t>{words}</w:t></w:r></w:p>"


ODF = (
    '<office:document xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:draw="d" '
    'xmlns:style="s" xmlns:svg="v" xmlns:xlink="x" xmlns:dc="dc" xmlns:presentation="p">'
    "%s</office:document>"
)


def odf(kind: str, content: str, more: Mapping[str, str | bytes] = MappingProxyType({})) -> bytes:
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": ODF % content,
            **more,
        }
    )
