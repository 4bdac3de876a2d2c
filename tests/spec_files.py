"""Read the specs: Markdown pages whose examples are both documentation and tests.

A spec is ``tests/specs/FAMILY/RULE.md``: ``# RULE``, then one ``## Sentence`` an example. Each
example holds fences (use four backticks around a page that has fences of its own):

- ``markdown PATH``, or any other word with a path: a file of text
- ``picture PATH``: a picture by recipe (TOML): ``format``, ``size``, ``colour``, ``gps``, ``exif``,
  ``comment``, ``trailing``, ``heads``: left, top and height of each, ``spots``: how many are drawn,
  ``text``: left, top, size in pixels and words of each, ``paper``: the colour of a sheet that the
  words stand on, and ``cut``: what share of each side is cut off
- ``known REFERENCE+REFERENCE``: a photo by recipe that was published with these people; who has an
  exclamation mark said no since; ``author`` and ``licence`` may be given too
- ``video PATH``: an MP4 by recipe (TOML): ``seconds``, ``size``, ``told``: what its container
  says, ``heads``: from which second on each is shown, and left, top and height
- ``pdf PATH``: a PDF by recipe (TOML): ``text``, ``title``, ``javascript``
- ``office PATH`` and ``drawing PATH``: an office file and a PDF by recipe, as
  :mod:`tests.spec_downloads` tells
- ``bytes PATH``: the literal of a Python bytes object
- ``roll``, ``consent``: registers as CSV; ``policy``: a school's policy as TOML
- ``terms``: the school's own list, one line an entry as ``schoolgate term`` takes it
- ``without``: packages that are not there, one a line
- ``findings``: the findings of this rule, one a line; without it none is expected
- ``errors``: ``path: subject: message``, one a line; without it none is expected
"""

import ast
import io
import random
import re
import shlex
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from moderation.checks.base import Context
from moderation.model import Asset, RunError, Severity, Verdict, digest_of
from moderation.pipeline.plan import Plan
from moderation.pipeline.run import check_assets
from moderation.policy import default_policy, load_policy
from moderation.policy.reach import Reach
from moderation.policy.terms import Act, Forms, Term, Terms
from moderation.registers import Consents, Photos, Registers, Roll
from moderation.registers.photos import KnownPhoto

if TYPE_CHECKING:
    import PIL.Image

SPECS = Path(__file__).parent / "specs"
TODAY = date(2026, 11, 21)

_FENCE = re.compile(r"^(`{3,})([\w-]+)[ \t]*(\S*)[ \t]*\n(.*?)^\1[ \t]*$", re.M | re.S)
_SETTINGS = ("roll", "consent", "policy", "terms", "without", "findings", "errors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example of a spec: what is handed in and what is expected."""

    rule: str
    title: str
    assets: tuple[Asset, ...]
    findings: tuple[str, ...]
    errors: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    known: tuple[KnownPhoto, ...] = ()

    def context(self) -> Context:
        """Build the policy and the registers of the example; today is fixed."""
        policy = self.settings.get("policy")
        roll, consent = self.settings.get("roll"), self.settings.get("consent")
        return Context(
            policy=default_policy() if policy is None else load_policy(policy),
            today=TODAY,
            registers=Registers(
                roll=None if roll is None else Roll.from_csv(roll),
                consents=None if consent is None else Consents.from_csv(consent),
                photos=Photos(self.known) if self.known else None,
            ),
            terms=own_list(self.settings.get("terms", "")),
        )

    def run(self) -> Verdict:
        """Check the files with the rule of the spec alone."""
        with _without(self.settings.get("without", "").split()):
            return check_assets(self.assets, self.context(), Plan((self.rule,)))


@contextmanager
def _without(packages: list[str]) -> Iterator[None]:
    """Let *packages* not be found; what is imported meanwhile stays."""
    kept = {name: sys.modules.get(name) for name in packages}
    sys.modules.update(dict.fromkeys(packages))  # type: ignore[arg-type]  # None: not found
    try:
        yield
    finally:
        for name, module in kept.items():
            del sys.modules[name]
            if module is not None:
                sys.modules[name] = module


def examples(specs: Path = SPECS) -> Iterator[Example]:
    """Yield every example of every spec, in order."""
    for spec in sorted(specs.glob("*/*.md")):
        yield from read_spec(spec.stem, spec.read_text("utf-8"))


def read_spec(rule: str, text: str) -> Iterator[Example]:
    """Yield the examples of one spec."""
    head, *sections = ("\n" + text).split("\n## ")
    if head.split() != ["#", rule]:
        raise ValueError(f"{rule}.md: begins with something else than # {rule}")
    for section in sections:
        title, _, body = section.partition("\n")
        yield _example(rule, title.strip(), body)


def _example(rule: str, title: str, body: str) -> Example:
    assets: list[Asset] = []
    settings: dict[str, str] = {}
    known: list[KnownPhoto] = []
    for _, kind, path, text in _FENCE.findall(body):
        if kind in _SETTINGS and not path:
            settings[kind] = text
        elif kind == "known":
            said = tomllib.loads(text)
            photo = known_photo(path, picture(text))
            rights = {key: said.get(key, "") for key in ("author", "licence")}
            known.append(replace(photo, **rights))
        elif path:
            assets.append(Asset(path, _made(kind, path, text)))
        else:
            raise ValueError(f"{rule}: {title}: the fence {kind} needs a path")
    return Example(
        rule=rule,
        title=title,
        assets=tuple(assets),
        findings=tuple(settings.pop("findings", "").splitlines()),
        errors=tuple(settings.pop("errors", "").splitlines()),
        settings=settings,
        known=tuple(known),
    )


def _made(kind: str, path: str, text: str) -> bytes:
    if kind not in ("office", "drawing"):
        return _MAKERS.get(kind, str.encode)(text)
    from tests import spec_downloads  # only downloads need it

    return spec_downloads.office(path, text) if kind == "office" else spec_downloads.drawing(text)


def own_list(text: str) -> Terms:
    """Read a school's own list that nobody signed: ``allow ape rule=slur-used path=zoo/**``."""
    terms = []
    for line in text.splitlines():
        act, word, *options = shlex.split(line)
        given = dict(option.split("=", 1) for option in options)
        added = act == Act.ADD
        term = Term(
            act=Act(act),
            word=word,
            reason="an example",
            reach=Reach(path=given.pop("path", ""), phrase=given.pop("phrase", "")),
            until=None if added else date.fromisoformat(given.pop("until", "2027-07-31")),
            rule=given.pop("rule", ""),
            category=given.pop("category", "other" if added else ""),
            severity=Severity(given.pop("severity", "review")) if added else None,
            forms=Forms(given.pop("forms", "noun" if added else "exact")),
        )
        if given:
            raise ValueError(f"an entry of a spec takes no {', '.join(given)}")
        terms.append(term)
    return Terms.of(*terms)


def finding_lines(verdict: Verdict, rule: str) -> tuple[str, ...]:
    """Write the findings of a rule as specs write them."""
    mine = (f for f in verdict.findings if f.rule == rule)
    return tuple(f"{f.primary}: {f.rule}: {f.message}" for f in mine)


def error_lines(errors: tuple[RunError, ...]) -> tuple[str, ...]:
    """Write run errors as specs write them."""
    return tuple(f"{e.path}: {e.subject}: {e.message}" for e in errors)


def picture(recipe: str) -> bytes:
    """Draw a picture by its recipe."""
    from PIL import ExifTags, Image  # only pictures need it

    wish = tomllib.loads(recipe)
    image = Image.new("RGB", tuple(wish.get("size", (40, 30))), wish.get("colour", "seagreen"))
    _draw_spots(image, wish.get("spots", 0))
    for left, top, tall in wish.get("heads", []):
        image.paste(head(tall), (left, top))
    _write(image, wish.get("text", []), wish.get("paper", ""))
    if cut := wish.get("cut"):
        image = image.crop((0, 0, round(image.width * (1 - cut)), round(image.height * (1 - cut))))
    exif = Image.Exif()
    for name, value in wish.get("exif", {}).items():
        exif[ExifTags.Base[name]] = value
    if wish.get("gps"):
        exif[ExifTags.Base.GPSInfo] = {
            **{1: "N", 2: (51.0, 23.0, 18.0), 3: "W", 4: (0.0, 31.0, 5.0)},
        }
    out = io.BytesIO()
    more = {"exif": exif.tobytes()} if len(exif) else {}
    if "comment" in wish:
        more["comment"] = wish["comment"].encode()
    image.save(out, wish.get("format", "jpeg"), **more)
    return out.getvalue() + str(wish.get("trailing", "")).encode()


def _draw_spots(image: "PIL.Image.Image", count: int) -> None:
    """Draw spots that are the same for the same count."""
    from PIL import ImageDraw

    rng = random.Random(count)  # noqa: S311 - the same spots each time
    draw = ImageDraw.Draw(image)
    for _ in range(count):
        x, y = rng.uniform(0, image.width), rng.uniform(0, image.height)
        wide, high = (rng.uniform(0.03, 0.2) * min(image.size) for _ in range(2))
        red, green, blue = (rng.randrange(256) for _ in range(3))
        draw.ellipse((x - wide, y - high, x + wide, y + high), (red, green, blue))


def _write(image: "PIL.Image.Image", texts: list[list[int | str]], paper: str) -> None:
    """Write words into a picture with the font that Pillow ships."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    for left, top, size, words in texts:
        place, tall = (float(left), float(top)), float(size)
        if paper:
            x, y, right, bottom = draw.textbbox(place, str(words), font_size=tall)
            draw.rectangle((x - 12, y - 12, right + 12, bottom + 12), paper)
        draw.text(place, str(words), "black", font_size=tall)


def known_photo(people: str, data: bytes) -> KnownPhoto:
    """Return what the register keeps of a photo, as a spec writes who is in it."""
    from moderation.analysis.copies.known import prints_of  # only pictures need it

    references = people.split("+")
    return KnownPhoto(
        digest=digest_of(data),
        people=frozenset(each.rstrip("!") for each in references),
        withdrawn=frozenset(each.rstrip("!") for each in references if each.endswith("!")),
        prints=prints_of(data),
    )


def head(tall: int) -> "PIL.Image.Image":
    """Return the head of an astronaut (NASA, public domain), *tall* pixels high."""
    from PIL import Image  # only pictures need it

    package = find_spec("skimage")
    assert package is not None and package.origin is not None, "scikit-image is not installed"
    with Image.open(Path(package.origin).parent / "data" / "astronaut.png") as portrait:
        cut = portrait.convert("RGB").crop((150, 10, 300, 205))
    return cut.resize((round(tall * cut.width / cut.height), tall))


def pdf(recipe: str) -> bytes:
    """Write a PDF by its recipe."""
    import pikepdf  # only PDFs need them
    from fpdf import FPDF

    wish = tomllib.loads(recipe)
    draft = FPDF()
    draft.set_creation_date(datetime(2026, 11, 21, tzinfo=UTC))
    draft.set_font("Helvetica", size=12)
    if "title" in wish:
        draft.set_title(wish["title"])
    for words in wish.get("text", [""]):
        draft.add_page()
        draft.multi_cell(0, 8, words)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(bytes(draft.output()))) as document:
        if "javascript" in wish:
            document.Root.OpenAction = document.make_indirect(
                pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=wish["javascript"])
            )
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _bytes(text: str) -> bytes:
    value: object = ast.literal_eval(text.strip())
    if not isinstance(value, bytes):
        raise ValueError("a bytes fence holds the literal of a bytes object")
    return value


def video(recipe: str) -> bytes:
    """Record a video by its recipe."""
    from PIL import Image  # only videos need them

    from tests.recordings import record

    wish = tomllib.loads(recipe)
    size = tuple(wish.get("size", (160, 120)))
    shown = {0: Image.new("RGB", size, "lightblue")}
    for second, left, top, tall in wish.get("heads", []):
        before = shown[max(shown)] if second in shown else Image.new("RGB", size, "lightblue")
        shown[second] = before.copy()
        shown[second].paste(head(tall), (left, top))
    seconds, told = wish.get("seconds", 1), wish.get("told", {})
    return record(".mp4", seconds=seconds, told=told, pictures=shown)


_MAKERS: Mapping[str, Callable[[str], bytes]] = {
    "picture": picture,
    "pdf": pdf,
    "video": video,
    "bytes": _bytes,
}
