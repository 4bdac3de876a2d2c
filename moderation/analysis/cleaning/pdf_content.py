"""The drawing of a page: what stands in it beside what is drawn goes.

After ISO 32000-2:2020, 7.8.2 and 14.6. A mark may carry properties, and a comment anything.
"""

from typing import TYPE_CHECKING

from moderation.analysis.cleaning.pdf_keys import only
from moderation.extract.pdf_marks import holds_more

if TYPE_CHECKING:
    from pikepdf import Object, Page

_MARKS = frozenset({"BDC", "DP"})
_POINTS = frozenset({"MP", "DP"})
_KEPT = frozenset({"/MCID", "/ActualText", "/Alt", "/Lang", "/E"})
_DEEPEST = 12


def settle_content(page: "Page") -> None:
    """Take comments and the properties of marks out of what a page draws, and of its forms."""
    page.contents_coalesce()
    contents = page.obj.get("/Contents")
    if contents is not None:
        settle_stream(contents)
    _forms(page.obj.get("/Resources"), set(), 0)


def _forms(resources: "Object | None", seen: set[tuple[int, int]], depth: int) -> None:
    from pikepdf import Dictionary, Name, Stream

    if not isinstance(resources, Dictionary) or depth > _DEEPEST:
        return
    for kind in ("/XObject", "/Pattern"):
        drawings = resources.get(kind)
        for each in dict(drawings.items()).values() if isinstance(drawings, Dictionary) else ():
            draws = isinstance(each, Stream) and each.get("/Subtype") != Name.Image
            if draws and each.objgen not in seen:
                seen.add(each.objgen)
                settle_stream(each)
                _forms(each.get("/Resources"), seen, depth + 1)


def settle_stream(stream: "Object") -> None:
    """Write a stream that draws without comments, and without what marks carry."""
    import pikepdf

    if not holds_more(stream.read_bytes()):
        return
    kept: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    for instruction in pikepdf.parse_content_stream(stream):
        operator = str(instruction.operator)
        if operator in _POINTS:
            continue
        operands = list(getattr(instruction, "operands", ()))
        if operator in _MARKS and len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary):
            only(operands[1], _KEPT)
            kept.append(pikepdf.ContentStreamInstruction(operands, instruction.operator))
        else:
            kept.append(instruction)
    stream.write(pikepdf.unparse_content_stream(kept))
