"""The two networks that read, PP-OCRv4 by PaddlePaddle (Apache-2.0), run on one core.

The first says of each pixel how likely it is the core of a line of text, the second what letters
stand in a straightened line.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from moderation.analysis.reading import models
from moderation.analysis.runtime import opening, running
from moderation.model import ExtractionError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Pixels = npt.NDArray[np.uint8]
"""A picture: rows, columns, and red, green and blue."""
Floats = npt.NDArray[np.float32]
FINDER, READER = "ch_PP-OCRv4_det_infer.onnx", "ch_PP-OCRv4_rec_infer.onnx"

_ERRORS_ONLY = 3
_STRIDE = 32
_LETTERS = "character"


class Network:
    """One network, opened once a process."""

    def __init__(self, name: str) -> None:
        self._name, self._session = name, _open(name)
        self._input = self._session.get_inputs()[0].name
        written = self._session.get_modelmeta().custom_metadata_map.get(_LETTERS, "")
        self.letters: tuple[str, ...] = ("", *written.splitlines(), " ")
        """What the outputs of the reader stand for: nothing, each letter, a blank."""

    def run(self, batch: Floats) -> Floats:
        """Return what the network makes of *batch* (pictures, channels, rows, columns).

        Raises:
            ExtractionError: it failed

        """
        with running(self._name):
            answer: Floats = self._session.run(None, {self._input: batch})[0]
        return answer


@cache
def network(name: str) -> Network:
    """Open the network in the file *name*.

    Raises:
        ExtractionError: it cannot be opened

    """
    return Network(name)


def batched(picture: Pixels) -> Floats:
    """Lay out *picture* as both networks were trained: blue first, from -1 to 1, 0 beyond it."""
    rows, columns = picture.shape[:2]
    shape = (1, 3, -(-rows // _STRIDE) * _STRIDE, -(-columns // _STRIDE) * _STRIDE)
    batch = np.zeros(shape, np.float32)
    values = picture[:, :, ::-1].transpose(2, 0, 1)
    np.multiply(values, 2 / 255, out=batch[0, :, :rows, :columns], casting="unsafe")
    batch[0, :, :rows, :columns] -= 1
    return batch


def _open(name: str) -> "InferenceSession":
    import onnxruntime

    folder = models()
    if folder is None:
        raise ExtractionError("text in pictures cannot be read; install schoolgate[ocr]")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    # No picture has the size of the one before it, so that memory kept for the next is lost.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    with opening(name, "install schoolgate[ocr] again"):
        data = (folder / name).read_bytes()
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
