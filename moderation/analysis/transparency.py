"""Pictures with transparent parts: what is seen of them, and what lies beneath.

Rubbing somebody out of a picture often leaves the colours where they were and only makes them
transparent; whoever saves the picture has them.
"""

import numpy as np
from PIL import Image

DEEP = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I", "F"})
"""Modes with more than 8 bits a sample."""
_CLEAR = 8
"""Opacity, of 255, up to which a colour is not seen."""
_LEAST = 64
"""Pixels under which nothing is recognised."""
_ENOUGH = 50_000
"""Pixels that tell well enough how much all vary."""
_LIVELY = 6.0
"""How much colours vary, of 255, from which on they may be a picture."""
_WHITE, _BLACK, _GREY = 255, 0, 110
_NEAR = 70
"""How much brighter or darker than its ground a letter has to be for it to be read."""
_CLEARLY = 0.02
_SIDE = 512


def is_transparent(picture: Image.Image) -> bool:
    """Say whether parts of a picture may be transparent."""
    if picture.mode in DEEP:
        return False  # a single grey of 65,536 may be; no editor offers that
    return bool({"A", "a"}.intersection(picture.getbands())) or "transparency" in picture.info


def on_page(picture: Image.Image, ground: int = _WHITE) -> Image.Image:
    """Return a picture in RGB, before a ground where it is transparent.

    Args:
        picture: of any mode; more than 8 bits a sample are taken from the darkest to the brightest
        ground: a grey, white unless given, as most pages are

    """
    if picture.mode in DEEP:
        values = np.asarray(picture, dtype=np.float64)
        low, high = float(values.min()), float(values.max())
        scaled = (values - low) / max(high - low, 1.0) * 255
        return Image.fromarray(scaled.astype(np.uint8)).convert("RGB")
    if not is_transparent(picture):
        return picture.convert("RGB")
    whole = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    page = Image.new("RGB", whole.size, (ground, ground, ground))
    page.paste(whole, mask=whole.getchannel("A"))
    return page


def contrasting(picture: Image.Image) -> int:
    """Return the grey before which most of a picture is seen: white unless it would hide much.

    White letters on nothing are made for dark pages, and nobody could read them before white.
    """
    if not is_transparent(picture):
        return _WHITE
    small = _sampled(picture, _SIDE)
    values = np.asarray(small, np.int16)
    seen = np.asarray(small.convert("L"), np.int16)[values[..., 3] > _CLEAR]
    if seen.size in (0, values.shape[0] * values.shape[1]):
        return _WHITE
    lost = {
        ground: float((np.abs(seen - ground) < _NEAR).mean()) for ground in (_WHITE, _BLACK, _GREY)
    }
    return _WHITE if lost[_WHITE] < _CLEARLY else min(lost, key=lambda ground: lost[ground])


def hidden_colours(picture: Image.Image, longest: int) -> Image.Image | None:
    """Return a picture as it is without its transparency, if that may show anything.

    Args:
        picture: of any mode
        longest: pixels of the longer side from which on some are left out; to mean them would take
            their opacity into account

    """
    if not is_transparent(picture):
        return None
    whole = _sampled(picture, longest)
    values = np.asarray(whole)
    colours = values[values[..., 3] <= _CLEAR][:, :3]
    colours = colours[:: max(1, len(colours) // _ENOUGH)]
    if len(colours) < _LEAST or float(colours.std(axis=0).max()) < _LIVELY:
        return None
    return whole.convert("RGB")


def without_hidden(picture: Image.Image) -> Image.Image:
    """Return an RGBA picture that looks the same, with no colours under its transparent parts."""
    values = np.array(picture)
    values[values[..., 3] <= _CLEAR] = 0
    return Image.fromarray(values)


def _sampled(picture: Image.Image, longest: int) -> Image.Image:
    """Return a picture in RGBA, its longer side cut down, no pixels mixed."""
    scale = min(1.0, longest / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.NEAREST).convert("RGBA")
