"""Neural networks that are part of the package, run by ONNX Runtime on one core."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from moderation.analysis.runtime import opening, running

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Pixels = npt.NDArray[np.uint8]
"""A picture: rows, columns, and red, green and blue."""
Floats = npt.NDArray[np.float32]

_STRIDE = 32
"""Both networks halve a picture five times."""
_ERRORS_ONLY = 3


class Network:
    """One network, opened once a process."""

    def __init__(self, name: str) -> None:
        self._name, self._session = name, _open(name)
        self._input = self._session.get_inputs()[0].name
        self._outputs = [each.name for each in self._session.get_outputs()]

    def run(self, batch: Floats) -> Mapping[str, Floats]:
        """Return what the network makes of *batch* (pictures, channels, rows, columns), by name.

        Raises:
            ExtractionError: it failed

        """
        with running(self._name):
            answers = self._session.run(None, {self._input: batch})
        return dict(zip(self._outputs, answers, strict=True))


@cache
def network(name: str) -> Network:
    """Open the network ``models/NAME.onnx``.

    Raises:
        ExtractionError: it cannot be opened

    """
    return Network(name)


def batched(picture: Pixels) -> Floats:
    """Lay out *picture* as the networks read it, with black at its right and below.

    The values stay between 0 and 255, as both networks were trained.
    """
    rows, columns = picture.shape[:2]
    shape = (1, 3, -(-rows // _STRIDE) * _STRIDE, -(-columns // _STRIDE) * _STRIDE)
    batch = np.zeros(shape, np.float32)
    batch[0, :, :rows, :columns] = picture.transpose(2, 0, 1)
    return batch


def _open(name: str) -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    folder = resources.files("moderation.analysis.vision") / "models"
    with opening(name, "install schoolgate again"):
        model = (folder / f"{name}.onnx").read_bytes()
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
