"""
A voice's network on the CPU, ready to run.

Most of what loading one takes is work on its graph, each time the same: what
comes of it is kept in the folder of installed voices, and may go at any time.
"""

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from audioed.errors import SynthesisError
from audioed.model import Voice
from audioed.models import model_path, prepared_folder, sha256

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DIGITS = 16
"""Hexadecimal digits of the hashes in the name of what is kept: of what it follows from, and of its bytes."""


def session(voice: Voice, redrawn: Callable[[bytes], bytes] = bytes, revision: int = 0) -> "InferenceSession":
    """
    The network of this voice as `redrawn`, in this revision, draws it.

    One with a thread of its own, entered by as many threads as there are cores.
    SynthesisError for a file that is not the one that the card names.
    """
    import onnxruntime

    path = model_path(voice)
    folder = prepared_folder(path)
    with ThreadPoolExecutor(1) as thread:  # hashing lets go of the interpreter, as loading does
        hashed = thread.submit(sha256, path)
        follows_from = [voice.sha256 or hashed.result(), onnxruntime.__version__, revision]
        key = hashlib.sha256(json.dumps(follows_from).encode()).hexdigest()[:DIGITS]
        ready = _kept(folder, key)
        if voice.sha256 and hashed.result() != voice.sha256:
            raise SynthesisError(
                f"{path.name} of the voice {voice.name!r} is not the file that its card names (other sha256); "
                "install the voice again."
            )
    return ready or _prepared(redrawn(path.read_bytes()), folder, key)


def _kept(folder: Path, key: str) -> "InferenceSession | None":
    """What was kept of the network with this key; a damaged file is none."""
    whole = (file for file in folder.glob(f"{key}-*.onnx") if file.stem == f"{key}-{sha256(file)[:DIGITS]}")
    return _loaded(file) if (file := next(whole, None)) else None


def _prepared(network: bytes, folder: Path, key: str) -> "InferenceSession":
    """The network, kept in this folder for the next time in place of what it had been before."""
    from onnxruntime.capi import onnxruntime_pybind11_state as faults

    making = folder / f"making-{uuid4().hex}.onnx"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _loaded(network, making)
        named = making.replace(folder / f"{key}-{sha256(making)[:DIGITS]}.onnx")
        for other in set(folder.iterdir()) - {named}:
            other.unlink()
        return _loaded(named)
    except (OSError, faults.Fail, faults.InvalidArgument, faults.InvalidProtobuf, faults.NoSuchFile):
        return _loaded(network)  # no room, no permission, or another build at the same: it goes without
    finally:
        with suppress(OSError):
            making.unlink()


def _loaded(network: bytes | Path, to: Path | None = None) -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # patterns are kept per input length, and nearly every utterance has its own
    options.log_severity_level = 3
    if to:
        # What is done beyond this level suits one kind of processor only, and takes no time.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(to)
    model = network if isinstance(network, bytes) else str(network)
    return onnxruntime.InferenceSession(model, sess_options=options, providers=["CPUExecutionProvider"])
