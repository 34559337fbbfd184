"""What is kept of a loaded network says the same as the network, and is never in the way."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto
from onnx.helper import make_graph, make_model, make_node, make_opsetid, make_tensor_value_info
from onnx.numpy_helper import from_array
from onnxruntime.capi import onnxruntime_pybind11_state as state

from audioed.errors import SynthesisError
from audioed.files import content_hash
from audioed.model import Voice
from audioed.synthesis.engines import network
from audioed.synthesis.engines.network import loaded, model_path, session, telling
from audioed.synthesis.engines.piper_graph import REVISION, in_rows
from audioed.voices.cards import voice_cards

LINE = np.random.default_rng(7).standard_normal((1, 4, 50)).astype(np.float32)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Where installed voices are, with nothing but one small network."""
    folder = tmp_path / "data"
    (folder / "models").mkdir(parents=True)
    monkeypatch.setenv("AUDIOED_DATA", str(folder))
    weights = from_array(np.random.default_rng(8).standard_normal((4, 4, 3)).astype(np.float32), "weights")
    nodes = [
        make_node("Conv", ["line", "weights"], ["turned"], "c", kernel_shape=[3], pads=[1, 1], group=1),
        make_node("LeakyRelu", ["turned"], ["said"], "r", alpha=0.1),
    ]
    ends = [make_tensor_value_info(name, TensorProto.FLOAT, [1, 4, "time"]) for name in ("line", "said")]
    graph = make_graph(nodes, "small", ends[:1], ends[1:], [weights])
    onnx.save(make_model(graph, opset_imports=[make_opsetid("", 15)], ir_version=8), folder / "models" / "small.onnx")
    return folder


@pytest.fixture
def voice(data):
    return Voice(
        name="small",
        engine="piper",
        language="en",
        model="small.onnx",
        sha256=content_hash(data / "models" / "small.onnx"),
    )


def kept(data: Path) -> list[Path]:
    return [path for path in (data / "prepared").rglob("*") if path.is_file()]


def said(network) -> np.ndarray:
    return network.run(None, {"line": LINE})[0]


def refuse(_network: bytes) -> bytes:
    raise AssertionError("drawn again")


def test_an_embedded_voice_is_drawn_once_and_says_the_same_from_then_on(data):
    joe = voice_cards(Path("nowhere"))["joe"]
    text = np.random.default_rng(7).integers(3, 100, 40)
    given = {"input": text[None], "input_lengths": np.array([len(text)]), "scales": np.array([0, 1, 0], np.float32)}
    first, later = (  # that it says what the voice's own does: tests/synthesis/test_piper_graph.py
        network.run(None, given)[0].squeeze()
        for network in (session(joe, in_rows, REVISION), session(joe, refuse, REVISION))
    )
    assert np.abs(first).max() > 0.01
    np.testing.assert_array_equal(later, first)
    assert len(kept(data)) == 1


def test_one_of_its_own_values_can_be_told_beside_what_it_says(voice):
    tell = partial(telling, output="turned")

    for kept_or_drawn in (
        loaded(tell(model_path(voice).read_bytes())),
        session(voice, tell, 7),
        session(voice, refuse, 7),
    ):
        spoken, turned = kept_or_drawn.run(None, {"line": LINE})
        np.testing.assert_array_equal(spoken, said(session(voice)))
        np.testing.assert_allclose(spoken, np.where(turned < 0, np.float32(0.1) * turned, turned), rtol=1e-6)


def test_another_revision_takes_the_place_of_one_from_before_today(voice, data):
    session(voice, bytes, 1)
    session(voice, bytes, 2)
    assert len(kept(data)) == 2, "two versions may be used side by side"
    (data / "prepared" / "small" / ".making-of-a-killed-build.onnx").touch()
    for file in kept(data):
        os.utime(file, (0, 0))
    session(voice, bytes, 3)
    assert len(kept(data)) == 1
    said(session(voice, refuse, 3))


@pytest.mark.parametrize(
    "damage",
    [lambda whole: whole[:-1] + b"!", lambda whole: whole[:100], lambda _: b"", lambda whole: bytes(len(whole))],
)
def test_a_damaged_one_is_drawn_again(voice, data, damage):
    expected = said(session(voice))
    (file,) = kept(data)
    file.write_bytes(damage(file.read_bytes()))
    np.testing.assert_array_equal(said(session(voice)), expected)
    np.testing.assert_array_equal(said(session(voice, refuse)), expected)
    assert len(kept(data)) == 1


def test_another_s_network_under_its_name_is_drawn_again(voice, data):
    expected = said(session(voice))
    (file,) = kept(data)

    def other(network: bytes) -> bytes:
        model = onnx.load_from_string(network)
        model.graph.initializer[0].CopyFrom(from_array(np.zeros((4, 4, 3), np.float32), "weights"))
        return model.SerializeToString()

    session(voice, other, 9)
    (another,) = set(kept(data)) - {file}
    file.write_bytes(another.read_bytes())
    another.rename(file.with_name(f"{file.stem.partition('-')[0]}-{another.stem.partition('-')[2]}.onnx"))
    np.testing.assert_array_equal(said(session(voice)), expected)
    np.testing.assert_array_equal(said(session(voice, refuse)), expected)


def test_a_folder_in_the_place_of_one_makes_way(voice, data):
    expected = said(session(voice))
    (file,) = kept(data)
    file.unlink()
    (file / "something").mkdir(parents=True)
    np.testing.assert_array_equal(said(session(voice)), expected)
    np.testing.assert_array_equal(said(session(voice, refuse)), expected)
    assert file.is_file()


def test_where_nothing_can_be_kept_the_voice_speaks_all_the_same(voice, data):
    expected = said(loaded((data / "models" / "small.onnx").read_bytes()))
    (data / "prepared").write_text("no folder")
    np.testing.assert_array_equal(said(session(voice)), expected)


@pytest.mark.parametrize("fault", [PermissionError(13, "no"), state.ModelRequiresCompilation("SystemError : 13")])
def test_a_kept_one_that_may_not_be_read_is_in_nobody_s_way(voice, data, monkeypatch, fault):
    expected = said(session(voice))

    def refused(network, to=None):
        if isinstance(network, Path) or to:
            raise fault
        return loaded(network)

    monkeypatch.setattr(network, "loaded", refused)
    np.testing.assert_array_equal(said(session(voice)), expected)
    assert not list(data.rglob(".making-*"))


def test_many_may_start_at_once(voice, data):
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda revision: said(session(voice, bytes, revision % 2)), range(40)))
    for each in found:
        np.testing.assert_array_equal(each, found[0])
    assert not list(data.rglob(".making-*"))


def test_a_processor_of_which_numpy_finds_nothing_special_is_no_fault(voice, data, monkeypatch):
    monkeypatch.setattr(network.np, "show_config", lambda **_: {"SIMD Extensions": {"baseline": ["X86_V2"]}})
    said(session(voice))
    assert len(kept(data)) == 1


def test_nothing_is_kept_of_a_file_that_is_not_the_one_on_the_card(voice, data):
    with pytest.raises(SynthesisError, match="install the voice again"):
        session(replace(voice, sha256="0" * 64))
    assert kept(data) == []


def test_nobody_is_told_which_networks_run_here(data, tmp_path):
    """onnxruntime notes what it wants to send, and an identifier of the machine, below the home folder."""
    home = tmp_path / "home"
    home.mkdir()
    told = {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home)}
    hushed = {"ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME", "CI", "GITHUB_ACTIONS"}
    code = (
        "import pathlib, sys; from audioed.synthesis.engines.network import loaded; loaded(pathlib.Path(sys.argv[1]))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(data / "models" / "small.onnx")],
        env={name: value for name, value in os.environ.items() if name not in hushed} | told,
        check=True,
    )
    assert list(home.iterdir()) == []
