"""Instruments that read the text in pictures: lines, each with its place.

The networks are those of RapidOCR's wheel, the extra ``ocr``. Only its model files are opened, by
ONNX Runtime and with steps of our own around them, so that OpenCV, Shapely and pyclipper, which
the wheel asks for, are never loaded. This module imports nothing heavy, so that it can be asked
whether pictures can be read on this machine.
"""

from importlib.util import find_spec
from pathlib import Path

_WHEEL = "rapidocr_onnxruntime"
_NEEDED = ("onnxruntime", "numpy")
_NETWORKS = ("ch_PP-OCRv4_det_infer.onnx", "ch_PP-OCRv4_rec_infer.onnx")


def models() -> Path | None:
    """Return the folder with the networks that read, or None where they are not installed."""
    spec = find_spec(_WHEEL)  # which does not import it: importing it would load OpenCV
    for place in (spec and spec.submodule_search_locations) or ():
        folder = Path(place) / "models"
        if all((folder / name).is_file() for name in _NETWORKS):
            return folder
    return None


def is_available() -> bool:
    """Say whether text in pictures can be read on this machine."""
    return models() is not None and all(find_spec(name) is not None for name in _NEEDED)
