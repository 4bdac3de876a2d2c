"""When a colour is that of the paper: to the eye, nobody tells it from white."""

_PALE = 0xFA
_DIGITS = 6


def is_white(colour: str) -> bool:
    """Say whether a colour, in hexadecimal of six digits, is white or as good as that."""
    rgb = colour.removeprefix("#")
    if len(rgb) != _DIGITS or not rgb.isascii() or not rgb.isalnum():
        return False
    try:
        return all(int(rgb[at : at + 2], 16) >= _PALE for at in (0, 2, 4))
    except ValueError:
        return False
