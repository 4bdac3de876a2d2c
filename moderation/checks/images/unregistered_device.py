"""A picture that was taken with something that is not the school's.

## Why it matters

The agreement says that pictures of pupils are taken with the school's own equipment and are not
kept on private phones. A camera writes its make, its model and often its serial number into each
picture; one that is not on the school's list deserves a question.

## What it cannot see

Pictures whose metadata were removed, which is right to do before publishing; a list of the models
alone does not tell the school's camera from another of its kind, serial numbers do. Where the
school lists no devices (`pictures.devices`) nothing is reported. It is advice, and blocks nothing.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("unregistered-device"),
    family="images",
    summary="a picture that was not taken with one of the school's devices",
    remedy="Use a device of the school, or ask for it to be added to the school's list of devices.",
    severity=Severity.NOTE,
    since="0.1",
    clauses=("s", "t"),
)
_MAKE, _MODEL, _SERIAL = "EXIF Make", "EXIF Model", "EXIF BodySerialNumber"


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report a picture whose camera says who it is and is not on the list."""
    known = context.policy.devices
    if not known or not document.media_type.startswith("image/"):
        return
    said: dict[str, tuple[int, int]] = {}
    for piece in document.carried(Carrier.EXIF):
        if piece.field in (_MAKE, _MODEL, _SERIAL):
            said.setdefault(piece.field, (piece.start, piece.end))
    words = {field: document.text[slice(*where)].lower() for field, where in said.items()}
    name = " ".join(" ".join(words.get(field, "") for field in (_MAKE, _MODEL)).split())
    with_serial = f"{name} {words.get(_SERIAL, '').strip()}"
    if not name or name in known or with_serial in known:
        return
    place = document.locate(*said.get(_MODEL, said.get(_MAKE, (0, 1))))
    message = "the picture was taken with a device that is not on the school's list"
    yield found_at(RULE, place, message, evidence=with_serial.strip())
