"""Values travel whole, and nothing travels but what the types admit."""

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from moderation.model import (
    Carrier,
    Document,
    Element,
    Face,
    ImageReference,
    LinkReference,
    Location,
    Part,
    Piece,
    Region,
    Span,
)
from moderation.pipeline.confined.tasks import TASKS
from moderation.pipeline.confined.wire import (
    Message,
    WireError,
    pack,
    parse,
    receive,
    send,
    signature,
)
from moderation.registers.photos import KnownPhoto

PLACE = Location(
    path="a.jpg",
    carrier=Carrier.PICTURE,
    span=Span(1, 2, 3, 4),
    field="person 1",
    role="here",
    region=Region(left=1, top=2, width=3, height=4),
)
FULL = Document(
    path="a.jpg",
    digest="0" * 64,
    media_type="image/jpeg",
    text="Amelia \ud800 Zoë\0",
    pieces=(Piece(0, 4, Carrier.EXIF, field="EXIF Artist"), Piece(4, 9, Carrier.BODY, 1, 6)),
    source="source",
    images=(ImageReference(target="b.jpg", alt=None, location=PLACE, title="t"),),
    links=(LinkReference(target="c", text="d", location=Location(path="e")),),
    elements=(Element(name="a", attributes=(("b", "c"), ("d", "e")), location=PLACE),),
    parts=(Part(kind="gps", detail="here", location=PLACE),),
    front_matter={"title": "x", "draft": True, "none": None, "number": 1.5},
    properties={"width": 3, "format": "JPEG", "flag": False},
    people=(Face(region=cast("Region", PLACE.region), score=0.5, face_on=True, share=0.25),),
    copies=("1" * 64,),
)


def travelled(hint: object, value: object) -> object:
    stream = io.BytesIO()
    send(stream, pack([hint], [value]))
    stream.seek(0)
    return parse([hint], receive(stream, 1_000_000))[0]


def test_a_document_with_everything_travels_whole() -> None:
    assert travelled(Document, FULL) == FULL


def test_a_known_photo_travels_with_its_prints() -> None:
    photo = KnownPhoto(digest="0", people=frozenset({"p1"}), prints=(b"\0\xff", b""))
    assert travelled(tuple[KnownPhoto, ...], (photo, photo)) == (photo, photo)


@given(
    some.lists(some.tuples(some.text(max_size=9), some.binary(max_size=9)), max_size=4),
    some.one_of(some.none(), some.integers(), some.text()),
)
def test_any_text_and_bytes_travel_whole(pairs: list[tuple[str, bytes]], more: object) -> None:
    texts, runs = [text for text, _ in pairs], tuple(run for _, run in pairs)
    assert travelled(list[str], texts) == texts
    assert travelled(tuple[bytes, ...], runs) == runs
    assert travelled(int | str | None, more) == more
    assert travelled(tuple[tuple[str, bytes], ...], tuple(pairs)) == tuple(pairs)


def test_every_task_has_types_that_can_travel() -> None:
    for task in TASKS.values():
        takes, gives = signature(task)
        for hint in (*takes, gives):
            with pytest.raises(WireError):
                pack([hint], [object()])


@dataclass(frozen=True)
class Stranger:
    word: str


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (int, True),
        (int, "1"),
        (bytes, "x"),
        (Carrier, "body"),
        (Document, FULL.pieces[0]),
        (tuple[str, ...], "abc"),
        (Mapping[str, int], ()),
        (int | None, "1"),
        (tuple[int, str], (1,)),
        (object, Stranger("x")),
    ],
    ids=str,
)
def test_a_value_of_another_type_is_not_sent(hint: object, value: object) -> None:
    if hint is Carrier:
        assert travelled(Carrier, value) is Carrier.BODY
        return
    with pytest.raises(WireError):
        pack([hint], [value])


BODIES = {
    "no list": (Document, {"path": "x"}),
    "too few fields": (Region, [[1, 2, 3]]),
    "a field of another type": (Region, [[1, 2, 3, "4"]]),
    "a carrier that is not there": (Carrier, ["nowhere"]),
    "a run that is not there": (bytes, [3]),
    "a run before the first": (bytes, [-1]),
    "no run": (bytes, ["0"]),
    "no many": (tuple[int, ...], ["1"]),
    "no mapping": (Mapping[str, int], [["a", 1]]),
    "a truth for a number": (int, [True]),
    "neither": (int | None, ["1"]),
    "what nobody can hash": (Carrier, [[1]]),
    "two for one": (int, [1, 2]),
    "one for two": (tuple[int, str], [[1]]),
    "the wrong way round": (tuple[int, str], [["1", 1]]),
}


@pytest.mark.parametrize("name", BODIES)
def test_an_answer_of_another_form_is_refused(name: str) -> None:
    hint, body = BODIES[name]
    with pytest.raises(WireError):
        parse([hint], Message(body, [b"x"]))


def frame(body: bytes, *, size: int | None = None, runs: int = 0) -> io.BytesIO:
    head = struct.pack(">QI", len(body) if size is None else size, runs)
    return io.BytesIO(head + body)


STREAMS = {
    "nothing": (io.BytesIO(), EOFError),
    "half a head": (io.BytesIO(b"\0\0"), EOFError),
    "too little": (frame(b"[]", size=9), EOFError),
    "too large": (frame(b"[]", size=1 << 60), WireError),
    "too many runs": (frame(b"[]", runs=1 << 30), WireError),
    "too large a run": (frame(b"[]" + struct.pack(">Q", 1 << 60), runs=1), EOFError),
    "no JSON": (frame(b"nonsense"), WireError),
    "no text": (frame(b"\xff\xfe\xfd"), WireError),
    "no number": (frame(b"[NaN]"), WireError),
    "a number without end": (frame(b"[" + b"9" * 5000 + b"]"), WireError),
    "lists without end": (frame(b"[" * 100_000), WireError),
}


@pytest.mark.parametrize("name", STREAMS)
def test_what_is_no_message_is_refused(name: str) -> None:
    stream, error = STREAMS[name]
    if name == "too large a run":
        stream, error = frame(b"[]", runs=1), EOFError
    with pytest.raises(error):
        receive(stream, 1_000_000)


def test_a_run_that_is_too_large_is_not_waited_for() -> None:
    stream = io.BytesIO(struct.pack(">QI", 2, 1) + b"[]" + struct.pack(">Q", 1 << 60))
    with pytest.raises(WireError):
        receive(stream, 1_000_000)


def test_what_has_no_way_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError, match="no way for"):
        pack([complex], [1j])
