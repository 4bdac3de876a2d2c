"""Whatever ONNX Runtime raises is said in words of ours; its exceptions have no class in common."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from onnxruntime.capi import onnxruntime_pybind11_state as state

from moderation.analysis.runtime import opening, running
from moderation.analysis.vision.network import Network
from moderation.model import ExtractionError


@pytest.mark.parametrize("model", [b"", b"no network", b"\x08\x07" * 40])
def test_a_damaged_network_is_said(model: bytes) -> None:
    with (
        pytest.raises(
            ExtractionError, match=r"^the network yunet cannot be opened; install it again$"
        ),
        opening("yunet", "install it again"),
    ):
        onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])


def test_a_missing_network_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(ExtractionError, match="the network none cannot be opened"),
        opening("none", "install it again"),
    ):
        (tmp_path / "none.onnx").read_bytes()
    with pytest.raises(ExtractionError, match="the network none cannot be opened"):
        Network("none")


def test_a_network_that_fails_over_a_picture_is_said() -> None:
    with pytest.raises(ExtractionError, match="the network yunet failed over the picture"):
        Network("yunet").run(np.zeros((1, 5, 32, 32), np.float32))


@pytest.mark.parametrize("words", ["Failed to allocate memory for requested buffer", "bad_alloc"])
def test_too_little_memory_is_told_from_other_failures(words: str) -> None:
    with pytest.raises(MemoryError), running("yunet"):
        raise state.RuntimeException(words)
