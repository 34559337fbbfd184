"""
A voice's network on the CPU, ready to run.

Most of what loading one takes is work on its graph, each time the same: what
comes of it is kept in the folder of installed voices, and may go at any time.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from pathlib import Path
from platform import machine
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import uuid4

import numpy as np

from audioed.cache import used
from audioed.errors import SynthesisError
from audioed.files import TEMPORARY, content_hash, remove
from audioed.model import Voice
from audioed.voices.places import DIGITS, model_path, prepared_folder, signed, swept

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

GRAPH, OUTPUT, NAME = 7, 12, 1
"""Fields of ModelProto, GraphProto and ValueInfoProto in onnx.proto."""
log = logging.getLogger(__name__)
Loaded = TypeVar("Loaded")


class Shared(Generic[Loaded]):
    """What an engine loads once for all threads and for all cards with the same key: by default, of the same file."""

    def __init__(
        self,
        load: Callable[[Voice], Loaded],
        key: Callable[[Voice], Hashable] = lambda voice: (voice.model, voice.sha256),
    ) -> None:
        self._load, self._key = load, key
        self._loading = threading.Lock()
        self._loaded: dict[Hashable, Loaded] = {}

    def __call__(self, voice: Voice) -> Loaded:
        """What this voice needs, loaded where it is not yet."""
        with self._loading:
            key = self._key(voice)
            if key not in self._loaded:
                self._loaded[key] = self._load(voice)
            return self._loaded[key]

    def clear(self) -> None:
        """Let go of all of it."""
        self._loaded.clear()


def session(voice: Voice, redrawn: Callable[[bytes], bytes] = bytes, revision: int = 0) -> "InferenceSession":
    """
    The network of this voice as `redrawn`, in this revision, draws it.

    One with a thread of its own, entered by as many threads as there are cores.
    What was kept follows from the file with the card's hash; without it that
    file is read, and SynthesisError says where it is another one.
    """
    import onnxruntime

    path = model_path(voice)
    named = voice.sha256 or content_hash(path)
    # What is kept suits processors with the same instructions only, of which numpy uses what it finds as well.
    instructions = np.show_config(mode="dicts").get("SIMD Extensions", {}).get("found", [])
    follows_from = [named, revision, onnxruntime.__version__, machine(), instructions]
    key = hashlib.sha256(json.dumps(follows_from).encode()).hexdigest()[:DIGITS]
    folder = prepared_folder(path)
    if (ready := _cached(folder, key)) is not None:
        return ready
    network = path.read_bytes()
    if hashlib.sha256(network).hexdigest() != named:
        raise SynthesisError(
            f"{path.name} of the voice {voice.name!r} is not the file that its card names (its SHA-256 differs); "
            "install the voice again."
        )
    return _prepared(redrawn(network), folder, key)


def _cached(folder: Path, key: str) -> "InferenceSession | None":
    """What was kept of the network with this key; a damaged file is none, and goes."""
    for file in folder.glob(f"{key}-*.onnx"):
        try:
            if file.name == signed(key, file):
                used(file)
                return loaded(file)
        except _faults():  # no permission, no file, or gone meanwhile
            log.debug("%s cannot be used.", file, exc_info=True)
        with suppress(OSError):
            remove(file)
    return None


def _prepared(network: bytes, folder: Path, key: str) -> "InferenceSession":
    """The network, kept in this folder for the next time where that is possible."""
    making = folder / f"{TEMPORARY}{uuid4().hex}.onnx"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        making.touch()
        first = loaded(network, making)
        cached = making.replace(folder / signed(key, making))
    except _faults():  # no room or no permission: it goes without
        log.debug("%s cannot be written.", folder, exc_info=True)
        with suppress(OSError):
            making.unlink()
        return loaded(network)
    swept(cached)
    return first


def telling(network: bytes, output: str) -> bytes:
    """
    This serialized ONNX network with one of its own values among its outputs.

    Serialized protobuf messages that stand in a row are merged, and their lists
    joined: a ModelProto whose graph has one output more is all that is added.
    """
    return network + _field(GRAPH, _field(OUTPUT, _field(NAME, output.encode())))


def _field(number: int, content: bytes) -> bytes:
    """A field of a protobuf message that is a string or a message, shorter than 128 bytes."""
    return bytes([number << 3 | 2, len(content)]) + content


def loaded(network: bytes | Path, to: Path | None = None) -> "InferenceSession":
    """A network, or the file that an earlier load wrote with all that it had worked out."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # on Windows the variable that audioed sets says nothing
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # patterns are kept per input length, and nearly every utterance has its own
    options.log_severity_level = 3
    if to:
        options.optimized_model_filepath = str(to)
    if isinstance(network, Path):
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    model = network if isinstance(network, bytes) else str(network)
    return onnxruntime.InferenceSession(model, sess_options=options, providers=["CPUExecutionProvider"])


def _faults() -> tuple[type[Exception], ...]:
    """What is raised for a file that cannot be read or written; onnxruntime's exceptions share no base of their own."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    known = (each for each in vars(state).values() if isinstance(each, type) and issubclass(each, Exception))
    return (OSError, *known)
