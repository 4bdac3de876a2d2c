"""A page of photos with who is seen and who is declared: one file, for one person's screen."""

import html
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from moderation.model import Face, Region
from moderation.reports.words import counted

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color: #1a1a1a; background: #fff }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 2rem }
figure { margin: 0; border: 1px solid #767676; border-radius: 4px; padding: .75rem }
figure.bad { border: 3px solid #b00020 }
.shown { position: relative; display: block } img { display: block; width: 100%; height: auto }
.face { position: absolute; border: 3px solid #ffd500; outline: 1px solid #000 }
.face b { position: absolute; left: -3px; bottom: 100%; background: #000; color: #ffd500;
  padding: 0 .3rem; font-size: .8rem }
.word { position: absolute; border: 3px solid #b00020; outline: 1px solid #fff }
.no { color: #b00020; font-weight: 600 } h2, p, ul { margin: .5rem 0 } h2 { font-size: 1rem }
ul { padding-left: 1.2rem } h2 { overflow-wrap: anywhere } a { color: #0b4f9e }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Where somebody stands: the reference, never a name; the words; whether they may be shown."""

    reference: str
    words: str
    allowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPhoto:
    """A photo on the sheet.

    Args:
        path: of the file
        jpeg: a small copy
        width: of the photo itself, in pixels
        height: likewise
        faces: seen in it; None where nobody looked
        declared: who is declared in it; None where the page does not say
        pages: that show it
        original: the file itself, relative to the sheet; empty where it does not lie beside it
        notes: findings and other words, one a line
        words: where words that findings are about stand in it
        document: it is the first page of a document
        trouble: why it cannot be shown; empty where it can

    """

    path: str
    jpeg: bytes = b""
    width: int = 0
    height: int = 0
    faces: tuple[Face, ...] | None = None
    declared: tuple[Answer, ...] | None = None
    pages: tuple[str, ...] = ()
    original: str = ""
    notes: tuple[str, ...] = ()
    words: tuple[Region, ...] = ()
    document: bool = False
    trouble: str = ""

    @property
    def order(self) -> tuple[bool, bool, int, int, str]:
        """What cannot be shown first, then who may not be, then face-on and large faces."""
        faces = self.faces or ()
        face_on = sum(face.face_on for face in faces)
        return (not self.trouble, not self.is_bad, -face_on, -len(faces), self.path)

    @property
    def is_bad(self) -> bool:
        """Somebody in it may not be shown."""
        return any(not answer.allowed for answer in self.declared or ())


def render(title: str, photos: Iterable[SheetPhoto]) -> str:
    """Write the sheet: complete in itself, nothing in it reaches the network.

    Args:
        title: what the photos are
        photos: in any order

    """
    ordered: Sequence[SheetPhoto] = sorted(photos, key=lambda photo: photo.order)
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    intro = (
        f"<h1>{html.escape(title)}</h1>\n<p>{_counted(ordered)}; those with faces "
        "that look at the camera come first. People from behind are not found: look for them "
        "yourself. Delete this file when you have looked.</p>\n"
    )
    return f"{head}{intro}<main>\n{''.join(map(_figure, ordered))}</main>\n</body>\n</html>\n"


def _figure(photo: SheetPhoto) -> str:
    path = html.escape(photo.path)
    bad = ' class="bad"' if photo.is_bad or photo.trouble else ""
    shown = f'<p class="no">{html.escape(photo.trouble)}</p>'
    if not photo.trouble:
        source = b64encode(photo.jpeg).decode()
        boxes = "".join(_box(photo, face, n) for n, face in enumerate(photo.faces or (), start=1))
        boxes += "".join(
            f'<span class="word" style="{_style(photo, words)}"></span>' for words in photo.words
        )
        what = "the first page of" if photo.document else "the photo"
        shown = (
            f'<span class="shown"><img src="data:image/jpeg;base64,{source}" '
            f'alt="{what} {path}">{boxes}</span>'
        )
    told = (*(f"on {page}" for page in photo.pages), *photo.notes)
    lines = [_seen(photo), *_declared(photo), *map(html.escape, told), *_original(photo)]
    listed = "".join(f"<li>{line}</li>" for line in lines)
    caption = f"<figcaption><h2>{path}</h2><ul>{listed}</ul></figcaption>"
    return f"<figure{bad}>{shown}{caption}</figure>\n"


def _original(photo: SheetPhoto) -> Iterable[str]:
    if photo.original:
        yield f'<a href="{html.escape(quote(photo.original))}">see it in full size</a>'


def _box(photo: SheetPhoto, face: Face, number: int) -> str:
    return f'<span class="face" style="{_style(photo, face.region)}"><b>{number}</b></span>'


def _style(photo: SheetPhoto, region: Region) -> str:
    place = (
        ("left", region.left / photo.width),
        ("top", region.top / photo.height),
        ("width", region.width / photo.width),
        ("height", region.height / photo.height),
    )
    return ";".join(f"{name}:{100 * share:.2f}%" for name, share in place)


def _counted(photos: Sequence[SheetPhoto]) -> str:
    documents = sum(photo.document for photo in photos)
    said = counted(len(photos) - documents, "photo")
    return f"{said} and {counted(documents, 'first page')} of documents" if documents else said


def _seen(photo: SheetPhoto) -> str:
    what = "first page: " if photo.document else ""
    if photo.faces is None:
        return '<span class="no">nobody looked for people in it</span>'
    face_on = sum(face.face_on for face in photo.faces)
    if not photo.faces:
        return f"{what}no face seen"
    return f"{what}{counted(len(photo.faces), 'face')} seen, {face_on} of them face-on"


def _declared(photo: SheetPhoto) -> Iterable[str]:
    if photo.declared is None:
        asked = '<span class="no">the page does not say who is in it</span>'
        return [] if photo.document else [asked]
    if not photo.declared:
        return ["nobody is in it, the publisher says"]
    return [
        f"{html.escape(answer.reference)}: {html.escape(answer.words)}"
        if answer.allowed
        else f'<span class="no">{html.escape(answer.reference)}: {html.escape(answer.words)}</span>'
        for answer in photo.declared
    ]
