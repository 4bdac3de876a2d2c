"""Credits of agencies against declarations of own work, and prose that quotes nobody.

Files are written byte by byte with a credit in one field and one encoding, and checked beside a
declaration; the counterparts hold people, planets and clubs that are called alike, or are declared
as bought. ``press-cutting`` reads the prose and letters of the other benchmarks.
"""

import itertools
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from moderation.analysis.rights.quotation import quotations
from moderation.checks.base import Context
from moderation.checks.rights import agency_notice
from moderation.extract import extract
from moderation.pipeline.run import join
from moderation.policy import default_policy
from tests.extract.rights_files import chunk, iim, jpeg, png, resource, segment, tiff, xmp

_LEAST_RECALL = 0.995
_TODAY = date(2026, 11, 21)
_WANTED = 1_000
_SIGNED = (
    *("Getty Images", "© 2025 Getty Images", "Dan Roe/Getty Images", "AFP via Getty Images"),
    *(
        "GETTY IMAGES EUROPE",
        "iStock.com/joroe",
        "Getty Images/iStockphoto",
        "Shutterstock / Jo Roe",
    ),
    *("jo roe/Shutterstock.com", "Copyright (c) 2024 Jo Roe/Shutterstock", "Alamy Stock Photo"),
    *("Jo Roe / Alamy", "© Jo Roe / Alamy Live News", "Jo Roe - stock.adobe.com", "Adobe Stock"),
    *("Jo - AdobeStock", "© Jo Roe | Dreamstime.com", "Depositphotos", "123RF", "©123RF.com"),
    *("PA Images", "Jo Roe/PA", "Jo Roe/PA Wire", "Press Association", "PA Media", "Jo Roe / AP"),
    *("Associated Press", "AP Photo/Jo Roe", "© Reuters", "REUTERS/Jo Roe", "Jo Roe/AFP"),
    *("Agence France-Presse", "Jo Roe/EPA-EFE", "EPA/JO ROE", "Jo Roe/Rex/Shutterstock"),
    *("Rex Features", "SWNS", "SWNS.com", "Bridgeman Images", "Science Photo Library"),
    *("JO ROE / SCIENCE PHOTO LIBRARY", "Mary Evans Picture Library", "akg-images / Jo Roe"),
    *("Magnum Photos", "Jo Roe/Magnum Photos", "TopFoto", "Nature Picture Library", "naturepl.com"),
    *("ZUMA Press", "Xinhua/Jo Roe", "picture alliance/dpa", "Jo Roe / Camera Press", "Mirrorpix"),
    *("The Guardian", "Jo Roe for The Guardian", "© Guardian News & Media Ltd", "Daily Mail"),
    *("Jo Roe/The Times", "Times Newspapers Ltd", "© The Sun", "News Group Newspapers Limited"),
    *("© Telegraph Media Group Limited 2025", "Daily Mirror", "MGN Limited", "Reach plc"),
    *("Evening Standard", "BBC News", "© BBC", "ITV News", "Manchester Evening News", "Newsquest"),
    *("Liverpool Echo", "Yorkshire Post", "Hull Daily Mail", "Jo Roe/Daily Express"),
    *("Photo by Jo Roe on Unsplash", "Pexels", "Image by Jo from Pixabay", "Designed by Freepik"),
)
_AMBIGUOUS_ALONE = frozenset({"The Guardian", "© The Sun", "© BBC"})
_INNOCENT = (
    *("Anna Getty", "© Anna Getty", "Tom Alamy", "© 2026 Tom Alamy", "Mrs Rex", "Rex Mirror"),
    *("Guardian", "Parent/Guardian", "Amelia's guardian", "A parent or guardian", "The Sun Class"),
    *("© The Star Primary School", "Sunrise Nursery", "The Mirror Hall", "Times Tables Club"),
    *("Year 4 Independent Learners", "Quillbrook PA", "Friends and PA of Quillbrook", "Mr Herald"),
    *(
        "Telegraph Hill Primary School",
        "Express Taxis Reedham",
        "Standard Photo Prints",
        "Metro Bowl",
    ),
    *(
        "Jo Splash",
        "Offset Litho Printers",
        "Magnum Ice Creams",
        "© Corbisdale School",
        "A. P. Roe",
    ),
    *("BBC Children in Need day", "The Observers' Club", "Alamyra Roe", "Istockwell Primary"),
    *("The Echo Choir", "Mail Coach Museum", "Post Office Reedham", "Globe Theatre", "Gettysburg"),
    *(
        "Solent Road School",
        "Bridgeman Academy",
        "Zuma Roe",
        "Reuter family",
        "Press Street School",
    ),
)
_SENTENCES = (
    *("The Sun is a star and shines on the tent", "Mirror by Class 3", "Picture: the Sun at noon"),
    *(
        "Pupils learn their times tables",
        "A guardian and a child. Photo: a parent",
        "The Guardian oak",
    ),
    *("We visited the Daily Mail and Reuters", "The choir sang an Echo", "Photo: Anna Getty"),
    *(
        "Picture by Tom Alamy, Year 6",
        "Jo is reading The Times at breakfast",
        "Image: The Star Class",
    ),
    *(
        "Our class wrote to the Yorkshire Post",
        "Photo of the Getty Museum",
        "Metro drawing by Oak class",
    ),
    *("The newspaper stand sells The Sun and The Mirror", "Photos by PA", "A BBC microphone"),
)
_OWN = (
    ("own-work", "The school office"),
    ("pupil-work", "Oak class"),
    ("parent-photo", "A parent, guardian of a pupil"),
)
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_FIELDS = {
    **{
        f"XMP {tag}": tag
        for tag in ("p:Credit", "p:Source", "r:UsageTerms", "u:CopyrightOwnerName")
    },
    **{f"XMP {tag}": tag for tag in ("d:rights", "d:creator", "u:LicensorName", "d:description")},
}
_IPTC = {"By-line": 80, "Credit": 110, "Source": 115, "Copyright Notice": 116, "Caption": 120}


def _coded(text: str, code: str) -> bytes:
    return text.encode(code, "replace")


def _files(text: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield field, ending and bytes of pictures that carry a text."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    prose = f"Children at a fair. Photo: {escaped}"
    for name, tag in _FIELDS.items():
        said = prose if tag == "d:description" else escaped
        listed = tag.startswith("d:")
        inner = f"<rdf:Seq><rdf:li>{said}</rdf:li></rdf:Seq>" if listed else said
        for code in ("utf-8", "utf-16", "utf-16-be", "utf-32"):
            packet = xmp(f"<{tag}>{inner}</{tag}>").encode(code)
            if len(packet) < 60_000:
                yield f"{name} in {code}", "jpg", jpeg(segment(0xE1, _XMP + packet))
    for order in "<>":
        block = tiff((0x8298, 2, _coded(text, "utf-8") + b"\0"), order=order)
        yield f"EXIF Copyright {order}", "jpg", jpeg(segment(0xE1, b"Exif\0\0" + block))
        latin = tiff((0x013B, 2, _coded(text, "latin-1") + b"\0"), order=order)
        yield f"EXIF Artist {order}", "png", png(chunk(b"eXIf", latin))
    wide = tiff((0x9C9D, 1, f"{text}\0".encode("utf-16-le")))
    yield "EXIF XPAuthor", "jpg", jpeg(segment(0xE1, b"Exif\0\0" + wide))
    for name, number in _IPTC.items():
        said = f"Children at a fair (Photo: {text})" if number == 120 else text
        for code, mark in (("utf-8", b"\x1b%G"), ("latin-1", b"")):
            block = iim((number, _coded(said, code)), code=mark)
            data = jpeg(segment(0xED, b"Photoshop 3.0\0" + resource(block)))
            yield f"IPTC {name} in {code}", "jpg", data
    yield "PNG Copyright", "png", png(chunk(b"tEXt", b"Copyright\0" + _coded(text, "latin-1")))
    yield "PNG Author", "png", png(chunk(b"iTXt", b"Author\0\0\0\0\0" + text.encode()))


def _pages(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield where on a page a credit stands, the alternative text and what follows the picture."""
    yield "alternative text", f"A fair. Photo: {text}", ""
    yield "title", "A fair", f' "Picture: {text}"'
    yield "caption", "A fair", f")\n*Photo: {text}*\n\n("
    yield "figure", "A fair", f")\n\n<p>Picture credit: {text}</p>\n\n("


def _is_found(data: bytes, ending: str, said: str, page: str) -> bool:
    path = f"photos/fair.{ending}"
    text = f"---\nassets:\n  {path}:\n{said}---\n{page.replace('PATH', '/' + path)}\n"
    read = join(extract("news/fair.md", text.encode()), {path: extract(path, data)})
    return bool(list(agency_notice.check(read, Context(policy=default_policy(), today=_TODAY))))


def _declared(licence: str, author: str, more: str = "") -> str:
    return f"    author: {author}\n    licence: {licence}\n{more}"


def _shown(alt: str, after: str) -> str:
    """Return the line of a picture; *after* is a title, or words below it."""
    if after.startswith(")"):
        return f"![{alt}](PATH{after[:-1]}"
    return f"![{alt}](PATH{after})"


def _planted(rng: random.Random) -> Iterator[tuple[str, bool]]:
    """Yield the field and whether it was found, for each combination that is drawn."""
    everything = []
    for text in _SIGNED:
        creator = text in _AMBIGUOUS_ALONE
        for field, ending, data in _files(text):
            if not (creator and ("Artist" in field or "By-line" in field or "Author" in field)):
                everything.append((field, ending, data, "![A fair](PATH)"))
        everything += [(w, "png", png(), _shown(alt, after)) for w, alt, after in _pages(text)]
    for case, own in zip(rng.sample(everything, _WANTED), itertools.cycle(_OWN), strict=False):
        field, ending, data, page = case
        yield field, _is_found(data, ending, _declared(*own), page)


def _counterparts(rng: random.Random) -> Iterator[tuple[str, bool]]:
    everything = []
    own = itertools.cycle(_declared(*each) for each in _OWN)
    for text in _INNOCENT:
        for field, ending, data in _files(text):
            if "description" not in field and "Caption" not in field:
                everything.append((text, ending, data, next(own), "![A fair](PATH)"))
    for text in _SENTENCES:
        everything.append((text, "png", png(), next(own), f"![{text}](PATH)"))
        everything.append((text, "png", png(), next(own), f"![A fair](PATH)\n\n{text}."))
    bought = _declared("stock", "Getty Images", "    invoice: A-12\n")
    allowed = _declared("permission", "The Guardian", "    permission: file 12\n")
    for text in _SIGNED[:30]:
        for field, ending, data in itertools.islice(_files(text), 0, None, 7):
            said = bought if len(field) % 2 else allowed
            everything.append((f"{text}, bought", ending, data, said, "![A fair](PATH)"))
    for text, ending, data, said, page in rng.sample(everything, min(_WANTED, len(everything))):
        yield text, _is_found(data, ending, said, page)


def main() -> int:
    """Print the figures; return 1 where one is not reached."""
    rng = random.Random("rights")
    started = time.process_time()
    planted = list(_planted(rng))
    seconds = time.process_time() - started
    missed = Counter(field for field, found in planted if not found)
    wrong = Counter(text for text, found in _counterparts(rng) if found)
    recall = 1 - sum(missed.values()) / len(planted)
    print(f"agency-notice  {len(planted):,} combinations: {recall:.2%} found (at least 99.5 %)")
    print(f"               {_WANTED:,} counterparts: {sum(wrong.values())} false (0)")
    print(f"               {1000 * seconds / len(planted):.1f} ms each, reading the picture too")
    for name, counted in (("missed", missed), ("false", wrong)):
        for word, count in counted.most_common(12):
            print(f"  {name}: {word} ({count})")
    here = Path(__file__).parent
    texts = [*here.glob("prose/*.txt"), *here.glob("letters/*.txt")]
    texts += [*(here.parent / "docs").rglob("*.md"), *(here.parent / "content").rglob("*.md")]
    alarms = {file.name: quotations(file.read_text("utf-8")) for file in texts}
    said = [name for name, found in alarms.items() if found]
    print(f"press-cutting  {len(texts)} texts of the school's own: {len(said)} asked about")
    return int(recall < _LEAST_RECALL or bool(wrong))
