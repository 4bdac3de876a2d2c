"""What a submission carries out of sight: everything that a visitor's eye would miss."""

from collections.abc import Sequence

import click

from moderation.model import VISIBLE, Asset, Carrier, SchoolgateError
from moderation.pipeline.confined import read_document
from moderation.policy import Limits
from moderation.reports.display import safe

_LONGEST = 200
_PLAIN = frozenset({*VISIBLE, Carrier.MARKUP})


def hidden_texts(assets: Sequence[Asset], limits: Limits) -> list[dict[str, str]]:
    """Return every text that is not simply read on the page, with its file, carrier and place."""
    rows: list[dict[str, str]] = []
    for asset in assets:
        try:
            document = read_document(asset.path, asset.data, limits)
        except SchoolgateError:
            continue  # the verdict says so
        for piece in document.pieces:
            words = " ".join(document.text[piece.start : piece.end].split())
            is_key = piece.field.endswith(words)  # the settings' own names tell nothing
            if piece.carrier not in _PLAIN and words and not is_key:
                place = document.locate(piece.start, piece.end)
                rows.append(
                    {
                        "file": asset.path,
                        "carrier": piece.carrier,
                        "place": piece.field or (str(place.span) if place.span else ""),
                        "text": words,
                    }
                )
    return rows


def show_hidden(rows: Sequence[dict[str, str]]) -> None:
    """Print what is out of sight, one line each."""
    if not rows:
        return
    click.echo("\nWhat a visitor does not see at once:\n")
    for row in rows:
        where = safe(f"{row['file']} {row['place']}")
        click.echo(f"  {row['carrier']:14} {where}: {safe(_cut(row['text']))}")


def _cut(text: str) -> str:
    more = len(text) - _LONGEST
    return text if more <= 0 else f"{text[:_LONGEST]}… ({more} more; --format json shows all)"
