"""All carriers that are planted by writers of our own, by the ending of the file."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.extract.planted import opendocument, pdf, pictures, slides, texts, word, workbook
from tests.extract.planted.plant import Table

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        ".jpg": pictures.JPEG,
        ".png": pictures.PNG,
        ".gif": pictures.GIF,
        ".webp": pictures.WEBP,
        ".pdf": pdf.PDF,
        ".docx": word.DOCX,
        ".xlsx": workbook.XLSX,
        ".pptx": slides.PPTX,
        ".odt": opendocument.ODT,
        ".ods": opendocument.ODS,
        ".odp": opendocument.ODP,
        ".md": texts.MD,
        ".html": texts.HTML,
        ".svg": texts.SVG,
        ".csv": texts.CSV,
        ".tsv": texts.TSV,
        ".txt": texts.TXT,
        ".ics": texts.ICS,
        ".vcf": texts.VCF,
    }
)
