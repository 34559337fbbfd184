"""The network of a Piper voice, redrawn so that the processor's fast kernels take it; it says the same."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

REVISION = 2
"""Raised when the same network would be redrawn differently."""
HEIGHT = "audioed.height"
"""Name of the constant that holds the axis put in, between the channels and the time."""
LINE = 3
"""Dimensions of the weights of a convolution over a line: channels out, channels in, time."""
SETTINGS = {"group", "kernel_shape", "strides", "dilations", "pads"}
"""What every convolution of a Piper voice names; one that leaves any to its default is left as it is."""


def in_rows(network: bytes) -> bytes:
    """
    This serialized ONNX network, with every convolution over a line made one over a picture one row high.

    onnxruntime has its blocked kernels (NCHWc) for two dimensions only, and a
    Piper voice spends its time in one. The sums are the same in another order:
    outputs differ by rounding, less than 1e-4 of full scale. How long each
    phoneme sounds, in frames, becomes an output of its own.
    """
    from onnx import ModelProto, numpy_helper

    model = ModelProto.FromString(network)
    graph = model.graph
    users = Counter(name for node in graph.node for name in node.input)
    weights = {each.name: each for each in graph.initializer if users[each.name] == 1}
    nodes = [redrawn for node in graph.node for redrawn in _redrawn(node, weights)]
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.append(numpy_helper.from_array(np.array([2]), HEIGHT))
    lengths = [node.output[0] for node in nodes if node.op_type == "Ceil"]
    if len(lengths) == 1:  # the only thing that a Piper voice rounds up
        graph.output.add().name = lengths[0]
    return bytes(model.SerializeToString())


def _redrawn(node: "NodeProto", weights: Mapping[str, "TensorProto"]) -> "Iterator[NodeProto]":
    from onnx.helper import make_node

    settings = {each.name: each for each in node.attribute}
    weight = weights.get(node.input[1]) if node.op_type == "Conv" else None
    over_a_line = weight is not None and len(weight.dims) == LINE and settings.keys() >= SETTINGS
    # Convolutions in groups have no blocked kernel that pays.
    if weight is None or not over_a_line or settings["group"].i != 1:
        yield node
        return
    weight.dims.insert(2, 1)
    for name in ("kernel_shape", "strides", "dilations"):
        settings[name].ints.insert(0, 1)
    before, after = settings["pads"].ints
    settings["pads"].ints[:] = [0, before, 0, after]
    line_in, line_out = node.input[0], node.output[0]
    node.input[0], node.output[0] = f"{node.name}.in_rows", f"{node.name}.out_rows"
    yield make_node("Unsqueeze", [line_in, HEIGHT], [node.input[0]])
    yield node
    yield make_node("Squeeze", [node.output[0], HEIGHT], [line_out])
